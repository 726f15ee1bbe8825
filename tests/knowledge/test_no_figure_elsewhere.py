"""Facts stand in knowledge/ and nowhere else: not in the domain, the rooms or the actions."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = (
    "aid", "assistant", "dialogue", "french", "meaning", "nlu", "reading", "rendering",
    "understanding",
)  # fmt: skip
FILES = sorted(
    [
        ROOT / "domain.yml",
        *(ROOT / "actions").rglob("*.py"),
        *(path for room in ROOMS for path in (ROOT / "assistant_am" / room).rglob("*.py")),
    ]
)
SPELLED = {"infos.py": ["douze mois"]}
"""The only one, in a sentence that no parameter dates."""
FACT = re.compile(
    r"\d[\d\s\u00a0\u202f.,]*(?:€|euros?\b)"
    r"|\b20\d\d-\d\d-\d\d\b|\b\d{1,2}[/.]\d{1,2}[/.]20\d\d\b"
    r"|\b(?:1er|\d{1,2})[ \u00a0](?:janvier|février|mars|avril|mai|juin|juillet|août|septembre"
    r"|octobre|novembre|décembre)\b"
    r"|https?://|\bwww\.|[\w.]+@[\w-]+\.\w+|\b0\d(?:[ .]\d\d){4}\b"
    r"|\b(?:deux|trois|quatre|cinq|six|dix|douze|quinze|vingt|trente)"
    r" (?:mois|ans|patients|euros)\b",
    re.IGNORECASE,
)


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


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_fact_stands_outside_the_knowledge(file):
    """No amount in euros, no date and no address: they would be missed when they change."""
    found = [fact for said in said_in(file) for fact in FACT.findall(said)]
    assert found == SPELLED.get(file.name, [])


@pytest.mark.parametrize(
    "text", ["38 000 €", "12 euros", "2024-06-22", "22 juin 2024", "https://x.fr", "a@b.fr",
             "02 43 56 12 12", "1er janvier", "douze mois"]
)  # fmt: skip
def test_a_fact_would_be_seen(text):
    """The pattern sees each kind of fact."""
    assert FACT.search(f"text: {text}.")
