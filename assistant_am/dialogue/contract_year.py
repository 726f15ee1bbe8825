"""« Contrat de 2022 »: the scale that a year alone settles, or the question that it leaves open."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from assistant_am import aid
from assistant_am.dialogue.absorb import Said
from assistant_am.dialogue.world import World
from assistant_am.french import format as fr
from assistant_am.french.fold import fold
from assistant_am.rendering.blocks import Block, Bullets, Paragraph, Picture, Table

_NOW = re.compile(
    r"\b(?:cette annee|l'annee (?:en cours|actuelle)|actuellement|en ce moment|aujourd'hui"
    r"|maintenant|a (?:l'heure actuelle|ce jour|present|l'heure qu'il est)"
    r"|pour l'(?:instant|heure))\b"
)
_NEXT = re.compile(r"\bl'an prochain\b|\bl'annee prochaine\b")
_LAST = re.compile(r"\bl'an (?:dernier|passe)\b|\bl'annee (?:derniere|passee)\b")
_YEARS = frozenset({"annee", "horizon"})
_SIGNED = frozenset({"date_contrat", "mois_contrat", "annee_contrat"})


def asks_now(said: Said, text: str) -> bool:
    """« Combien je touche cette année ? », « à l'heure actuelle »: no other year is said."""
    return said.slots.isdisjoint(_YEARS) and bool(_NOW.search(fold(text)))


def _from_now(said: Said, text: str) -> int | None:
    """Years from the one in progress; « signé l'an dernier » dates the contract."""
    if asks_now(said, text):
        return 0
    if not said.slots.isdisjoint(_YEARS | _SIGNED):
        return None
    return 1 if _NEXT.search(fold(text)) else -1 if _LAST.search(fold(text)) else None


def year_now(world: World, situation: Mapping[str, Any], said: Said, text: str) -> int | None:
    """Rank of the contract year in progress, or of the one that « l'an prochain » places, when the
    day of signature, or a month that settles it, is known; 0 before that day."""
    shift = _from_now(said, text)
    if shift is None:
        return None
    signed, month = situation.get("date_contrat"), situation.get("mois_contrat")
    if not signed and not month:
        return None
    days = (datetime.date.fromisoformat(signed),) if signed else _month(month or "")
    ranks = {max(0, aid.current_rank(day, world.today) + shift) for day in days}
    return ranks.pop() if len(ranks) == 1 else None


def year_of_month(world: World, situation: Mapping[str, Any]) -> int | None:
    """Rank of the contract year in progress, when the month of signature settles it."""
    month = situation.get("mois_contrat")
    ranks = {aid.current_rank(day, world.today) for day in _month(month)} if month else set()
    return ranks.pop() if len(ranks) == 1 else None


def scale_of_signature(
    world: World, situation: Mapping[str, Any], signed: Mapping[str, Any]
) -> str | None:
    """`bareme` of the contract years of `situation`, when `signed` holds `mois_contrat` or
    `annee_contrat`: "ancien" or "nouveau" if whatever the day all of them follow it, "?" if the day
    decides, or if the years asked do not follow the same; None without either."""
    days = _possible_days(signed)
    if days is None:
        return None
    scales = {_scale(world, day, rank) for day in days for rank in _ranks(world, situation)}
    return scales.pop() if len(scales) == 1 else "?"


def day_in_the_month(
    world: World, situation: Mapping[str, Any], month: str
) -> datetime.date | None:
    """First day of a month of signature ("YYYY-MM"), to compute with when no day of it would change
    the scale of any contract year asked; None when the day has to be asked."""
    first, last = _month(month)
    decided = all(
        _scale(world, first, rank) == _scale(world, last, rank) for rank in _ranks(world, situation)
    )
    return first if decided else None


def named_by_its_month(blocks: tuple[Block, ...], day: datetime.date) -> tuple[Block, ...]:
    """Of a contract of which only the month was said, `day` being the one computed with: « contrat
    signé en octobre 2022 »."""
    computed, said = f"contrat du {fr.long_date(day)}", f"contrat signé en {fr.month_year(day)}"

    def told(block: Block) -> Block:
        if isinstance(block, Paragraph):
            return replace(block, text=block.text.replace(computed, said))
        if isinstance(block, Bullets):
            return Bullets(tuple(item.replace(computed, said) for item in block.items))
        if isinstance(block, Table):
            return replace(block, caption=block.caption.replace(computed, said))
        if isinstance(block, Picture):
            return replace(block, words=block.words.replace(computed, said))
        return block

    return tuple(told(block) for block in blocks)


def _possible_days(signed: Mapping[str, Any]) -> tuple[datetime.date, datetime.date] | None:
    """First and last day on which the contract may have been signed; a month says more."""
    if month := signed.get("mois_contrat"):
        return _month(month)
    if year := signed.get("annee_contrat"):
        return datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    return None


def _month(month: str) -> tuple[datetime.date, datetime.date]:
    first = datetime.date.fromisoformat(f"{month}-01")
    days = calendar.monthrange(first.year, first.month)[1]
    return first, first.replace(day=days)


def _ranks(world: World, situation: Mapping[str, Any]) -> range:
    """Contract years asked; every one until the scale has surely changed when none was said."""
    years = situation.get("annee")
    if years:
        return range(min(years), max(years) + 1)
    return range(1, (situation.get("horizon") or world.parameters.max_horizon.latest) + 1)


def _scale(world: World, signed: datetime.date, rank: int) -> str:
    effect = world.parameters.agreement_start.latest
    turning = effect.replace(year=effect.year - (rank - 1))
    return "ancien" if signed < turning else "nouveau"


def ask_the_day(signed: int | str) -> tuple[Block, ...]:
    """Both scales are possible: say what decides. `signed` is a year, or a month ("YYYY-MM")."""
    if isinstance(signed, int):
        when, wanted = str(signed), "le jour et le mois"
    else:
        first, _ = _month(signed)
        when, wanted = fr.long_date(first).partition(fr.NBSP)[2], "le jour"
    return (
        Paragraph(
            f"Pour un contrat de {when}, le barème dépend de la date exacte : chaque année suit "
            f"celui en vigueur à son anniversaire. Donnez {wanted} de la signature."
        ),
    )
