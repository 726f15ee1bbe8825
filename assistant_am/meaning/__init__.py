"""What a turn means: the one contract between understanding and answering. No Rasa, no model."""

from assistant_am.meaning.context import NO_CONTEXT, Context
from assistant_am.meaning.entity import Entity
from assistant_am.meaning.meaning import Emergency, Meaning, Request, Trust

__all__ = ["NO_CONTEXT", "Context", "Emergency", "Entity", "Meaning", "Request", "Trust"]
