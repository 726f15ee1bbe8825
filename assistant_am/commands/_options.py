"""Options that several commands share."""

from __future__ import annotations

import argparse
from pathlib import Path

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
    return Project(arguments.racine.resolve()) if arguments.racine else Project.here()
