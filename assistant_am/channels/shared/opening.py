"""What every messaging channel needs before its first message."""

from __future__ import annotations

from assistant_am.channels.shared.alerts import Alerts
from assistant_am.channels.shared.choices import Choices
from assistant_am.channels.shared.current import current_world
from assistant_am.channels.shared.desk import Desk
from assistant_am.channels.shared.identity import Identity
from assistant_am.channels.shared.outbox import Outbox
from assistant_am.channels.shared.pace import Pace
from assistant_am.channels.shared.private import keep_messages_private
from assistant_am.channels.shared.turn import Handler
from assistant_am.channels.web.erasure import erase_conversation
from assistant_am.runtime.quiet_logs import keep_messages_out_of_logs
from assistant_am.runtime.settings import WebSettings


def open_desk(
    channel: str, handler: Handler, identity: Identity, public: str | None, web: WebSettings
) -> Desk:
    """The desk of one channel; raises KnowledgeError when `knowledge/` is broken."""
    keep_messages_out_of_logs()
    keep_messages_private(erase_conversation)
    world = current_world()
    return Desk(
        channel=channel,
        handler=handler,
        world=world,
        alerts=Alerts(world),
        choices=Choices(identity),
        outbox=Outbox(),
        pace=Pace(web),
        public=public,
    )
