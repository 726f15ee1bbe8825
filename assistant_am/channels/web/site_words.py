"""What the pages say of the site: its name, its contacts, how long it keeps conversations."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Any

_FRENCH_NUMBER = re.compile(r"0\d{9}")


def site_words(settings: Mapping[str, Any]) -> dict[str, str]:
    """HTML by the name of its mark in the pages, `{{hebergeur}}`."""
    return {
        "hebergeur": escape(str(settings["hebergeur"])),
        "conservation_jours": str(settings["conservation_jours"]),
        "contact": _contact(settings),
        "contact_donnees": ", ".join(
            (escape(settings["donnees_contact_nom"]), _mail(settings["donnees_contact_courriel"]))
        ),
    }


def _contact(settings: Mapping[str, Any]) -> str:
    name = f"{escape(settings['contact_nom'])}, {escape(settings['contact_territoire'])}"
    parts = [name, _mail(settings["contact_courriel"]), _phone(settings["contact_telephone"])]
    if "contact_adresse_web" in settings:
        address = escape(settings["contact_adresse_web"])
        parts.append(f'<a href="{address}" rel="noopener noreferrer">{address}</a>')
    return ", ".join(parts)


def _mail(address: str) -> str:
    return f'<a href="mailto:{escape(address)}">{escape(address)}</a>'


def _phone(number: str) -> str:
    called = re.sub(r"[^\d+]", "", number)
    if _FRENCH_NUMBER.fullmatch(called):
        called = f"+33{called[1:]}"
    return f'<a href="tel:{called}">{escape(number)}</a>'
