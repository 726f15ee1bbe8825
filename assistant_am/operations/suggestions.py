"""Where questions that were not understood may belong: lines to paste into `data/nlu`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant_am.french.fold import fold
from assistant_am.knowledge.sentences import Sentence
from assistant_am.operations.report.groups import Discretion, Group, vectors_of

_LEAST = 0.35
"""Likeness below which nothing is proposed: 70 groups of three sentences kept apart were all above
it, and of their own subject; so were most questions that are none of ours."""
_MOST_LINES = 15


@dataclass(frozen=True)
class Proposal:
    """A group, and the intent that it is most like; `intent` is None when it is like none.

    `likeness` is between 0 and 1. `lines` are the wordings that may be shown.
    """

    group: Group
    intent: str | None
    file: Path | None
    likeness: float
    lines: tuple[str, ...]


def propose(
    groups: Iterable[Group],
    sentences: Sequence[Sentence],
    discretion: Discretion,
    *,
    texts: bool,
) -> list[Proposal]:
    """One proposal for each group that may be shown; `texts`: all of them, every wording."""
    shown = [group for group in groups if texts or not group.is_small]
    vectorizer, trained = vectors_of([fold(sentence.text) for sentence in sentences])
    intents = sorted({sentence.intent for sentence in sentences})
    place = {intent: i for i, intent in enumerate(intents)}
    column = np.array([place[sentence.intent] for sentence in sentences])
    file_of = {sentence.intent: sentence.file for sentence in sentences}
    found = []
    for group in shown:
        wordings = [text for text, _ in group.texts]
        likeness = (vectorizer.transform([fold(text) for text in wordings]) @ trained.T).toarray()
        # Of each subject, the sentence that is nearest to each wording; then their mean.
        nearest = np.stack(
            [likeness[:, column == i].max(axis=1) for i in range(len(intents))], axis=1
        ).mean(axis=0)
        best = int(nearest.argmax())
        lines = [text for text in wordings if texts or discretion.is_whole(text)]
        intent = intents[best] if nearest[best] >= _LEAST else None
        found.append(
            Proposal(
                group,
                intent,
                file_of[intent] if intent else None,
                float(nearest[best]),
                tuple(" ".join(line.split()) for line in lines[:_MOST_LINES]),
            )
        )
    return found
