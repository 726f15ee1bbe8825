"""Reads a message in its conversation: requests, what kind of message it is, an emergency."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant_am.meaning import Emergency, Meaning, Request, Trust
from assistant_am.understanding import heads as heads_
from assistant_am.understanding import lexical as lexical_
from assistant_am.understanding.conversations import TELLS
from assistant_am.understanding.encoder import Before, Encoder
from assistant_am.understanding.heads import BrokenModel, Heads
from assistant_am.understanding.lexical import Lexical
from assistant_am.understanding.ranking import (
    FEATURES,
    NO_CONTEXT,
    Context,
    Habits,
    Subject,
    features,
    softmax,
)
from assistant_am.understanding.segmentation import Clause, clauses, without_connector

FOLLOWS, SUPPOSES, OTHER = "suite", "hypothese", "autre_personne"
"""Kinds: leans on what came before; supposes a case; is about somebody else."""
KINDS = (FOLLOWS, SUPPOSES, OTHER)
OUTSIDE = ("avis_medical", "autre_metier", "autre_aide", "hors_sujet", "langue_etrangere")
EMERGENCIES = {"urgence": "vital", "urgence_suicide": "suicide"}
COURTESY = ("saluer", "remercier", "prendre_conge")
FILE = "lecture.json"
FILES = (FILE, heads_.FILE, lexical_.FILE)
_CANDIDATES = 6
_RANKED = 6
_FLOOR = 1e-9
_TWO = 2
_TOLD = 4
"""Clauses told that are looked at, and words from which one may be an emergency."""
_CLEARLY = 0.9
_FEW_WORDS = 6
"""Of thanks or a greeting alone."""


@dataclass(frozen=True)
class Limits:
    """Chosen on conversations that the encoder has not seen (`benchmarks/encodeur/`).

    Probabilities: from `sure` the first label is answered, from `unsure` two or three are offered;
    from `outside`, put together, the labels that are none of our subjects win; clauses that ask,
    each at least at `clause` of another subject, are several requests; below `tells` a message that
    seems only to tell is taken to ask what comes next; from `emergency` an emergency is plain, from
    `doubtful` it gets a line.
    """

    sure: float = 0.3
    unsure: float = 0.15
    outside: float = 0.5
    clause: float = 0.5
    tells: float = 0.6
    emergency: float = 0.6
    doubtful: float = 0.5


@dataclass(frozen=True)
class Learnt:
    """What is learnt beside the encoder: `subjects` by label, `weights` of the second look in the
    order of FEATURES, `words_temperature` that makes probabilities of the words' scores."""

    heads: Heads
    lexical: Lexical
    habits: Habits
    subjects: Mapping[str, Subject]
    weights: Sequence[float]
    words_temperature: float
    limits: Limits


