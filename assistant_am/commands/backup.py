"""``assistant-am backup``: conversations, opinions, secret and model, in one file."""

from __future__ import annotations

import argparse
import datetime
import os
from pathlib import Path

from assistant_am.commands._kept import count
from assistant_am.commands._options import add_root, project_of


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "backup",
        help="sauvegarde les conversations, le secret et le modèle dans un fichier",
        description="Écrit dans FICHIER (tar.gz, lisible de vous seul) les conversations, les "
        "avis, le secret et le modèle, même pendant que l'assistant répond.",
    )
    parser.add_argument("fichier", type=Path, metavar="FICHIER", help="le fichier à écrire")
    parser.add_argument(
        "--remplacer", action="store_true", help="écrit à la place du fichier s'il existe"
    )
    add_root(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from assistant_am.operations.archive import MODEL, SECRET
    from assistant_am.operations.backup import back_up
    from assistant_am.operations.conversations import settings_of
    from assistant_am.runtime.setting_table import given_in

    project = project_of(arguments)
    target = arguments.fichier.absolute()
    now = datetime.datetime.now(datetime.timezone.utc)
    secret = given_in(os.environ).get("AM_SECRET")
    made = back_up(project, settings_of(project), secret, target, now, replace=arguments.remplacer)
    print(
        f"Sauvegardé dans {target} : {count(made.counts.conversations, 'conversation')} "
        f"({count(made.counts.events, 'événement')}), {made.counts.opinions} avis, "
        f"{'le secret' if SECRET in made.parts else 'pas de secret'}, "
        f"{'le modèle' if MODEL in made.parts else 'pas de modèle'}.\n"
        "Ce fichier contient ce que des personnes ont écrit, et le secret : gardez-le en lieu sûr, "
        "et pas plus longtemps qu'il ne faut."
    )
    return 0
