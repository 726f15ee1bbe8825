"""``assistant-am forget``: delete given conversations, when somebody asks for it."""

from __future__ import annotations

import argparse
import sys

from assistant_am.commands._kept import add_rehearsal, count, errors_told, open_kept

NOT_FOUND = 1


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "forget",
        help="efface une conversation à la demande d'une personne",
        description="Efface des conversations, leurs avis et leurs réponses. Une personne peut le "
        "faire elle-même en écrivant « efface mes données ».",
    )
    parser.add_argument(
        "conversations", nargs="*", metavar="CONVERSATION", help="identifiant, visiteur-… ou autre"
    )
    parser.add_argument(
        "--intranet",
        action="append",
        default=[],
        metavar="SUB",
        help="la personne de l'intranet dont le jeton porte ce « sub »",
    )
    parser.add_argument(
        "--emetteur", metavar="ISS", help="« iss » de ses jetons (par défaut : AM_JWT_EMETTEUR)"
    )
    add_rehearsal(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    if not arguments.conversations and not arguments.intranet:
        print(
            "Erreur : donnez au moins un identifiant de conversation, ou --intranet SUB.",
            file=sys.stderr,
        )
        return 2
    kept = open_kept(arguments)
    from assistant_am.channels.web.intranet import Intranet
    from assistant_am.operations.erasure import forget
    from assistant_am.runtime.secrets import load_secret

    names = list(arguments.conversations)
    if arguments.intranet:
        jwt = kept.settings.jwt
        intranet = Intranet(jwt, load_secret(kept.settings.secret, kept.data))
        issuer = arguments.emetteur or jwt.issuer or ""
        names += [intranet.conversation_of(issuer, subject) for subject in arguments.intranet]
    with errors_told():
        found = forget(kept.conversations, kept.feedback, names, rehearsal=arguments.essai)
    for each in found:
        if each.known:
            what = f"{count(each.events, 'événement')} et {each.opinions} avis"
            verb = "à effacer" if arguments.essai else "effacés"
            print(f"{each.conversation} : {what} {verb}.")
        else:
            print(f"{each.conversation} : rien n'est gardé sous ce nom.", file=sys.stderr)
    if arguments.essai:
        print("Essai : rien n'a changé.")
    return 0 if all(each.known for each in found) else NOT_FOUND
