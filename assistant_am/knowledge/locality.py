"""The knowledge for somebody in a département: whom to ask there, and not elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from assistant_am.knowledge.model import Contact, Fiche, Knowledge

SITE = "site"
"""Among the contacts, the site's own."""
EVERYWHERE = "en France"
"""The territory of a contact that is for everybody."""
CONTACT = "contact"
"""A setting made of the others: whom to ask, as it is written in a sentence."""
_WEB = "contact_adresse_web"
_PARTS = {
    "contact_nom": "nom",
    "contact_telephone": "telephone",
    "contact_courriel": "courriel",
    _WEB: "adresse_web",
}
_NOBODY = "votre CPAM (CGSS outre-mer), ou son délégué (DAM)"


def settled(knowledge: Knowledge, settings: Mapping[str, Any]) -> Knowledge:
    """The knowledge of a site with these settings, and the contact that they make."""
    if not settings:
        return knowledge
    contact = Contact(
        id=SITE,
        name=settings["contact_nom"],
        purpose="toute question",
        phone=settings.get("contact_telephone"),
        email=settings.get("contact_courriel"),
        url=settings.get("contact_adresse_web"),
    )
    return replace(
        knowledge,
        site={**settings, CONTACT: _told(settings)},
        contacts={**knowledge.contacts, SITE: contact},
    )


def _told(settings: Mapping[str, Any]) -> str:
    name = settings["contact_nom"]
    if settings.get("contact_territoire"):
        name += f" ({settings['contact_territoire']})"
    parts = (settings.get(key) for key in ("contact_telephone", "contact_courriel", _WEB))
    return ", ".join((name, *(part for part in parts if part)))


def names_departement(knowledge: Knowledge, number: str) -> bool:
    """Is anything said of that département, which `local` would tell apart from another?"""
    bound = (contact.departments for contact in knowledge.contacts.values())
    return number in knowledge.site.get("contacts_departements", {}) or any(
        number in each for each in bound if each
    )


def local(knowledge: Knowledge, number: str) -> Knowledge:
    """The same for somebody in that département."""
    away = {
        key: contact.source
        for key, contact in knowledge.contacts.items()
        if contact.departments and number not in contact.departments
    }
    settings = _settings(knowledge.site, number)
    if settings["contact_nom"] == _NOBODY:
        away[SITE] = None
    here = settled(knowledge, settings)
    return replace(here, fiches={key: _local(each, away) for key, each in here.fiches.items()})


def _settings(site: Mapping[str, Any], number: str) -> dict[str, Any]:
    """A contact bound to a territory is not given to somebody elsewhere."""
    there = site.get("contacts_departements", {}).get(number)
    if there is None and site["contact_territoire"] == EVERYWHERE:
        return dict(site)
    # A text may name each part: of those that are not there, nothing is said.
    blank = dict.fromkeys((*_PARTS, "contact_territoire"), "")
    if there is None:
        return {**site, **blank, "contact_nom": _NOBODY}
    return {**site, **blank, **{key: there[part] for key, part in _PARTS.items() if part in there}}


def _local(fiche: Fiche, away: Mapping[str, str | None]) -> Fiche:
    variants = tuple(
        replace(variant, sources=_sources(variant.text, variant.sources, away))
        for variant in fiche.variants
    )
    return replace(
        fiche,
        sources=_sources(fiche.text, fiche.sources, away),
        variants=variants,
        who_knows=tuple(key for key in fiche.who_knows if key not in away),
    )


def _sources(
    text: str, sources: tuple[str, ...], away: Mapping[str, str | None]
) -> tuple[str, ...]:
    """Who says the general contact says nothing of the one here."""
    if "{site.contact" not in text:
        return sources
    return tuple(key for key in sources if key not in away.values())
