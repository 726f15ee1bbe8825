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
from assistant_am.rendering.blocks import Paragraph, SourceNote

_MONTH_LENGTH = len("AAAA-MM")
_MONTHS_A_YEAR = 12


def deadline_of(world: World, signed: str) -> datetime.date:
    """The last day to be trained; of a month of hiring, that of its last day."""
    delay = world.knowledge.facts["delai_formation"]
    return aid.start_of_year(_days(signed)[1], int(delay.value) + 1)


def deadline_part(
    world: World, signed: str, rule: Part, named: str | None = None, *, insisted: bool = False
) -> Part:
    """« Embauche le 1er mars 2027, jusqu'à quand pour le CQP ? »

    `named` is the end that the question puts forward (« donc mars 2029 ? »), confirmed or not;
    `insisted` when the person comes back to a deadline already told.
    """
    fact = world.knowledge.facts["delai_formation"]
    month = len(signed) == _MONTH_LENGTH
    first, _ = _days(signed)
    last = deadline_of(world, signed)
    over = last < world.today
    key, article = ("delai_passe", "le") if over else ("delai_calcule", "au")
    said = world.phrase(key).replace("[embauche]", _when(first, "le", month=month))
    said = said.replace("[limite]", _when(last, article, month=month))
    if insisted and over:
        said = world.phrase("delai_bien_passe").replace("[limite]", _when(last, "le", month=month))
        notes = [block for block in rule.blocks if isinstance(block, SourceNote)]
        return replace(rule, blocks=(Paragraph(said), *notes))
    if named is not None:
        word = "Oui" if last.isoformat().startswith(named) else "Non"
        said = f"**{word}.** {said.replace('**', '')}"
    if not over and world.today >= first:
        left = (last.year - world.today.year) * _MONTHS_A_YEAR + last.month - world.today.month
        key = "delai_reste" if left else "delai_ce_mois"
        said = f"{said} {world.phrase(key).replace('[mois]', str(left))}"
    opening = [Paragraph(said)]
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
