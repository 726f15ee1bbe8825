"""Facts stand in knowledge/ and nowhere else: not in the domain, the rules or the actions."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(
    [
        ROOT / "domain.yml",
        *(ROOT / "data" / "rules").rglob("*.yml"),
        *(ROOT / "actions").rglob("*.py"),
    ]
)
FACT = re.compile(
    r"\d[\d\s\u00a0\u202f.,]*(?:€|euros?\b)"
    r"|\b20\d\d-\d\d-\d\d\b|\b\d{1,2}[/.]\d{1,2}[/.]20\d\d\b"
    r"|\b(?:1er|\d{1,2})[ \u00a0](?:janvier|février|mars|avril|mai|juin|juillet|août|septembre"
    r"|octobre|novembre|décembre)\b"
    r"|https?://|\bwww\.|[\w.]+@[\w-]+\.\w+|\b0\d(?:[ .]\d\d){4}\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_fact_stands_outside_the_knowledge(file):
    """No amount in euros, no date and no address: they would be missed when they change."""
    assert FACT.findall(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "text", ["38 000 €", "12 euros", "2024-06-22", "22 juin 2024", "https://x.fr", "a@b.fr",
             "02 43 56 12 12", "1er janvier"]
)  # fmt: skip
def test_a_fact_would_be_seen(text):
    """The pattern sees each kind of fact."""
    assert FACT.search(f"text: {text}.")