class ContextReader:
    """The encoder, the words, and a second look at their first candidates."""

    def __init__(self, encoder: Encoder, learnt: Learnt) -> None:
        if len(learnt.weights) != len(FEATURES):
            count = f"{len(FEATURES)} poids attendus, {len(learnt.weights)} donnés"
            raise BrokenModel(f"modèle d'une autre version ({count}) : lancez `make train`")
        self._encoder = encoder
        self._learnt = learnt
        self._labels = learnt.heads.labels
        self._columns = _columns(learnt.lexical.labels, self._labels)
        self._emergencies = [i for i, name in enumerate(self._labels) if name in EMERGENCIES]

    @classmethod
    def load(cls, folder: Path, encoder: Encoder | None = None) -> ContextReader:
        """Read what training wrote. Raises BrokenModel."""
        heads = Heads.load(folder)
        try:
            lexical = Lexical.load(folder)
            data = json.loads((folder / FILE).read_text(encoding="utf-8"))
            subjects = {
                key: Subject(**{**each, "next": tuple(each["next"])})
                for key, each in data["subjects"].items()
            }
            learnt = Learnt(
                heads=heads,
                lexical=lexical,
                habits=Habits(**data["habits"]),
                subjects=subjects,
                weights=data["weights"],
                words_temperature=data["words_temperature"],
                limits=Limits(**data["limits"]),
            )
        except Exception as error:
            raise BrokenModel(f"modèle illisible ({error}) : lancez `make train`") from error
        return cls(encoder or Encoder(), learnt)

    def save(self, folder: Path) -> None:
        """Write what `load` reads into an existing folder."""
        learnt = self._learnt
        learnt.heads.save(folder)
        learnt.lexical.save(folder)
        data = {
            "subjects": {key: asdict(each) for key, each in learnt.subjects.items()},
            "habits": learnt.habits.to_json(),
            "weights": list(learnt.weights),
            "words_temperature": learnt.words_temperature,
            "limits": asdict(learnt.limits),
        }
        (folder / FILE).write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")

    def intent_of(self, label: str) -> str:
        """The Rasa intent of a label."""
        subject = self._learnt.subjects.get(label)
        return subject.intent if subject else label

    def read(self, text: str, context: Context = NO_CONTEXT, bare: str = "") -> Meaning:
        """The meaning of a message, without its values and what words alone say.

        `bare` is the message without the formulas around it.
        """
        bare = bare or text
        row, kinds = self._encoded([bare], context)
        kind = dict(zip(self._learnt.heads.kinds, kinds[0].tolist(), strict=True))
        ranked = self.ranked(bare, context, row[0])
        asked = self._asked(ranked, long=len(bare.split()) > _FEW_WORDS)
        requests = self._several(text, context) or (self._request(asked),)
        return Meaning(
            text=text,
            requests=requests,
            emergency=self._emergency(ranked) or self._told_emergency(text, context),
            hypothesis=round(kind[SUPPOSES], 4),
            other=round(kind[OTHER], 4),
            follows=round(kind[FOLLOWS], 4),
        )

    def ranked(self, text: str, context: Context, encoded: NDArray[Any]) -> list[tuple[str, float]]:
        """The first candidates of the encoder and of the words, looked at again, best first."""
        names, rows = self.candidates(text, context, encoded)
        probabilities = softmax(np.array(rows) @ np.array(self._learnt.weights))
        order = np.argsort(-probabilities, kind="stable")[:_RANKED]
        return [(names[i], round(float(probabilities[i]), 4)) for i in order]

    def candidates(
        self, text: str, context: Context, encoded: NDArray[Any]
    ) -> tuple[list[str], list[list[float]]]:
        """Labels to look at again, each with its row of FEATURES."""
        learnt = self._learnt
        by_words = np.full(len(self._labels), _FLOOR)
        scores = learnt.lexical.scores([text], [context.subject])[0] / learnt.words_temperature
        by_words[self._columns] = softmax(scores)
        logs = np.log(np.maximum(np.stack([encoded, by_words]), _FLOOR))
        best = [np.argsort(-row, kind="stable")[:_CANDIDATES] for row in logs]
        places = list(dict.fromkeys(int(i) for row in best for i in row))
        names = [self._labels[i] for i in places]
        rows = [
            features(
                name,
                learnt.subjects,
                learnt.habits,
                context,
                text,
                (float(logs[0, i]), float(logs[1, i])),
                len(self._labels),
            )
            for name, i in zip(names, places, strict=True)
        ]
        return names, rows

    def encoded(self, texts: Sequence[str], context: Context) -> NDArray[Any]:
        """Probabilities of the labels by the encoder alone, one row a text."""
        return self._encoded(texts, context)[0]

    @property
    def _limits(self) -> Limits:
        return self._learnt.limits

    def _encoded(self, texts: Sequence[str], context: Context) -> tuple[NDArray[Any], NDArray[Any]]:
        subject = self._learnt.subjects.get(context.subject)
        before = Before(subject.question if subject else "", context.message)
        return self._learnt.heads.read(self._encoder.encode(texts, [before] * len(texts)))

    def _several(self, text: str, context: Context) -> tuple[Request, ...]:
        """The clauses that each ask something of their own, in order; none when fewer than two."""
        asking = [part for part in clauses(text) if part.asks]
        if len(asking) < _TWO:
            return ()
        said = [without_connector(text[part.start : part.end]) for part in asking]
        found: dict[str, Request] = {}
        for part, words, row in zip(asking, said, self.encoded(said, context), strict=True):
            ranked = self.ranked(words, context, row)
            label, probability = ranked[0]
            if label in self._learnt.subjects and probability >= self._limits.clause:
                found.setdefault(label, self._request(ranked, words, part))
        return tuple(found.values()) if len(found) >= _TWO else ()

    def _request(
        self, ranking: Sequence[tuple[str, float]], text: str = "", clause: Clause | None = None
    ) -> Request:
        label, probability = ranking[0]
        trust: Trust = "sur"
        outside = [(name, value) for name, value in ranking if name in OUTSIDE]
        mass = sum(value for _, value in outside)
        if mass >= self._limits.outside:
            label, trust = outside[0][0], "hors_sujet"
            probability = round(min(mass, 1.0), 4)
        elif probability < self._limits.unsure:
            trust = "incompris"
        elif probability < self._limits.sure:
            trust = "hesitant"
        start, end = (clause.start, clause.end) if clause else (0, None)
        return Request(label, probability, trust, tuple(ranking), text, start, end)

    def _asked(
        self, ranking: Sequence[tuple[str, float]], *, long: bool
    ) -> Sequence[tuple[str, float]]:
        """Without « only tells » when that is not sure enough, and without the courtesy around a
        long message: the rest share its probability."""
        first, probability = ranking[0]
        tells = first == TELLS and probability < self._limits.tells
        if len(ranking) == 1 or not (tells or (long and first in COURTESY)):
            return ranking
        rest = 1 - probability
        return [(name, round(value / rest, 4)) for name, value in ranking[1:]]

    def _told_emergency(self, text: str, context: Context) -> Emergency | None:
        """« … j'ai des sueurs… sinon la FAE c'est où »: told beside a question."""
        parts = clauses(text)
        if not any(part.asks for part in parts):
            return None
        told = [text[part.start : part.end] for part in parts if not part.asks][:_TOLD]
        told = [each for each in told if len(each.split()) > _TOLD]
        for words, row in zip(told, self.encoded(told, context) if told else (), strict=True):
            found = self._emergency(self.ranked(words, context, row))
            if found is not None and row[self._emergencies].sum() >= _CLEARLY:
                return found
        return None

    def _emergency(self, ranking: Sequence[tuple[str, float]]) -> Emergency | None:
        found = [(name, value) for name, value in ranking if name in EMERGENCIES]
        total = sum(value for _, value in found)
        if total < self._limits.doubtful:
            return None
        return Emergency(EMERGENCIES[found[0][0]], plain=total >= self._limits.emergency)


def _columns(names: Sequence[str], labels: Sequence[str]) -> list[int]:
    place = {label: i for i, label in enumerate(labels)}
    return [place[name] for name in names]
