"""``assistant-am train``: train when something that training reads has changed."""

from __future__ import annotations

import argparse

from assistant_am.commands._options import add_root, project_of
from assistant_am.operations.processes import stop_signals_interrupt
from assistant_am.operations.training import train_if_needed


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "train", help="entraîne le modèle si ce que lit l'entraînement a changé"
    )
    parser.add_argument("--force", action="store_true", help="entraîne même si rien n'a changé")
    add_root(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    with stop_signals_interrupt():
        trained = train_if_needed(project_of(arguments), repair=True, force=arguments.force)
    if not trained:
        print("Le modèle est à jour : rien à entraîner.")
    return 0
