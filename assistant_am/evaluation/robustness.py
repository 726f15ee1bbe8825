"""Spoilt sentences must keep their answer: how many do, by way of spoiling and by intent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant_am.evaluation.metrics import Share, share
from assistant_am.evaluation.perturb import PERTURBATIONS


@dataclass(frozen=True)
class Spoilt:
    """One perturbation: right before, right after, and read as before (right or not)."""

    name: str
    before: Share
    after: Share
    same: Share


@dataclass(frozen=True)
class Robustness:
    """All perturbations; each intent's right readings, before and over all of them, worst first."""

    rows: tuple[Spoilt, ...]
    intents: tuple[tuple[str, Share, Share], ...]


def robustness(
    texts: Sequence[str],
    expected: Sequence[str],
    read: Callable[[Sequence[str]], Sequence[str]],
) -> Robustness:
    """Read the texts as they are, then spoilt in each way. `read`: texts → intents, same order.

    The intents are given as (intent, right before, right after over all the perturbations).
    """
    clean = read(texts)
    before = [a == b for a, b in zip(expected, clean, strict=True)]
    rows = []
    by_intent: dict[str, list[bool]] = {intent: [] for intent in expected}
    for name, spoil in PERTURBATIONS.items():
        found = read([spoil(text) for text in texts])
        after = [a == b for a, b in zip(expected, found, strict=True)]
        same = share(a == b for a, b in zip(clean, found, strict=True))
        rows.append(Spoilt(name, share(before), share(after), same))
        for intent, right in zip(expected, after, strict=True):
            by_intent[intent].append(right)
    intents = [
        (
            intent,
            share(right for each, right in zip(expected, before, strict=True) if each == intent),
            share(found),
        )
        for intent, found in by_intent.items()
    ]
    return Robustness(tuple(rows), tuple(sorted(intents, key=lambda row: (row[2].ratio, row[0]))))
