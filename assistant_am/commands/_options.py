"""Options that several commands share."""

from __future__ import annotations

import argparse
from pathlib import Path

from assistant_am.operations.errors import OperationError
from assistant_am.operations.project import Project


def add_root(parser: argparse.ArgumentParser) -> None:
    """Add --racine, the folder of the project to work on."""
    parser.add_argument(
        "--racine",
        type=Path,
        metavar="DOSSIER",
        help="dossier du projet (par défaut : celui de ce programme)",
    )


def project_of(arguments: argparse.Namespace) -> Project:
    """The one given, else this program's; raises OperationError where there is no folder."""
    if not arguments.racine:
        return Project.here()
    root = arguments.racine.resolve()
    if not root.is_dir():
        raise OperationError(
            f"{root} n'existe pas, ou n'est pas un dossier : donnez à --racine le dossier du "
            "projet, celui où est config.yml."
        )
    return Project(root)
