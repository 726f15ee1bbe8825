"""The words by which the widget alone sees an emergency, while the service is away."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant_am.french.fold import fold
from assistant_am.operations.project import Project

ROOT = Project.here().root
SCRIPT = ROOT / "widget" / "dev" / "urgences.py"
SENTENCES = ROOT / "tests" / "french" / "development" / "urgences.yml"


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    """What `widget/dev/urgences.py` defines."""
    return runpy.run_path(str(SCRIPT))


def test_the_file_is_what_the_lexicon_makes(script: dict[str, Any]) -> None:
    """Nobody changed the lexicon without running the script again."""
    written = Path(script["TARGET"]).read_text(encoding="utf-8")
    assert written == script["module"](), "lancez : .venv/bin/python widget/dev/urgences.py"


@pytest.mark.parametrize("kind", ["vital", "suicide"])
def test_four_emergencies_in_five_are_seen(script: dict[str, Any], kind: str) -> None:
    """Far less than the detector, but without the service; the numbers stand there in any case."""
    stems = "|".join(w.replace("*", r"\w*") for group in script["telling_words"]() for w in group)
    seen = re.compile(rf"\b(?:{stems})\b")
    sentences = yaml.safe_load(SENTENCES.read_text(encoding="utf-8"))[kind]
    share = sum(bool(seen.search(fold(text))) for text in sentences) / len(sentences)
    assert share >= 0.8
