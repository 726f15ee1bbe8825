"""What a turn gave, in the words of the label files: `explain --json`, and what is scored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from assistant_am.assistant import Turn
from assistant_am.dialogue.absorb import read_said
from assistant_am.dialogue.decided import decided
from assistant_am.dialogue.world import World
from assistant_am.meaning import Meaning, Request
from assistant_am.understanding.conversations import ACTS, NOT_COVERED, TELLS

Degree = Literal["doubtful", "plain"]
EMERGENCIES = {"vital": "urgence", "suicide": "urgence_suicide"}
"""Acts of the label files, by the kind of an emergency."""
_NAMES = {label: act for act, label in ACTS.items()}
_TOLD = (TELLS, "reponse")
_REQUESTS, _BUTTON, _EXPECTED = "demandes", "bouton", "reponse_attendue"
"""Rules of `dialogue/rules.py` whose parts say something of their own."""


@dataclass(frozen=True)
class Observed:
    """One turn: `subjects` are the fiches answered, `acts` what is no subject, as label files
    name them; `first` the candidates of the first request, best first; `beside` those of the
    subjects that a second reading added."""

    id: str
    turn: int
    subjects: tuple[str, ...]
    acts: tuple[str, ...]
    values: Mapping[str, Any]
    rule: str
    emergency: Degree | None
    text: str
    first: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """One line of `explain --json`."""
        fields = asdict(self)
        del fields["first"], fields["beside"]
        return fields


def observe(world: World, name: str, place: int, turn: Turn) -> Observed:
    """`place` counts the turns of the conversation `name` from 1."""
    meaning, response = turn.meaning, turn.response
    first = meaning.requests[0].ranking if meaning.requests else ()
    return Observed(
        id=name,
        turn=place,
        subjects=tuple(dict.fromkeys((*_subjects(world, turn), *response.beside))),
        acts=tuple(dict.fromkeys(_acts(world, meaning, response.rule))),
        values={} if response.rule == _BUTTON else told(decided(meaning, world.parameters)),
        rule=response.rule,
        emergency=degree(meaning),
        text=turn.text,
        first=tuple(label for label, _ in first),
        beside=response.beside,
    )


def degree(meaning: Meaning) -> Degree | None:
    """How plain an emergency is, None when there is none."""
    if meaning.emergency is None:
        return None
    return "plain" if meaning.emergency.plain else "doubtful"


def told(meaning: Meaning) -> dict[str, Any]:
    """Values that a message says, by slot; a list where several stand side by side."""
    said = read_said(meaning)
    return {**said.values, **said.compared}


def _subjects(world: World, turn: Turn) -> Iterator[str]:
    """A response keeps the last subject through « merci » or a misunderstanding: only what a
    request, or the rule, answered counts."""
    response, requests = turn.response, turn.meaning.requests
    if response.rule != _REQUESTS:
        yield from response.subjects
        return
    labels = {request.label for request in requests}
    others = [each for each in response.subjects if each not in labels]
    for request in requests:
        fiche = world.knowledge.fiches.get(request.label)
        if request.label in _TOLD:
            yield from response.subjects[-1:]
        elif request.trust != "sur":
            continue
        elif request.label == NOT_COVERED:
            yield NOT_COVERED
        elif fiche is not None:
            own = request.label in response.subjects or fiche.computation == "estimation"
            yield from [request.label] if own else others[-1:]


def _acts(world: World, meaning: Meaning, rule: str) -> Iterator[str]:
    if meaning.emergency and meaning.emergency.plain:
        yield EMERGENCIES[meaning.emergency.kind]
        return
    found = list(_understood(meaning.requests))
    if rule == _EXPECTED and not found:
        yield "reponse"
    yield from found


def _understood(requests: Iterable[Request]) -> Iterator[str]:
    for request in requests:
        if request.trust in ("sur", "hors_sujet") and request.label in _NAMES:
            yield _NAMES[request.label]
