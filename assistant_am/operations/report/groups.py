"""Questions left without their answer, grouped by likeness, shown without anybody in them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.cluster import AgglomerativeClustering
from sklearn.feature_extraction.text import TfidfVectorizer

from assistant_am.french.dictionary import bare_french_words
from assistant_am.french.fold import fold
from assistant_am.operations.report.turns import Question, Talk
from assistant_am.runtime.masking import MASKS, mask

FEW = 3
"""Fewer persons than this: their words are not shown unless asked for."""
HIDDEN = "…"
MOST_TEXTS = 2000
"""Grouping takes memory by the square of their number: the most frequent ones are kept."""
_FARTHEST = 0.8
"""Cosine distance within a group, on average: of six training sentences of each of eight subjects,
it makes 24 groups, in which 85 % are of one subject; 0.9 makes 14, and 71 %."""
_LONGEST_NUMBER = 4
"""Digits shown: a year, an amount of a month, a percentile."""
_OFTEN = 10
"""Times that a word is in the training sentences before it can be no name of somebody."""
_WORD = re.compile(r"\[[^\]]*\]|[^\W_]+", re.UNICODE)
_SENTENCE_START = re.compile(r"(?:^|[.!?…:]\s*|\n)$")


@dataclass(frozen=True)
class Group:
    """Questions alike: each text, masked, with how many times it came; the most typical first."""

    texts: tuple[tuple[str, int], ...]
    persons: int

    @property
    def size(self) -> int:
        return sum(count for _, count in self.texts)

    @property
    def is_small(self) -> bool:
        return self.persons < FEW


def group_questions(talks: Iterable[Talk], picks: Callable[[Question], bool]) -> list[Group]:
    """Groups of the questions that `picks` takes, those of most persons first."""
    times: Counter[str] = Counter()
    persons: defaultdict[str, set[str]] = defaultdict(set)
    wordings: dict[str, str] = {}
    for talk in talks:
        for asked in talk.asked:
            for question in asked.questions:
                key = fold(question.text).strip()
                if picks(question) and not asked.emergency and key:
                    times[key] += 1
                    persons[key].add(talk.id)
                    wordings.setdefault(key, mask(question.text))
    keys = [key for key, _ in times.most_common(MOST_TEXTS)]
    groups = [
        Group(
            tuple((wordings[key], times[key]) for key in members),
            len(set().union(*(persons[key] for key in members))),
        )
        for members in _alike(keys)
    ]
    return sorted(groups, key=lambda group: (-group.persons, -group.size, group.texts))


def vectors_of(texts: Sequence[str]) -> tuple[TfidfVectorizer, Any]:
    """Character n-grams of folded texts, weighed; typing mistakes leave most of them alike."""
    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True)
    return vectorizer, vectorizer.fit_transform(texts)


def _alike(keys: Sequence[str]) -> list[list[str]]:
    if len(keys) < 2:  # noqa: PLR2004 (clustering wants two)
        return [list(keys)] if keys else []
    _, vectors = vectors_of(keys)
    likeness = np.asarray((vectors @ vectors.T).todense())
    clustering = AgglomerativeClustering(
        n_clusters=None,
        affinity="precomputed",
        linkage="average",
        distance_threshold=_FARTHEST,
    )
    labels = clustering.fit_predict(np.clip(1 - likeness, 0, 2))
    groups = []
    for label in sorted(set(labels)):
        places = np.flatnonzero(labels == label)
        central = likeness[np.ix_(places, places)].sum(axis=1)
        groups.append([keys[places[i]] for i in np.argsort(-central, kind="stable")])
    return groups


def frequent_words(texts: Iterable[str]) -> frozenset[str]:
    """Folded words that are often in these texts: of training sentences, no names of persons."""
    counts = Counter(word for text in texts for word in _WORD.findall(fold(text)))
    return frozenset(word for word, count in counts.items() if count >= _OFTEN)


class Discretion:
    """Shows texts of several persons without the words that only one of them uses.

    A word is shown when `FEW` persons wrote it, when it is in `trained` (`frequent_words`), or when
    it is a French word without a capital in the middle of a sentence.
    """

    def __init__(self, talks: Iterable[Talk], trained: Container[str]) -> None:
        self._trained = trained
        users: defaultdict[str, set[str]] = defaultdict(set)
        for talk in talks:
            for asked in talk.asked:
                for question in asked.questions:
                    for word in _WORD.findall(question.text):
                        users[fold(word)].add(talk.id)
        self._shared = {word for word, who in users.items() if len(who) >= FEW}

    def shown(self, text: str) -> str:
        """The text with « … » in the place of what might name somebody."""
        return _WORD.sub(lambda match: match[0] if self._may_show(match) else HIDDEN, text)

    def is_whole(self, text: str) -> bool:
        """Whether nothing of the text is hidden."""
        return self.shown(text) == text

    def _may_show(self, match: re.Match[str]) -> bool:
        word = fold(match[0])
        if match[0] in MASKS or len(word) == 1 or word in self._shared or word in self._trained:
            return True
        starts = _SENTENCE_START.search(match.string[: match.start()])
        if match[0][0].isupper() and not starts:
            return False
        return word in bare_french_words() or (word.isdigit() and len(word) <= _LONGEST_NUMBER)
