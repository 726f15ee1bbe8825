"""What the network is taught: its batches, its loss, and what it reads so far."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from assistant_am.understanding.conversations import TELLS
from assistant_am.understanding.encoder import Before
from assistant_am.understanding.examples import Example
from assistant_am.understanding.reader import FOLLOWS, OTHER, SUPPOSES
from benchmarks.encodeur.exemples import mistyped
from benchmarks.encodeur.reseau import COUNTS, Network, batch
from benchmarks.encodeur.vocabulaire import Packer

KINDS = (FOLLOWS, SUPPOSES, OTHER)
BATCH = 32
_SORTED_TOGETHER, _READ_TOGETHER = 20, 64
_OFFERED = 3
_SMOOTHING, _COUNT_WEIGHT, _KIND_WEIGHT = 0.05, 0.2, 0.3
Packing = tuple[list[int], list[int]]


@dataclass
class Teacher:
    """The network with what it takes to make its batches and to judge them."""

    network: Network
    packer: Packer
    questions: Mapping[str, str]
    labels: Sequence[str]

    def __post_init__(self) -> None:
        self._column = {label: i for i, label in enumerate(self.labels)}

    def packed(self, example: Example, text: str | None = None) -> Packing:
        question = self.questions.get(example.context.subject, "")
        before = Before(question, example.context.message, example.context.opening)
        return self.packer.pack(example.text if text is None else text, before)

    def centre(self, examples: Sequence[Example]) -> None:
        """Set what the heads take off each number, and divide all of them by."""
        vectors = torch.cat(list(self._read(examples, self.network.encode)))
        self.network.mean.copy_(vectors.mean(0))
        self.network.spread.fill_(float((vectors - vectors.mean(0)).std()))

    def rankings(self, examples: Sequence[Example]) -> list[list[str]]:
        """The first labels of each example, best first."""
        scores = torch.cat(list(self._read(examples, lambda *rows: self.network(*rows)[0])))
        return [[self.labels[i] for i in row[:_OFFERED]] for row in (-scores).argsort(1).tolist()]

    def loss(self, rows: Sequence[Packing], given: Sequence[Example]) -> Tensor:
        """Of each request, any of its labels; the number of requests; the kinds where known."""
        scores, counts, kinds = self.network(*batch(rows))
        logs = torch.log_softmax(scores, -1)
        wanted = torch.stack(
            [self._surprise(row, each) for row, each in zip(logs, given, strict=True)]
        ).mean()
        loss = (1 - _SMOOTHING) * wanted - _SMOOTHING * logs.mean()
        number = torch.tensor([_count(each) for each in given])
        loss = loss + _COUNT_WEIGHT * functional.cross_entropy(counts, number)
        known = [row for row, each in enumerate(given) if set(KINDS) <= set(each.kinds)]
        if known:
            right = torch.tensor(
                [[float(given[row].kinds[kind]) for kind in KINDS] for row in known]
            )
            of_kinds = functional.binary_cross_entropy_with_logits(kinds[known], right)
            loss = loss + _KIND_WEIGHT * of_kinds
        return loss

    def _surprise(self, logs: Tensor, example: Example) -> Tensor:
        each = [
            -torch.logsumexp(logs[[self._column[label] for label in right]], 0)
            for right in example.requests
        ]
        return torch.stack(each).mean()

    def _read(self, examples: Sequence[Example], how: Callable[..., Tensor]) -> Iterator[Tensor]:
        self.network.eval()
        with torch.no_grad():
            for start in range(0, len(examples), _READ_TOGETHER):
                some = examples[start : start + _READ_TOGETHER]
                yield how(*batch([self.packed(each) for each in some]))
        self.network.train()


def _count(example: Example) -> int:
    if example.requests == ((TELLS,),):
        return 0
    return min(COUNTS - 1, len(example.requests))


def batches(
    teacher: Teacher, examples: Sequence[Example], dice: random.Random
) -> list[list[tuple[Packing, Example]]]:
    """Batches of messages of about the same length, in any order."""
    rows = [(teacher.packed(each, mistyped(each.text, dice)), each) for each in examples]
    found = []
    for start in range(0, len(rows), BATCH * _SORTED_TOGETHER):
        some = sorted(rows[start : start + BATCH * _SORTED_TOGETHER], key=lambda r: len(r[0][0]))
        found += [some[i : i + BATCH] for i in range(0, len(some), BATCH)]
    dice.shuffle(found)
    return found
