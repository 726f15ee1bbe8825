"""``assistant-am chat``: talk to the assistant in the terminal."""

from __future__ import annotations

import argparse

from assistant_am.commands._options import add_root, project_of
from assistant_am.operations.chat import chat, is_running
from assistant_am.operations.errors import ServiceError
from assistant_am.operations.processes import stop_signals_interrupt
from assistant_am.operations.project import Settings
from assistant_am.operations.rest import RestClient, UnreachableError
from assistant_am.operations.supervise import Bot
from assistant_am.operations.training import train_if_needed


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "chat", help="discute dans le terminal ; démarre l'assistant s'il ne tourne pas"
    )
    add_root(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    project, settings = project_of(arguments), Settings.from_environment()
    try:
        if is_running(settings.url):
            chat(RestClient(settings.url))
            return 0
        with stop_signals_interrupt(), Bot(project, settings) as bot:
            bot.require_free_ports()
            train_if_needed(project)
            bot.start()
            chat(bot.client)
    except UnreachableError:
        raise ServiceError(
            "L'assistant ne répond plus : regardez le terminal de « make run » et relancez-le."
        ) from None
    return 0
