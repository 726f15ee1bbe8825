"""What the site changes, entry by entry, and where the shipped entry below has changed as well."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from assistant_am.files.errors import KnowledgeError, Problem
from assistant_am.files.shelves import Shelves
from assistant_am.site import SHIPPED, Laid

ROOMS = ("faits", "fiches", "divergences", "parametres")
SETTINGS = "site.yml"
"""The settings are the site's own: what is shipped is an example, and nobody follows it."""


def site_changes(folder: Path, site: Path | None) -> tuple[Laid, ...]:
    """Every entry of the site, in the order of the files; those of unreadable files left out."""
    shelves = Shelves(folder, site)
    if shelves.over is None:
        return ()
    alone = sorted(file.name for file in shelves.over.glob("*.yml"))
    for name in (*alone, *(name for room in ROOMS for name in shelves.names(room))):
        with suppress(KnowledgeError):
            shelves.document(name)
    return tuple(shelves.laid)


def conflicts(laid: tuple[Laid, ...]) -> list[Problem]:
    """Entries that somebody should compare with the shipped ones: nothing is blocked by them."""
    told = ((each, _conflict(each)) for each in laid if each.file.name != SETTINGS)
    return [Problem(each.file, each.line, message) for each, message in told if message]


def is_overtaken(each: Laid) -> bool:
    """Whether the shipped entry is no longer the one that the site changed."""
    return each.noted is not None and each.noted != each.shipped


def _conflict(each: Laid) -> str:
    if each.shipped is None:
        if each.hidden:
            return f"« {each.name} » n'est pas, ou plus, livré : retirez cette entrée."
        if each.noted:
            return (
                f"« {each.name} » n'est plus livré : retirez « {SHIPPED} » pour garder votre "
                "entrée, ou retirez l'entrée."
            )
        return ""
    assert each.shipped_at is not None
    file, line = each.shipped_at
    place = f"{file.parent.name}/{file.name}:{line}"
    if each.noted is None:
        return (
            f"« {each.name} » remplace l'entrée livrée ({place}) : ajoutez-y "
            f'« {SHIPPED}: "{each.shipped}" » pour être prévenu le jour où elle changera.'
        )
    if is_overtaken(each):
        what = "masquez" if each.hidden else "remplacez"
        return (
            f"« {each.name} » : l'entrée livrée que vous {what} a changé ({place}). Comparez, puis "
            f'écrivez « {SHIPPED}: "{each.shipped}" », ou retirez la vôtre.'
        )
    return ""
