"""Every `AM_…` setting as it is understood; what is wrong is named, what is secret is not shown."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from assistant_am.channels.shared.settings import MessagingSettings
from assistant_am.operations.errors import SettingError
from assistant_am.operations.project import Project, Settings
from assistant_am.runtime.addresses import without_password
from assistant_am.runtime.secrets import FILE as SECRET_FILE
from assistant_am.runtime.settings import WebSettings, WrongSetting
from assistant_am.runtime.store_settings import DATABASE_FILE, StoreSettings

_SECRETS = {
    "AM_SECRET", "AM_JWT_CLE", "AM_JWT_CLE_PUBLIQUE", "AM_TELEGRAM_JETON", "AM_TELEGRAM_SECRET",
    "AM_TWILIO_COMPTE", "AM_TWILIO_JETON", "AM_MESSENGER_JETON", "AM_MESSENGER_SECRET",
    "AM_MESSENGER_VERIFICATION",
}  # fmt: skip
_AS_GIVEN = {
    "AM_TELEGRAM_API", "AM_TWILIO_API", "AM_MESSENGER_API", "AM_EVALUATION", "AM_PYTHON",
    "AM_NAVIGATEUR",
}  # fmt: skip
DEFINED, UNDEFINED = "défini", "non défini"
Read = TypeVar("Read")


@dataclass(frozen=True)
class Row:
    """One setting: `given` by the environment, or left to its default."""

    name: str
    value: str
    given: bool


@dataclass(frozen=True)
class Understood:
    """All rows by name, unless there are `problems`."""

    rows: tuple[Row, ...]
    problems: tuple[str, ...]
    stores: StoreSettings | None


def understand(project: Project, environment: Mapping[str, str]) -> Understood:
    """Read every setting; no server, no database."""
    problems: list[str] = []

    def read(reader: Callable[[Mapping[str, str]], Read]) -> Read | None:
        try:
            return reader(environment)
        except (WrongSetting, SettingError) as error:
            if str(error) not in problems:
                problems.append(str(error))
            return None

    stores = read(StoreSettings.from_environment)
    ports = read(Settings.from_environment)
    web = read(WebSettings.from_environment)
    messaging = read(MessagingSettings.from_environment)
    if web is not None:
        read(lambda _: _check_intranet(web))
    given = {name: text.strip() for name, text in environment.items() if text.strip()}
    problems += _unknown(given)
    if not (stores and ports and web and messaging):
        return Understood((), tuple(problems), None)
    stores = replace(stores, data=ports.data or project.root / "var")
    values = {
        **{name: DEFINED if name in given else UNDEFINED for name in _SECRETS},
        **{name: given.get(name, UNDEFINED) for name in _AS_GIVEN},
        **_of_stores(stores),
        **_of_web(web),
        "AM_PORT": str(ports.port),
        "AM_ACTIONS_PORT": str(ports.actions_port),
        "AM_ADRESSE_PUBLIQUE": messaging.public or UNDEFINED,
    }
    if "AM_SECRET" not in given:
        path = stores.data / SECRET_FILE
        values["AM_SECRET"] = f"celui de {path}" + ("" if path.exists() else ", fait au démarrage")
    rows = tuple(Row(name, values[name], name in given) for name in sorted(values))
    return Understood(rows, tuple(problems), stores)


KNOWN = {
    *_SECRETS, *_AS_GIVEN, "AM_PORT", "AM_ACTIONS_PORT", "AM_ADRESSE_PUBLIQUE", "AM_DONNEES",
    "AM_BASE", "AM_REDIS", "AM_PROCESSUS", "AM_ORIGINES", "AM_JWT_AUDIENCE", "AM_JWT_EMETTEUR",
    "AM_DEMO", "AM_LIMITE_CONVERSATION", "AM_LIMITE_ADRESSE", "AM_DELAI_REPONSE",
    "AM_SESSION_HEURES", "AM_CONSERVATION_JOURS", "AM_MANDATAIRES", "AM_METRIQUES_PORT",
}  # fmt: skip


def _of_stores(stores: StoreSettings) -> dict[str, str]:
    return {
        "AM_DONNEES": str(stores.data),
        "AM_BASE": (
            without_password(stores.database.replace("+psycopg2", "", 1))
            if stores.database
            else f"SQLite, {stores.data / DATABASE_FILE}"
        ),
        "AM_REDIS": without_password(stores.redis) if stores.redis else UNDEFINED,
        "AM_PROCESSUS": str(stores.processes),
    }


def _of_web(web: WebSettings) -> dict[str, str]:
    return {
        "AM_ORIGINES": ", ".join(sorted(web.origins)) or "la page de l'assistant seulement",
        "AM_JWT_AUDIENCE": web.jwt.audience,
        "AM_JWT_EMETTEUR": web.jwt.issuer or "non contrôlé",
        "AM_DEMO": "oui" if web.demo else "non",
        "AM_LIMITE_CONVERSATION": web.conversation_limit,
        "AM_LIMITE_ADRESSE": web.address_limit,
        "AM_DELAI_REPONSE": f"{web.deadline:g} s",
        "AM_SESSION_HEURES": f"{web.session_hours:g} h",
        "AM_CONSERVATION_JOURS": f"{web.retention_days} jours",
        "AM_MANDATAIRES": str(web.proxies),
        "AM_METRIQUES_PORT": str(web.metrics_port or "éteint"),
    }


def _check_intranet(web: WebSettings) -> None:
    """The key of the intranet is one; raises WrongSetting."""
    from assistant_am.channels.web.intranet import Intranet

    Intranet(web.jwt, b"")


def _unknown(given: Mapping[str, str]) -> list[str]:
    """A setting misspelled would be ignored without a word."""
    said = []
    for name in sorted(given):
        if name.startswith("AM_") and name not in KNOWN:
            near = difflib.get_close_matches(name, KNOWN, n=1)
            hint = f" Vouliez-vous dire {near[0]} ?" if near else ""
            said.append(f"{name} n'est pas un réglage connu.{hint} Corrigez-le ou retirez-le.")
    return said
