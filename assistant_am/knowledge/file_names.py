"""File names: a file that nobody reads is the mistake that shows least."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from assistant_am.files import forms
from assistant_am.files.errors import Problem
from assistant_am.site import KNOWLEDGE

ROOMS = ("faits", "fiches", "divergences", "parametres", "lexique")
SITE_ROOMS = ("faits", "fiches", "divergences", "parametres")
ROOMS_OF_DATA = ("nlu", "messages", "conversations")
DATA = "data"
_NOTES = ("README", "LISEZ")
_READ = re.compile(r"[a-z0-9][a-z0-9_]*\.yml")
# What systems and editors leave behind, and nobody wrote: hidden files, locks and drafts.
_LEFT_BEHIND = re.compile(r"\..*|~.*|.*~|#.*#|__pycache__|Thumbs\.db|desktop\.ini", re.IGNORECASE)
_COPY = re.compile(r"copie|copy|\(\d+\)", re.IGNORECASE)


def unread(knowledge: Path, sentences: Path) -> Iterator[Problem]:
    """Files of both folders that no reading takes, each with the name it should have."""
    for folder in (knowledge, *(knowledge / room for room in ROOMS), sentences):
        for file in _files(folder):
            if not _expected(file, knowledge, knowledge):
                yield Problem(file, 0, _unread(file))


def unread_of_site(site: Path, shipped: Path) -> Iterator[Problem]:
    """The same of the site's folder, `shipped` being the knowledge that its entries are laid on."""
    knowledge, data = site / KNOWLEDGE, site / DATA
    for file in _files(site):
        if file not in (knowledge, data) and not file.name.upper().startswith(_NOTES):
            yield Problem(file, 0, "rien ne lit ceci : mettez-le dans knowledge/ ou dans data/.")
    for file in _files(data):
        if file.name not in ROOMS_OF_DATA:
            yield Problem(file, 0, f"rien ne lit ceci : attendus, {', '.join(ROOMS_OF_DATA)}.")
    for folder in (knowledge, *(knowledge / room for room in SITE_ROOMS), data / ROOMS_OF_DATA[0]):
        for file in _files(folder):
            if file == knowledge / "lexique":
                message = "le lexique ne se change pas pour un site : proposez le mot au projet."
                yield Problem(file, 0, message)
            elif file.name == "schema" or not _expected(file, knowledge, shipped):
                yield Problem(file, 0, _unread(file))


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return [file for file in sorted(folder.iterdir()) if not _LEFT_BEHIND.fullmatch(file.name)]


def odd(name: str) -> str:
    """Why a file that ends in `.yml` is not read; empty when it is."""
    if _READ.fullmatch(name):
        return ""
    if _COPY.search(name):
        return "ce fichier est une copie : supprimez-le, ou donnez-lui son propre nom."
    return f"ce nom de fichier n'est pas lu : renommez-le {plain(name)}."


def plain(name: str) -> str:
    """« Place de parking.yml.txt » → place_de_parking.yml."""
    stem = re.sub(r"(?:\.(?:ya?ml|txt|csv|json|docx?|odt|xlsx?))+$", "", name, flags=re.IGNORECASE)
    return forms.as_name(stem) + ".yml"


def _expected(file: Path, knowledge: Path, shipped: Path) -> bool:
    if file.is_dir():
        return file.parent == knowledge and file.name in (*ROOMS, "schema")
    if file.parent == knowledge and file.name == "README.md":
        return True
    if file.parent in (knowledge, knowledge / "lexique"):
        return (shipped / "schema" / f"{file.stem}.schema.json").exists() and _is_read(file)
    # An odd name in faits/, fiches/ or divergences/ is told when the room is read.
    return _is_read(file) or (file.suffix == ".yml" and _told(file))


def _is_read(file: Path) -> bool:
    return _READ.fullmatch(file.name) is not None


def _told(file: Path) -> bool:
    return file.parent.name in ("faits", "fiches", "divergences")


def _unread(file: Path) -> str:
    if file.is_dir():
        return "rien ne lit ce dossier : déplacez ses fichiers, puis supprimez-le."
    if file.suffix == ".yml":
        return odd(file.name) or "rien ne lit ce fichier : corrigez son nom, ou supprimez-le."
    if file.suffix.lower() in (".csv", ".xls", ".xlsx", ".doc", ".docx", ".odt", ".ods"):
        return (
            "rien ne lit ce fichier : recopiez ses lignes dans un fichier .yml, puis supprimez-le."
        )
    return f"rien ne lit ce fichier : renommez-le {plain(file.name)}, ou supprimez-le."
