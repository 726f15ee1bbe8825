"""Spoilt sentences must keep their answer: how many do, by way of spoiling and by label."""

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
    """All perturbations; each label's right readings, before and over all of them, worst first."""

    rows: tuple[Spoilt, ...]
    labels: tuple[tuple[str, Share, Share], ...]


def robustness(
    texts: Sequence[str],
    expected: Sequence[str],
    read: Callable[[Sequence[str]], Sequence[str]],
) -> Robustness:
    """Read the texts as they are, then spoilt in each way. `read`: texts → labels, same order.

    The labels are given as (label, right before, right after over all the perturbations).
    """
    clean = read(texts)
    before = [a == b for a, b in zip(expected, clean, strict=True)]
    rows = []
    by_label: dict[str, list[bool]] = {label: [] for label in expected}
    for name, spoil in PERTURBATIONS.items():
        found = read([spoil(text) for text in texts])
        after = [a == b for a, b in zip(expected, found, strict=True)]
        same = share(a == b for a, b in zip(clean, found, strict=True))
        rows.append(Spoilt(name, share(before), share(after), same))
        for label, right in zip(expected, after, strict=True):
            by_label[label].append(right)
    labels = [
        (
            label,
            share(right for each, right in zip(expected, before, strict=True) if each == label),
            share(found),
        )
        for label, found in by_label.items()
    ]
    return Robustness(tuple(rows), tuple(sorted(labels, key=lambda row: (row[2].ratio, row[0]))))


def sample(labels: Sequence[str], per_label: int) -> list[int]:
    """Rows of at most `per_label` sentences of each label, spread over them, in order."""
    rows: dict[str, list[int]] = {}
    for i, label in enumerate(labels):
        rows.setdefault(label, []).append(i)
    kept = []
    for own in rows.values():
        step = max(1.0, len(own) / per_label)
        kept += [own[int(k * step)] for k in range(min(per_label, len(own)))]
    return sorted(kept)
