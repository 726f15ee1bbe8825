"""The whole assistant in process: a message in, an answer out, without server and without Rasa."""

from assistant_am.assistant.assistant import Assistant, Conversation, Turn

__all__ = ["Assistant", "Conversation", "Turn"]
