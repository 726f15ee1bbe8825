"""``assistant-am purge``: delete the conversations that have been kept long enough."""

from __future__ import annotations

import argparse
import datetime

from assistant_am.commands._kept import add_rehearsal, count, errors_told, open_kept


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "purge",
        help="efface les conversations trop anciennes",
        description="Efface les conversations dont le dernier message a plus de "
        "AM_CONSERVATION_JOURS jours (par défaut, ce qu'annonce le site), chacune en entier, et "
        "les avis aussi anciens. « assistant-am serve » le fait chaque jour.",
    )
    add_rehearsal(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    kept = open_kept(arguments)
    from assistant_am.channels.web.feedback import Feedback
    from assistant_am.knowledge import read_checked
    from assistant_am.operations.retention import purge

    project = kept.project
    with errors_told():
        settings = read_checked(project.knowledge, "site.yml", "site", project.site)
    days, announced = kept.settings.kept_days(settings), settings["conservation_jours"]
    opinions = Feedback(kept.data, days)
    now = datetime.datetime.now(datetime.timezone.utc)
    with errors_told():
        done = purge(kept.conversations, opinions, days, now, rehearsal=arguments.essai)
    what = f"{count(done.conversations, 'conversation')} et {done.opinions} avis"
    if arguments.essai:
        print(f"Essai : {what} de plus de {days} jours seraient effacés. Rien n'a changé.")
    else:
        print(f"Effacés : {what} de plus de {days} jours.")
    if done.repetitions:
        verb = "seraient effacées" if arguments.essai else "effacées"
        print(
            f"{count(done.repetitions, 'ligne')} {verb} de longues conversations : une ancienne "
            "version les répétait. Rien de ce qui a été dit ne change."
        )
    if announced != days:
        print(
            f"Attention : site.yml annonce {announced} jours aux visiteurs, et "
            f"AM_CONSERVATION_JOURS vaut {days} : retirez-le, ou donnez-leur le même nombre."
        )
    return 0
