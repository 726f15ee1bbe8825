"""The web channel's settings, read from the environment once, at start."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant_am.runtime.setting_table import BY_NAME, SITE, WEB, default, given_in, interpreted

ROOT = Path(__file__).resolve().parents[2]
KNOWLEDGE = ROOT / "knowledge"
VAR = ROOT / "var"
"""Where AM_DONNEES is when nobody gave it."""

MODEL_VARIABLE = "ASSISTANT_MODELE"
"""By which « assistant-am serve » tells its processes where their model is; nothing to set."""


class WrongSetting(ValueError):
    """Settings have values that cannot be used; each argument names one and says the remedy."""

    def __str__(self) -> str:
        return "\n".join(self.args)


def read(part: str, environment: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The values of the settings that a part of the assistant reads, by their names.

    Raises WrongSetting, which names all that are wrong.
    """
    values, problems = interpreted(os.environ if environment is None else environment, part)
    if problems:
        raise WrongSetting(*problems)
    return values


def site_folder(root: Path = ROOT, environment: Mapping[str, str] | None = None) -> Path:
    """The folder of the site, `site/` in the data folder by default; it may not be there.

    Raises WrongSetting when the one that AM_SITE names is not there: with a name misspelt, the
    shipped answers would be given without a word.
    """
    named: Path | None = read(SITE, environment)["AM_SITE"]
    if named is not None:
        return named
    data = given_in(os.environ if environment is None else environment).get("AM_DONNEES")
    return (BY_NAME["AM_DONNEES"].read(data) or root / "var") / "site"


@dataclass(frozen=True)
class JwtSettings:
    """How tokens of the intranet are checked; without key, the intranet has no access."""

    key: str | None = field(default=None, repr=False)
    """Shared secret (HS256), at least 32 characters."""
    public_key: str | None = None
    """PEM public key (RS256 or ES256, after its kind)."""
    audience: str = default("AM_JWT_AUDIENCE")
    issuer: str | None = None


@dataclass(frozen=True)
class WebSettings:
    """Everything the web channel may be told; the defaults suit one machine without proxy."""

    data: Path = VAR
    origins: frozenset[str] = frozenset()
    """Partners' origins; the bot's own one is always allowed."""
    secret: str | None = field(default=None, repr=False)
    jwt: JwtSettings = JwtSettings()
    demo: bool = default("AM_DEMO")
    conversation_limit: str = default("AM_LIMITE_CONVERSATION")
    address_limit: str = default("AM_LIMITE_ADRESSE")
    deadline: float = default("AM_DELAI_REPONSE")
    """Seconds before a turn is announced as « en cours »."""
    session_hours: float = default("AM_SESSION_HEURES")
    retention_days: int | None = None
    """Held to by « assistant-am purge »; None: as many as the site announces (`site.yml`)."""
    proxies: int = default("AM_MANDATAIRES")
    """Reverse proxies in front, whose X-Forwarded-For may be believed."""
    metrics_port: int = default("AM_METRIQUES_PORT")
    """Port of loopback for Prometheus; 0 means none."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> WebSettings:
        """Raises WrongSetting."""
        values = read(WEB, environment)
        jwt = JwtSettings(
            key=values["AM_JWT_CLE"],
            public_key=values["AM_JWT_CLE_PUBLIQUE"],
            audience=values["AM_JWT_AUDIENCE"],
            issuer=values["AM_JWT_EMETTEUR"],
        )
        if jwt.key and jwt.public_key:
            raise WrongSetting(
                "AM_JWT_CLE et AM_JWT_CLE_PUBLIQUE sont données toutes les deux : gardez la clé "
                "publique si votre intranet en a une, sinon la clé partagée."
            )
        return cls(
            data=values["AM_DONNEES"] or VAR,
            origins=values["AM_ORIGINES"] or frozenset(),
            secret=values["AM_SECRET"],
            jwt=jwt,
            demo=values["AM_DEMO"],
            conversation_limit=values["AM_LIMITE_CONVERSATION"],
            address_limit=values["AM_LIMITE_ADRESSE"],
            deadline=values["AM_DELAI_REPONSE"],
            session_hours=values["AM_SESSION_HEURES"],
            retention_days=values["AM_CONSERVATION_JOURS"],
            proxies=values["AM_MANDATAIRES"],
            metrics_port=values["AM_METRIQUES_PORT"],
        )

    def kept_days(self, site: Mapping[str, Any]) -> int:
        """How long conversations are kept, given the settings of the site."""
        return self.retention_days or int(site["conservation_jours"])
