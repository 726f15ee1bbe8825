"""Fit the heads of the reading; the encoder below stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from assistant_am.understanding.encoder import Encoder
from assistant_am.understanding.examples import Example, all_kinds
from assistant_am.understanding.heads import Heads, Targets
from assistant_am.understanding.reader import KINDS, ContextReader, Limits

STRENGTH = 1e-3
"""Of the penalty on weights."""
TEMPERATURE = 1.0
_BATCH = 512


def train(
    examples: Sequence[Example],
    questions: Mapping[str, str],
    intents: Mapping[str, str],
    encoder: Encoder,
    limits: Limits,
    progress: Callable[[float], None] = lambda share: None,
) -> ContextReader:
    """The reader of these examples. `progress` hears the share done, 0 to 1."""
    labels = sorted({label for each in examples for right in each.requests for label in right})
    column = {label: i for i, label in enumerate(labels)}
    wanted = np.zeros((len(examples), len(labels)), dtype=np.float32)
    for row, example in enumerate(examples):
        for right in example.requests:
            for label in right:
                wanted[row, column[label]] += 1 / len(right) / len(example.requests)
    vectors = np.zeros((len(examples), encoder.width), dtype=np.float32)
    for start in range(0, len(examples), _BATCH):
        some = examples[start : start + _BATCH]
        vectors[start : start + _BATCH] = encoder.encode(
            [each.text for each in some], [each.before for each in some]
        )
        progress(min(1.0, (start + _BATCH) / len(examples)))
    kinds = np.array([all_kinds(each) for each in examples], dtype=np.float32)
    weights = np.array([each.weight for each in examples], dtype=np.float32)
    heads = Heads(labels, KINDS)
    heads.fit(vectors, Targets(wanted, kinds, weights), STRENGTH)
    heads.temperature = TEMPERATURE
    return ContextReader(encoder, heads, questions, intents, limits)
