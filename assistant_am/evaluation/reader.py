"""Reads sentences with the trained component alone: no server, no dialogue, no TensorFlow."""

from __future__ import annotations

import contextlib
import json
import tarfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import yaml

from assistant_am.operations.errors import DamagedModelError
from assistant_am.operations.project import Project

if TYPE_CHECKING:
    from assistant_am.nlu.intent_classifier import FrenchIntentClassifier

COMPONENT = "FrenchIntentClassifier"
FILES = ("classifieur.npz", "classifieur.json", "orthographe.json")
SURE, HESITANT, OUTSIDE = "sur", "hesitant", "hors_sujet"
# As many as the dialogue puts forward when it hesitates.
OFFERED = 3


@dataclass(frozen=True)
class Part:
    """One question of a message: its intent, how sure the reading is, and the next best intents."""

    intent: str
    band: str
    ranking: tuple[str, ...]


@dataclass(frozen=True)
class Read:
    """What was understood of a message; `intent` is what Rasa gets."""

    intent: str
    parts: tuple[Part, ...]
    emergency: str | None

    @property
    def answered(self) -> tuple[str, ...]:
        """Intents that get their answer, in order; an emergency is answered alone."""
        if self.emergency:
            return (self.intent,)
        return tuple(part.intent for part in self.parts if part.band == SURE)

    def offers(self, intent: str) -> bool:
        """The bot hesitates and the intent is among those it puts forward."""
        return not self.emergency and any(
            part.band == HESITANT and intent in part.ranking[:OFFERED] for part in self.parts
        )


class TrainedReader:
    """The trained classifier, with its thresholds."""

    def __init__(self, component: FrenchIntentClassifier) -> None:
        self._component = component
        self._known: dict[str, Read] = {}

    @property
    def threshold(self) -> float:
        """Probability of « none of our subjects » from which a message is out of scope."""
        return float(self._component._outside)

    @property
    def emergency_threshold(self) -> float:
        """Probability of an emergency from which a message that no word list knows is one."""
        return float(self._component._emergency)

    @property
    def temperature(self) -> float:
        assert self._component._model is not None
        return float(self._component._model.temperature)

    @property
    def bands(self) -> dict[str, float]:
        """The limits of confidence of config.yml."""
        names = ("sure", "unsure", "clause", "emergency_clause", "emergency_short")
        return {name: float(self._component._config[name]) for name in names}

    def __call__(self, text: str) -> Read:
        if text not in self._known:
            self._known[text] = self._read(text)
        return self._known[text]

    def all(self, texts: Sequence[str]) -> list[Read]:
        return [self(text) for text in texts]

    def _read(self, text: str) -> Read:
        from rasa.shared.nlu.training_data.message import Message

        message = Message({"text": text})
        self._component.process([message])
        parts = tuple(
            Part(each["intention"], each["bande"], tuple(name for name, _ in each["classement"]))
            for each in message.get("segments")
        )
        return Read(message.get("intent")["name"], parts, message.get("urgence"))


@dataclass(frozen=True)
class _Folder:
    """As much of Rasa's ModelStorage as the component uses to load itself."""

    path: Path

    @contextlib.contextmanager
    def read_from(self, resource: object) -> Iterator[Path]:
        yield self.path


def load_reader(project: Project, model: Path | None = None) -> TrainedReader:
    """Load the component from the model, an archive of Rasa or a folder with its three files.

    Raises DamagedModelError when there is none or it cannot be read.
    """
    path = model or project.model
    if not path.exists():
        raise DamagedModelError(
            f"Il n'y a pas de modèle {project.shown(path)} : "
            "lancez « make train » pour l'entraîner."
        )
    if path.is_dir():
        return _load(path, classifier_config(project.root))
    with TemporaryDirectory() as folder:
        config = _extract(path, Path(folder), project)
        return _load(Path(folder), config)


def classifier_config(root: Path) -> dict[str, Any]:
    """What config.yml says of the classifier."""
    content = yaml.safe_load((root / "config.yml").read_text(encoding="utf-8"))
    found = [each for each in content["pipeline"] if each["name"].endswith(COMPONENT)]
    return {key: value for each in found for key, value in each.items() if key != "name"}


def _load(folder: Path, config: Mapping[str, Any]) -> TrainedReader:
    from assistant_am.nlu.intent_classifier import FrenchIntentClassifier
    from assistant_am.nlu.model import BrokenModel

    storage: Any = _Folder(folder)
    nothing: Any = None
    try:
        component = FrenchIntentClassifier.load(dict(config), storage, nothing, nothing)
    except BrokenModel as error:
        raise DamagedModelError(f"Le modèle ne peut pas être chargé : {error}.") from error
    return TrainedReader(component)


def _extract(archive: Path, folder: Path, project: Project) -> dict[str, Any]:
    """Copy the component's files into the folder; return the settings it was trained with."""
    try:
        with tarfile.open(archive) as tar:
            for member in tar:
                name = Path(member.name).name
                wanted = (name in FILES and COMPONENT in member.name) or member.name.endswith(
                    "metadata.json"
                )
                content = tar.extractfile(member) if wanted and member.isfile() else None
                if content is not None:
                    (folder / name).write_bytes(content.read())
        metadata = json.loads((folder / "metadata.json").read_text(encoding="utf-8"))
        return _node_config(metadata)
    except (OSError, tarfile.TarError, ValueError, KeyError, EOFError) as error:
        raise DamagedModelError(
            f"Le modèle {project.shown(archive)} ne peut pas être lu ({error}) : "
            "lancez « make train » pour le refaire."
        ) from error


def _node_config(metadata: Mapping[str, Any]) -> dict[str, Any]:
    nodes = metadata["predict_schema"]["nodes"]
    for node in nodes.values() if isinstance(nodes, dict) else nodes:
        if str(node["uses"]).endswith(COMPONENT):
            return dict(node["config"])
    raise KeyError(COMPONENT)
