"""Answers that are a day: until when to be trained, since when on the present scale.

`signed` is a day of hiring or of signature (2027-03-01), or a month (2027-03) when nothing finer is
known; `rule` is what the fiche says, which comes after the day.
"""

from __future__ import annotations

import calendar
import datetime
from dataclasses import replace

from assistant_am import aid
from assistant_am.dialogue.part import Part
from assistant_am.dialogue.world import World
from assistant_am.french.format import NBSP, long_date, year_rank
from assistant_am.rendering.blocks import Paragraph

_MONTH_LENGTH = len("AAAA-MM")


def deadline_part(world: World, signed: str, rule: Part) -> Part:
    """« Embauche le 1er mars 2027, jusqu'à quand pour le CQP ? »"""
    fact = world.knowledge.facts["delai_formation"]
    month = len(signed) == _MONTH_LENGTH
    first, _ = _days(signed)
    last = aid.start_of_year(first, int(fact.value) + 1)
    key, article = ("delai_calcule", "au") if last >= world.today else ("delai_passe", "le")
    said = world.phrase(key).replace("[embauche]", _when(first, "le", month=month))
    opening = [Paragraph(said.replace("[limite]", _when(last, article, month=month)))]
    if fact.since and first < fact.since:
        opening.append(Paragraph(world.phrase("delai_ancien")))
    return replace(rule, blocks=(*opening, *rule.blocks))


def rescaled_part(world: World, signed: str, rule: Part) -> Part:
    """« Contrat de septembre 2022, le nouveau tarif s'applique-t-il ? »

    `rule` alone when the day of the month decides and is not known.
    """
    effect = world.parameters.agreement_start.latest
    ranks = {_rank_on_the_new_scale(day, effect) for day in _days(signed)}
    if len(ranks) != 1:
        return rule
    (rank,) = ranks
    start = aid.start_of_year(_days(signed)[0], rank)
    when = _when(start, "le", month=len(signed) == _MONTH_LENGTH)
    key = "bareme_anniversaire" if rank > 1 else "bareme_des_le_debut"
    said = world.phrase(key).replace("[jour]", when).replace("[annee]", year_rank(rank))
    return replace(rule, blocks=(Paragraph(said), *rule.blocks))


def _rank_on_the_new_scale(signed: datetime.date, effect: datetime.date) -> int:
    rank = 1
    while aid.start_of_year(signed, rank) < effect:
        rank += 1
    return rank


def _days(signed: str) -> tuple[datetime.date, datetime.date]:
    """First and last day that it may be."""
    if len(signed) != _MONTH_LENGTH:
        day = datetime.date.fromisoformat(signed)
        return day, day
    first = datetime.date.fromisoformat(f"{signed}-01")
    return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])


def _when(day: datetime.date, article: str, *, month: bool) -> str:
    """« au 1er mars 2029 », « en mars 2029 »."""
    return f"en {long_date(day).partition(NBSP)[2]}" if month else f"{article} {long_date(day)}"
