"""``assistant-am settings``: how each setting is understood, and whether the stores answer."""

from __future__ import annotations

import argparse
import os
import sys
import warnings

from assistant_am.commands._options import add_root, project_of


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "settings",
        help="montre les réglages tels qu'ils sont compris, et essaie les bases",
        description="Montre chaque réglage AM_… tel qu'il est compris (les secrets ne sont pas "
        "montrés), nomme ceux qui sont faux ou inconnus, puis essaie d'écrire dans la base des "
        "conversations et d'appeler Redis.",
    )
    add_root(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    warnings.simplefilter("ignore", DeprecationWarning)
    from assistant_am.operations.site_settings import understand
    from assistant_am.runtime.settings import WrongSetting
    from assistant_am.stores.reachable import require_reachable

    understood = understand(project_of(arguments), os.environ)
    width = max((len(row.name) for row in understood.rows), default=0)
    for row in understood.rows:
        print(f"{row.name:<{width}}  {row.value}{'' if row.given else '  (défaut)'}")
    for problem in understood.problems:
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
    return 1 if understood.problems else 0
