"""How the trained component reads the sentences kept apart."""

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
from assistant_am.evaluation.reader import OUTSIDE, Read
from assistant_am.evaluation.sets import KeptApart, Labelled, Urgent
from assistant_am.evaluation.sets import Several as SeveralQuestions

Reader = Callable[[Sequence[str]], Sequence[Read]]


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
    scores: Classification
    subjects: tuple[SubjectScore, ...]
    emergencies: Share
    right_kind: Share
    false_alarms: Share
    alarms_elsewhere: Share
    outside: Share
    outside_silent: Share
    outside_kinds: Mapping[str, Share]
    several: Several
    missed: Mapping[str, tuple[Missed, ...]]


def score(kept: KeptApart, read: Reader, intent_of: Callable[[str], str]) -> KeptApartScores:
    """Score all the sets. `intent_of`: name of a subject → its intent."""
    expected = [intent_of(each.label) for each in kept.subjects]
    reads = read([each.text for each in kept.subjects])
    subjects = list(zip(kept.subjects, expected, reads, strict=True))
    outside = list(zip(kept.outside, read([each.text for each in kept.outside]), strict=True))
    urgent = list(zip(kept.urgent, read([each.text for each in kept.urgent]), strict=True))
    wanted = [[intent_of(name) for name in each.subjects] for each in kept.several]
    questions = read([each.text for each in kept.several])
    found = [answers(each) for each in questions]
    alarms = [each.emergency is not None for each in (*reads, *questions)]
    right = [each.intent == intent for _, intent, each in subjects]
    helped = [helps(each, intent) for _, intent, each in subjects]
    return KeptApartScores(
        right=share(right),
        answered=share(intent in each.answered for _, intent, each in subjects),
        helped=share(helped),
        rejected=share(put_aside(each) for each in reads),
        not_understood=share(_silent(each) and not put_aside(each) for each in reads),
        scores=classification(expected, [each.intent for each in reads]),
        subjects=_by_subject(kept.subjects, right, helped),
        emergencies=share(each.emergency is not None for case, each in urgent if case.kind),
        right_kind=share(each.emergency == case.kind for case, each in urgent if case.kind),
        false_alarms=share(each.emergency is not None for case, each in urgent if not case.kind),
        alarms_elsewhere=share(alarms),
        outside=share(put_aside(each) for _, each in outside),
        outside_silent=share(put_aside(each) or _silent(each) for _, each in outside),
        outside_kinds={
            kind: share(put_aside(each) for case, each in outside if case.label == kind)
            for kind in sorted({case.label for case, _ in outside})
        },
        several=several_questions(wanted, found),
        missed={
            "sujets": tuple(
                Missed(case.text, intent, _shown(each))
                for (case, intent, each), ok in zip(subjects, helped, strict=True)
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


def answers(read: Read) -> list[str]:
    """Intents that a message gets an answer to, « none of our subjects » being one."""
    if read.emergency:
        return [read.intent]
    return [part.intent for part in read.parts if part.band in ("sur", OUTSIDE)]


def helps(read: Read, intent: str) -> bool:
    """The subject is answered, or is among those put forward."""
    return intent in read.answered or read.offers(intent)


def put_aside(read: Read) -> bool:
    """Said to be none of our subjects, or an emergency: no question of ours is answered."""
    from assistant_am.nlu.thresholds import OUTSIDE_INTENTS

    if read.emergency:
        return True
    return not any(intent not in OUTSIDE_INTENTS for intent in read.answered) and any(
        part.band == OUTSIDE or part.intent in OUTSIDE_INTENTS for part in read.parts
    )


def _silent(read: Read) -> bool:
    return not read.answered and all(part.band == "incompris" for part in read.parts)


def _shown(read: Read) -> str:
    if read.emergency:
        return f"urgence ({read.emergency})"
    return ", ".join(f"{part.intent} ({part.band})" for part in read.parts)


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


def _missed_urgent(urgent: Sequence[tuple[Urgent, Read]]) -> tuple[Missed, ...]:
    return tuple(
        Missed(case.text, case.kind or "pas une urgence", _shown(each))
        for case, each in urgent
        if case.kind != each.emergency
    )


def _missed_several(
    cases: Sequence[SeveralQuestions], wanted: Sequence[list[str]], found: Sequence[list[str]]
) -> tuple[Missed, ...]:
    return tuple(
        Missed(case.text, ", ".join(a), ", ".join(b) or "rien")
        for case, a, b in zip(cases, wanted, found, strict=True)
        if a != b
    )
