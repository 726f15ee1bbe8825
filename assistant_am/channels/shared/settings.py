"""The messaging channels' settings: a channel whose variables are absent does not exist."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from assistant_am.runtime.addresses import without_password
from assistant_am.runtime.settings import WrongSetting

TELEGRAM_API = "https://api.telegram.org"
TWILIO_API = "https://api.twilio.com"
MESSENGER_API = "https://graph.facebook.com/v25.0"
CHANNELS = "assistant_am.channels"
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_TELEGRAM_TOKEN = re.compile(r"(\d{3,20}):[\w-]{20,}")
_TELEGRAM_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
_TWILIO_ACCOUNT = re.compile(r"AC[0-9a-f]{32}")


@dataclass(frozen=True)
class TelegramSettings:
    """A bot made with @BotFather."""

    token: str = field(repr=False)
    secret: str | None = field(default=None, repr=False)
    """What Telegram must show us; without, one is derived and told to Telegram at start."""
    api: str = TELEGRAM_API

    @property
    def bot_id(self) -> int:
        """The account of the bot, which its token begins with."""
        return int(self.token.partition(":")[0])


@dataclass(frozen=True)
class TwilioSettings:
    """An account with a number for SMS, or a WhatsApp sender."""

    account: str
    token: str = field(repr=False)
    api: str = TWILIO_API


@dataclass(frozen=True)
class MessengerSettings:
    """A page and the application that answers for it."""

    token: str = field(repr=False)
    """Access token of the page."""
    secret: str = field(repr=False)
    """The application's secret, which signs what comes."""
    verification: str = field(repr=False)
    """A word of our own, told to Meta once, when the webhook is set."""
    api: str = MESSENGER_API


@dataclass(frozen=True)
class MessagingSettings:
    """Which services are spoken to, and where they find us."""

    public: str | None = None
    """Address of this assistant for everybody, without a final slash."""
    telegram: TelegramSettings | None = None
    twilio: TwilioSettings | None = None
    messenger: MessengerSettings | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> MessagingSettings:
        """Read the `AM_…` variables; an empty value counts as unset. Raises WrongSetting."""
        given = os.environ if environment is None else environment
        values = {name: text.strip() for name, text in given.items() if text.strip()}
        public = _address(values, "AM_ADRESSE_PUBLIQUE")
        return cls(public, _telegram(values, public), _twilio(values, public), _messenger(values))

    def channels(self) -> list[str]:
        """The input channels of the services that are set, as Rasa's credentials name them."""
        services = {
            "telegram.channel.TelegramInput": self.telegram,
            "twilio.channel.TwilioInput": self.twilio,
            "messenger.channel.MessengerInput": self.messenger,
        }
        return [f"{CHANNELS}.{path}" for path, settings in services.items() if settings]


def _telegram(values: Mapping[str, str], public: str | None) -> TelegramSettings | None:
    if not _together(values, "AM_TELEGRAM_JETON", optional=("AM_TELEGRAM_SECRET",)):
        return None
    token, secret = values["AM_TELEGRAM_JETON"], values.get("AM_TELEGRAM_SECRET")
    if not _TELEGRAM_TOKEN.fullmatch(token):
        raise WrongSetting(
            "AM_TELEGRAM_JETON n'a pas la forme d'un jeton de Telegram : recopiez en entier celui "
            "que donne @BotFather, « 123456789:AAF… »."
        )
    if secret is not None and not _TELEGRAM_SECRET.fullmatch(secret):
        raise WrongSetting(
            "AM_TELEGRAM_SECRET doit avoir de 16 à 256 lettres sans accent, chiffres, « _ » ou "
            "« - » : par exemple ceux de « openssl rand -hex 32 »."
        )
    if public is None and secret is None:
        raise WrongSetting(
            "AM_TELEGRAM_JETON demande AM_ADRESSE_PUBLIQUE, l'adresse https où Telegram trouve "
            "l'assistant (ou AM_TELEGRAM_SECRET, si vous déclarez vous-même le webhook)."
        )
    return TelegramSettings(token, secret, _address(values, "AM_TELEGRAM_API") or TELEGRAM_API)


def _twilio(values: Mapping[str, str], public: str | None) -> TwilioSettings | None:
    if not _together(values, "AM_TWILIO_COMPTE", "AM_TWILIO_JETON"):
        return None
    account = values["AM_TWILIO_COMPTE"]
    if not _TWILIO_ACCOUNT.fullmatch(account):
        raise WrongSetting(
            "AM_TWILIO_COMPTE n'a pas la forme d'un compte de Twilio : « AC » suivi de 32 chiffres "
            "ou lettres de a à f (« Account SID »)."
        )
    if public is None:
        raise WrongSetting(
            "AM_TWILIO_COMPTE demande AM_ADRESSE_PUBLIQUE, l'adresse https où Twilio trouve "
            "l'assistant : sa signature porte sur elle."
        )
    api = _address(values, "AM_TWILIO_API") or TWILIO_API
    return TwilioSettings(account, values["AM_TWILIO_JETON"], api)


def _messenger(values: Mapping[str, str]) -> MessengerSettings | None:
    names = ("AM_MESSENGER_JETON", "AM_MESSENGER_SECRET", "AM_MESSENGER_VERIFICATION")
    if not _together(values, *names):
        return None
    api = _address(values, "AM_MESSENGER_API") or MESSENGER_API
    token, secret, verification = (values[name] for name in names)
    return MessengerSettings(token, secret, verification, api)


def _together(values: Mapping[str, str], *needed: str, optional: tuple[str, ...] = ()) -> bool:
    """Whether a channel is wanted; raises WrongSetting when only a part of it is there."""
    if not any(name in values for name in (*needed, *optional)):
        return False
    if missing := [name for name in needed if name not in values]:
        raise WrongSetting(
            f"Il manque {' et '.join(missing)} : ce canal a besoin de {' et de '.join(needed)}, ou "
            "d'aucune de ces variables."
        )
    return True


def _address(values: Mapping[str, str], name: str) -> str | None:
    text = values.get(name)
    if text is None:
        return None
    try:
        parts = urlsplit(text)
        secure = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
        sound = secure and parts.hostname and "@" not in parts.netloc
        parts.port  # noqa: B018  (reading it checks it)
    except ValueError:
        sound = False
    if not sound or parts.query or parts.fragment:
        raise WrongSetting(
            f"{name} vaut « {without_password(text)} » : il faut une adresse en https, sans « ? » "
            "ni « # », par exemple « https://bot.example »."
        )
    return text.rstrip("/")
