"""From a situation and a message to one typed query on amounts, and its answer as a part.

query = query_of(world, situation, said, text)
part = query_part(world, query)
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from assistant_am import aid
from assistant_am.dialogue.absorb import Said
from assistant_am.dialogue.asked import Asked, read_asked
from assistant_am.dialogue.contract_year import asks_now
from assistant_am.dialogue.memory import DOCTOR_SLOTS
from assistant_am.dialogue.world import World, situation_for_aid
from assistant_am.rendering.answers import answer_blocks
from assistant_am.rendering.blocks import Block

_MOST_COMPARED = 4
_YEARS = ("annee", "horizon")


def query_of(world: World, situation: Mapping[str, Any], said: Said, text: str = "") -> aid.Query:
    """The query that a message puts about a situation.

    Raises:
        aid.InvalidInput: a value that cannot be.
    """
    asked = read_asked(text)
    inputs = situation_for_aid(situation)
    if said.operation == "tableau" and "annee" not in said.values:
        inputs.pop("annee", None)
    if asked.changes:
        # « mi-temps la 1re année puis temps plein »: the year told is that of the change.
        inputs.pop("annee", None)
    now = "mois_contrat" not in situation and "date_contrat" in inputs and asks_now(said, text)
    years = _years(inputs, said, asked, now=now)
    situations = _situations(world, inputs, said, asked)
    return aid.Query(
        quantity=_quantity(situations, inputs, said, asked, years),
        situations=situations,
        years=years,
        unit=asked.unit or "year",
    )


def answered(world: World, query: aid.Query) -> aid.Answer:
    """The query computed, today; raises aid.InvalidInput."""
    return aid.answer(query, world.parameters, world.today)


def blocks_of(answer: aid.Answer, situation: Mapping[str, Any]) -> tuple[Block, ...]:
    """The answer in blocks, with the open conditions when the person spoke of some."""
    return answer_blocks(answer, conditions=not DOCTOR_SLOTS.isdisjoint(situation))


def situation_of(
    world: World, inputs: Mapping[str, Any], name: str = "", changes: Sequence[aid.Change] = ()
) -> aid.Situation:
    """A situation from French inputs; raises aid.InvalidInput."""
    return aid.Situation(aid.Case.from_french(inputs, world.parameters), name, tuple(changes))


def years_asked(situation: Mapping[str, Any], said: Said, text: str) -> dict[str, Any]:
    """What « et celle d'avant ? » makes of the year of the situation, for the memory to keep
    and the query to start from; empty when nothing of the kind is said."""
    shift = read_asked(text).shift
    ranks = situation.get("annee") or []
    told = not said.slots.isdisjoint(_YEARS)
    if not shift or told or len(ranks) != 1 or ranks[0] + shift < 1:
        return {}
    return {"annee": [ranks[0] + shift]}


def _years(inputs: Mapping[str, Any], said: Said, asked: Asked, *, now: bool) -> aid.Years:
    told = not said.slots.isdisjoint(_YEARS)
    if asked.period == "begun":
        return aid.Years.begun()
    if asked.period == "to_come":
        return aid.Years.to_come(inputs.get("horizon"))
    if asked.since is not None and "date_contrat" in inputs and not told:
        return aid.Years.during(asked.since, asked.until)
    if asked.first_years and not told:
        return aid.Years.first(asked.first_years)
    years = inputs.get("annee")
    one = years if isinstance(years, list) and len(years) == 1 and "horizon" not in inputs else []
    if one and now:
        return aid.Years.now()
    if said.operation == "total" and one and not _is_second(inputs, said):
        # « au total en 3e année »: the three first ones; of two assistants, the option's amount.
        return aid.Years.first(one[0])
    return aid.Years()


def _is_second(inputs: Mapping[str, Any], said: Said) -> bool:
    posts = [inputs.get("quotite"), *said.compared.get("quotite", ())]
    return any(isinstance(post, int | float) and post > 1 for post in posts)


def _situations(
    world: World, inputs: Mapping[str, Any], said: Said, asked: Asked
) -> tuple[aid.Situation, ...]:
    if asked.changes:
        (_, first), *later = asked.changes
        case = aid.Case.from_french({**inputs, **first}, world.parameters)
        changes = tuple(_change(world, since, changed) for since, changed in later)
        return (aid.Situation(case, changes=changes),)
    if said.operation == "maximum" and inputs.get("quotite") is None and not _told(inputs):
        posts = world.parameters.tables
        return tuple(situation_of(world, {**inputs, "quotite": post}) for post in posts)
    return tuple(situation_of(world, {**inputs, **each}) for each in variations(said.compared))


def _change(world: World, since: int, changed: Mapping[str, object]) -> aid.Change:
    case = aid.Case.from_french(changed, world.parameters)
    return aid.Change(since, case.fte, case.band)


def _told(inputs: Mapping[str, Any]) -> bool:
    return any(inputs.get(key) for key in _YEARS)


def _quantity(
    situations: Sequence[aid.Situation],
    inputs: Mapping[str, Any],
    said: Said,
    asked: Asked,
    years: aid.Years,
) -> aid.Quantity:
    several_years = len(inputs.get("annee") or ()) > 1 or "horizon" in inputs
    share = asked.unit == "percent" and said.operation != "difference"
    if (asked.left or share) and inputs.get("salaire_brut"):
        return "left_to_pay"
    if asked.period or asked.adds_up:
        return "total"
    if said.operation == "difference" and (len(situations) > 1 or several_years):
        return "difference"
    if len(situations) > 1 and said.operation != "maximum":
        return "total" if said.operation == "total" and several_years else "difference"
    if said.operation == "maximum" and not _told(inputs):
        return "highest"
    if said.operation == "total":
        return "total"
    if years.kind == "first" or ("horizon" in inputs and said.operation != "tableau"):
        return "total"
    return "amount"


def variations(compared: Mapping[str, list[Any]]) -> list[dict[str, Any]]:
    """Every combination of the values compared, four at most."""
    slots = list(compared)
    return [
        dict(zip(slots, values, strict=True)) for values in itertools.product(*compared.values())
    ][:_MOST_COMPARED]
