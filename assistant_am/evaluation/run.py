"""All the measures of `assistant-am evaluate`, one after the other."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant_am import aid
from assistant_am.assistant import Assistant
from assistant_am.dialogue.decided import of_entity
from assistant_am.evaluation import acceptance as sample
from assistant_am.evaluation import kept_apart, seen
from assistant_am.evaluation.entities import read_annotated, score_entities
from assistant_am.evaluation.loading import conversations, load
from assistant_am.evaluation.metrics import Quality
from assistant_am.evaluation.report import Measured, TalkSet, write_report
from assistant_am.evaluation.robustness import Robustness, robustness
from assistant_am.evaluation.robustness import sample as spread
from assistant_am.evaluation.sets import KeptApart, read_kept_apart
from assistant_am.evaluation.talks import Normal, play, score_talks
from assistant_am.files.errors import KnowledgeError
from assistant_am.knowledge import read_checked
from assistant_am.meaning import Meaning
from assistant_am.operations.check import KEPT_APART
from assistant_am.operations.errors import BrokenFileError
from assistant_am.operations.progress import Progress
from assistant_am.operations.project import Project
from assistant_am.operations.training import ModelState, model_state
from assistant_am.reading.situation import Reader
from assistant_am.understanding.conversations import LabelledConversation

# So many sentences are spoilt, each in every way: all of them would take a quarter of an hour.
_SPOILT_PER_SUBJECT = 5


@dataclass(frozen=True)
class Wishes:
    """What the options of the command ask for; `talks` are conversations to score alone, without
    the rest."""

    folder: Path
    server: bool = True
    url: str | None = None
    show: bool = False
    model: Path | None = None
    talks: tuple[Path, ...] = ()
    command: str = "assistant-am evaluate"


def evaluate(project: Project, wishes: Wishes, now: datetime.datetime) -> tuple[Measured, Path]:
    """Measure, write the report; raises OperationError with its remedy."""
    # What may be missing is looked for first: all of it takes minutes.
    assistant = load(project, wishes.model)
    places = wishes.talks or (project.root / KEPT_APART,)
    sets = [(place, conversations(project, place, assistant)) for place in places]
    values = _values(project)
    date = f"{now:%Y-%m-%d à %H:%M}"
    measured = Measured(date=date, command=wishes.command, notes=_notes(project, wishes))
    kept = None if wishes.talks else read_kept_apart(project.root / "tests" / "kept_apart")
    acceptance = None if wishes.talks else _sample_folder(project, wishes, measured.notes)
    for place, labelled in sets:
        measured.talks.append(_talks(project, assistant, place, labelled, values, wishes, date))
    if kept is not None:
        measured.entities = _entities(project, values, measured.notes)
        hear = hearing(assistant)
        with Progress("Lecture des phrases mises à part"):
            measured.kept_apart = kept_apart.score(kept, hear)
        with Progress("Phrases abîmées"):
            measured.robustness = _spoilt(kept, hear)
    if acceptance is not None:
        with Progress("Échantillon d'acceptation"):
            measured.acceptance = sample.run_sample(acceptance, project, wishes.url)
    wishes.folder.mkdir(parents=True, exist_ok=True)
    return measured, write_report(measured, wishes.folder, show=wishes.show)


def hearing(assistant: Assistant) -> Callable[[str], Meaning]:
    """Hears messages that nothing came before; each is heard once."""
    known: dict[str, Meaning] = {}

    def hear(text: str) -> Meaning:
        if text not in known:
            known[text] = assistant.conversation().say(text).meaning
        return known[text]

    return hear


def as_read(values: Reader) -> Normal:
    """Specialties as the labels have them (« cardiologue ») become those that are read."""

    def normal(slot: str, value: Any) -> Any:
        if slot != "specialite":
            return value
        found = [e.value for e in values.read(str(value).replace("_", " ")) if e.slot == slot]
        return found[0] if found else value

    return normal


def _notes(project: Project, wishes: Wishes) -> list[str]:
    if wishes.model is not None:
        return [f"Modèle lu : {project.shown(wishes.model)}."]
    if model_state(project) is not ModelState.CURRENT:
        return ["Le modèle n'est pas à jour : tout est lu par le modèle d'avant (« make train »)."]
    return []


def _talks(
    project: Project,
    assistant: Assistant,
    place: Path,
    labelled: Sequence[LabelledConversation],
    values: Reader,
    wishes: Wishes,
    date: str,
) -> TalkSet:
    shown = project.shown(place)
    with Progress(f"Conversations de {shown}"):
        rows = list(play(assistant, labelled))
    ledger = project.root / "var" / "evaluation" / seen.LEDGER
    passages = seen.note(ledger, place, date, shown=wishes.show)
    return TalkSet(shown, passages, score_talks(rows, as_read(values)))


def _values(project: Project) -> Reader:
    try:
        return Reader(read_checked(project.root / "knowledge", "lexique/entites.yml", "entites"))
    except KnowledgeError as error:
        raise BrokenFileError(f"{error}\nLancez « make check ».") from error


def _spoilt(kept: KeptApart, hear: Callable[[str], Meaning]) -> Robustness:
    def read(texts: Sequence[str]) -> list[str]:
        return [kept_apart.label_of(hear(text)) for text in texts]

    chosen = spread([each.label for each in kept.subjects], _SPOILT_PER_SUBJECT)
    apart = [kept.subjects[row] for row in chosen]
    return robustness([each.text for each in apart], [each.label for each in apart], read)


def _entities(project: Project, values: Reader, notes: list[str]) -> list[Quality] | None:
    rows = read_annotated(project.root / "tests" / "reading")
    if not rows:
        notes.append("Valeurs lues : pas mesurées, il n'y a pas de table tests/reading/*.yml.")
        return None
    parameters = aid.load(project.knowledge, project.site)

    def read(text: str) -> list[tuple[str, Any]]:
        found = [each for e in values.read(text) for each in of_entity(e, parameters)]
        return [(each.slot, each.value) for each in found if not each.denied]

    return score_entities(rows, read)


def _sample_folder(project: Project, wishes: Wishes, notes: list[str]) -> Path | None:
    if not wishes.server:
        notes.append("Échantillon d'acceptation : pas mesuré (--sans-serveur).")
        return None
    folder = sample.sample_folder(project.root)
    if folder is None:
        notes.append(
            "Échantillon d'acceptation : pas mesuré, il n'y a ni AM_EVALUATION "
            "ni ../shared/evaluation."
        )
    return folder
