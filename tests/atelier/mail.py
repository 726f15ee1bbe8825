"""Conversations and opinions as the running assistant keeps them, for the inbox."""

from __future__ import annotations

import asyncio
import datetime
import json

from assistant_am.atelier.opening import read_post
from assistant_am.channels.web.feedback import Feedback
from assistant_am.channels.web.sessions import References
from assistant_am.meaning import Meaning, Request
from assistant_am.operations.conversations import Conversations
from assistant_am.operations.project import Project
from assistant_am.runtime.store_settings import StoreSettings
from assistant_am.stores.database import EVENTS, open_engine, writing


class Mail:
    """What people wrote to the running assistant, in a real database and file of opinions."""

    def __init__(self, folder, today, secret=b"s" * 40):
        self.today, self.secret = today, secret
        self.settings = StoreSettings(data=folder)
        self.conversations = Conversations.open(self.settings)
        self.feedback = Feedback(folder, 400)
        self._engine = writing(open_engine(self.settings))

    def turn(self, who, text, label="aucune", trust="incompris", answer="Je n'ai pas compris."):
        """One message of somebody, yesterday, and its answer."""
        time = datetime.datetime.combine(self.today, datetime.time(12)).timestamp() - 86_400
        meaning = Meaning(text, (Request(label, 0.9, trust, ((label, 0.9),)),))
        events = [
            {
                "event": "user",
                "text": text,
                "message_id": "m1",
                "parse_data": {"sens": meaning.to_json()},
            },
            {"event": "bot", "text": answer, "metadata": {}},
            {"event": "slot", "name": "fil", "value": {"sujet": label}},
        ]
        rows = [
            {
                "sender_id": who,
                "type_name": each["event"],
                "timestamp": time,
                "data": json.dumps({**each, "timestamp": time}),
            }
            for each in events
        ]
        with self._engine.begin() as connection:
            connection.execute(EVENTS.insert(), rows)

    def dislike(self, who):
        reference = References(self.secret).make(who, "m1")
        asyncio.run(self.feedback.save(who, reference, "inutile", ""))

    def read(self):
        project = Project.here()
        return read_post(project, self.conversations, self.feedback, self.secret, self.today)
