"""How the sentences kept apart are understood, each by itself: nothing came before it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant_am.evaluation.metrics import (
    Classification,
    Several,
    Share,
    classification,
    several_questions,
    share,
)
from assistant_am.evaluation.observed import EMERGENCIES
from assistant_am.evaluation.sets import KeptApart, Labelled, Urgent
from assistant_am.evaluation.sets import Several as SeveralQuestions
from assistant_am.meaning import Meaning, Request
from assistant_am.understanding.conversations import NOT_COVERED, TELLS
from assistant_am.understanding.reader import OUTSIDE

Hear = Callable[[str], Meaning]
OFFERED = 3
"""As many as the dialogue puts forward when it hesitates."""


@dataclass(frozen=True)
class SubjectScore:
    """One subject: read right, and right or put forward."""

    subject: str
    right: Share
    helped: Share


@dataclass(frozen=True)
class Missed:
    """A sentence that went wrong; shown only on request."""

    text: str
    expected: str
    read: str


@dataclass(frozen=True)
class KeptApartScores:
    """Every figure of the sentences kept apart."""

    right: Share
    answered: Share
    helped: Share
    rejected: Share
    not_understood: Share
    not_covered: Share
    scores: Classification
    subjects: tuple[SubjectScore, ...]
    emergencies: Share
    right_kind: Share
    doubtful: Share
    false_alarms: Share
    alarms_elsewhere: Share
    outside: Share
    outside_silent: Share
    outside_kinds: Mapping[str, Share]
    several: Several
    missed: Mapping[str, tuple[Missed, ...]]


def score(kept: KeptApart, hear: Hear) -> KeptApartScores:
    """Score all the sets."""
    expected = [each.label for each in kept.subjects]
    heard = [hear(each.text) for each in kept.subjects]
    subjects = list(zip(kept.subjects, heard, strict=True))
    outside = [(each, hear(each.text)) for each in kept.outside]
    urgent = [(each, hear(each.text)) for each in kept.urgent]
    wanted = [list(each.subjects) for each in kept.several]
    questions = [hear(each.text) for each in kept.several]
    found = [answers(each) for each in questions]
    right = [label_of(each) == case.label for case, each in subjects]
    helped = [helps(each, case.label) for case, each in subjects]
    return KeptApartScores(
        right=share(right),
        answered=share(case.label in _sure(each) for case, each in subjects),
        helped=share(helped),
        rejected=share(put_aside(each) for each in heard),
        not_understood=share(_silent(each) and not put_aside(each) for each in heard),
        not_covered=share(NOT_COVERED in _sure(each) for each in heard),
        scores=classification(expected, [label_of(each) for each in heard]),
        subjects=_by_subject(kept.subjects, right, helped),
        emergencies=share(_alarm(each) is not None for case, each in urgent if case.kind),
        right_kind=share(_alarm(each) == case.kind for case, each in urgent if case.kind),
        doubtful=share(
            each.emergency is not None and _alarm(each) is None
            for case, each in urgent
            if case.kind
        ),
        false_alarms=share(each.emergency is not None for case, each in urgent if not case.kind),
        alarms_elsewhere=share(each.emergency is not None for each in (*heard, *questions)),
        outside=share(put_aside(each) for _, each in outside),
        outside_silent=share(put_aside(each) or _silent(each) for _, each in outside),
        outside_kinds={
            kind: share(put_aside(each) for case, each in outside if case.label == kind)
            for kind in sorted({case.label for case, _ in outside})
        },
        several=several_questions(wanted, found),
        missed={
            "sujets": tuple(
                Missed(case.text, case.label, _shown(each))
                for (case, each), ok in zip(subjects, helped, strict=True)
                if not ok
            ),
            "urgences": _missed_urgent(urgent),
            "hors sujet": tuple(
                Missed(case.text, case.label, _shown(each))
                for case, each in outside
                if not put_aside(each)
            ),
            "deux questions": _missed_several(kept.several, wanted, found),
        },
    )


def label_of(meaning: Meaning) -> str:
    """What the whole message is read as."""
    kind = _alarm(meaning)
    return EMERGENCIES[kind] if kind else meaning.requests[0].label


def answers(meaning: Meaning) -> list[str]:
    """Labels that a message gets an answer to, « none of our subjects » being one."""
    if _alarm(meaning):
        return [label_of(meaning)]
    return [r.label for r in meaning.requests if r.trust == "hors_sujet" or _is_answered(r)]


def helps(meaning: Meaning, label: str) -> bool:
    """The subject is answered, or is among those put forward."""
    return label in _sure(meaning) or (
        not _alarm(meaning)
        and any(
            request.trust == "hesitant" and label in [name for name, _ in request.ranking[:OFFERED]]
            for request in meaning.requests
        )
    )


def put_aside(meaning: Meaning) -> bool:
    """Said to be none of our subjects, or an emergency: no question of ours is answered."""
    if _alarm(meaning):
        return True
    return not any(label not in OUTSIDE for label in _sure(meaning)) and any(
        request.trust == "hors_sujet" or request.label in OUTSIDE for request in meaning.requests
    )


def _sure(meaning: Meaning) -> list[str]:
    """Labels that get their answer, in order; an emergency is answered alone."""
    if _alarm(meaning):
        return [label_of(meaning)]
    return [request.label for request in meaning.requests if _is_answered(request)]


def _is_answered(request: Request) -> bool:
    return request.trust == "sur" and request.label != TELLS


def _alarm(meaning: Meaning) -> str | None:
    """The kind of an emergency that is plain: only then the numbers are given at once."""
    emergency = meaning.emergency
    return emergency.kind if emergency and emergency.plain else None


def _silent(meaning: Meaning) -> bool:
    return not _sure(meaning) and all(each.trust != "hesitant" for each in meaning.requests)


def _shown(meaning: Meaning) -> str:
    said = [f"{each.label} ({each.trust})" for each in meaning.requests]
    if meaning.emergency:
        degree = "urgence" if meaning.emergency.plain else "urgence possible"
        said.insert(0, f"{degree} ({meaning.emergency.kind})")
    return ", ".join(said)


def _by_subject(
    cases: Sequence[Labelled], right: Sequence[bool], helped: Sequence[bool]
) -> tuple[SubjectScore, ...]:
    rows: dict[str, list[int]] = defaultdict(list)
    for i, case in enumerate(cases):
        rows[case.label].append(i)
    scores = [
        SubjectScore(subject, share(right[i] for i in own), share(helped[i] for i in own))
        for subject, own in rows.items()
    ]
    return tuple(
        sorted(scores, key=lambda each: (each.right.ratio, each.helped.ratio, each.subject))
    )


def _missed_urgent(urgent: Sequence[tuple[Urgent, Meaning]]) -> tuple[Missed, ...]:
    return tuple(
        Missed(case.text, case.kind or "pas une urgence", _shown(each))
        for case, each in urgent
        if (case.kind != _alarm(each)) or (case.kind is None and each.emergency)
    )


def _missed_several(
    cases: Sequence[SeveralQuestions], wanted: Sequence[list[str]], found: Sequence[list[str]]
) -> tuple[Missed, ...]:
    return tuple(
        Missed(case.text, ", ".join(a), ", ".join(b) or "rien")
        for case, a, b in zip(cases, wanted, found, strict=True)
        if a != b
    )
