"""Scores of labelled conversations: each turn by itself, and each conversation as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant_am.assistant import Assistant
from assistant_am.evaluation.metrics import Quality, Share, sets_quality, share
from assistant_am.evaluation.observed import EMERGENCIES, Observed, observe
from assistant_am.understanding.conversations import (
    NOT_COVERED,
    QUESTION,
    LabelledConversation,
    LabelledRequest,
    LabelledTurn,
)

SLOTS = ("quotite", "annee", "tranche", "patients", "secteur", "specialite", "profil")
"""Slots whose values are scored; the labels hold others, in too many forms."""
CANDIDATES = 3
_URGENT = frozenset(EMERGENCIES.values())
Normal = Callable[[str, Any], Any]
"""(slot, value as labelled) → the value as it is read, « cardiologue » being « cardiologie »."""


@dataclass(frozen=True)
class Scored:
    """A turn with what it gave; `place` counts from 1."""

    conversation: str
    place: int
    turn: LabelledTurn
    seen: Observed

    @property
    def asked(self) -> LabelledRequest | None:
        """Its first request that is a question."""
        return next((each for each in self.turn.requests if each.act == QUESTION), None)

    @property
    def right(self) -> bool:
        """One of the labels of the first question is among the subjects answered."""
        return self.asked is not None and _answers(self.asked, self.seen)

    @property
    def right_alone(self) -> bool:
        """Right without counting what a second reading added."""
        if self.asked is None:
            return False
        said = set(self.seen.subjects) - set(self.seen.beside)
        return not said.isdisjoint(self.asked.labels)

    @property
    def put_forward(self) -> bool:
        """Answered, or among the first candidates."""
        first = self.seen.first[:CANDIDATES]
        asked = self.asked
        return self.right or (asked is not None and not set(asked.labels).isdisjoint(first))

    @property
    def acts(self) -> frozenset[str]:
        return frozenset(each.act for each in self.turn.requests if each.act != QUESTION)

    @property
    def urgent(self) -> bool:
        return not self.acts.isdisjoint(_URGENT)

    @property
    def complete(self) -> bool:
        """Every request was found, questions and acts."""
        return all(
            _answers(each, self.seen) if each.act == QUESTION else each.act in self.seen.acts
            for each in self.turn.requests
        )


@dataclass(frozen=True)
class TalkScores:
    """Every figure of a set of labelled conversations; `missed` are the questions not answered."""

    turns: int
    questions: Share
    alone: Share
    doubled: Share
    put_forward: Share
    first_messages: Share
    follow_ups: Share
    others: Share
    not_covered: Quality
    several: Share
    acts: tuple[Quality, ...]
    values: tuple[Quality, ...]
    conversations: Share
    doubtful: Share
    plain: Share
    emergencies: Share
    missed: tuple[Scored, ...]

    @property
    def alarms_per_thousand(self) -> float:
        """False alarms of both degrees."""
        return 1000 * (self.doubtful.ratio + self.plain.ratio)


def play(
    assistant: Assistant,
    conversations: Iterable[LabelledConversation],
    progress: Callable[[], None] = lambda: None,
) -> Iterator[Scored]:
    """Say every turn in its conversation, whatever was answered before."""
    for labelled in conversations:
        conversation = assistant.conversation()
        for place, turn in enumerate(labelled.turns, start=1):
            seen = observe(assistant.world, labelled.id, place, conversation.say(turn.text))
            yield Scored(labelled.id, place, turn, seen)
        progress()


def score_talks(rows: Sequence[Scored], normal: Normal = lambda slot, value: value) -> TalkScores:
    """The figures of turns played."""
    asking = [row for row in rows if row.asked]
    first = [row for row in asking if row.place == 1]
    later = [row for row in asking if row.place > 1]
    whole: dict[str, bool] = {}
    for row in asking:
        whole[row.conversation] = whole.get(row.conversation, True) and row.right
    calm = [row for row in rows if not row.urgent]
    return TalkScores(
        turns=len(rows),
        questions=share(row.right for row in asking),
        alone=share(row.right_alone for row in asking),
        doubled=share(bool(row.seen.beside) for row in asking),
        put_forward=share(row.put_forward for row in asking),
        first_messages=share(row.right for row in first),
        follow_ups=share(row.right for row in later if _follows(row)),
        others=share(row.right for row in later if not _follows(row)),
        not_covered=_not_covered(rows),
        several=share(row.complete for row in rows if len(row.turn.requests) > 1),
        acts=tuple(_acts(rows)),
        values=tuple(_values(rows, normal)),
        conversations=share(whole.values()),
        doubtful=share(row.seen.emergency == "doubtful" for row in calm),
        plain=share(row.seen.emergency == "plain" for row in calm),
        emergencies=share(row.seen.emergency == "plain" for row in rows if row.urgent),
        missed=tuple(row for row in asking if not row.right),
    )


def _answers(request: LabelledRequest, seen: Observed) -> bool:
    return not set(request.labels).isdisjoint(seen.subjects)


def _follows(row: Scored) -> bool:
    return row.asked is not None and row.asked.follows


def _not_covered(rows: Sequence[Scored]) -> Quality:
    """A point that no fiche covers, said to be one; where a subject is as good, both are right."""
    hits = false_hits = misses = 0
    for row in rows:
        questions = [each.labels for each in row.turn.requests if each.act == QUESTION]
        said = NOT_COVERED in row.seen.subjects
        hits += said and any(NOT_COVERED in labels for labels in questions)
        false_hits += said and not any(NOT_COVERED in labels for labels in questions)
        misses += not said and (NOT_COVERED,) in questions
    return Quality(NOT_COVERED, hits, false_hits, misses)


def _acts(rows: Sequence[Scored]) -> Iterator[Quality]:
    """One line an act of the labels, then all of them."""
    expected = [row.acts for row in rows]
    found = [frozenset(row.seen.acts) for row in rows]
    for act in sorted(frozenset().union(*expected)):
        yield sets_quality(
            [each & {act} for each in expected], [each & {act} for each in found], act
        )
    yield sets_quality(expected, found, "tous")


def _values(rows: Sequence[Scored], normal: Normal) -> Iterator[Quality]:
    expected = [_labelled(row.turn, normal) for row in rows]
    found = [_pairs(row.seen.values) for row in rows]
    for slot in SLOTS:
        yield sets_quality(_of(slot, expected), _of(slot, found), slot)
    yield sets_quality(expected, found, "toutes")


Pairs = frozenset[tuple[str, str]]


def _labelled(turn: LabelledTurn, normal: Normal) -> Pairs:
    """Those of the turn, and of each doctor it describes."""
    several = [turn.values, *turn.values.get("medecins", ())]
    return frozenset(pair for values in several for pair in _pairs(values, normal))


def _pairs(values: Mapping[str, Any], normal: Normal = lambda slot, value: value) -> Pairs:
    return frozenset(
        (slot, _text(normal(slot, value)))
        for slot in SLOTS
        if slot in values
        for value in (values[slot] if isinstance(values[slot], list) else [values[slot]])
    )


def _of(slot: str, sets: Sequence[Pairs]) -> list[Pairs]:
    return [frozenset(pair for pair in each if pair[0] == slot) for each in sets]


def _text(value: Any) -> str:
    """1 and 1.0 are one value."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:g}"
    return str(value)
