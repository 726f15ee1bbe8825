"""The kinds of settings: how the text of one is read, and how its value may be shown.

Reading raises ValueError with a French sentence that names the setting and says the remedy. It
repeats no password.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from assistant_am.runtime.addresses import with_password_encoded, without_password

SHORTEST_SECRET = 32
_RATE = re.compile(r"[1-9]\d{0,8}/(second|minute|hour|day)")
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_POSTGRESQL = ("postgresql", "postgres")
_DRIVER = "postgresql+psycopg2"
_REDIS = ("redis", "rediss", "unix")


@dataclass(frozen=True)
class Kind:
    """`read` is given the setting's name and its text, which is not empty."""

    read: Callable[[str, str], Any]
    show: Callable[[Any], str] = str


def whole(low: int, high: int, wanted: str = "un nombre entier", unit: str = "") -> Kind:
    """An integer from `low` to `high`; `wanted` is how the French sentence calls it."""

    def read(name: str, text: str) -> int:
        if not (text.isascii() and text.isdigit() and low <= int(text) <= high):
            raise ValueError(f"{name} vaut « {text} » : il faut {wanted} de {low} à {high}.")
        return int(text)

    return Kind(read, lambda value: f"{value}{unit}")


def number(low: float, high: float, unit: str) -> Kind:
    """A number, with a comma or a point."""

    def read(name: str, text: str) -> float:
        try:
            value = float(text.replace(",", "."))
        except ValueError:
            value = float("nan")
        if not low <= value <= high:
            raise ValueError(f"{name} vaut « {text} » : il faut un nombre de {low:g} à {high:g}.")
        return value

    return Kind(read, lambda value: f"{value:g}{unit}")


def formed(pattern: str, remedy: str) -> Kind:
    """A text that the whole pattern fits; `remedy` follows the name in the sentence."""

    def read(name: str, text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError(f"{name} {remedy}")
        return text

    return Kind(read)


def _yes(name: str, text: str) -> bool:
    if text not in ("0", "1"):
        raise ValueError(f"{name} vaut « {text} » : il faut 1 (oui) ou 0 (non).")
    return text == "1"


def _there(name: str, text: str) -> Path:
    folder = Path(text).resolve()
    if not folder.is_dir():
        raise ValueError(
            f"{name} vaut « {text} », qui n'est pas un dossier : créez-le, ou corrigez ce nom."
        )
    return folder


def _secret(name: str, text: str) -> str:
    if len(text) < SHORTEST_SECRET:
        raise ValueError(
            f"{name} est trop court : il faut au moins {SHORTEST_SECRET} caractères tirés au "
            "hasard, par exemple ceux de « openssl rand -hex 32 »."
        )
    return text


def _rate(name: str, text: str) -> str:
    if not _RATE.fullmatch(text):
        raise ValueError(
            f"{name} vaut « {text} » : écrivez un nombre et une durée, par exemple « 20/minute » ; "
            "durées possibles : second, minute, hour, day."
        )
    return text


def _pem(name: str, text: str) -> str:
    """The PEM itself, or the content of the file named."""
    if "-----BEGIN" in text:
        return text.replace("\\n", "\n")
    try:
        return Path(text).read_text(encoding="ascii")
    except (OSError, ValueError):
        raise ValueError(
            f"{name} n'est ni une clé PEM, ni le nom d'un fichier lisible qui en contient une."
        ) from None


def _origins(name: str, text: str) -> frozenset[str]:
    return frozenset(_origin(name, word) for word in text.replace(",", " ").split())


def _origin(name: str, word: str) -> str:
    try:
        parts = urlsplit(word)
        sound = parts.scheme in ("http", "https") and parts.hostname and "*" not in word
        extra = parts.path not in ("", "/") or parts.query or parts.fragment or "@" in parts.netloc
        parts.port  # noqa: B018  (reading it checks it)
    except ValueError:
        sound, extra = None, True
    if not sound or extra:
        raise ValueError(
            f"{name} contient « {without_password(word)} » : donnez des origines entières, "
            "sans chemin ni étoile, séparées par des virgules, par exemple « https://msp.example »."
        )
    return f"{parts.scheme}://{parts.netloc}".lower()


def _https(name: str, text: str) -> str:
    """An address without a final slash; http is for this machine only."""
    try:
        parts = urlsplit(text)
        secure = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
        sound = secure and parts.hostname and "@" not in parts.netloc
        parts.port  # noqa: B018  (reading it checks it)
    except ValueError:
        sound = False
    if not sound or parts.query or parts.fragment:
        raise ValueError(
            f"{name} vaut « {without_password(text)} » : il faut une adresse en https, sans « ? » "
            "ni « # », par exemple « https://bot.example »."
        )
    return text.rstrip("/")


def _database(name: str, text: str) -> str:
    """As SQLAlchemy writes it."""
    scheme, _, rest = with_password_encoded(text).partition("://")
    try:
        parts = urlsplit(f"//{rest}")
        parts.port  # noqa: B018  (reading it checks it)
        host = parts.hostname or parse_qs(parts.query).get("host")
        sound = scheme in _POSTGRESQL and host and parts.path.strip("/")
    except ValueError:
        sound = None
    if not sound:
        raise ValueError(
            f"{name} ne peut pas être lue : écrivez l'adresse d'une base PostgreSQL, par exemple "
            "« postgresql://assistant:motdepasse@127.0.0.1:5432/assistant_am » (le mot de passe "
            "peut avoir « @ », « % », « / » ; entre apostrophes dans commun.env), ou retirez "
            f"{name} pour garder les conversations dans un fichier (SQLite)."
        )
    return f"{_DRIVER}://{rest}"


def _redis(name: str, text: str) -> str:
    address = with_password_encoded(text)
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018  (reading it checks it)
        sound = parts.scheme in _REDIS and (parts.hostname or parts.path.strip("/"))
    except ValueError:
        sound = None
    if not sound:
        raise ValueError(
            f"{name} ne peut pas être lue : écrivez l'adresse d'un Redis, par exemple "
            "« redis://127.0.0.1:6379/0 » ou « unix:///run/redis/redis.sock »."
        )
    return address


TEXT = Kind(lambda name, text: text)
FOLDER = Kind(lambda name, text: Path(text).resolve())
FOLDER_THERE = Kind(_there)
PORT = whole(1, 65535, "un numéro de port,")
YES = Kind(_yes, lambda value: "oui" if value else "non")
SECRET = Kind(_secret)
RATE = Kind(_rate)
PEM = Kind(_pem)
ORIGINS = Kind(_origins, lambda origins: ", ".join(sorted(origins)))
HTTPS = Kind(_https, without_password)
DATABASE = Kind(_database, lambda value: without_password(value.replace(_DRIVER, "postgresql", 1)))
REDIS = Kind(_redis, without_password)
