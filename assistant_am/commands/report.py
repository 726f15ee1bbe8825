"""``assistant-am report``: what was asked and not understood, for the coordinator."""

from __future__ import annotations

import argparse
import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from assistant_am.commands._kept import Kept, errors_told, open_kept
from assistant_am.commands._options import add_root

if TYPE_CHECKING:
    from assistant_am.operations.report.write import Found


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "report",
        help="écrit le rapport du coordinateur : sujets, questions non comprises, avis",
        description="Écrit rapport.html et des tableaux CSV : questions non comprises, sujets, "
        "avis, estimations laissées en route, sources à relire. Rien n'y désigne quelqu'un.",
    )
    add_weeks(parser)
    parser.add_argument(
        "--textes",
        action="store_true",
        help="montre tous les textes, même d'une seule personne : un nom peut s'y trouver",
    )
    parser.add_argument(
        "--sortie",
        type=Path,
        metavar="DOSSIER",
        help="où écrire (par défaut : rapport/ des données)",
    )
    add_root(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    kept = open_kept(arguments)
    found = found_in(kept, arguments.semaines)
    from assistant_am.operations.report.write import write

    page = write(found, arguments.sortie or kept.data / "rapport", texts=arguments.textes)
    figures = found.figures
    print(
        f"{figures.total('messages')} messages, {figures.total('missed')} non compris, "
        f"{figures.total('incidents')} incidents."
    )
    print(f"Rapport : {kept.project.shown(page.resolve())}")
    return 0


def add_weeks(parser: argparse.ArgumentParser) -> None:
    """Add --semaines, how far back to look."""
    parser.add_argument(
        "--semaines", type=_weeks, default=5, metavar="N", help="semaines regardées (5)"
    )


def found_in(kept: Kept, weeks: int) -> Found:
    """What these last weeks hold."""
    from assistant_am.operations.report.write import gather
    from assistant_am.runtime.secrets import load_secret

    secret = load_secret(kept.settings.secret, kept.data)
    today = datetime.date.today()
    with errors_told():
        return gather(kept.project, kept.conversations, kept.feedback, secret, today, weeks)


def _weeks(text: str) -> int:
    most = 520
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= most):
        raise argparse.ArgumentTypeError(f"« {text} » : il faut un nombre entier de 1 à {most}")
    return int(text)
