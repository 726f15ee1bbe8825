"""``assistant-am secret``: where the secret is; another one, when it may be known to others."""

from __future__ import annotations

import argparse
import datetime
import os

from assistant_am.commands._options import add_root, project_of

AFTER = """\
Redémarrez maintenant tous les processus à la fois : jusque-là, ils gardent l'ancien. Ensuite :
  - une discussion ouverte dans le widget recommence sur une conversation neuve, à la question
    suivante ; les boutons affichés avant ne servent plus ;
  - une personne de l'intranet ou d'une messagerie ne retrouve pas sa conversation d'avant, qui sera
    effacée à son terme ; pour l'effacer plus tôt, il faut son identifiant ;
  - les sauvegardes d'avant contiennent l'ancien secret."""


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "secret",
        help="dit où est le secret des sessions ; --renouveler en fait un autre",
        description="Le secret signe les sessions, nomme les conversations de l'intranet et des "
        "messageries, et protège le serveur d'actions. Il est fait une fois, au premier démarrage.",
    )
    parser.add_argument("--renouveler", action="store_true", help="en fait un autre")
    add_root(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from assistant_am.operations.conversations import settings_of
    from assistant_am.operations.errors import OperationError
    from assistant_am.runtime.file_errors import told
    from assistant_am.runtime.secrets import FILE, renew_secret
    from assistant_am.runtime.setting_table import given_in

    given = "AM_SECRET" in given_in(os.environ)
    path = settings_of(project_of(arguments)).data / FILE
    if arguments.renouveler:
        if given:
            raise OperationError(
                "Le secret est donné par AM_SECRET : c'est là qu'il se change, partout où il est, "
                "par exemple par « openssl rand -hex 32 »."
            )
        try:
            renew_secret(path.parent)
        except OSError as error:
            raise OperationError(f"Le secret n'est pas changé. {told(error)}") from error
        print(f"{path} : nouveau secret.\n{AFTER}")
    elif given:
        print("Le secret est donné par AM_SECRET.")
    elif path.exists():
        day = datetime.date.fromtimestamp(path.stat().st_mtime)
        print(f"Le secret est dans {path}, depuis le {day:%d/%m/%Y}.")
    else:
        print(f"Il n'y a pas encore de secret : il sera fait dans {path} au démarrage.")
    return 0
