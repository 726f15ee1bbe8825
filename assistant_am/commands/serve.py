"""``assistant-am serve``: start the action server and Rasa, and keep them alive until Ctrl-C."""

from __future__ import annotations

import argparse
import os
import sys

from assistant_am.commands._options import add_root, project_of
from assistant_am.operations.daily import DailyPurge
from assistant_am.operations.processes import stop_signals_interrupt
from assistant_am.operations.project import Project, Settings
from assistant_am.operations.rest import PATH
from assistant_am.operations.supervise import Bot
from assistant_am.operations.systemd import Systemd
from assistant_am.operations.training import train_if_needed

READY = """
L'assistant est prêt.

  La page, avec le widget :   {url}/
  Pour discuter, dans un autre terminal :   {chat}
  Canal REST :   POST {url}{path}
    curl -s {url}{path} -H 'Content-Type: application/json' \\
      -d '{{"sender": "essai", "message": "Qui peut devenir assistant médical ?"}}'
  Journaux :   {logs}
  Partenaires, intranet, limites :   docs/canal-web.md{demo}

Ctrl-C arrête tout.
"""
DEMO_OFF = """
  Intranet de démonstration sur la page : relancez avec AM_DEMO=1"""


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("serve", help="démarre l'assistant et le garde en marche")
    parser.add_argument(
        "--entrainer", action="store_true", help="entraîne d'abord, si c'est nécessaire"
    )
    add_root(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    project = project_of(arguments)
    _name_all_that_is_wrong(project)
    settings = Settings.from_environment()
    bot, systemd = Bot(project, settings), Systemd.from_environment()
    try:
        with stop_signals_interrupt(), bot, DailyPurge(project, bot.logs) as daily:
            # Before the training: what is wrong should not cost a minute to be told.
            bot.require_free_ports()
            bot.check_web_settings()
            bot.check_stores()
            if arguments.entrainer:
                train_if_needed(project)
            bot.start()
            print(_ready(bot), flush=True)
            systemd.ready()
            bot.watch(daily.tick, systemd.alive)
    except KeyboardInterrupt:
        print("\nL'assistant est arrêté.")
    return 0


def _name_all_that_is_wrong(project: Project) -> None:
    """Raises WrongSetting. An unknown setting is no reason to stop: another version knows it."""
    from assistant_am.operations.site_settings import understand
    from assistant_am.runtime.settings import WrongSetting

    understood = understand(project, os.environ)
    for stranger in understood.unknown:
        print(f"Attention : {stranger}", file=sys.stderr)
    if understood.wrong:
        raise WrongSetting(*understood.wrong)


def _ready(bot: Bot) -> str:
    from assistant_am.runtime.settings import WebSettings

    default = bot.settings.port == Settings().port
    return READY.format(
        chat="make chat" if default else f"AM_PORT={bot.settings.port} make chat",
        url=bot.settings.url,
        path=PATH,
        logs=bot.project.shown(bot.logs),
        demo="" if WebSettings.from_environment().demo else DEMO_OFF,
    )
