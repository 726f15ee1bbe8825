"""The assistant and the labelled conversations, every failure being one French sentence."""

from __future__ import annotations

from pathlib import Path

from assistant_am.assistant import Assistant
from assistant_am.assistant.loading import load_assistant
from assistant_am.files.errors import KnowledgeError
from assistant_am.operations.check import CONVERSATIONS
from assistant_am.operations.errors import BrokenFileError, DamagedModelError
from assistant_am.operations.project import Project
from assistant_am.runtime.file_errors import told
from assistant_am.understanding.conversations import (
    LabelledConversation,
    read_aliases,
    read_conversations,
)
from assistant_am.understanding.heads import BrokenModel


def load(project: Project, model: Path | None = None) -> Assistant:
    """The assistant in process, with the project's model or another one.

    Raises DamagedModelError, BrokenFileError.
    """
    path = model or project.model
    if not path.exists():
        raise DamagedModelError(
            f"Il n'y a pas de modèle {project.shown(path)} : "
            "lancez « make train » pour l'entraîner."
        )
    try:
        return load_assistant(project.root, path, site=project.site)
    except BrokenModel as error:
        raise DamagedModelError(f"Le modèle ne peut pas être chargé : {error}.") from error
    except KnowledgeError as error:
        raise BrokenFileError(f"{error}\nLancez « make check ».") from error
    except OSError as error:
        raise BrokenFileError(told(error)) from error


def conversations(
    project: Project, place: Path, assistant: Assistant
) -> list[LabelledConversation]:
    """Those of a folder or of a file. Raises BrokenFileError with every mistake."""
    knowledge = assistant.world.knowledge
    fiches = {*knowledge.fiches, *knowledge.hidden}
    try:
        aliases = {
            **read_aliases(project.root / CONVERSATIONS, fiches),
            **read_aliases(place if place.is_dir() else place.parent, fiches),
        }
        found = read_conversations(place, fiches, aliases)
    except KnowledgeError as error:
        raise BrokenFileError(str(error)) from error
    if not found:
        raise BrokenFileError(
            f"{project.shown(place)} ne contient aucune conversation (*.yml) : "
            "donnez un autre dossier, ou un fichier."
        )
    return found
