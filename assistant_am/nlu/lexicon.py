"""The word lists of `knowledge/lexique/`, read at each start and with each new model."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from assistant_am.french.dictionary import bare_french_words
from assistant_am.french.emergency import EmergencyDetector
from assistant_am.reading.situation import Reader
from assistant_am.understanding.courtesy import CourtesyRemover

FOLDER = Path(__file__).resolve().parents[2] / "knowledge" / "lexique"


def read(name: str) -> dict[str, Any]:
    """One list, by the name of its file. Raises FileNotFoundError or yaml.YAMLError."""
    text = (FOLDER / f"{name}.yml").read_text(encoding="utf-8")
    return dict(yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader)))


@cache
def reader() -> Reader:
    return Reader(read("entites"))


@cache
def emergency_detector() -> EmergencyDetector:
    return EmergencyDetector(read("urgences"), bare_french_words())


@cache
def courtesy() -> CourtesyRemover:
    return CourtesyRemover(read("politesse"))
