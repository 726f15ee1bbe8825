"""Load the assistant from the project's folder and its trained model."""

from __future__ import annotations

import datetime
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant_am.assistant.assistant import Assistant
from assistant_am.dialogue.world import load_world
from assistant_am.understanding.heads import BrokenModel
from assistant_am.understanding.lexicon import Lexicon
from assistant_am.understanding.reader import FILES, ContextReader


def load_assistant(
    root: Path, model: Path, today: datetime.date | None = None, site: Path | None = None
) -> Assistant:
    """The assistant of the knowledge below `root`, with a model: Rasa's archive, or a folder.
    `site` is the folder of the site.

    Raises BrokenModel, KnowledgeError.
    """
    world = load_world(root / "knowledge", today or datetime.date.today(), site)
    lexicon = Lexicon.load(root / "knowledge" / "lexique")
    return Assistant(world, lexicon.listener(load_reader(model)), today)


def load_reader(model: Path) -> ContextReader:
    """The reading of a trained model. Raises BrokenModel."""
    if model.is_dir():
        return ContextReader.load(model)
    with TemporaryDirectory() as folder:
        try:
            with tarfile.open(model) as archive:
                for member in archive:
                    name = Path(member.name).name
                    content = archive.extractfile(member) if name in FILES else None
                    if content is not None:
                        (Path(folder) / name).write_bytes(content.read())
        except (OSError, tarfile.TarError, EOFError) as error:
            raise BrokenModel(f"{model} illisible ({error}) : lancez `make train`") from error
        return ContextReader.load(Path(folder))
