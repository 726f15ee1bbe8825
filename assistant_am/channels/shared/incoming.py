"""A message of any service, once read and found genuine."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assistant_am.french.fold import fold

Kind = Literal[
    "texte",
    "vocal",
    "autocollant",
    "image",
    "position",
    "contact",
    "fichier",
    "modifie",
    "supprime",
]
Wish = Literal["bienvenue", "aide", "stop"]

_WISHES: dict[str, Wish] = {
    "/start": "bienvenue",
    "start": "bienvenue",
    "/demarrer": "bienvenue",
    "/help": "aide",
    "help": "aide",
    "/aide": "aide",
    "aide": "aide",
    "info": "aide",
    "infos": "aide",
    "menu": "aide",
    "/menu": "aide",
    "/stop": "stop",
    "stop": "stop",
    "arret": "stop",
    "arreter": "stop",
    "unsubscribe": "stop",
    "desabonner": "stop",
    "me desabonner": "stop",
}
_PUNCTUATION = re.compile(r"[\s.!?]+$")


@dataclass(frozen=True)
class Incoming:
    """What somebody sent; `conversation` and `message` are hashes of the service's ids."""

    conversation: str
    message: str
    text: str = ""
    """What was typed, the caption of a picture, or the title of a pressed button."""
    kind: Kind = "texte"
    pressed: str | None = None
    """The id of a button of ours."""
    answered: bool = False
    """The service has answered by itself: « STOP » by SMS is the operators' affair."""

    @property
    def wish(self) -> Wish | None:
        """A word that all services know: start, help, stop; only when it stands alone."""
        if self.pressed is not None:
            return None
        return _WISHES.get(_PUNCTUATION.sub("", fold(self.text).strip()))
