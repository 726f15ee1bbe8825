"""No amount, threshold or date of the domain stands in the code of the computation."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import assistant_am.aid

_FILES = sorted(Path(assistant_am.aid.__file__).parent.glob("*.py"))
_ANYWHERE = {0, 1, 2}
_HERE = {
    ("budget", 12),  # months of a year
    ("contract_years", 28),  # February
    ("query", 100),
    ("reading", 100),
    ("tolerance", 100),  # percent
}
"""The calendar and arithmetic, not the domain."""
_FIGURE_IN_TEXT = re.compile(r"\d[\d\s\u00a0]*(€|%|patients|ans\b)|\d{4}-\d{2}-\d{2}|\d{1,2} juin")


@pytest.mark.parametrize("file", _FILES, ids=lambda file: file.stem)
def test_no_figure_in_the_code(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or id(node) in docstrings:
            continue
        if isinstance(node.value, str):
            assert not _FIGURE_IN_TEXT.search(node.value), node.value
        elif isinstance(node.value, (int, float)) and not isinstance(node.value, bool):
            allowed = node.value in _ANYWHERE or (file.stem, node.value) in _HERE
            assert allowed, f"{file.name}:{node.lineno}"


def test_what_is_allowed_stands_there() -> None:
    """An exception that nothing needs any more would let a figure through."""
    for stem, value in _HERE:
        text = (Path(assistant_am.aid.__file__).parent / f"{stem}.py").read_text(encoding="utf-8")
        assert re.search(rf"\b{value}\b", text), (stem, value)
