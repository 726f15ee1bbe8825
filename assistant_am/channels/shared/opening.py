"""What every messaging channel needs before its first message."""

from __future__ import annotations

import socket
from dataclasses import replace
from typing import Any, ClassVar

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint

from assistant_am.channels.shared.alerts import Alerts
from assistant_am.channels.shared.choices import Choices
from assistant_am.channels.shared.current import current_world
from assistant_am.channels.shared.desk import Desk
from assistant_am.channels.shared.erasure import erase_conversation
from assistant_am.channels.shared.identity import Identity
from assistant_am.channels.shared.letterbox import Letterbox
from assistant_am.channels.shared.outbox import Outbox
from assistant_am.channels.shared.pace import Pace
from assistant_am.channels.shared.private import keep_messages_private
from assistant_am.channels.shared.settings import MessagingSettings
from assistant_am.channels.shared.turn import Handler
from assistant_am.runtime.quiet_logs import keep_messages_out_of_logs
from assistant_am.runtime.secrets import load_secret
from assistant_am.runtime.setting_table import SERVER
from assistant_am.runtime.settings import WebSettings, WrongSetting, read
from assistant_am.runtime.store_settings import StoreSettings
from assistant_am.stores.letters import process_letters
from assistant_am.stores.once import answering_once


class MessagingInput(InputChannel):
    """One service; its settings are those of this name in `MessagingSettings`."""

    service: ClassVar[str]
    wanted: ClassVar[str]
    """What is told when its settings are absent."""

    def __init__(self, settings: Any, public: str | None, web: WebSettings) -> None:
        self.settings = settings
        self.public = public
        self.web = web

    @classmethod
    def name(cls) -> str:
        return cls.service

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> MessagingInput:
        """The credentials hold nothing; raises WrongSetting for the environment's values."""
        given = MessagingSettings.from_environment()
        settings = getattr(given, cls.service)
        if settings is None:
            raise WrongSetting(cls.wanted)
        return cls(settings, given.public, WebSettings.from_environment())

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """The routes; raises KnowledgeError when `knowledge/` is broken."""
        keep_messages_out_of_logs()
        keep_messages_private(erase_conversation)
        secret = load_secret(self.web.secret, self.web.data)
        identity = Identity(secret, self.service)
        world = current_world()
        desk = Desk(
            channel=self.service,
            # A turn that was stored before a restart is said again, not done again.
            handler=answering_once(on_new_message),
            world=world,
            alerts=Alerts(world),
            choices=Choices(identity),
            outbox=Outbox(),
            letterbox=self._letterbox(secret),
            pace=Pace(self.web),
            public=self.public,
        )
        return self.routes(secret, identity, desk)

    def _letterbox(self, secret: bytes) -> Letterbox:
        stores = replace(StoreSettings.from_environment(), data=self.web.data)
        # No two processes that run at once have the same port of the same machine.
        process = f"{socket.gethostname()}:{read(SERVER)['AM_PORT']}"
        return Letterbox(process_letters(stores), secret, self.service, process)

    def routes(self, secret: bytes, identity: Identity, desk: Desk) -> Blueprint:
        """Where the service brings its messages; `secret` is that of the assistant."""
        raise NotImplementedError
