"""French typography of numbers, amounts and dates: no-break spaces, decimal comma, ordinals."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

NBSP: Final = "\u00a0"

_MONTHS: Final = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


def number(value: float, decimals: int | None = None) -> str:
    """38000 → "38 000", 0.5 → "0,5"; `decimals` fixes their number, else none is padded."""
    text = f"{value:,.{decimals}f}" if decimals is not None else f"{value:,.10g}"
    return text.replace("-", "\u2212").replace(",", NBSP).replace(".", ",")


def euros(value: float) -> str:
    """38000 → "38 000 €", 2315.35 → "2 315,35 €"; cents only when there are some."""
    decimals = 0 if float(value).is_integer() else 2
    return f"{number(value, decimals)}{NBSP}€"


def percent(value: float, decimals: int | None = None) -> str:
    """5.56 → "5,56 %"."""
    return f"{number(value, decimals)}{NBSP}%"


def fte(value: float) -> str:
    """0.5 → "0,5 ETP"."""
    return f"{number(value)}{NBSP}ETP"


def long_date(day: date) -> str:
    """date(2024, 6, 22) → "22 juin 2024", date(2024, 6, 1) → "1er juin 2024"."""
    rank = "1er" if day.day == 1 else str(day.day)
    return f"{rank}{NBSP}{_MONTHS[day.month - 1]}{NBSP}{day.year}"


def month_year(day: date) -> str:
    """date(2024, 6, 22) → "juin 2024"."""
    return f"{_MONTHS[day.month - 1]}{NBSP}{day.year}"


def ordinal(rank: int) -> str:
    """1 → "1re", 2 → "2e" (feminine, for "année")."""
    return f"{rank}re" if rank == 1 else f"{rank}e"


def year_rank(rank: int, *, and_following: bool = False) -> str:
    """1 → "1re année"; 3 with `and_following` → "3e année et suivantes"."""
    suffix = " et suivantes" if and_following else ""
    return f"{ordinal(rank)}{NBSP}année{suffix}"


def listing(words: Iterable[str], last: str = "et") -> str:
    """("a", "b", "c") → "a, b et c"."""
    *firsts, final = words
    return f"{', '.join(firsts)} {last} {final}" if firsts else final


def uncapitalised(sentence: str) -> str:
    """ "Il faut…" → "il faut…", for what follows a colon; an acronym stays: "CPAM…"."""
    if sentence.startswith("**"):
        return "**" + uncapitalised(sentence[2:])
    second_is_lower = sentence[1:2].islower() or sentence[1:2] in "' "
    return sentence[:1].lower() + sentence[1:] if second_is_lower else sentence
