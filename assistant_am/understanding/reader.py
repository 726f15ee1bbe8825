"""Reads a message in its conversation: requests, what kind of message it is, an emergency."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from assistant_am.meaning import Emergency, Meaning, Request, Trust
from assistant_am.understanding.clauses import Clause, clauses
from assistant_am.understanding.encoder import Before, Encoder
from assistant_am.understanding.heads import Heads

FOLLOWS, SUPPOSES, OTHER = "suite", "hypothese", "autre_personne"
"""Kinds: leans on what came before; supposes a case; is about somebody else."""
SEVERAL = "plusieurs"
"""Kind: asks more than one thing."""
KINDS = (FOLLOWS, SUPPOSES, OTHER, SEVERAL)
OUTSIDE = ("avis_medical", "autre_metier", "autre_aide", "hors_sujet", "langue_etrangere")
EMERGENCIES = {"urgence": "vital", "urgence_suicide": "suicide"}
_RANKED = 6


@dataclass(frozen=True)
class Limits:
    """Chosen on conversations that the encoder has not seen (`benchmarks/encodeur/`).

    Probabilities: from `sure` the first label is answered, from `unsure` two or three are offered;
    from `outside`, put together, the labels that are none of our subjects win; from `several` a
    message asks more than one thing, each label of it having at least `second`; from `emergency`
    an emergency is plain, from `doubtful` it gets a line.
    """

    sure: float = 0.3
    unsure: float = 0.15
    outside: float = 0.5
    several: float = 0.5
    second: float = 0.15
    emergency: float = 0.9
    doubtful: float = 0.5


class ContextReader:
    """The encoder and its heads.

    `questions` gives the question of each subject as it was learnt, `intents` its Rasa intent.
    """

    def __init__(
        self,
        encoder: Encoder,
        heads: Heads,
        questions: Mapping[str, str],
        intents: Mapping[str, str],
        limits: Limits,
    ) -> None:
        self.intents = intents
        self._encoder = encoder
        self._heads = heads
        self._questions = questions
        self._limits = limits

    @classmethod
    def load(cls, folder: Path, encoder: Encoder | None = None) -> ContextReader:
        """Read what training wrote. Raises BrokenModel."""
        heads, learnt = Heads.load(folder)
        return cls(
            encoder or Encoder(),
            heads,
            learnt["questions"],
            learnt["intents"],
            Limits(**learnt["limits"]),
        )

    def save(self, folder: Path) -> None:
        """Write what `load` reads into an existing folder."""
        learnt = {"questions": dict(self._questions), "intents": dict(self.intents)}
        self._heads.save(folder, {**learnt, "limits": asdict(self._limits)})

    def before(self, subject: str | None, message: str) -> Before:
        """What came before, as the encoder wants it."""
        return Before(self._questions.get(subject or "", ""), message)

    def read(self, text: str, before: Before) -> Meaning:
        """The meaning of a message, without its values and what words alone say."""
        labels, kinds = self._heads.read(self._encoder.encode([text], [before]))
        row = labels[0]
        kind = dict(zip(self._heads.kinds, kinds[0].tolist(), strict=True))
        wanted = self._several(row) if kind[SEVERAL] >= self._limits.several else []
        requests = self._apart(text, before, wanted) if len(wanted) > 1 else [self._request(row)]
        return Meaning(
            text=text,
            requests=tuple(requests),
            emergency=self._emergency(row),
            hypothesis=round(kind[SUPPOSES], 4),
            other=round(kind[OTHER], 4),
            follows=round(kind[FOLLOWS], 4),
        )

    def _several(self, row: np.ndarray) -> list[int]:
        order = np.argsort(-row, kind="stable")
        return [int(i) for i in order if row[i] >= self._limits.second]

    def _apart(self, text: str, before: Before, wanted: Sequence[int]) -> list[Request]:
        """Each request with the clause that asks it most, in the order of the clauses."""
        parts = clauses(text)
        if len(parts) == 1:
            parts = [Clause(0, len(text))]
        said = [text[part.start : part.end] for part in parts]
        rows, _ = self._heads.read(self._encoder.encode(said, [before] * len(said)))
        placed = sorted(
            ((int(rows[:, label].argmax()), label) for label in wanted), key=lambda each: each[0]
        )
        return [
            self._request(
                np.maximum(rows[place], _only(label, rows.shape[1])), said[place], parts[place]
            )
            for place, label in placed
        ]

    def _request(self, row: np.ndarray, text: str = "", clause: Clause | None = None) -> Request:
        order = [int(i) for i in np.argsort(-row, kind="stable")[:_RANKED]]
        ranking = tuple((self._heads.labels[i], round(float(row[i]), 4)) for i in order)
        label, probability = ranking[0]
        trust: Trust = "sur"
        outside = [
            (self._heads.labels.index(name), name) for name in OUTSIDE if name in self._heads.labels
        ]
        mass = float(sum(row[i] for i, _ in outside))
        if mass >= self._limits.outside:
            label = max(outside, key=lambda each: row[each[0]])[1]
            probability, trust = round(min(mass, 1.0), 4), "hors_sujet"
        elif probability < self._limits.unsure:
            trust = "incompris"
        elif probability < self._limits.sure:
            trust = "hesitant"
        start, end = (clause.start, clause.end) if clause else (0, None)
        return Request(label, probability, trust, ranking, text, start, end)

    def _emergency(self, row: np.ndarray) -> Emergency | None:
        found = {name: float(row[self._heads.labels.index(name)]) for name in EMERGENCIES}
        likelier = max(found, key=lambda name: found[name])
        total = sum(found.values())
        if total < self._limits.doubtful:
            return None
        return Emergency(EMERGENCIES[likelier], plain=total >= self._limits.emergency)


def _only(column: int, columns: int) -> np.ndarray:
    row = np.zeros(columns)
    row[column] = 1.0
    return row
