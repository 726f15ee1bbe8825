"""One JSON object a line for all that a server logs, with nothing in it of what people write.

``python -m assistant_am.runtime.json_logs rasa run …`` runs a module as ``python -m`` would. Rasa
and rasa_sdk set their logging up by themselves (coloredlogs), over any file given to
``--logging-config-file``: so it is what they call that is replaced.

An object has `quand` (UTC), `niveau`, `source` (the logger), `message`; at times `details` (of
Rasa's structured log), `erreur` (kind of the exception, never its text, which may quote a message)
and `pile` (where it was raised).
"""

from __future__ import annotations

import datetime
import json
import logging
import re
import runpy
import sys
import traceback
from types import TracebackType
from typing import Any

from assistant_am.runtime.masking import mask
from assistant_am.runtime.quiet_logs import MASK

Error = tuple[Any, Any, TracebackType | None]

_CONVERSATION = re.compile(r"\b((?:conversation|sender|id)(?:[ _]id)?) '.*'", re.I | re.S)
_WARNING = re.compile(r"(\S+:\d+: \w+):.*", re.DOTALL)
_COLOUR = re.compile(r"\x1b\[\d+m")
_ADDRESS = re.compile(r"(?<![\d.])(?!127\.0\.0\.1\b)(?:\d{1,3}\.){3}\d{1,3}(?![\d.])")


class JsonFormatter(logging.Formatter):
    """See the module."""

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.datetime.fromtimestamp(record.created, datetime.timezone.utc)
        entry: dict[str, Any] = {
            "quand": moment.isoformat(timespec="milliseconds"),
            "niveau": record.levelname,
            "source": record.name,
            **_said(record.name, record.getMessage()),
        }
        if record.exc_info:
            entry.update(_failure(record.exc_info))
        return json.dumps(entry, ensure_ascii=False, default=str)


def _said(source: str, text: str) -> dict[str, Any]:
    """The message, and the details when it comes from structlog's JSON renderer."""
    if source == "py.warnings":
        # Rasa's quote what was typed: their place and kind are enough to find them.
        return {"message": _WARNING.sub(r"\1", _COLOUR.sub("", text)).split("\n")[0]}
    try:
        event = json.loads(text) if text.startswith("{") else None
    except ValueError:
        event = None
    if not isinstance(event, dict) or "event" not in event:
        return {"message": scrub(text)}
    key = str(event.pop("event"))
    event.pop("level", None)
    message = scrub(str(event.pop("event_info", key)))
    event.pop("exception", None)  # structlog's shows the values of local variables
    return {"message": message, "cle": key, **({"details": event} if event else {})}


def _failure(error: Error | Any) -> dict[str, Any]:
    kind, _, trace = error if isinstance(error, tuple) else (type(error), error, None)
    if kind is None:
        return {}
    return {"erreur": kind.__name__, "pile": traceback.format_tb(trace)}


def scrub(text: str) -> str:
    """A line of log without names of conversations, addresses of visitors, numbers of persons."""
    text = _CONVERSATION.sub(rf"\1 '{MASK}'", text)
    return mask(_ADDRESS.sub(MASK, text))


def install(level: int | str | None = None, **_: Any) -> None:
    """Make the root logger write JSON on stderr; stands in for `coloredlogs.install`."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level or logging.INFO)
    logging.captureWarnings(True)


def _log_uncaught(kind: type[BaseException], error: BaseException, trace: Any) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger("python").critical("Arrêt sur une erreur", exc_info=(kind, error, trace))


def main() -> None:
    """Run the module named on the command line."""
    import coloredlogs

    coloredlogs.install = install
    sys.excepthook = _log_uncaught
    install()
    sys.argv = sys.argv[1:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
