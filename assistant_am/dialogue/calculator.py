"""The calculator of the web page: what may be chosen, what is, and the answer to it.

The answer is that of the conversation to the same situation: nothing is computed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from assistant_am import aid
from assistant_am.dialogue.aid_answers import query_part
from assistant_am.dialogue.script import Question
from assistant_am.dialogue.world import World
from assistant_am.french.format import long_date, uncapitalised
from assistant_am.rendering import aid_words
from assistant_am.rendering.blocks import Block, Calculator, Link, Picture, Table

_DAY = aid.FRENCH_NAMES["contract_date"]
_OPENING = "calcul_repris"


@dataclass(frozen=True)
class Option:
    """`value` is what it adds to an address: « quotite=0.5 »; `say`, what a person would write."""

    value: str
    label: str
    say: str


@dataclass(frozen=True)
class Control:
    """What one may choose, and the value chosen, "" when it is unknown; without options, a day."""

    key: str
    label: str
    options: tuple[Option, ...]
    value: str


@dataclass(frozen=True)
class Card:
    """`kept`: what the conversation knows besides, by its part of the address; `say`: the whole
    situation as a person would write it."""

    controls: tuple[Control, ...]
    kept: tuple[Option, ...]
    blocks: tuple[Block, ...]
    say: str


def card_of(world: World, case: aid.Case) -> Card:
    """The calculator for a case, at the day of `world`; raises aid.InvalidInput."""
    known = {
        key: Option(f"{key}={value}", said, f"{name}\u00a0: {said}")
        for (key, value), (name, said) in zip(
            case.as_french().items(),
            aid_words.inputs(case, aid.Names.of(world.parameters)),
            strict=True,
        )
    }
    controls = tuple(_controls(world, known))
    shown = {key for control in controls for key in _keys(control)}
    kept = tuple(option for key, option in known.items() if key not in shown)
    said = [option.say for option in (*_chosen(controls), *_day(controls, case), *kept)]
    opening = world.phrase(_OPENING)
    sentence = f"{opening}\u00a0: {', '.join(said)}" if said else opening
    return Card(controls, kept, _blocks(world, case), sentence)


def _controls(world: World, known: Mapping[str, Option]) -> Iterator[Control]:
    for question in world.questions.values():
        if question.name is None:
            continue
        options = list(_options(question))
        told = [known[key] for key in _keys_of(options) if key in known]
        chosen = next((each for each in options if each.value in {t.value for t in told}), None)
        if told and chosen is None:
            # « Les 3 premières »: said in the conversation, and no choice of the form.
            chosen = told[0]
            options.append(chosen)
        value = chosen.value if chosen else ""
        yield Control(question.slot, question.name, tuple(options), value)
        if question.day_name:
            day = known[_DAY].value if _DAY in known else ""
            yield Control(_DAY, question.day_name, (), day)


def _options(question: Question) -> Iterator[Option]:
    for choice, value in zip(question.choices, question.values, strict=True):
        if value:
            yield Option(value, choice.title, choice.say)


def _keys(control: Control) -> list[str]:
    return _keys_of(control.options) or [control.key]


def _keys_of(options: Iterable[Option]) -> list[str]:
    return list(dict.fromkeys(option.value.partition("=")[0] for option in options))


def _chosen(controls: Iterable[Control]) -> Iterator[Option]:
    for control in controls:
        yield from (option for option in control.options if option.value == control.value)


def _day(controls: Iterable[Control], case: aid.Case) -> Iterator[Option]:
    for control in controls:
        if control.key == _DAY and case.contract_date:
            said = f"{uncapitalised(control.label)} {long_date(case.contract_date)}"
            yield Option(control.value, control.label, said)


def _blocks(world: World, case: aid.Case) -> tuple[Block, ...]:
    """The years as a picture when each has one amount, else as a table."""
    quantity: aid.Quantity = "total" if case.horizon else "amount"
    query = aid.Query(quantity, (aid.Situation(case),))
    blocks = query_part(world, query, case.as_french()).blocks
    estimate = aid.estimate(case, world.parameters, world.today)
    open_years = any(year.max_eur is None for year in estimate.years)
    left_out = (Calculator, Link, Picture if open_years else Table)
    return tuple(block for block in blocks if not isinstance(block, left_out))
