"""The web channel's settings, read from the environment once, at start."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from assistant_am.runtime.addresses import without_password

ROOT = Path(__file__).resolve().parents[2]
KNOWLEDGE = ROOT / "knowledge"
SHORTEST_SECRET = 32
# Sanic gives up on a response after 60 s: a late answer has to be announced before.
LONGEST_DEADLINE = 50
_RATE = re.compile(r"[1-9]\d{0,8}/(second|minute|hour|day)")

Number = TypeVar("Number", int, float)


MODEL_VARIABLE = "ASSISTANT_MODELE"
"""By which « assistant-am serve » tells its processes where their model is; nothing to set."""


class WrongSetting(ValueError):
    """A variable has a value that cannot be used; the French text names it and says the remedy."""


@dataclass(frozen=True)
class JwtSettings:
    """How tokens of the intranet are checked; without key, the intranet has no access."""

    key: str | None = field(default=None, repr=False)
    """Shared secret (HS256), at least 32 characters."""
    public_key: str | None = None
    """PEM public key (RS256 or ES256, after its kind)."""
    audience: str = "assistant-am"
    issuer: str | None = None


@dataclass(frozen=True)
class WebSettings:
    """Everything the web channel may be told; the defaults suit one machine without proxy."""

    data: Path = ROOT / "var"
    origins: frozenset[str] = frozenset()
    """Partners' origins; the bot's own one is always allowed."""
    secret: str | None = field(default=None, repr=False)
    jwt: JwtSettings = JwtSettings()
    demo: bool = False
    conversation_limit: str = "20/minute"
    address_limit: str = "300/minute"
    deadline: float = 15
    """Seconds before a turn is announced as « en cours »."""
    session_hours: float = 24
    retention_days: int = 30
    """Shown to visitors, and held to by « assistant-am purge » (operations/retention.py)."""
    proxies: int = 0
    """Reverse proxies in front, whose X-Forwarded-For may be believed."""
    metrics_port: int = 0
    """Port of loopback for Prometheus; 0 means none."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> WebSettings:
        """Read the `AM_…` variables; an empty value counts as unset. Raises WrongSetting."""
        given = os.environ if environment is None else environment
        values = {name: text.strip() for name, text in given.items() if text.strip()}
        data = values.get("AM_DONNEES")
        return cls(
            data=Path(data).resolve() if data else ROOT / "var",
            origins=_origins(values.get("AM_ORIGINES", "")),
            secret=_secret(values, "AM_SECRET"),
            jwt=_jwt(values),
            demo=_yes(values, "AM_DEMO"),
            conversation_limit=_rate(values, "AM_LIMITE_CONVERSATION", cls.conversation_limit),
            address_limit=_rate(values, "AM_LIMITE_ADRESSE", cls.address_limit),
            deadline=_number(values, "AM_DELAI_REPONSE", cls.deadline, 1, LONGEST_DEADLINE),
            session_hours=_number(values, "AM_SESSION_HEURES", cls.session_hours, 0.1, 720),
            retention_days=_number(values, "AM_CONSERVATION_JOURS", cls.retention_days, 1, 3650),
            proxies=_number(values, "AM_MANDATAIRES", cls.proxies, 0, 5),
            metrics_port=_number(values, "AM_METRIQUES_PORT", cls.metrics_port, 0, 65535),
        )


def _origins(text: str) -> frozenset[str]:
    return frozenset(_origin(word) for word in text.replace(",", " ").split())


def _origin(word: str) -> str:
    try:
        parts = urlsplit(word)
        sound = parts.scheme in ("http", "https") and parts.hostname and "*" not in word
        extra = parts.path not in ("", "/") or parts.query or parts.fragment or "@" in parts.netloc
        parts.port  # noqa: B018  (reading it checks it)
    except ValueError:
        sound, extra = None, True
    if not sound or extra:
        raise WrongSetting(
            f"AM_ORIGINES contient « {without_password(word)} » : donnez des origines entières, "
            "sans chemin ni étoile, séparées par des virgules, par exemple « https://msp.example »."
        )
    return f"{parts.scheme}://{parts.netloc}".lower()


def _secret(values: Mapping[str, str], name: str) -> str | None:
    text = values.get(name)
    if text is not None and len(text) < SHORTEST_SECRET:
        raise WrongSetting(
            f"{name} est trop court : il faut au moins {SHORTEST_SECRET} caractères tirés au "
            "hasard, par exemple ceux de « openssl rand -hex 32 »."
        )
    return text


def _jwt(values: Mapping[str, str]) -> JwtSettings:
    key, public = _secret(values, "AM_JWT_CLE"), values.get("AM_JWT_CLE_PUBLIQUE")
    if key and public:
        raise WrongSetting(
            "AM_JWT_CLE et AM_JWT_CLE_PUBLIQUE sont données toutes les deux : gardez la clé "
            "publique si votre intranet en a une, sinon la clé partagée."
        )
    return JwtSettings(
        key=key,
        public_key=_pem(public) if public else None,
        audience=values.get("AM_JWT_AUDIENCE", JwtSettings.audience),
        issuer=values.get("AM_JWT_EMETTEUR"),
    )


def _pem(text: str) -> str:
    """The PEM itself, or the content of the file named."""
    if "-----BEGIN" in text:
        return text.replace("\\n", "\n")
    try:
        return Path(text).read_text(encoding="ascii")
    except (OSError, ValueError):
        raise WrongSetting(
            "AM_JWT_CLE_PUBLIQUE n'est ni une clé PEM, ni le nom d'un fichier lisible qui en "
            "contient une."
        ) from None


def _yes(values: Mapping[str, str], name: str) -> bool:
    text = values.get(name, "0")
    if text not in ("0", "1"):
        raise WrongSetting(f"{name} vaut « {text} » : il faut 1 (oui) ou 0 (non).")
    return text == "1"


def _rate(values: Mapping[str, str], name: str, default: str) -> str:
    text = values.get(name, default)
    if not _RATE.fullmatch(text):
        raise WrongSetting(
            f"{name} vaut « {text} » : écrivez un nombre et une durée, par exemple « 20/minute » ; "
            "durées possibles : second, minute, hour, day."
        )
    return text


def _number(
    values: Mapping[str, str], name: str, default: Number, low: float, high: float
) -> Number:
    text = values.get(name, str(default))
    kind: Callable[[str], Number] = type(default)
    if name in ("AM_DELAI_REPONSE", "AM_SESSION_HEURES"):
        kind = float  # type: ignore[assignment]
    try:
        number = kind(text.replace(",", "."))
        if not low <= number <= high:
            raise ValueError
    except ValueError:
        raise WrongSetting(
            f"{name} vaut « {text} » : il faut un nombre de {low:g} à {high:g}."
        ) from None
    return number
