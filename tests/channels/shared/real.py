"""The real bot with all three messaging channels, before fakes of the three services."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from assistant_am.operations.processes import free_port
from assistant_am.operations.project import Project, Settings
from assistant_am.operations.supervise import Bot
from assistant_am.operations.training import train_if_needed
from tests.channels.messenger.graph_api import APP_SECRET, PAGE_TOKEN, GraphApi
from tests.channels.shared.serving import ScriptedAgent, Served
from tests.channels.telegram.bot_api import TOKEN, BotApi
from tests.channels.telegram.conftest import HOOK_SECRET, PUBLIC
from tests.channels.telegram.conftest import Person as TelegramPerson
from tests.channels.twilio.conftest import Phone
from tests.channels.twilio.messages_api import ACCOUNT, MessagesApi
from tests.channels.twilio.messages_api import TOKEN as TWILIO_TOKEN


@dataclass
class Town:
    """The bot, the services, and people to be."""

    bot: Bot
    data: Path
    served: Served
    telegram: BotApi
    twilio: MessagesApi
    messenger: GraphApi

    def telegram_person(self) -> TelegramPerson:
        return TelegramPerson(self.served, self.telegram)

    def phone(self, prefix: str = "") -> Phone:
        return Phone(self.served, self.twilio, prefix)


@contextmanager
def town(data: Path, limit: str = "100000/minute") -> Iterator[Town]:
    """Everything started; Telegram only once the bot runs: it is away at the start."""
    project = Project.here()
    train_if_needed(project, repair=True)
    services = BotApi(), MessagesApi(), GraphApi()
    telegram, twilio, messenger = services
    values = {
        "AM_ADRESSE_PUBLIQUE": PUBLIC,
        "AM_LIMITE_CONVERSATION": limit,
        "AM_TELEGRAM_JETON": TOKEN,
        "AM_TELEGRAM_SECRET": HOOK_SECRET,
        "AM_TELEGRAM_API": telegram.url,
        "AM_TWILIO_COMPTE": ACCOUNT,
        "AM_TWILIO_JETON": TWILIO_TOKEN,
        "AM_TWILIO_API": twilio.url,
        "AM_MESSENGER_JETON": PAGE_TOKEN,
        "AM_MESSENGER_SECRET": APP_SECRET,
        "AM_MESSENGER_VERIFICATION": "mot",
        "AM_MESSENGER_API": f"{messenger.url}/v25.0",
    }
    with ExitStack() as stack:
        environment = stack.enter_context(pytest.MonkeyPatch.context())
        for name, value in values.items():
            environment.setenv(name, value)
        bot = stack.enter_context(Bot(project, Settings(free_port(), free_port(), data)))
        bot.start()
        for service in services:
            stack.enter_context(service.running())
        telegram.wait(1, "setMyCommands")
        http = stack.enter_context(requests.Session())
        served = Served(bot.settings.url, ScriptedAgent(), None, http)
        yield Town(bot, data, served, telegram, twilio, messenger)
