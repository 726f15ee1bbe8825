"""Forms: how a value must be written, said with an example of the value itself where it can be."""

from __future__ import annotations

import re
import unicodedata

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("janvier",), ("fevrier", "février"), ("mars",), ("avril",), ("mai",), ("juin",),
            ("juillet",), ("aout", "août"), ("septembre",), ("octobre",), ("novembre",),
            ("decembre", "décembre"),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip

DAY = r"^\d{4}-\d{2}-\d{2}$"
NAME = r"^[a-z][a-z0-9_]*$"
DEPARTMENT = r"^(0[1-9]|1\d|2[1-9AB]|[3-8]\d|9[0-5]|97[1-46]|97[57]|98[678])$"

EXPECTED = {
    DAY: "écrivez l'année, le mois et le jour : 2026-11-22.",
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$": "écrivez l'année, le mois et le jour : 2026-11-22.",
    r"^(\d{4}(-\d{2}){0,2}|inconnue)$": (
        "écrivez l'année (2026), le mois (2026-10), le jour (2026-10-05) ou « inconnue »."
    ),
    NAME: "seulement des minuscules sans accent, des chiffres et _ : « duree_totale ».",
    r"^demander_[a-z0-9_]+$": "« demander_ » suivi du nom du fichier.",
    r"^https?://\S+$": "l'adresse entière, sans espace, qui commence par « https:// ».",
    r"^\+?[\d \u00a0.]{2,20}$": 'un numéro entre guillemets, "02 43 56 12 12".',
    r"^[a-z0-9 ]+\*?( [a-z0-9 ]+\*?)*$": (
        "des mots en minuscules, sans accent ; * dit n'importe quelle fin."
    ),
    r"^https?://": "l'adresse entière, qui commence par « https:// ».",
    r"^[^@\s<>:]+@[^@\s<>:]+\.[^@\s<>:]+$": (
        "une adresse de courriel seule, comme contact@exemple.fr, sans « mailto: » ni chevrons."
    ),
    DEPARTMENT: 'le numéro entre guillemets : "53", "01", "2A" ou "974".',
    r"^B-\d+$": "« B- » suivi d'un numéro, comme B-12.",
    r"^[a-z_]+=[a-z0-9_.]+$": "une donnée du calcul et sa valeur : « quotite=0.5 ».",
    r"^[1-9][0-9]*$": "un rang d'année : 1, 2, 3…",
}
"""Pattern of a schema → what to write. A pattern without its sentence here fails a test."""


def expected(pattern: str, value: object) -> str:
    """What to write instead of this value, without showing the pattern."""
    if pattern in (DAY, r"^(\d{4}(-\d{2}){0,2}|inconnue)$"):
        day = as_day(str(value))
        if day:
            return f"écrivez {day}."
    if pattern == NAME and as_name(str(value)):
        return f"écrivez {as_name(str(value))}, en minuscules, sans accent, ni espace, ni tiret."
    return EXPECTED.get(pattern, "regardez comment sont écrits les voisins.")


def as_name(text: str) -> str:
    """« Durée totale » as a name is typed here: duree_totale."""
    letters = unicodedata.normalize("NFD", text.lower())
    bare = "".join(each for each in letters if not unicodedata.combining(each))
    return re.sub(r"\W+", "_", bare).strip("_")


def as_day(text: str) -> str:
    """« 31/12/2026 », « octobre 2026 », « 2027-1-1 » as our dates; empty when it is none."""
    text = text.strip().lower()
    match = re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", text)
    if match:
        return "-".join((match[1], match[2].zfill(2), match[3].zfill(2)))
    match = re.fullmatch(r"(?:(\d{1,2})(?:er)?[-/. ])?(\d{1,2}|[a-zéû]+)[-/. ](\d{4})", text)
    if not match:
        return ""
    month = int(match[2]) if match[2].isdigit() else _MONTHS.get(match[2], 0)
    if not 1 <= month <= len(set(_MONTHS.values())):
        return ""
    parts = [match[3], f"{month:02}", *([match[1].zfill(2)] if match[1] else [])]
    return "-".join(parts)


def as_number(text: str) -> str:
    """« 1 801,50 € » or « 20.000 » as a number is typed here; empty when it is none."""
    match = re.fullmatch(
        r"[-+]?(\d{1,3}(?:[ \u00a0\u202f.,']\d{3})+|\d+)(?:[.,](\d{1,2}))?\s*[^\d\s]?[^\d]*",
        text.strip(),
    )
    if not match:
        return ""
    whole = re.sub(r"\D", "", match[1]).lstrip("0") or "0"
    return f"{whole}.{match[2]}" if match[2] else whole
