"""How often the point of a message is found, by probability, and without each comparison.

python -m benchmarks.points [DOSSIER_DU_MODELE]

Every message is read without those of its own conversation, and with weights fitted on the other
four fifths. Messages that the writers of the points had before them are found more easily than
new ones: `docs/decisions/0017-un-sujet-et-ses-points.md` has the figures of messages unseen.
"""

from __future__ import annotations

import sys
import tarfile
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant_am.understanding.points import FEATURES, fitted
from assistant_am.understanding.ranking import softmax
from assistant_am.understanding.reader import FILE, ContextReader
from benchmarks.donnees import ROOT

_FOLDS = 5
_FROM = (0.3, 0.45, 0.6, 0.8)


def crossed(
    tables: Sequence[NDArray[Any]], right: Sequence[int], kept: NDArray[Any]
) -> list[NDArray[Any]]:
    """Probabilities of each message, by weights fitted on the other folds."""
    some = [table * kept for table in tables]
    found: list[NDArray[Any]] = [np.zeros(0)] * len(some)
    for fold in range(_FOLDS):
        others = [i for i in range(len(some)) if i % _FOLDS != fold]
        weights = fitted([some[i] for i in others], [right[i] for i in others])
        for i in range(fold, len(some), _FOLDS):
            found[i] = softmax(some[i] @ weights)
    return found


def line(found: Sequence[NDArray[Any]], right: Sequence[int]) -> str:
    """Accuracy, then what is answered from each probability and how much of it is right."""
    best = [(float(each[:-1].max()), int(each[:-1].argmax()), len(each) - 1) for each in found]
    asked = sum(place != last for place, (_, _, last) in zip(right, best, strict=True))
    first = np.mean([int(each.argmax()) == place for each, place in zip(found, right, strict=True)])
    parts = [f"juste {first:.1%}"]
    for limit in _FROM:
        told = [i for i, (value, _, _) in enumerate(best) if value >= limit]
        good = sum(best[i][1] == right[i] for i in told)
        parts.append(f"dès {limit:.2f} : {good / max(1, len(told)):.0%} de justes, "
                     f"{good / max(1, asked):.0%} trouvés")  # fmt: skip
    return " ; ".join(parts)


def main(arguments: Sequence[str]) -> int:
    """Print the table."""
    model = Path(arguments[0]) if arguments else ROOT / "models" / "assistant-am.tar.gz"
    with tempfile.TemporaryDirectory() as folder:
        if model.is_file():
            with tarfile.open(model) as packed:
                packed.extractall(folder, filter="data")
            model = next(Path(folder).rglob(FILE)).parent
        tables, right = ContextReader.load(model).points.compared()
    print(f"{len(tables)} messages")
    print(f"tout : {line(crossed(tables, right, np.ones(len(FEATURES))), right)}")
    for i, name in enumerate(FEATURES):
        kept = np.ones(len(FEATURES))
        kept[i] = 0
        print(f"sans {name} : {line(crossed(tables, right, kept), right)}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
