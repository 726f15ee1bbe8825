"""Trains the model if and only if something that training reads has changed."""

from __future__ import annotations

import contextlib
import enum
import fcntl
import hashlib
import json
import os
import shutil
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from assistant_am.operations.errors import BrokenFileError, DamagedModelError, TrainingError
from assistant_am.operations.processes import Service
from assistant_am.operations.progress import Progress
from assistant_am.operations.project import Project, child_environment
from assistant_am.runtime.files import file_sha256
from assistant_am.site import SITE_VARIABLE, with_site

TRAINING_INPUTS = (
    "config.yml",
    "domain.yml",
    "data",
    "assistant_am/nlu",
    "assistant_am/understanding",
    "assistant_am/meaning",
    "assistant_am/french/fold.py",
    "knowledge/lexique",
    "requirements/serve.txt",
)
"""Code and data of the model. The fiches are not among them: they change without a training. The
word lists are read at each start, and by a running assistant only with a new model."""
SITE_INPUTS = ("data/nlu", "data/messages", "data/conversations")
NEEDED_FILES = ("config.yml", "domain.yml", "endpoints.yml", "credentials.yml")
SITE_YAML = ("data", "knowledge")
YAML_INPUTS = (*NEEDED_FILES, *SITE_YAML)


class ModelState(enum.Enum):
    """What stands in ``models/``, compared with what training would read now."""

    CURRENT = "à jour"
    ABSENT = "jamais entraîné"
    OUTDATED = "plus à jour"
    DAMAGED = "abîmé"


def files_below(root: Path, names: tuple[str, ...]) -> list[Path]:
    """Return the files named or contained in the folders named, sorted, without caches."""
    found: list[Path] = []
    for name in names:
        path = root / name
        candidates = path.rglob("*") if path.is_dir() else [path]
        found += [each for each in candidates if each.is_file() and _counts(each.relative_to(root))]
    return sorted(found)


def _counts(path: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.parts)
    return not (hidden or "__pycache__" in path.parts or path.name.endswith("~"))


def training_fingerprint(project: Project) -> str:
    """Return the SHA-256 of all that training reads: names and contents."""
    total = hashlib.sha256()
    for path in files_below(project.root, TRAINING_INPUTS):
        name = path.relative_to(project.root).as_posix()
        total.update(f"{name}\0{file_sha256(path)}\n".encode())
    for path in files_below(project.site, SITE_INPUTS):
        name = path.relative_to(project.site).as_posix()
        total.update(f"site/{name}\0{file_sha256(path)}\n".encode())
    return total.hexdigest()


def model_state(project: Project) -> ModelState:
    """Compare the model with its record, then the record with what training would read now."""
    if not project.fingerprint.exists() and not project.model.exists():
        return ModelState.ABSENT
    record = _record(project)
    if record is None or not project.model.is_file():
        return ModelState.DAMAGED
    if record.get("modele") != file_sha256(project.model):
        return ModelState.DAMAGED
    if record.get("lu_par_l_entrainement") != training_fingerprint(project):
        return ModelState.OUTDATED
    return ModelState.CURRENT


