"""The figures of a report: numbers of messages and persons, by subject, by week."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant_am.channels.web.feedback import Opinion
from assistant_am.channels.web.sessions import References
from assistant_am.dialogue.world import World
from assistant_am.files.source import Source
from assistant_am.knowledge import due_soon, stale
from assistant_am.operations.report.groups import Group, group_questions
from assistant_am.operations.report.turns import Asked, Talk

_UNSURE = "hesitant"
_USEFUL = "utile"
UNKNOWN_ANSWER = "réponse effacée depuis, ou de courtoisie"


@dataclass(frozen=True)
class Week:
    """One week, from its Monday: messages, of which not understood, unsure, incidents, alerts.

    A message counts once: as unsure only when no question of it was missed.
    """

    monday: datetime.date
    messages: int = 0
    missed: int = 0
    unsure: int = 0
    incidents: int = 0
    emergencies: int = 0


@dataclass(frozen=True)
class Subject:
    """One fiche: its answers, the persons who got one, and what they thought of them."""

    label: str
    answers: int
    persons: int
    useful: int
    useless: int


@dataclass(frozen=True)
class Figures:
    """All that a report shows; `groups` of questions not understood, `uncovered` of questions that
    no fiche answers; `unfinished` is (question left open, conversations)."""

    start: datetime.date
    end: datetime.date
    persons: int
    weeks: tuple[Week, ...]
    subjects: tuple[Subject, ...]
    groups: tuple[Group, ...]
    uncovered: tuple[Group, ...]
    unfinished: tuple[tuple[str, int], ...]
    stale: tuple[Source, ...]
    soon: tuple[Source, ...]
    reasons: tuple[tuple[str, str], ...]
    """(subject, reason written with a « not useful »)."""

    def total(self, name: str) -> int:
        """A column of the weeks, summed."""
        return sum(getattr(week, name) for week in self.weeks)


def figures(
    talks: Sequence[Talk],
    opinions: Iterable[Opinion],
    references: References,
    world: World,
    start: datetime.date,
) -> Figures:
    """Count everything between this day and `world.today`."""
    subject_of = {
        references.make(asked.conversation, asked.message): asked.subject
        for talk in talks
        for asked in talk.asked
    }
    recent = [each for each in opinions if each.day >= start.isoformat()]
    left = Counter(_question(world, talk.left_at) for talk in talks if talk.left_at)
    return Figures(
        start=start,
        end=world.today,
        persons=len(talks),
        weeks=_weeks(talks, start, world.today),
        subjects=_subjects(talks, recent, subject_of, world),
        groups=tuple(group_questions(talks, lambda question: question.is_missed)),
        uncovered=tuple(group_questions(talks, lambda question: question.is_uncovered)),
        unfinished=tuple(left.most_common()),
        stale=tuple(stale(world.knowledge, world.today)),
        soon=tuple(due_soon(world.knowledge, world.today)),
        reasons=tuple(
            (label_of(world, subject_of.get(each.reference)), each.reason)
            for each in recent
            if each.reason and each.opinion != _USEFUL
        ),
    )


def label_of(world: World, subject: str | None) -> str:
    """What a subject is called on its button."""
    fiche = world.knowledge.fiches.get(subject or "")
    return fiche.label if fiche else subject or UNKNOWN_ANSWER


def _weeks(talks: Iterable[Talk], start: datetime.date, end: datetime.date) -> tuple[Week, ...]:
    counts: dict[datetime.date, Counter[str]] = {}
    monday = _monday(start)
    while monday <= end:
        counts[monday] = Counter()
        monday += datetime.timedelta(days=7)
    for talk in talks:
        for asked in talk.asked:
            if (week := counts.get(_monday(asked.day))) is not None:
                week.update(_counted(asked))
    return tuple(Week(monday, **count) for monday, count in counts.items())


def _counted(asked: Asked) -> list[str]:
    questions = () if asked.emergency else asked.questions
    missed = any(question.is_missed for question in questions)
    holds = {
        "messages": True,
        "missed": missed,
        "unsure": not missed and any(question.trust == _UNSURE for question in questions),
        "incidents": asked.incident,
        "emergencies": asked.emergency,
    }
    return [name for name, held in holds.items() if held]


def _monday(day: datetime.date) -> datetime.date:
    return day - datetime.timedelta(days=day.weekday())


def _subjects(
    talks: Iterable[Talk],
    opinions: Iterable[Opinion],
    subject_of: Mapping[str, str | None],
    world: World,
) -> tuple[Subject, ...]:
    answers: Counter[str | None] = Counter()
    persons: defaultdict[str | None, set[str]] = defaultdict(set)
    for talk in talks:
        for asked in talk.asked:
            if asked.subject:
                answers[asked.subject] += 1
                persons[asked.subject].add(talk.id)
    thumbs: Counter[tuple[str | None, bool]] = Counter(
        (subject_of.get(each.reference), each.opinion == _USEFUL) for each in opinions
    )
    keys = [*answers, *(key for key, _ in thumbs if key not in answers)]
    found = [
        Subject(
            label_of(world, key),
            answers[key],
            len(persons[key]),
            thumbs[key, True],
            thumbs[key, False],
        )
        for key in dict.fromkeys(keys)
    ]
    return tuple(sorted(found, key=lambda each: (-each.answers, each.label)))


def _question(world: World, slot: str | None) -> str:
    question = world.questions.get(slot or "")
    return question.text if question else slot or ""
