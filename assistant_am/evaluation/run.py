"""All the measures of `assistant-am evaluate`, one after the other."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant_am.evaluation import acceptance as sample
from assistant_am.evaluation import kept_apart
from assistant_am.evaluation.acceptance import Acceptance
from assistant_am.evaluation.entities import read_annotated, score_entities
from assistant_am.evaluation.metrics import Quality
from assistant_am.evaluation.picture import draw_confusions
from assistant_am.evaluation.reader import TrainedReader, classifier_config, load_reader
from assistant_am.evaluation.report import PICTURE, Measured, write_report
from assistant_am.evaluation.robustness import Robustness, robustness
from assistant_am.evaluation.sets import KeptApart, read_kept_apart
from assistant_am.evaluation.validation import Validation, validate
from assistant_am.evaluation.validation import sample as spread
from assistant_am.knowledge import KnowledgeError
from assistant_am.knowledge import load as load_knowledge
from assistant_am.knowledge.sentences import read_sentences
from assistant_am.operations.errors import BrokenFileError
from assistant_am.operations.progress import Progress
from assistant_am.operations.project import Project
from assistant_am.operations.training import ModelState, model_state

# So many sentences are spoilt, each in every way: all of them would take a quarter of an hour.
_SPOILT_PER_SUBJECT = 5
_SPOILT_PER_INTENT = 8
_APART, _LEARNT = "phrases mises à part", "phrases d'entraînement, en validation croisée"


@dataclass(frozen=True)
class Wishes:
    """What the options of the command ask for."""

    folder: Path
    server: bool = True
    url: str | None = None
    show: bool = False
    model: Path | None = None
    command: str = "assistant-am evaluate"


def evaluate(project: Project, wishes: Wishes, now: datetime.datetime) -> tuple[Measured, Path]:
    """Measure, write the report and the picture; raises OperationError with its remedy."""
    # What may be missing is looked for first: a fit takes minutes.
    reader = load_reader(project, wishes.model)
    kept = read_kept_apart(project.root / "tests" / "kept_apart")
    intent_of = _intents(project)
    folder = sample.sample_folder(project.root) if wishes.server else None
    notes = _notes(project, wishes)
    entities = _entities(project, notes)
    validation = _validation(project)
    with Progress("Lecture des phrases mises à part"):
        scores = kept_apart.score(kept, reader.all, intent_of)
    spoilt = _spoilt(kept, reader, validation, intent_of)
    measured = Measured(
        date=f"{now:%Y-%m-%d à %H:%M}",
        command=wishes.command,
        validation=validation,
        kept_apart=scores,
        learnt_threshold=reader.threshold,
        learnt_emergency=reader.emergency_threshold,
        learnt_temperature=reader.temperature,
        bands=reader.bands,
        robustness=spoilt,
        entities=entities,
        acceptance=_acceptance(project, wishes, folder, notes),
        notes=notes,
    )
    wishes.folder.mkdir(parents=True, exist_ok=True)
    draw_confusions(
        validation.scores.classes, validation.scores.confusions, wishes.folder / PICTURE
    )
    return measured, write_report(measured, wishes.folder, show=wishes.show)


def _notes(project: Project, wishes: Wishes) -> list[str]:
    if wishes.model is not None:
        return [f"Modèle lu : {project.shown(wishes.model)}."]
    if model_state(project) is not ModelState.CURRENT:
        return [
            "Le modèle n'est pas à jour : la validation croisée lit les phrases d'aujourd'hui, "
            "le reste le modèle d'avant (« make train »)."
        ]
    return []


def _intents(project: Project) -> Callable[[str], str]:
    try:
        fiches = load_knowledge(project.root / "knowledge").fiches
    except KnowledgeError as error:
        raise BrokenFileError(f"{error}\nLancez « make check ».") from error
    return lambda subject: fiches[subject].intent if subject in fiches else subject


def _validation(project: Project) -> Validation:
    try:
        sentences = read_sentences(project.root / "data" / "nlu")
    except KnowledgeError as error:
        raise BrokenFileError(f"{error}\nLancez « make check ».") from error
    config = classifier_config(project.root)
    with Progress("Validation croisée (quelques minutes)"):
        return validate([s.text for s in sentences], [s.intent for s in sentences], config)


def _spoilt(
    kept: KeptApart, reader: TrainedReader, validation: Validation, intent_of: Callable[[str], str]
) -> dict[str, Robustness]:
    rows = spread(validation.labels, _SPOILT_PER_INTENT)

    def learnt(texts: Sequence[str]) -> list[str]:
        return validation.read_again(rows, texts)

    def trained(texts: Sequence[str]) -> list[str]:
        return [each.intent for each in reader.all(texts)]

    chosen = spread([each.label for each in kept.subjects], _SPOILT_PER_SUBJECT)
    apart = [kept.subjects[row] for row in chosen]
    with Progress("Phrases abîmées"):
        return {
            _APART: robustness(
                [each.text for each in apart], [intent_of(each.label) for each in apart], trained
            ),
            _LEARNT: robustness(
                [validation.texts[row] for row in rows],
                [validation.labels[row] for row in rows],
                learnt,
            ),
        }


def _entities(project: Project, notes: list[str]) -> list[Quality] | None:
    rows = read_annotated(project.root / "tests" / "reading")
    if not rows:
        notes.append("Valeurs lues : pas mesurées, il n'y a pas de table tests/reading/*.yml.")
        return None
    from assistant_am.nlu import lexicon

    return score_entities(
        rows, lambda text: [(found.slot, found.value) for found in lexicon.reader().read(text)]
    )


def _acceptance(
    project: Project, wishes: Wishes, folder: Path | None, notes: list[str]
) -> Acceptance | None:
    if not wishes.server:
        notes.append("Échantillon d'acceptation : pas mesuré (--sans-serveur).")
        return None
    if folder is None:
        notes.append(
            "Échantillon d'acceptation : pas mesuré, il n'y a ni AM_EVALUATION "
            "ni ../shared/evaluation."
        )
        return None
    with Progress("Échantillon d'acceptation"):
        return sample.run_sample(folder, project, wishes.url)
