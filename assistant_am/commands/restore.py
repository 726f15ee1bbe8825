"""``assistant-am restore``: puts back what « assistant-am backup » wrote."""

from __future__ import annotations

import argparse
import datetime
import os
from pathlib import Path

from assistant_am.commands._kept import count
from assistant_am.commands._options import add_root, project_of


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "restore",
        help="remet ce qu'une sauvegarde contient, l'assistant étant arrêté",
        description="Vérifie tout FICHIER, puis remet les conversations, les avis, le secret et le "
        "modèle qu'il contient. Un modèle est un programme : ne restaurez que vos sauvegardes.",
    )
    parser.add_argument("fichier", type=Path, metavar="FICHIER", help="la sauvegarde à remettre")
    parser.add_argument(
        "--remplacer",
        action="store_true",
        help="remplace ce qui est là, et le garde à côté (avant-restauration-…)",
    )
    add_root(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from assistant_am.operations.conversations import settings_of
    from assistant_am.operations.processes import require_free_port
    from assistant_am.operations.project import Settings
    from assistant_am.operations.restore import restore
    from assistant_am.runtime.setting_table import given_in

    project = project_of(arguments)
    # Perhaps a Rasa that « assistant-am serve » did not start.
    for port in Settings.from_environment().ports:
        require_free_port(port, "AM_PORT")
    now = datetime.datetime.now()
    source = arguments.fichier.absolute()
    done = restore(project, settings_of(project), source, now, replace=arguments.remplacer)
    manifest = done.manifest
    print(
        f"Restauré, tel que c'était le {manifest.date} : "
        f"{count(manifest.counts.conversations, 'conversation')} "
        f"({count(manifest.counts.events, 'événement')}), {manifest.counts.opinions} avis."
    )
    if done.aside:
        print(f"Ce qui était là est dans {done.aside} : effacez-le quand tout va bien.")
    given = given_in(os.environ).get("AM_SECRET")
    if given and done.secret and given != done.secret:
        print(
            "Attention : AM_SECRET n'est pas le secret de cette sauvegarde, et c'est lui qui "
            "compte. Les conversations de l'intranet ne seront pas retrouvées."
        )
    print("Démarrez l'assistant.")
    return 0
