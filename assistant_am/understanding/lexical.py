"""What the words of a message say, alone and crossed with the subject before: a linear reading
of the subject or act, and of the kinds of message.

It knows the spelling of our field where the encoder knows meanings; the two err apart.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from assistant_am.french.fold import fold

FILE = "mots.npz"
_SEED = 20261130
_TOLERANCE = 0.02
"""The optimum of scikit-learn's default, 1e-4, takes half as long again and scores the same."""
_STRENGTH, _KINDS_STRENGTH = 1.0, 8.0
_ITERATIONS = 300
_NEVER = -5.0
"""Odds of a kind that was never met, or always."""
_WORD = re.compile(r"\w+")
_CROSSED_WORDS = 30


class Lexical:
    """Scores of the labels from the words. `themes` gives the theme of each subject, as learnt."""

    def __init__(self, themes: Mapping[str, str]) -> None:
        self.labels: list[str] = []
        self._themes = dict(themes)
        common: dict[str, Any] = {"sublinear_tf": True, "dtype": np.float32}
        self._vectorizers = [
            TfidfVectorizer(
                analyzer="char_wb", ngram_range=(2, 5), min_df=3, max_features=60_000, **common
            ),
            TfidfVectorizer(
                token_pattern=r"\w+", ngram_range=(1, 2), max_features=40_000, **common
            ),
            TfidfVectorizer(analyzer=_split, min_df=3, max_features=40_000, **common),
        ]
        self._weights = np.zeros((0, 0), dtype=np.float16)
        self._bias = np.zeros(0, dtype=np.float32)
        self._kind_weights = np.zeros((0, 0), dtype=np.float16)
        self._kind_bias = np.zeros(0, dtype=np.float32)

    def fit(self, texts: Sequence[str], subjects: Sequence[str], labels: Sequence[str]) -> None:
        """Learn; every label weighs the same. `subjects`: the one before each text, or ""."""
        rows = self._rows(texts, subjects)
        features = sparse.hstack(
            [each.fit_transform(row) for each, row in zip(self._vectorizers, rows, strict=True)]
        )
        machine = LinearSVC(
            C=_STRENGTH, class_weight="balanced", random_state=_SEED, tol=_TOLERANCE
        )
        machine.fit(features.tocsr(), list(labels))
        self.labels = [str(label) for label in machine.classes_]
        self._weights = np.ascontiguousarray(machine.coef_.T, dtype=np.float16)
        self._bias = machine.intercept_.astype(np.float32)
        self._kind_weights = np.zeros((len(self._weights), 0), dtype=np.float16)

    def read(
        self, texts: Sequence[str], subjects: Sequence[str]
    ) -> tuple[NDArray[Any], NDArray[Any]]:
        """One row a text: signed distances of the labels, most below 0, and the logarithms of the
        odds of each kind."""
        features = self._features(texts, subjects)
        scores = _product(features, self._weights) + self._bias
        return scores, _product(features, self._kind_weights) + self._kind_bias

    def fit_kinds(self, texts: Sequence[str], subjects: Sequence[str], kinds: NDArray[Any]) -> None:
        """Learn the kinds, after `fit`. `kinds`: one row a text, one column a kind, 0 or 1."""
        terms = len(self._weights)
        self._kind_weights = np.zeros((terms, kinds.shape[1]), dtype=np.float16)
        self._kind_bias = np.full(kinds.shape[1], _NEVER, dtype=np.float32)
        features = self._features(texts, subjects) if texts else None
        for i, column in enumerate(kinds.T):
            if len(set(column.tolist())) > 1:
                machine = LogisticRegression(C=_KINDS_STRENGTH, max_iter=_ITERATIONS)
                machine.fit(features, column)
                self._kind_weights[:, i] = machine.coef_[0]
                self._kind_bias[i] = machine.intercept_[0]

    def _features(self, texts: Sequence[str], subjects: Sequence[str]) -> sparse.csr_matrix:
        rows = self._rows(texts, subjects)
        return sparse.hstack(
            [each.transform(row) for each, row in zip(self._vectorizers, rows, strict=True)]
        ).tocsr()

    def _rows(self, texts: Sequence[str], subjects: Sequence[str]) -> list[list[str]]:
        folded = [fold(text) for text in texts]
        crossed = [
            " ".join(self._crossed(text, subject))
            for text, subject in zip(folded, subjects, strict=True)
        ]
        return [folded, folded, crossed]

    def _crossed(self, text: str, subject: str) -> list[str]:
        words = _WORD.findall(text)[:_CROSSED_WORDS]
        theme = self._themes.get(subject, "rien")
        subject = subject or "rien"
        return [
            f"s={subject}",
            f"t={theme}",
            *(f"s={subject}|{word}" for word in words),
            *(f"t={theme}|{word}" for word in words),
            *(f"t={theme}|{a}_{b}" for a, b in itertools.pairwise(words)),
        ]

    def save(self, folder: Path) -> None:
        """Write the model into an existing folder."""
        described = {
            "labels": self.labels,
            "themes": self._themes,
            "terms": [
                sorted(each.vocabulary_, key=each.vocabulary_.__getitem__)
                for each in self._vectorizers
            ],
        }
        arrays = {f"idf{i}": each.idf_ for i, each in enumerate(self._vectorizers)}
        np.savez_compressed(
            folder / FILE,
            weights=self._weights,
            bias=self._bias,
            kind_weights=self._kind_weights,
            kind_bias=self._kind_bias,
            description=json.dumps(described, ensure_ascii=False),
            **arrays,
        )

    @classmethod
    def load(cls, folder: Path) -> Lexical:
        """Read what `save` wrote; raises what numpy raises on a damaged file."""
        with np.load(folder / FILE, allow_pickle=False) as arrays:
            described = json.loads(str(arrays["description"]))
            model = cls(described["themes"])
            model.labels = described["labels"]
            model._weights = arrays["weights"]
            model._bias = arrays["bias"]
            model._kind_weights = arrays["kind_weights"]
            model._kind_bias = arrays["kind_bias"]
            for i, terms in enumerate(described["terms"]):
                model._vectorizers[i] = _restored(model._vectorizers[i], terms, arrays[f"idf{i}"])
        return model


def _product(features: sparse.csr_matrix, weights: NDArray[Any]) -> NDArray[Any]:
    """A message has a few hundred of the 140 000 terms: only their weights are widened."""
    rows = np.zeros((features.shape[0], weights.shape[1]), dtype=np.float32)
    for row, (start, end) in enumerate(itertools.pairwise(features.indptr)):
        used = weights[features.indices[start:end]].astype(np.float32)
        rows[row] = features.data[start:end] @ used
    return rows


def _split(text: str) -> list[str]:
    return text.split(" ")


def _restored(fresh: TfidfVectorizer, terms: Sequence[str], idf: NDArray[Any]) -> TfidfVectorizer:
    parameters: dict[str, Any] = fresh.get_params()
    parameters.update(
        vocabulary={term: i for i, term in enumerate(terms)}, max_features=None, min_df=1
    )
    vectorizer = TfidfVectorizer(**parameters)
    vectorizer.idf_ = idf
    return vectorizer
