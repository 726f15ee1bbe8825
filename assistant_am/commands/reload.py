"""``assistant-am reload``: new knowledge and a new model for a running assistant."""

from __future__ import annotations

import argparse
import datetime

from assistant_am.commands._options import add_root, project_of


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "reload",
        help="recharge les connaissances et le modèle de l'assistant en marche",
        description="Vérifie les connaissances, puis les met à la place des anciennes dans "
        "l'assistant en marche, avec le modèle s'il a été entraîné de nouveau ; aucune "
        "conversation n'est interrompue, et une erreur laisse tout comme avant. Ce que lit "
        "l'entraînement (data/, knowledge/lexique) demande d'abord « make train ».",
    )
    add_root(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from assistant_am.operations.conversations import settings_of
    from assistant_am.operations.project import Settings
    from assistant_am.operations.reload import reload
    from assistant_am.runtime.secrets import internal_key, load_secret
    from assistant_am.runtime.settings import WebSettings

    project = project_of(arguments)
    given = WebSettings.from_environment().secret
    key = internal_key(load_secret(given, settings_of(project).data))
    settings = Settings.from_environment()
    done = reload(project, settings, key, datetime.date.today(), print)
    if done.outdated:
        print(
            "Attention : les phrases ou le lexique (data/, knowledge/lexique…) ont changé depuis "
            "l'entraînement ; pour qu'ils comptent : « make train », puis « make reload »."
        )
    return 0
