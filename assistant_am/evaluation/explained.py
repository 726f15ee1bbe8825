"""Why a turn got its answer, written for a maintainer (`assistant-am explain`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from assistant_am.assistant import Assistant, Turn
from assistant_am.dialogue.decided import decided
from assistant_am.dialogue.memory import Memory
from assistant_am.evaluation.observed import Observed, observe
from assistant_am.meaning import Entity, Request
from assistant_am.understanding.conversations import ACTS, LabelledTurn

_CANDIDATES = 4


@dataclass(frozen=True)
class Explained:
    """A message, what was heard and answered, and the memory before it."""

    message: str
    turn: Turn
    before: Memory
    observed: Observed
    labelled: LabelledTurn | None = None


class Explainer:
    """One conversation, each turn of which is explained."""

    def __init__(self, assistant: Assistant, name: str) -> None:
        self._world = assistant.world
        self._conversation = assistant.conversation()
        self._name = name
        self._turns = 0

    def say(self, message: str, labelled: LabelledTurn | None = None) -> Explained:
        before = self._conversation.memory
        turn = self._conversation.say(message)
        turn = replace(turn, meaning=decided(turn.meaning, self._world.parameters))
        self._turns += 1
        observed = observe(self._world, self._name, self._turns, turn)
        return Explained(message, turn, before, observed, labelled)


def in_french(explained: Explained) -> str:
    """Several lines, an empty one last."""
    return "\n".join([*_lines(explained), ""])


def status(entity: Entity, before: Memory, after: Memory) -> str:
    """What becomes of a value: denied, supposed, told, told in place of another, or only asked."""
    if entity.denied:
        return "nié"
    known, kept = before.situation.get(entity.slot), after.situation.get(entity.slot)
    if entity.value not in (kept if isinstance(kept, list) else [kept]):
        return "demandé, non retenu"
    if after.told is not None:
        told = after.told.get(entity.slot)
        return "dit" if told == kept else "supposé"
    if known is None or known == kept:
        return "dit"
    return f"dit, remplace {_value(known)}"


def _lines(explained: Explained) -> Iterator[str]:
    meaning, observed = explained.turn.meaning, explained.observed
    yield f"— {observed.id}, tour {observed.turn} : {explained.message}"
    if explained.labelled is not None:
        yield f"  étiquettes : {_labels(explained.labelled)}"
    for request in meaning.requests:
        yield f"  demande : {_request(request)}"
        yield f"    candidats : {_ranking(request)}"
    for entity in meaning.entities:
        what = status(entity, explained.before, explained.turn.response.memory)
        said = meaning.text[entity.start : entity.end]
        yield f"  valeur : {entity.slot} = {_value(entity.value)} (« {said} » ; {what})"
    yield (
        f"  nature : suite {_number(meaning.follows)}, hypothèse {_number(meaning.hypothesis)}, "
        f"autre personne {_number(meaning.other)}"
    )
    if meaning.emergency:
        degree = "nette" if meaning.emergency.plain else "possible"
        yield f"  urgence : {degree} ({meaning.emergency.kind})"
    answered = ", ".join(observed.subjects) or "aucun"
    yield f"  règle : {observed.rule} ; sujets répondus : {answered}"
    yield "  réponse :"
    yield from (f"    {line}" for line in explained.turn.text.splitlines())


def _labels(turn: LabelledTurn) -> str:
    said = [
        " ou ".join(each.labels if each.act not in ACTS else (each.act,))
        + (" (suite)" if each.follows else "")
        for each in turn.requests
    ]
    values = [f"{slot} = {_value(value)}" for slot, value in turn.values.items()]
    return " ; ".join([", ".join(said) or "ne demande rien", *values])


def _request(request: Request) -> str:
    words = f", « {request.text} »" if request.text else ""
    return f"{request.label} ({_number(request.probability)}, {request.trust}{words})"


def _ranking(request: Request) -> str:
    return ", ".join(f"{name} {_number(value)}" for name, value in request.ranking[:_CANDIDATES])


def _value(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(_value(each) for each in value)
    if isinstance(value, bool):
        return "oui" if value else "non"
    return str(value)


def _number(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")
