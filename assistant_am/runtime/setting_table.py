"""Every `AM_…` setting, once: README's table, the commands and the errors come from this one.

To add a setting: one entry here, then `assistant-am settings --tableau` writes README's table.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant_am.runtime.setting_kinds import (
    DATABASE,
    FOLDER,
    FOLDER_THERE,
    HTTPS,
    ORIGINS,
    PEM,
    PORT,
    RATE,
    REDIS,
    SECRET,
    TEXT,
    YES,
    Kind,
    formed,
    number,
    whole,
)  # fmt: skip

PREFIX = "AM_"
DEFINED = "défini"
# Sanic gives up on a response after 60 s: a late answer has to be announced before.
LONGEST_DEADLINE = 50
LONGEST_RETENTION = 3650
SERVER, STORES, WEB, MESSAGING, TOOLS = "serveur", "bases", "web", "messageries", "outils"
SITE, ATELIER = "site", "atelier"


@dataclass(frozen=True)
class Setting:
    """One variable of the environment; an empty one counts as unset."""

    name: str
    kind: Kind
    used_by: tuple[str, ...]
    """The parts of the assistant that read it: a wrong one stops only these."""
    help: str
    default: str | None = None
    """As the environment would give it; None: without it, the value is None."""
    absent: str = "aucun"
    """What holds without it, in French, where there is no default."""
    secret: bool = False
    """Its value is never shown."""

    def read(self, text: str | None) -> Any:
        """The value of a text; raises ValueError, as kinds do."""
        text = text or self.default
        return None if text is None else self.kind.read(self.name, text)

    def shown(self, text: str | None) -> str:
        """How `assistant-am settings` shows the value of a text that can be read."""
        if text and self.secret:
            return DEFINED
        value = self.read(text)
        return self.absent if value is None else self.kind.show(value)


SETTINGS = (
    Setting("AM_PORT", PORT, (SERVER,), "port de l'assistant, sur 127.0.0.1", "5005"),
    Setting("AM_ACTIONS_PORT", PORT, (SERVER,), "port du serveur d'actions, sur 127.0.0.1", "5055"),
    Setting(
        "AM_DONNEES", FOLDER, (SERVER, STORES, WEB), "dossier des conversations (SQLite), des avis "
        "et du secret", absent="`var/`",
    ),
    Setting(
        "AM_SITE", FOLDER_THERE, (SITE,), "dossier de ce que votre site change, ajoute ou masque, "
        "lu par-dessus `knowledge/` et `data/` (`docs/site.md`)",
        absent="`site/` dans `AM_DONNEES`, facultatif",
    ),
    Setting(
        "AM_BASE", DATABASE, (STORES,), "base PostgreSQL des conversations, "
        "`postgresql://nom:motdepasse@machine:5432/base`", absent="SQLite, dans `AM_DONNEES`",
    ),
    Setting(
        "AM_REDIS", REDIS, (STORES,), "Redis que partagent plusieurs processus, "
        "`redis://machine:6379/0`",
    ),
    Setting(
        "AM_PROCESSUS", whole(1, 16), (STORES,), "nombre de processus Rasa, sur des ports qui se "
        "suivent ; plus d'un exige `AM_REDIS` (`docs/exploitation.md`)", "1",
    ),
    Setting(
        "AM_EVALUATION", FOLDER, (TOOLS,), "dossier de l'échantillon d'acceptation que pose "
        "`make evaluate`, s'il existe", absent="`../shared/evaluation`",
    ),
    Setting(
        "AM_PROJET", HTTPS, (TOOLS,), "adresse du dépôt d'où vient l'assistant, montrée par "
        "`--version` et donnée à qui installe",
    ),
    Setting("AM_PYTHON", TEXT, (TOOLS,), "le Python 3.10 à utiliser", absent="cherché"),
    Setting(
        "AM_NAVIGATEUR", TEXT, (TOOLS,), "le Chromium ou Chrome des tests du widget",
        absent="cherché",
    ),
    Setting(
        "AM_ORIGINES", ORIGINS, (WEB,), "sites partenaires autorisés, séparés par des virgules : "
        "`https://msp.example`, ni chemin, ni étoile (`docs/canal-web.md`)",
        absent="la page de l'assistant seulement",
    ),
    Setting(
        "AM_SECRET", SECRET, (WEB,), "signe sessions et boutons, 32 caractères au moins ; le "
        "changer ferme les sessions ouvertes", secret=True,
        absent="`AM_DONNEES/secret`, fait au démarrage",
    ),
    Setting(
        "AM_JWT_CLE", SECRET, (WEB,), "secret partagé avec l'intranet (HS256), 32 caractères au "
        "moins", secret=True,
    ),
    Setting(
        "AM_JWT_CLE_PUBLIQUE", PEM, (WEB,), "ou sa clé publique, PEM ou nom d'un fichier (RS256, "
        "ES256)", secret=True,
    ),
    Setting("AM_JWT_AUDIENCE", TEXT, (WEB,), "valeur exigée de `aud`", "assistant-am"),
    Setting("AM_JWT_EMETTEUR", TEXT, (WEB,), "valeur exigée de `iss`", absent="non contrôlé"),
    Setting(
        "AM_ATELIER_ADRESSE", HTTPS, (ATELIER,), "adresse https de l'atelier derrière l'intranet "
        "(`docs/exploitation.md`)", absent="aucun : cette machine seulement",
    ),
    Setting(
        "AM_TEXTES_RARES", YES, (ATELIER,), "1 : l'atelier montre aussi ce que moins de trois "
        "personnes ont écrit", "0",
    ),
    Setting("AM_DEMO", YES, (WEB,), "1 : intranet de démonstration sur la page", "0"),
    Setting(
        "AM_LIMITE_CONVERSATION", RATE, (WEB,), "messages d'une conversation, du web ou d'une "
        "messagerie (second, minute, hour, day)", "20/minute",
    ),
    Setting(
        "AM_LIMITE_ADRESSE", RATE, (WEB,), "demandes de chaque sorte, messages sans session "
        "compris, par adresse ; en IPv6, par réseau /64, celui d'un foyer", "300/minute",
    ),
    Setting(
        "AM_MANDATAIRES", whole(0, 5), (WEB,), "nombre de serveurs frontaux dont on croit "
        "`X-Forwarded-For` (`docs/canal-web.md`)", "0",
    ),
    Setting(
        "AM_DELAI_REPONSE", number(1, LONGEST_DEADLINE, " s"), (WEB,), "secondes avant de répondre "
        "« pas encore » (202) ; 50 au plus", "15",
    ),
    Setting(
        "AM_SESSION_HEURES", number(0.1, 720, " h"), (WEB,), "durée d'une session, à partir de son "
        "ouverture", "24",
    ),
    Setting(
        "AM_CONSERVATION_JOURS", whole(1, LONGEST_RETENTION, unit=" jours"), (WEB,), "durée "
        "tenue : `serve` efface chaque jour les conversations muettes depuis plus longtemps, et "
        "les avis plus vieux", absent="celle qu'annonce `site.yml`",
    ),
    Setting(
        "AM_METRIQUES_PORT", whole(0, 65535), (WEB,), "port des métriques Prometheus, sur "
        "127.0.0.1 ; le suivant pour le processus suivant ; 0 : éteint", "0",
    ),
    Setting(
        "AM_ADRESSE_PUBLIQUE", HTTPS, (MESSAGING,), "adresse https de l'assistant pour tout le "
        "monde ; elle et les suivantes : `docs/canaux.md`",
    ),
    Setting(
        "AM_TELEGRAM_JETON",
        formed(
            r"\d{3,20}:[\w-]{20,}", "n'a pas la forme d'un jeton de Telegram : recopiez en entier "
            "celui que donne @BotFather, « 123456789:AAF… ».",
        ),
        (MESSAGING,), "Telegram : jeton de @BotFather", secret=True,
    ),
    Setting(
        "AM_TELEGRAM_SECRET",
        formed(
            r"[A-Za-z0-9_-]{16,256}", "doit avoir de 16 à 256 lettres sans accent, chiffres, « _ » "
            "ou « - » : par exemple ceux de « openssl rand -hex 32 ».",
        ),
        (MESSAGING,), "facultatif : ce que Telegram doit montrer",
        absent="dérivé du secret de l'assistant", secret=True,
    ),
    Setting(
        "AM_TELEGRAM_API", HTTPS, (MESSAGING,), "un serveur Bot API à vous",
        "https://api.telegram.org",
    ),
    Setting(
        "AM_TWILIO_COMPTE",
        formed(
            r"AC[0-9a-f]{32}", "n'a pas la forme d'un compte de Twilio : « AC » suivi de 32 "
            "chiffres ou lettres de a à f (« Account SID »).",
        ),
        (MESSAGING,), "WhatsApp et SMS : « Account SID »", secret=True,
    ),
    Setting("AM_TWILIO_JETON", TEXT, (MESSAGING,), "« Auth Token »", secret=True),
    Setting("AM_TWILIO_API", HTTPS, (MESSAGING,), "région de Twilio", "https://api.twilio.com"),
    Setting("AM_MESSENGER_JETON", TEXT, (MESSAGING,), "Messenger : jeton de la page", secret=True),
    Setting("AM_MESSENGER_SECRET", TEXT, (MESSAGING,), "secret de l'application", secret=True),
    Setting("AM_MESSENGER_VERIFICATION", TEXT, (MESSAGING,), "mot choisi par vous", secret=True),
    Setting(
        "AM_MESSENGER_API", HTTPS, (MESSAGING,), "version de Graph",
        "https://graph.facebook.com/v25.0",
    ),
)  # fmt: skip
BY_NAME = {setting.name: setting for setting in SETTINGS}


def default(name: str) -> Any:
    """The value of a setting that nobody gave."""
    return BY_NAME[name].read(None)


def given_in(environment: Mapping[str, str]) -> dict[str, str]:
    """The texts of the settings that are set, without the spaces around."""
    texts = {name: text.strip() for name, text in environment.items() if name.startswith(PREFIX)}
    return {name: text for name, text in texts.items() if text}


def interpreted(environment: Mapping[str, str], part: str) -> tuple[dict[str, Any], list[str]]:
    """The values of one part's settings by name, and a sentence for each that is wrong."""
    given, values, problems = given_in(environment), {}, []
    for setting in SETTINGS:
        if part in setting.used_by:
            try:
                values[setting.name] = setting.read(given.get(setting.name))
            except ValueError as error:
                problems.append(str(error))
    return values, problems


def unknown(environment: Mapping[str, str]) -> list[str]:
    """A sentence for each setting that is none: misspelled, it would be ignored without a word."""
    said = []
    for name in sorted(given_in(environment)):
        if name not in BY_NAME:
            near = difflib.get_close_matches(name, BY_NAME, n=1)
            hint = f" Vouliez-vous dire {near[0]} ?" if near else ""
            said.append(f"{name} n'est pas un réglage connu.{hint} Corrigez-le ou retirez-le.")
    return said


def markdown() -> str:
    """README's table."""
    lines = ["| variable | défaut | rôle |", "| --- | --- | --- |"]
    for setting in SETTINGS:
        without = f"`{setting.default}`" if setting.default else setting.absent
        lines.append(f"| `{setting.name}` | {without} | {setting.help} |")
    return "\n".join(lines) + "\n"
