"""Answers to the services that bring messages: short, and nothing for a forger."""

from __future__ import annotations

import hmac
import json
import logging
from typing import Any

from sanic.response import HTTPResponse
from sanic.response import json as as_json

logger = logging.getLogger(__name__)

BUSY_SECONDS = 5


def read_object(body: bytes) -> dict[str, Any] | None:
    """The JSON object of a body, or None when it is none."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def same(given: str, expected: str) -> bool:
    """Whether two secrets are the same, in a time that tells nothing of them."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode())


def forged() -> HTTPResponse:
    """403: whoever sent this does not know the secret."""
    logger.warning("Appel refusé : sa signature n'est pas la bonne.")
    return _error(403, "La signature de cet appel n'est pas la bonne.")


def malformed(remedy: str) -> HTTPResponse:
    """400: signed, but not to be read."""
    return _error(400, remedy)


def busy() -> HTTPResponse:
    """503: services bring the message again a little later."""
    response = _error(503, "Trop de messages à la fois : renvoyez celui-ci dans un instant.")
    response.headers["Retry-After"] = str(BUSY_SECONDS)
    return response


def taken(is_taken: bool) -> HTTPResponse:
    """200 when the message is ours from now on."""
    return HTTPResponse(status=200) if is_taken else busy()


def _error(status: int, message: str) -> HTTPResponse:
    return as_json({"erreur": {"message": message}}, status=status, ensure_ascii=False)
