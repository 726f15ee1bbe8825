"""``assistant-am evaluate``: measure what the assistant understands, and write a report."""

from __future__ import annotations

import argparse
import datetime
import shlex
import sys
from pathlib import Path
from urllib.parse import urlsplit

from assistant_am.commands._options import add_root, project_of
from assistant_am.operations.processes import stop_signals_interrupt


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "evaluate",
        help="mesure la compréhension et écrit un rapport",
        description="Mesure ce que l'assistant comprend : conversations et phrases mises à part, "
        "phrases abîmées, échantillon d'acceptation (AM_EVALUATION). Écrit rapport.md. Un jeu ne "
        "mesure honnêtement que la première fois : docs/mesurer.md.",
    )
    parser.add_argument(
        "--conversations",
        type=_existing,
        action="append",
        default=[],
        metavar="CHEMIN",
        help="note ces conversations seules (dossier ou fichier ; peut se répéter)",
    )
    server = parser.add_mutually_exclusive_group()
    server.add_argument(
        "--sans-serveur", action="store_true", help="laisse l'échantillon d'acceptation de côté"
    )
    server.add_argument(
        "--url", type=_url, metavar="URL", help="assistant déjà démarré (http://127.0.0.1:5005)"
    )
    parser.add_argument(
        "--montrer",
        action="store_true",
        help="écrit dans le rapport les tours et les phrases manqués : le jeu ne mesure plus",
    )
    parser.add_argument(
        "--sortie",
        type=_folder,
        metavar="DOSSIER",
        help="où écrire (par défaut : var/evaluation)",
    )
    parser.add_argument(
        "--modele",
        type=_existing,
        metavar="CHEMIN",
        help="autre modèle : une archive, ou le dossier de ce que l'entraînement a écrit",
    )
    add_root(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from assistant_am.evaluation.report import summary
    from assistant_am.evaluation.run import Wishes, evaluate

    project = project_of(arguments)
    wishes = Wishes(
        folder=arguments.sortie or project.root / "var" / "evaluation",
        server=not arguments.sans_serveur,
        url=arguments.url,
        show=arguments.montrer,
        model=arguments.modele,
        talks=tuple(arguments.conversations),
        command=shlex.join(["assistant-am", *sys.argv[1:]]),
    )
    with stop_signals_interrupt():
        measured, report = evaluate(project, wishes, datetime.datetime.now())
    for line in (*summary(measured), *measured.notes):
        print(line)
    print(f"Rapport : {project.shown(report)}")
    return 0


def _url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise argparse.ArgumentTypeError(
            f"« {text} » n'est pas une adresse : il faut par exemple http://127.0.0.1:5005"
        )
    return text.rstrip("/")


def _folder(text: str) -> Path:
    path = Path(text).resolve()
    if path.exists() and not path.is_dir():
        raise argparse.ArgumentTypeError(f"« {text} » n'est pas un dossier")
    return path


def _existing(text: str) -> Path:
    path = Path(text).resolve()
    if not path.exists():
        raise argparse.ArgumentTypeError(f"« {text} » n'existe pas")
    return path
