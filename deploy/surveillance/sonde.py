"""Asks the assistant one question, from outside, as a visitor does: exit code 0 when it answers."""

from __future__ import annotations

import json
import sys
import urllib.error
import urllib.request
import uuid
from typing import Any

SECONDS = 20
QUESTION = "Qu'est-ce qu'un assistant médical ?"


class Silent(Exception):
    """It does not answer; the text says how."""


def main(words: list[str]) -> int:
    if len(words) != 1:
        print("Donnez l'adresse : sonde.py https://bot.example", file=sys.stderr)
        return 2
    site = words[0].rstrip("/")
    try:
        session = posted(site, "session", {}).get("session")
        if not session:
            raise Silent("ce n'est pas un assistant")
        try:
            given = {"session": session, "id": str(uuid.uuid4()), "texte": QUESTION}
            if "reponse" not in posted(site, "message", given):
                raise Silent("la question n'a pas de réponse à temps")
        finally:
            posted(site, "effacer", {"session": session})
    except Silent as silent:
        print(f"{site} : {silent}.", file=sys.stderr)
        return 1
    return 0


def posted(site: str, what: str, given: dict[str, Any]) -> dict[str, Any]:
    """What the web channel says to this; raises Silent."""
    request = urllib.request.Request(
        f"{site}/webhooks/web/{what}",
        json.dumps(given).encode(),
        {"Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:
            said = answer.read()
    except urllib.error.HTTPError as error:
        raise Silent(f"{what} répond {error.code}") from None
    except OSError as error:
        raise Silent(f"{what} ne répond pas ({error})") from None
    try:
        found = json.loads(said or b"{}")
    except ValueError:
        raise Silent(f"{what} ne répond pas en JSON") from None
    return found if isinstance(found, dict) else {}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
