"""Strict reading of what comes in: size, kind, exact fields, no control characters."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any, NoReturn

from sanic.request import Request

from assistant_am.channels.shared.words import LONGEST_TEXT, as_plain_text, clean
from assistant_am.channels.web.errors import WebError, field_error

LARGEST_BODY = 8 * 1024
"""Bytes."""
LONGEST_TOKEN = 4096
LONGEST_ID = 64
_MESSAGE_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{7,63}")


def read_object(request: Request) -> dict[str, Any]:
    """The JSON object of the body; raises type_refuse, trop_long or json_invalide."""
    kind, _, parameters = request.headers.get("content-type", "").lower().partition(";")
    if kind.strip() != "application/json" or parameters.strip() not in ("", "charset=utf-8"):
        raise WebError("type_refuse")
    if len(request.body) > LARGEST_BODY:
        raise WebError("trop_long", "La demande est trop longue : 8 ko au plus.")
    try:
        data = json.loads(
            request.body.decode("utf-8"), object_pairs_hook=_object, parse_constant=_refuse
        )
    # RecursionError: a body of eight thousand brackets.
    except (ValueError, RecursionError):
        raise WebError("json_invalide") from None
    if not isinstance(data, dict):
        raise WebError("json_invalide")
    return data


def require_fields(
    data: dict[str, Any], required: Iterable[str] = (), optional: Iterable[str] = ()
) -> None:
    """Refuse a missing, an unknown, or a non-text field; all our fields are texts."""
    required, known = set(required), {*required, *optional}
    for name in sorted(required - data.keys()):
        raise field_error(name, "il manque.")
    for name in sorted(data.keys() - known):
        raise field_error(clean(name)[:40], "il est inconnu.")
    for name, value in data.items():
        if not isinstance(value, str):
            raise field_error(name, "il faut un texte.")


def message_id(data: dict[str, Any]) -> str:
    """The client's id of a message."""
    value: str = data["id"]
    if not _MESSAGE_ID.fullmatch(value):
        raise field_error("id", "il faut un identifiant de 8 à 64 lettres, chiffres et tirets.")
    return value


def token(data: dict[str, Any], name: str) -> str:
    """An opaque string of ours."""
    value: str = data[name]
    if not value or len(value) > LONGEST_TOKEN or not value.isascii():
        raise field_error(name, "sa forme est incorrecte.")
    return value


def message_text(text: str) -> str:
    """What a person typed, as Rasa may read it; raises trop_long, champ_invalide when empty."""
    if len(clean(text)) > LONGEST_TEXT:
        raise WebError("trop_long")
    plain = as_plain_text(text)
    if not plain:
        raise field_error("texte", "il est vide. Écrivez votre question.")
    return plain


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) != len(pairs):
        raise ValueError("a name twice in one object")
    return data


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")
