"""Facts stand in knowledge/ and nowhere else: not in the domain, the rooms or the actions."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = (
    "aid", "assistant", "dialogue", "files", "french", "meaning", "nlu", "reading", "rendering",
    "site", "understanding",
)  # fmt: skip
FILES = sorted(
    [
        ROOT / "domain.yml",
        *(ROOT / "actions").rglob("*.py"),
        *(path for room in ROOMS for path in (ROOT / "assistant_am" / room).rglob("*.py")),
    ]
)
FACT = re.compile(
    r"\d[\d\s\u00a0\u202f.,]*(?:€|euros?\b)"
    r"|\b20\d\d-\d\d-\d\d\b|\b\d{1,2}[/.]\d{1,2}[/.]20\d\d\b"
    r"|\b(?:1er|\d{1,2})[ \u00a0](?:janvier|février|mars|avril|mai|juin|juillet|août|septembre"
    r"|octobre|novembre|décembre)\b"
    r"|https?://|\bwww\.|[\w.]+@[\w-]+\.\w+|\b0\d(?:[ .]\d\d){4}\b"
    # Percentiles, the year of an agreement or of a source, an age, a share.
    r"|\bP\d\d\b|\b(?:19|20)\d\d\b|\b\d{1,3} ans\b|\d[ \u00a0]%"
    r"|\b(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize"
    r"|vingt|trente|quarante|cinquante|soixante|quatre-vingt|cent|mille)(?:[ -]\w+)?"
    r" (?:mois|ans|années|patients|euros|heures|jours|postes)\b",
    re.IGNORECASE,
)
NOT_TOLD = {
    # « Convention 2024 », « avant juin 2024 » are read in messages, never said.
    "agreement.py",
    # Examples of how a date, an address or a number is written.
    "forms.py",
}
IDENTIFIER = re.compile(r"[a-z0-9_]*")
"""The name of a band or of a parameter holds figures: « p90_p94 »."""


def said_in(file: Path) -> list[str]:
    """The texts of a file: all of it, or the strings of a program without its docstrings."""
    text = file.read_text(encoding="utf-8")
    if file.suffix != ".py":
        return [text]
    nodes = list(ast.walk(ast.parse(text)))
    told = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    return [
        node.value
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told
    ]


def test_every_place_is_scanned():
    """A folder renamed would be left out without a word."""
    for room in ("actions", *(f"assistant_am/{room}" for room in ROOMS)):
        assert any(ROOT / room in file.parents for file in FILES), room


@pytest.mark.parametrize(
    "file",
    [f for f in FILES if f.name not in NOT_TOLD],
    ids=lambda file: str(file.relative_to(ROOT)),
)
def test_no_fact_stands_outside_the_knowledge(file):
    """No amount, limit, date, duration or address: they would be missed when they change."""
    said = [each for each in said_in(file) if not IDENTIFIER.fullmatch(each)]
    assert [fact for each in said for fact in FACT.findall(each)] == []


@pytest.mark.parametrize(
    "text", ["38 000 €", "12 euros", "2024-06-22", "22 juin 2024", "https://x.fr", "a@b.fr",
             "02 43 56 12 12", "1er janvier", "douze mois", "vingt-quatre mois", "P30 à P89",
             "Akeia (2025)", "65 ans", "80 %"]
)  # fmt: skip
def test_a_fact_would_be_seen(text):
    """The pattern sees each kind of fact."""
    assert FACT.search(f"text: {text}.")
