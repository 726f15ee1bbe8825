"""Reads a message in its conversation: requests, what kind of message it is, an emergency."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant_am.meaning import NO_CONTEXT, Context, Emergency, Entity, Meaning, Request, Trust
from assistant_am.understanding import heads as heads_
from assistant_am.understanding import lexical as lexical_
from assistant_am.understanding import neighbours as neighbours_
from assistant_am.understanding import points as points_
from assistant_am.understanding.conversations import TELLS
from assistant_am.understanding.encoder import Encoder
from assistant_am.understanding.first_look import FirstLook
from assistant_am.understanding.heads import BrokenModel, Heads
from assistant_am.understanding.lexical import Lexical
from assistant_am.understanding.named import SLOT, Named
from assistant_am.understanding.neighbours import Neighbours
from assistant_am.understanding.points import Points
from assistant_am.understanding.ranking import FEATURES, Habits, features, softmax
from assistant_am.understanding.segmentation import Clause, clauses, without_connector
from assistant_am.understanding.subjects import Subject

FOLLOWS, SUPPOSES, OTHER = "suite", "hypothese", "autre_personne"
"""Kinds: leans on what came before; supposes a case; is about somebody else."""
KINDS = (FOLLOWS, SUPPOSES, OTHER)
OUTSIDE = ("avis_medical", "autre_metier", "autre_aide", "hors_sujet", "langue_etrangere")
EMERGENCIES = {"urgence": "vital", "urgence_suicide": "suicide"}
COURTESY = ("saluer", "remercier", "prendre_conge")
FILE = "lecture.json"
FILES = (FILE, heads_.FILE, lexical_.FILE, neighbours_.FILE, points_.FILE)
_CANDIDATES = 6
_RANKED = 6
_TWO = 2
_POINTED = 3
"""Candidates whose point is read."""
_TOLD = 4
"""Words above which what is told may be an emergency."""
_CLEARLY = 0.7
"""On 2 018 turns left out, what was told beside a question reached 0.64 where there was none."""
_FEW_WORDS = 6
"""Of thanks or a greeting alone."""


@dataclass(frozen=True)
class Limits:
    """Chosen on conversations that the encoder has not seen (`benchmarks/encodeur/`).

    Probabilities: from `sure` the first label is answered, from `unsure` two or three are offered;
    clauses that ask, each at least at `clause` of another subject, are several requests; below
    `tells` a message that seems only to tell is taken to ask what comes next; from `emergency` an
    emergency is plain, from `doubtful` it gets a line; from `own` a profile that is named is
    somebody's own.
    """

    sure: float = 0.3
    unsure: float = 0.15
    clause: float = 0.5
    tells: float = 0.6
    emergency: float = 0.6
    doubtful: float = 0.5
    own: float = 0.3


@dataclass(frozen=True)
class Learnt:
    """What is learnt beside the encoder: `subjects` by label, `weights` of the second look in the
    order of FEATURES, `words_temperature` that makes probabilities of the words' scores."""

    heads: Heads
    lexical: Lexical
    neighbours: Neighbours
    habits: Habits
    named: Named
    points: Points
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
        self._learnt = learnt
        self._labels = learnt.heads.labels
        self._first = FirstLook(
            encoder,
            learnt.heads,
            learnt.lexical,
            learnt.neighbours,
            learnt.subjects,
            learnt.words_temperature,
        )

    @classmethod
    def load(cls, folder: Path, encoder: Encoder | None = None) -> ContextReader:
        """Read what training wrote. Raises BrokenModel."""
        heads = Heads.load(folder)
        try:
            lexical = Lexical.load(folder)
            data = json.loads((folder / FILE).read_text(encoding="utf-8"))
            subjects = {key: Subject.from_json(each) for key, each in data["subjects"].items()}
            learnt = Learnt(
                heads=heads,
                lexical=lexical,
                neighbours=Neighbours.load(folder),
                habits=Habits(**data["habits"]),
                named=Named(**data["named"]),
                points=Points.load(folder, subjects),
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
        learnt.neighbours.save(folder)
        learnt.points.save(folder)
        data = {
            "subjects": {key: asdict(each) for key, each in learnt.subjects.items()},
            "habits": learnt.habits.to_json(),
            "named": asdict(learnt.named),
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
        readings, kinds, vectors = self._first.read([bare], context)
        kind = dict(zip(KINDS, kinds[0].tolist(), strict=True))
        ranked = self.ranked(bare, context, readings[0])
        asked = self._asked(ranked, long=len(bare.split()) > _FEW_WORDS)
        parts = clauses(text)
        whole = self._request(asked)
        requests = self._several(text, parts, context) or (
            replace(whole, points=self._points(whole, bare, vectors[0])),
        )
        return Meaning(
            text=text,
            requests=requests,
            emergency=self._emergency(ranked) or self._told_emergency(text, parts, context),
            alarm=round(_alarm(ranked), 4),
            hypothesis=round(kind[SUPPOSES], 4),
            other=round(kind[OTHER], 4),
            follows=round(kind[FOLLOWS], 4),
        )

    def own(self, text: str, entity: Entity) -> bool:
        """Not a profile that the message only names."""
        if entity.slot != SLOT or entity.denied:
            return True
        return self._learnt.named.odds(text, entity) >= _odds(self._limits.own)

    def ranked(
        self, text: str, context: Context, readings: NDArray[Any]
    ) -> list[tuple[str, float]]:
        """The first candidates of each reading, looked at again, best first."""
        names, rows = self.candidates(text, context, readings)
        probabilities = softmax(np.array(rows) @ np.array(self._learnt.weights))
        order = np.argsort(-probabilities, kind="stable")[:_RANKED]
        return [(names[i], round(float(probabilities[i]), 4)) for i in order]

    def candidates(
        self, text: str, context: Context, readings: NDArray[Any]
    ) -> tuple[list[str], list[list[float]]]:
        """Labels to look at again, each with its row of FEATURES."""
        learnt = self._learnt
        best = [np.argsort(-row, kind="stable")[:_CANDIDATES] for row in readings]
        places = list(dict.fromkeys(int(i) for row in best for i in row))
        names = [self._labels[i] for i in places]
        rows = [
            features(
                name,
                learnt.subjects,
                learnt.habits,
                context,
                text,
                readings[:, i].tolist(),
                len(self._labels),
            )
            for name, i in zip(names, places, strict=True)
        ]
        return names, rows

    def readings(self, text: str, context: Context) -> NDArray[Any]:
        """READINGS × labels, for one text."""
        return np.asarray(self._first.read([text], context)[0][0])

    @property
    def points(self) -> Points:
        """What reads the point of a subject."""
        return self._learnt.points

    @property
    def _limits(self) -> Limits:
        return self._learnt.limits

    def _several(self, text: str, parts: Sequence[Clause], context: Context) -> tuple[Request, ...]:
        """The clauses that each ask something of their own, in order; none when fewer than two."""
        asking = [part for part in parts if part.asks]
        if len(asking) < _TWO:
            return ()
        said = [without_connector(text[part.start : part.end]) for part in asking]
        found: dict[str, Request] = {}
        rows, _, vectors = self._first.read(said, context)
        for part, words, row, vector in zip(asking, said, rows, vectors, strict=True):
            ranked = self.ranked(words, context, row)
            label, probability = ranked[0]
            if label in self._learnt.subjects and probability >= self._limits.clause:
                request = self._request(ranked, words, part)
                pointed = replace(request, points=self._points(request, words, vector))
                found.setdefault(label, pointed)
        return tuple(found.values()) if len(found) >= _TWO else ()

    def _points(
        self, request: Request, text: str, vector: NDArray[Any]
    ) -> tuple[tuple[str, str, float], ...]:
        """Of each of the first candidates that has points, the likeliest."""
        firsts = [label for label, _ in request.ranking[:_POINTED]]
        each = [(label, self._learnt.points.read(label, text, vector)) for label in firsts]
        return tuple((label, *found[0]) for label, found in each if found)

    def _request(
        self, ranking: Sequence[tuple[str, float]], text: str = "", clause: Clause | None = None
    ) -> Request:
        label, probability = ranking[0]
        trust: Trust = "sur"
        outside = [(name, value) for name, value in ranking if name in OUTSIDE]
        mass = sum(value for _, value in outside)
        if mass > max((value for name, value in ranking if name not in OUTSIDE), default=0.0):
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

    def _told_emergency(
        self, text: str, parts: Sequence[Clause], context: Context
    ) -> Emergency | None:
        """« … j'ai des sueurs… sinon la FAE c'est où »: told beside a question, and read as one
        whole: pieces of a story look like anything."""
        told = " ".join(text[each.start : each.end].strip() for each in parts if not each.asks)
        if len(told.split()) <= _TOLD or not any(each.asks for each in parts):
            return None
        readings, _, _ = self._first.read([told], context)
        ranked = self.ranked(told, context, readings[0])
        return self._emergency(ranked) if _alarm(ranked) >= _CLEARLY else None

    def _emergency(self, ranking: Sequence[tuple[str, float]]) -> Emergency | None:
        total = _alarm(ranking)
        if total < self._limits.doubtful:
            return None
        first = next(name for name, _ in ranking if name in EMERGENCIES)
        return Emergency(EMERGENCIES[first], plain=total >= self._limits.emergency)


def _odds(probability: float) -> float:
    return math.log(probability / (1 - probability))


def _alarm(ranking: Sequence[tuple[str, float]]) -> float:
    """The probability of an emergency of any kind."""
    return sum(value for name, value in ranking if name in EMERGENCIES)
