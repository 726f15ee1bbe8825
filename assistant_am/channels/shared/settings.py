"""The messaging channels' settings: a channel whose variables are absent does not exist."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from assistant_am.runtime.setting_table import MESSAGING, default
from assistant_am.runtime.settings import WrongSetting, read

CHANNELS = "assistant_am.channels"


@dataclass(frozen=True)
class TelegramSettings:
    """A bot made with @BotFather."""

    token: str = field(repr=False)
    secret: str | None = field(default=None, repr=False)
    """What Telegram must show us; without, one is derived and told to Telegram at start."""
    api: str = default("AM_TELEGRAM_API")

    @property
    def bot_id(self) -> int:
        """The account of the bot, which its token begins with."""
        return int(self.token.partition(":")[0])


@dataclass(frozen=True)
class TwilioSettings:
    """An account with a number for SMS, or a WhatsApp sender."""

    account: str
    token: str = field(repr=False)
    api: str = default("AM_TWILIO_API")


@dataclass(frozen=True)
class MessengerSettings:
    """A page and the application that answers for it."""

    token: str = field(repr=False)
    """Access token of the page."""
    secret: str = field(repr=False)
    """The application's secret, which signs what comes."""
    verification: str = field(repr=False)
    """A word of our own, told to Meta once, when the webhook is set."""
    api: str = default("AM_MESSENGER_API")


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
        """Raises WrongSetting."""
        values = read(MESSAGING, environment)
        return cls(
            values["AM_ADRESSE_PUBLIQUE"], _telegram(values), _twilio(values), _messenger(values)
        )

    def channels(self) -> list[str]:
        """The input channels of the services that are set, as Rasa's credentials name them."""
        services = {
            "telegram.channel.TelegramInput": self.telegram,
            "twilio.channel.TwilioInput": self.twilio,
            "messenger.channel.MessengerInput": self.messenger,
        }
        return [f"{CHANNELS}.{path}" for path, settings in services.items() if settings]


def _telegram(values: Mapping[str, Any]) -> TelegramSettings | None:
    if not _together(values, "AM_TELEGRAM_JETON", optional=("AM_TELEGRAM_SECRET",)):
        return None
    if values["AM_ADRESSE_PUBLIQUE"] is None and values["AM_TELEGRAM_SECRET"] is None:
        raise WrongSetting(
            "AM_TELEGRAM_JETON demande AM_ADRESSE_PUBLIQUE, l'adresse https où Telegram trouve "
            "l'assistant (ou AM_TELEGRAM_SECRET, si vous déclarez vous-même le webhook)."
        )
    return TelegramSettings(
        values["AM_TELEGRAM_JETON"], values["AM_TELEGRAM_SECRET"], values["AM_TELEGRAM_API"]
    )


def _twilio(values: Mapping[str, Any]) -> TwilioSettings | None:
    if not _together(values, "AM_TWILIO_COMPTE", "AM_TWILIO_JETON"):
        return None
    if values["AM_ADRESSE_PUBLIQUE"] is None:
        raise WrongSetting(
            "AM_TWILIO_COMPTE demande AM_ADRESSE_PUBLIQUE, l'adresse https où Twilio trouve "
            "l'assistant : sa signature porte sur elle."
        )
    return TwilioSettings(
        values["AM_TWILIO_COMPTE"], values["AM_TWILIO_JETON"], values["AM_TWILIO_API"]
    )


def _messenger(values: Mapping[str, Any]) -> MessengerSettings | None:
    names = ("AM_MESSENGER_JETON", "AM_MESSENGER_SECRET", "AM_MESSENGER_VERIFICATION")
    if not _together(values, *names):
        return None
    return MessengerSettings(*(values[name] for name in (*names, "AM_MESSENGER_API")))


def _together(values: Mapping[str, Any], *needed: str, optional: tuple[str, ...] = ()) -> bool:
    """Whether a channel is wanted; raises WrongSetting when only a part of it is there."""
    if not any(values[name] for name in (*needed, *optional)):
        return False
    if missing := [name for name in needed if not values[name]]:
        raise WrongSetting(
            f"Il manque {' et '.join(missing)} : ce canal a besoin de {' et de '.join(needed)}, ou "
            "d'aucune de ces variables."
        )
    return True
