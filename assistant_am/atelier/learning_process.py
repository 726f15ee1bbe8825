"""The process that trains aside, measures, and puts the model in place or refuses it.

`python -m assistant_am.atelier.learning_process ROOT FOLDER [MODEL]`: the workshop starts it, so
that neither a training nor a measure slows the pages down. What it does and what came of it is in
`etat.json` of the folder. With MODEL, a model trained elsewhere is measured in the place of one
trained here; its `empreinte.json` lies beside it.
"""

from __future__ import annotations

import datetime
import json
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from assistant_am.atelier.kept import read_json, write_json
from assistant_am.atelier.sides import Readings, figures, from_json, read_all, turned
from assistant_am.evaluation.loading import load
from assistant_am.evaluation.run import hearing
from assistant_am.evaluation.seen import LEDGER, note
from assistant_am.evaluation.sets import read_kept_apart
from assistant_am.operations.errors import DamagedModelError, OperationError
from assistant_am.operations.project import Project
from assistant_am.operations.training import (
    Trained,
    check_yaml,
    one_at_a_time,
    put_in_place,
    train_aside,
)
from assistant_am.runtime.files import file_sha256

STATE = "etat.json"
_KEPT_APART = Path("tests") / "kept_apart"
_MOST_TURNED = 200
_TOLD_SECONDS = 1


class Work:
    """One learning; the folder keeps its state and the readings of the models measured."""

    def __init__(self, project: Project, folder: Path) -> None:
        self._project = project
        self._folder = folder
        self._told = 0.0

    def run(self, elsewhere: Path | None) -> None:
        try:
            self._say("entraine")
            check_yaml(self._project)
            with one_at_a_time(self._project):
                trained = self._from(elsewhere) if elsewhere else self._trained()
                self._decide(trained)
        except OperationError as error:
            self._say("echec", raison=str(error))

    def _trained(self) -> Trained:
        start = time.monotonic()
        trained = train_aside(self._project, self._folder / "modele")
        self._lasted("entraine", start)
        return trained

    def _from(self, model: Path) -> Trained:
        """Raises DamagedModelError when the record beside the model is of another one."""
        try:
            record = json.loads((model.parent / "empreinte.json").read_text(encoding="utf-8"))
            read = str(record["lu_par_l_entrainement"])
            whole = record["modele"] == file_sha256(model)
        except (OSError, ValueError, KeyError, TypeError):
            whole = False
        if not whole:
            raise DamagedModelError(
                "Ce modèle et cette empreinte ne vont pas ensemble : reprenez les deux fichiers "
                "du dossier models/ de la machine qui l'a entraîné."
            )
        return Trained(model, read)

    def _decide(self, trained: Trained) -> None:
        start = time.monotonic()
        self._say("mesure", part=0.0)
        after = self._readings(trained.model)
        before = self._readings(self._project.model) if self._project.model.exists() else after
        self._lasted("mesure", start)
        found = figures(before, after)
        sides = turned(before, after)
        if sides:
            ledger = self._project.root / "var" / "evaluation" / LEDGER
            today = datetime.date.today().isoformat()
            note(ledger, self._project.root / _KEPT_APART, today, shown=True)
        falls = any(each.falls for each in found)
        told: dict[str, Any] = {
            "chiffres": [{**asdict(each), "baisse": each.falls} for each in found],
            "phrases": [asdict(each) for each in sides[:_MOST_TURNED]],
        }
        if not falls:
            put_in_place(self._project, trained)
        self._say("refuse" if falls else "en_place", **told)

    def _readings(self, model: Path) -> Readings:
        """Of a model measured before, what was kept of it: the same sentences, the same code."""
        kept = read_kept_apart(self._project.root / _KEPT_APART)
        file = self._folder / "mesures" / f"{file_sha256(model)}.json"
        known = read_json(file, None)
        if known is not None:
            return from_json(known)
        assistant = load(self._project, model)
        readings = read_all(kept, hearing(assistant), self._share)
        for old in sorted(file.parent.glob("*.json"), key=lambda each: each.stat().st_mtime)[:-3]:
            old.unlink(missing_ok=True)
        write_json(file, readings)
        return readings

    def _share(self, part: float) -> None:
        if time.monotonic() - self._told > _TOLD_SECONDS:
            self._say("mesure", part=part)

    def _lasted(self, step: str, start: float) -> None:
        durations = read_json(self._folder / "durees.json", {})
        seconds = round(time.monotonic() - start)
        write_json(self._folder / "durees.json", {**durations, step: seconds})

    def _say(self, step: str, **more: Any) -> None:
        self._told = time.monotonic()
        write_json(self._folder / STATE, {"etape": step, **more})


def main(arguments: list[str]) -> None:
    root, folder, *model = (Path(each) for each in arguments)
    Work(Project(root), folder).run(model[0] if model else None)


if __name__ == "__main__":
    main(sys.argv[1:])
