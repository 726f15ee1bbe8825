"""The way in from the intranet: its token (JWT) says who it is and what she may do."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from assistant_am.channels.web.errors import WebError
from assistant_am.channels.web.intranet import Intranet
from assistant_am.runtime.setting_table import ATELIER
from assistant_am.runtime.settings import WebSettings, WrongSetting, read

WRITES, READS = "redaction", "lecture"
LONGEST_NAME = 60


class Refused(Exception):
    """The token opens nothing; the text says why, in French."""


@dataclass(frozen=True)
class Person:
    """Somebody whom the intranet knows. `until` is when her token ends, in seconds since 1970."""

    subject: str
    name: str
    may_write: bool
    until: float


@dataclass(frozen=True)
class Gate:
    """`address` is the workshop's own, « https://atelier.msp.example »."""

    address: str
    claims: Callable[[str], Mapping[str, Any]]

    @property
    def host(self) -> str:
        return urlsplit(self.address).netloc

    def person(self, token: str) -> Person:
        """Raises Refused."""
        try:
            claims = self.claims(token)
        except WebError:
            raise Refused(
                "L'intranet n'a pas dit qui vous êtes : rouvrez l'atelier depuis l'intranet."
            ) from None
        given = claims.get("role", ())
        roles = {given} if isinstance(given, str) else {str(each) for each in given or ()}
        if not roles & {WRITES, READS}:
            raise Refused(
                "Votre compte n'a pas de rôle pour l'atelier : demandez « redaction » ou "
                "« lecture » à qui s'occupe de l'intranet."
            )
        subject = str(claims["sub"])
        name = " ".join(str(claims.get("name") or subject).split())[:LONGEST_NAME]
        return Person(subject, name, WRITES in roles, float(claims.get("exp", time.time())))


def gate_from_environment() -> Gate | None:
    """None when no address is given: this machine only. Raises WrongSetting."""
    address = read(ATELIER)["AM_ATELIER_ADRESSE"]
    if not address:
        return None
    jwt = WebSettings.from_environment().jwt
    if not (jwt.key or jwt.public_key):
        raise WrongSetting(
            "AM_ATELIER_ADRESSE est donnée sans AM_JWT_CLE ni AM_JWT_CLE_PUBLIQUE : donnez la clé "
            "de l'intranet, ou retirez cette adresse."
        )
    intranet = Intranet(jwt, b"")
    return Gate(str(address).rstrip("/"), lambda token: intranet.claims(f"Bearer {token}"))
