"""The word lists of `knowledge/lexique/`: values, emergencies, courtesy."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant_am.files import strict_yaml
from assistant_am.french.dictionary import bare_french_words
from assistant_am.french.emergency import EmergencyDetector
from assistant_am.reading.situation import Reader
from assistant_am.understanding.courtesy import CourtesyRemover
from assistant_am.understanding.listener import Listener
from assistant_am.understanding.reader import ContextReader


@dataclass(frozen=True)
class Lexicon:
    """What the lists become."""

    values: Reader
    emergencies: EmergencyDetector
    courtesy: CourtesyRemover

    @classmethod
    def load(cls, folder: Path) -> Lexicon:
        """Raises KnowledgeError."""
        return cls(
            Reader(_read(folder / "entites.yml")),
            EmergencyDetector(_read(folder / "urgences.yml"), bare_french_words()),
            CourtesyRemover(_read(folder / "politesse.yml")),
        )

    def listener(self, reader: ContextReader) -> Listener:
        """All that is heard in a message, by these lists and a trained reading."""
        return Listener(reader, self.values, self.emergencies, self.courtesy)


def _read(file: Path) -> dict[str, Any]:
    return dict(strict_yaml.read(file).data)
