"""``assistant-am settings``: how each setting is understood, and whether the stores answer."""

from __future__ import annotations

import argparse
import datetime
import os
import sys
import warnings
from typing import TYPE_CHECKING

from assistant_am.commands._options import add_root, project_of
from assistant_am.french.format import long_date

if TYPE_CHECKING:
    from assistant_am.runtime.last_backup import LastBackup


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "settings",
        help="montre les réglages tels qu'ils sont compris, et essaie les bases",
        description="Montre chaque réglage AM_… tel qu'il est compris (les secrets ne sont pas "
        "montrés), nomme ceux qui sont faux ou inconnus, puis essaie d'écrire dans la base des "
        "conversations et d'appeler Redis. Dit enfin de quand date la dernière bonne sauvegarde.",
    )
    parser.add_argument(
        "--tableau", action="store_true", help="écrit seulement le tableau des réglages du README"
    )
    add_root(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    warnings.simplefilter("ignore", DeprecationWarning)
    from assistant_am.runtime.setting_table import markdown

    if arguments.tableau:
        print(markdown(), end="")
        return 0
    from assistant_am.operations.site_settings import understand
    from assistant_am.runtime.last_backup import last_backup
    from assistant_am.runtime.settings import WrongSetting
    from assistant_am.stores.reachable import require_reachable

    understood = understand(project_of(arguments), os.environ)
    width = max((len(row.name) for row in understood.rows), default=0)
    for row in understood.rows:
        print(f"{row.name:<{width}}  {row.value}{'' if row.given else '  (défaut)'}")
    for problem in (*understood.wrong, *understood.unknown):
        print(f"Erreur : {problem}", file=sys.stderr)
    if understood.stores is None:
        return 1
    try:
        require_reachable(understood.stores)
    except WrongSetting as error:
        print(f"Erreur : {error}", file=sys.stderr)
        return 1
    shared = " et Redis" if understood.stores.redis else ""
    print(f"\nLa base des conversations{shared} : répond.")
    print(f"Dernière bonne sauvegarde : {_told(last_backup(understood.stores.data))}.")
    return 1 if understood.unknown else 0


def _told(made: LastBackup | None) -> str:
    """« le 22 novembre 2026 (il y a 3 jours), /…/jour-1.tar.gz »."""
    if made is None:
        return "aucune de ce site (« assistant-am backup »)"
    day = datetime.datetime.fromisoformat(made.date).astimezone().date()
    days = (datetime.datetime.now().astimezone().date() - day).days
    ago = {0: "aujourd'hui", 1: "hier"}.get(days, f"il y a {days} jours")
    return f"le {long_date(day)} ({ago}), {made.file}"
