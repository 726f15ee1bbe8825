"""One intent classifier: linear SVM on [sentence vector ; tf-idf], with calibrated probabilities.

Saved as npz and json, never pickle: a model file is data, not code.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import minimize_scalar
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from assistant_am.french.fold import strip_accents
from assistant_am.nlu.encoder import SentenceEncoder, make_encoder

_FORMAT = 1
_SEED = 20261122
_TOLERANCE = 0.1
"""The optimum of scikit-learn's default, 1e-4, takes half as long again and scores the same."""
Lemmatiser = Callable[[Sequence[str]], list[str]]


@dataclass(frozen=True)
class Settings:
    """Scales and sizes of the features; config.yml says why these."""

    dense_scale: float = 3.0
    sparse_scale: float = 3.0
    regularisation: float = 0.1
    max_lemma_features: int = 60_000
    max_character_features: int = 120_000
    encoder: str = "use-multilingual-v3"


class BrokenModel(Exception):
    """The model's files are missing, truncated or of another format."""


class Features:
    """Texts, already corrected by `french.spelling`, as rows of numbers."""

    def __init__(self, settings: Settings, encoder: SentenceEncoder, lemmatise: Lemmatiser) -> None:
        self._settings = settings
        self._encoder = encoder
        self._lemmatise = lemmatise
        self.vectorizers = [
            TfidfVectorizer(
                analyzer="word", ngram_range=(1, 2), token_pattern=r"[^\W_]+", sublinear_tf=True,
                dtype=np.float32, max_features=settings.max_lemma_features,
            ),
            TfidfVectorizer(
                analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, dtype=np.float32,
                min_df=2, max_features=settings.max_character_features,
            ),
        ]  # fmt: skip

    def fit(self, texts: Sequence[str]) -> None:
        for vectorizer, view in zip(self.vectorizers, self._views(texts), strict=True):
            vectorizer.fit(view)

    def transform(self, texts: Sequence[str]) -> sparse.csr_matrix:
        tfidf = [
            vectorizer.transform(view) * self._settings.sparse_scale
            for vectorizer, view in zip(self.vectorizers, self._views(texts), strict=True)
        ]
        dense = sparse.csr_matrix(self._encoder.encode(texts) * self._settings.dense_scale)
        return sparse.hstack([dense, *tfidf], format="csr", dtype=np.float32)

    def _views(self, texts: Sequence[str]) -> tuple[list[str], list[str]]:
        return (
            [strip_accents(text) for text in self._lemmatise(texts)],
            [strip_accents(text) for text in texts],
        )


class IntentModel:
    """`fit` once, `probabilities` often. Deterministic: fixed seed, fixed order of labels."""

    def __init__(
        self, settings: Settings, lemmatise: Lemmatiser, encoder: SentenceEncoder | None = None
    ) -> None:
        self.settings = settings
        self.labels: list[str] = []
        self.temperature = 1.0
        self.encoder = encoder or make_encoder(settings.encoder)
        self._features = Features(settings, self.encoder, lemmatise)
        self._weights = np.zeros((0, 0), dtype=np.float32)
        self._bias = np.zeros(0, dtype=np.float32)

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> None:
        """Learn from corrected texts and their intents; every intent weighs the same."""
        self._features.fit(texts)
        machine = LinearSVC(
            C=self.settings.regularisation,
            class_weight="balanced",
            random_state=_SEED,
            tol=_TOLERANCE,
        )
        machine.fit(self._features.transform(texts), list(labels))
        self.labels = [str(label) for label in machine.classes_]
        self._weights = machine.coef_.T.astype(np.float16).astype(np.float32)
        self._bias = machine.intercept_.astype(np.float32)

    def margins(self, texts: Sequence[str]) -> np.ndarray:
        """One row a text, one column a label."""
        if not texts:
            return np.zeros((0, len(self.labels)))
        return np.asarray(self._features.transform(texts) @ self._weights + self._bias)

    def probabilities(self, texts: Sequence[str]) -> np.ndarray:
        """Margins through a softmax at the temperature that cross-validation found."""
        return softmax(self.margins(texts), self.temperature)

    def save(self, folder: Path) -> None:
        """Write `classifieur.npz` and `classifieur.json` into an existing folder."""
        arrays: dict[str, Any] = {"weights": self._weights.astype(np.float16), "bias": self._bias}
        for number, vectorizer in enumerate(self._features.vectorizers):
            arrays[f"idf{number}"] = vectorizer.idf_.astype(np.float32)
        np.savez_compressed(folder / "classifieur.npz", **arrays)
        description = {
            "format": _FORMAT,
            "settings": asdict(self.settings),
            "encoder": self.encoder.name,
            "temperature": self.temperature,
            "labels": self.labels,
            "terms": [
                sorted(vectorizer.vocabulary_, key=vectorizer.vocabulary_.__getitem__)
                for vectorizer in self._features.vectorizers
            ],
        }
        text = json.dumps(description, ensure_ascii=False)
        (folder / "classifieur.json").write_text(text, encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, lemmatise: Lemmatiser) -> IntentModel:
        """Read what `save` wrote. Raises BrokenModel when something is missing or damaged."""
        try:
            description = json.loads((folder / "classifieur.json").read_text(encoding="utf-8"))
            if description["format"] != _FORMAT:
                raise BrokenModel(f"format {description['format']}, attendu {_FORMAT}")
            model = cls(Settings(**description["settings"]), lemmatise)
            if model.encoder.name != description["encoder"]:
                raise BrokenModel(
                    f"entraîné avec l'encodeur {description['encoder']}, absent ici : "
                    "réinstallez l'environnement ou lancez `make train`"
                )
            model.temperature = description["temperature"]
            model.labels = description["labels"]
            with np.load(folder / "classifieur.npz", allow_pickle=False) as arrays:
                model._weights = arrays["weights"].astype(np.float32)
                model._bias = arrays["bias"]
                model._features.vectorizers = [
                    _restored(vectorizer, terms, arrays[f"idf{number}"])
                    for number, (vectorizer, terms) in enumerate(
                        zip(model._features.vectorizers, description["terms"], strict=True)
                    )
                ]
        except BrokenModel:
            raise
        except Exception as error:
            raise BrokenModel(f"modèle illisible ({error}) : lancez `make train`") from error
        return model


def softmax(margins: np.ndarray, temperature: float) -> np.ndarray:
    """Rows that sum to 1; the lower the temperature, the surer."""
    scaled = margins / temperature
    exponentials = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    return np.asarray(exponentials / exponentials.sum(axis=1, keepdims=True))


def best_temperature(margins: np.ndarray, gold: np.ndarray) -> float:
    """Temperature that makes unseen texts' probabilities most honest (least log-loss).

    `gold`: column of the right label for each row, -1 rows being left out.
    """
    rows = np.flatnonzero(gold >= 0)

    def loss(log_temperature: float) -> float:
        chosen = softmax(margins[rows], float(np.exp(log_temperature)))[
            np.arange(len(rows)), gold[rows]
        ]
        return float(-np.log(np.maximum(chosen, 1e-12)).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-4.0, 2.0), method="bounded").x))


def _restored(fresh: TfidfVectorizer, terms: list[str], idf: np.ndarray) -> TfidfVectorizer:
    parameters: dict[str, Any] = fresh.get_params()
    parameters.update(
        vocabulary={term: i for i, term in enumerate(terms)}, max_features=None, min_df=1
    )
    vectorizer = TfidfVectorizer(**parameters)
    vectorizer.idf_ = idf
    return vectorizer
