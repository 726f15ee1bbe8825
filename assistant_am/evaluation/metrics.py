"""Figures from what was expected and what was read; nothing here knows a model or a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Share:
    """How many out of how many; the ratio of nothing is 0."""

    count: int
    total: int

    @property
    def ratio(self) -> float:
        return self.count / self.total if self.total else 0.0


def share(values: Iterable[bool]) -> Share:
    """How many of the values are true."""
    listed = [bool(value) for value in values]
    return Share(sum(listed), len(listed))


@dataclass(frozen=True)
class Quality:
    """Precision and recall of one class, from its hits, its false hits and its misses."""

    name: str
    hits: int
    false_hits: int
    misses: int

    @property
    def support(self) -> int:
        return self.hits + self.misses

    @property
    def precision(self) -> float:
        return Share(self.hits, self.hits + self.false_hits).ratio

    @property
    def recall(self) -> float:
        return Share(self.hits, self.support).ratio

    @property
    def f1(self) -> float:
        return Share(2 * self.hits, 2 * self.hits + self.false_hits + self.misses).ratio


@dataclass(frozen=True)
class Confusion:
    """How often one class was read as another."""

    expected: str
    read: str
    count: int


@dataclass(frozen=True)
class Classification:
    """Scores of a classifier, the classes by name, the confusions by frequency."""

    accuracy: Share
    macro_f1: float
    classes: tuple[Quality, ...]
    confusions: tuple[Confusion, ...]


def classification(expected: Sequence[str], read: Sequence[str]) -> Classification:
    """Accuracy, F1 averaged over the classes expected, and confusions."""
    pairs = Counter(zip(expected, read, strict=True))
    wanted, given = Counter(expected), Counter(read)
    classes = tuple(
        Quality(name, pairs[name, name], given[name] - pairs[name, name], count - pairs[name, name])
        for name, count in sorted(wanted.items())
    )
    wrong = [Confusion(a, b, count) for (a, b), count in pairs.items() if a != b]
    return Classification(
        accuracy=Share(sum(quality.hits for quality in classes), len(expected)),
        macro_f1=sum(quality.f1 for quality in classes) / len(classes) if classes else 0.0,
        classes=classes,
        confusions=tuple(sorted(wrong, key=lambda each: (-each.count, each.expected, each.read))),
    )


def sets_quality(
    expected: Sequence[Collection[Hashable]], read: Sequence[Collection[Hashable]], name: str = ""
) -> Quality:
    """Precision and recall over sets, one pair of them for each text."""
    hits = false_hits = misses = 0
    for wanted, found in zip(expected, read, strict=True):
        hits += len(set(wanted) & set(found))
        false_hits += len(set(found) - set(wanted))
        misses += len(set(wanted) - set(found))
    return Quality(name, hits, false_hits, misses)


@dataclass(frozen=True)
class Several:
    """Messages of several questions: how many had all, nothing invented, and the right order."""

    all_found: Share
    none_invented: Share
    in_order: Share
    exact: Share


def several_questions(expected: Sequence[Sequence[str]], read: Sequence[Sequence[str]]) -> Several:
    """`in_order` looks only at messages where all was found; `exact` is all three at once."""
    pairs = [(list(wanted), list(found)) for wanted, found in zip(expected, read, strict=True)]
    complete = [(wanted, found) for wanted, found in pairs if set(wanted) <= set(found)]
    return Several(
        all_found=Share(len(complete), len(pairs)),
        none_invented=share(set(found) <= set(wanted) for wanted, found in pairs),
        in_order=share(
            [each for each in found if each in wanted] == wanted for wanted, found in complete
        ),
        exact=share(wanted == found for wanted, found in pairs),
    )


def percentile(values: Sequence[float], rank: float) -> float:
    """Nearest-rank percentile, 0 for no value."""
    ordered = sorted(values)
    if not ordered:
        return 0.0
    return ordered[min(len(ordered) - 1, round(rank / 100 * (len(ordered) - 1)))]