def _record(project: Project) -> dict[str, Any] | None:
    try:
        record = json.loads(project.fingerprint.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return record if isinstance(record, dict) else None


def require_model(project: Project) -> None:
    """Raise unless the model is the very file that training wrote."""
    state = model_state(project)
    model = project.shown(project.model)
    if state is ModelState.ABSENT:
        raise DamagedModelError(
            f"Il n'y a pas de modèle {model} : lancez « make train » pour l'entraîner."
        )
    if state is ModelState.DAMAGED:
        raise DamagedModelError(
            f"Le modèle {model} manque, est tronqué ou a été modifié depuis son entraînement : "
            "lancez « make train » pour le refaire."
        )


def check_yaml(project: Project) -> None:
    """Raise at the first YAML file that is missing or cannot be parsed, with its line."""
    for name in NEEDED_FILES:
        if not (project.root / name).is_file():
            raise BrokenFileError(
                f"Le fichier {name} manque : remettez-le, par exemple avec « git checkout {name} »."
            )
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    written = files_below(project.root, YAML_INPUTS) + files_below(project.site, SITE_YAML)
    for path in written:
        if path.suffix not in {".yml", ".yaml"}:
            continue
        try:
            # Parsed into events only: it finds what is broken, and knows no tag.
            for _ in yaml.parse(path.read_text(encoding="utf-8"), Loader=loader):
                pass
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark
            where = f", ligne {mark.line + 1}, colonne {mark.column + 1}" if mark else ""
            raise BrokenFileError(
                f"{project.shown(path)}{where} : ce fichier YAML ne peut pas être lu "
                f"({error.problem}). Vérifiez à cet endroit, ou juste avant, l'indentation, les "
                "deux-points et les guillemets, puis relancez."
            ) from error
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            raise BrokenFileError(
                f"{project.shown(path)} : ce fichier ne peut pas être lu ({error}). "
                "Enregistrez-le en UTF-8, sans caractère de contrôle, puis relancez."
            ) from error


def train_if_needed(project: Project, *, repair: bool = False, force: bool = False) -> bool:
    """Train unless the model is current; return whether a training took place.

    A damaged model is an error, unless ``repair`` says to make it again.
    """
    check_yaml(project)
    with one_at_a_time(project):
        state = model_state(project)
        if state is ModelState.DAMAGED and not (repair or force):
            require_model(project)
        if state is ModelState.CURRENT and not force:
            return False
        folder = project.model.parent / ".entrainement"
        try:
            put_in_place(project, train_aside(project, folder))
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    return True


@dataclass(frozen=True)
class Trained:
    """A model that is not in place yet, and the fingerprint of what its training read."""

    model: Path
    read: str


def put_in_place(project: Project, trained: Trained) -> None:
    """Make it the model of the project, with its record."""
    # Between these lines there is no record, which means: train again.
    project.fingerprint.unlink(missing_ok=True)
    project.model.unlink(missing_ok=True)
    shutil.move(trained.model, project.model)
    write_record(project, trained.read)


def train_aside(project: Project, folder: Path) -> Trained:
    """Train into a folder, emptied first; the model in place stays. Raises TrainingError."""
    state = model_state(project)
    shutil.rmtree(folder, ignore_errors=True)
    # Taken before: a file changed while training runs must make the model outdated.
    read = training_fingerprint(project)
    log = project.cache / "journaux" / "entrainement.log"
    # --force: Rasa's own cache does not see changes in the modules that a component imports.
    command = [sys.executable, "-m", "rasa", "train", "--force", "--out", str(folder)]
    command += ["--config", "config.yml", "--domain", "domain.yml", "--data", "data"]
    command += [str(each) for each in with_site(project.root / "data" / "nlu", project.site)[1:]]
    command += ["--fixed-model-name", "assistant-am"]
    environment = child_environment({SITE_VARIABLE: str(project.site)})
    service = Service("L'entraînement", command, log, project.root, environment)
    try:
        with Progress(f"Entraînement du modèle ({state.value})") as progress:
            service.start()
            while service.exit_code is None:
                progress.tick()
                time.sleep(0.2)
            trained = folder / project.model.name
            if service.exit_code != 0 or not trained.is_file():
                raise TrainingError(
                    f"L'entraînement a échoué. Corrigez ce que dit la fin du journal "
                    f"{project.shown(log)}, puis relancez :\n{service.log_tail()}"
                )
    finally:
        service.stop()
    return Trained(trained, read)


def write_record(project: Project, read: str) -> None:
    """Note which file the model is and the fingerprint of what its training read."""
    record = {"modele": file_sha256(project.model), "lu_par_l_entrainement": read}
    temporary = project.fingerprint.with_suffix(".tmp")
    temporary.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    os.replace(temporary, project.fingerprint)


@contextlib.contextmanager
def one_at_a_time(project: Project) -> Iterator[None]:
    """Let a second command wait while a first one trains."""
    project.model.parent.mkdir(exist_ok=True)
    with (project.model.parent / ".verrou").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            with Progress("Attente d'un entraînement déjà en cours"):
                fcntl.flock(lock, fcntl.LOCK_EX)
        yield
