"""Fit what is read from the encoder's vectors and from words; the encoder stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant_am.reading.situation import Reader
from assistant_am.understanding.conversations import LabelledConversation
from assistant_am.understanding.encoder import Before, Encoder
from assistant_am.understanding.examples import (
    Example,
    all_kinds,
    sentence_examples,
    turn_examples,
)
from assistant_am.understanding.heads import Heads, Targets
from assistant_am.understanding.lexical import Lexical
from assistant_am.understanding.named import Named
from assistant_am.understanding.neighbours import Neighbours
from assistant_am.understanding.points import PointExample, Points, wordings
from assistant_am.understanding.ranking import Habits
from assistant_am.understanding.reader import KINDS, ContextReader, Learnt, Limits
from assistant_am.understanding.subjects import Subject
from assistant_am.understanding.vector_cache import VectorCache

_STRENGTH = 1e-2
"""Of the penalty on the heads' weights."""
_ENCODED, _READ = 40, 120
"""Sentences of a label that the encoder and the words learn: no more than weigh as much as what
people typed in conversations."""


@dataclass(frozen=True)
class TrainingSet:
    """Subjects by id, sentences by label, conversations, single messages."""

    subjects: Mapping[str, Subject]
    sentences: Mapping[str, Sequence[str]]
    conversations: Sequence[LabelledConversation]
    messages: Sequence[Example]

    def examples(self, per_label: int) -> list[Example]:
        """All of it, with so many sentences of each label."""
        return [
            *turn_examples(self.conversations, self.subjects),
            *self.messages,
            *sentence_examples(self.sentences, self.conversations, self.subjects, per_label),
        ]


@dataclass(frozen=True)
class Settings:
    """Numbers of config.yml, chosen on conversations kept out of the training."""

    limits: Limits
    weights: Sequence[float]
    temperature: float
    words_temperature: float


def train(
    data: TrainingSet,
    encoder: Encoder,
    settings: Settings,
    vectors: Path,
    values: Reader,
    progress: Callable[[float], None] = lambda share: None,
) -> ContextReader:
    """The reader of this data. `vectors` is the file of those kept from the training before;
    `values` reads the profiles named; `progress` hears the share of the data encoded, 0 to 1."""
    heads, neighbours, points = _encoded(
        data, VectorCache(encoder, vectors), encoder.heads, settings, progress
    )
    learnt = Learnt(
        heads=heads,
        neighbours=neighbours,
        lexical=_lexical(data),
        habits=Habits.of(data.conversations, data.subjects),
        named=Named.of(data.conversations, values),
        points=points,
        subjects=data.subjects,
        weights=settings.weights,
        words_temperature=settings.words_temperature,
        limits=settings.limits,
    )
    return ContextReader(encoder, learnt)


def _encoded(
    data: TrainingSet,
    cache: VectorCache,
    former: Heads | None,
    settings: Settings,
    progress: Callable[[float], None],
) -> tuple[Heads, Neighbours, Points]:
    """What is read from the encoder's vectors."""
    examples = data.examples(_ENCODED)
    labels = sorted({label for each in examples for right in each.requests for label in right})
    column = {label: i for i, label in enumerate(labels)}
    wanted = np.zeros((len(examples), len(labels)), dtype=np.float32)
    for row, example in enumerate(examples):
        for right in example.requests:
            for label in right:
                wanted[row, column[label]] += 1 / len(right) / len(example.requests)
    worded = wordings(data.subjects)
    texts = [*(each.text for each in examples), *(text for _, text in worded)]
    before = [_before(data.subjects, each) for each in examples]
    before += [Before(data.subjects[key].question) for key, _ in worded]
    every = cache.encode(texts, before, progress)
    vectors, of_wordings = every[: len(examples)], every[len(examples) :]
    kinds = np.array([all_kinds(each) for each in examples], dtype=np.float32)
    weights = np.array([each.weight for each in examples], dtype=np.float32)
    heads = Heads(labels, KINDS)
    heads.fit(vectors, Targets(wanted, kinds, weights), _STRENGTH, former)
    heads.temperature = settings.temperature
    alone = [row for row, each in enumerate(examples) if len(each.requests) == 1]
    pointed = dict(_pointed(data))
    points = Points.fit(list(pointed.values()), vectors[list(pointed)], data.subjects, of_wordings)
    return heads, Neighbours.of(vectors[alone], wanted[alone]), points


def _pointed(data: TrainingSet) -> Iterator[tuple[int, PointExample]]:
    """The turns whose point is told, by their place among the examples, which turns begin."""
    place = 0
    for conversation in data.conversations:
        for turn in turn_examples([conversation], data.subjects):
            if turn.point:
                subject = turn.requests[0][0]
                yield place, PointExample(conversation.id, subject, turn.point, turn.text)
            place += 1


def _before(subjects: Mapping[str, Subject], example: Example) -> Before:
    subject = subjects.get(example.context.subject)
    context = example.context
    return Before(subject.question if subject else "", context.message, context.opening)


def _lexical(data: TrainingSet) -> Lexical:
    examples = [each for each in data.examples(_READ) if len(each.requests) == 1]
    twice = [each for each in examples if each.weight > 1]
    examples += twice
    lexical = Lexical({key: subject.theme for key, subject in data.subjects.items()})
    lexical.fit(
        [each.text for each in examples],
        [each.context.subject for each in examples],
        [each.requests[0][0] for each in examples],
    )
    turns = list(turn_examples(data.conversations, data.subjects))
    lexical.fit_kinds(
        [each.text for each in turns],
        [each.context.subject for each in turns],
        np.array([all_kinds(each) for each in turns]).reshape(-1, len(KINDS)),
    )
    return lexical
