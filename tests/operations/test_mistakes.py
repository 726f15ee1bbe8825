"""Mistakes of coordinators, one at a time: each has its verdict, told where it stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.operations import mistakes

REFUSED, WARNED, ACCEPTED = "refusé", "averti", "accepté"
JARGON = re.compile(
    r"expected|found|mapping|token|context|scalar|\^|\\d|\\s|\[a-z|Traceback|Error|None|null"
)
"""Words of the machine: a coordinator is told in French, without patterns."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        mistakes.read_each_text_once(monkeypatch)
        yield mistakes.copy_of_project(tmp_path_factory.mktemp("clone"))


@pytest.mark.parametrize("mistake", mistakes.TABLE, ids=lambda mistake: mistake["nom"])
def test_a_mistake_has_its_verdict(project, mistake):
    """Refused or warned of with its place and its remedy, or rightly accepted."""
    undo = mistakes.made(project, mistake)
    try:
        report = mistakes.checked(project)
    finally:
        undo()
    told = [*report.problems, *report.warnings]
    found = REFUSED if report.problems else WARNED if report.warnings else ACCEPTED
    assert found == mistake["verdict"], told
    assert [each for each in told if JARGON.search(each)] == []
    if found == REFUSED:
        # What is missing is told where it is missed.
        place = mistake.get("place", mistake["fichier"])
        line = mistakes.line_of(mistake)
        if line is not None:
            place += f":{line} "
        assert any(each.startswith(place) and mistake["dit"] in each for each in report.problems), (
            told
        )
    elif found == WARNED:
        assert any(mistake["dit"] in each for each in report.warnings), told


def test_untouched_knowledge_is_told_of_nothing(project):
    """No doubt, no change, no problem: what is told is due to the mistake."""
    report = mistakes.checked(project)
    assert (report.problems, report.warnings, report.changes) == ((), (), ())


def test_the_table_is_whole():
    """All that was tried, each under its own name."""
    names = Counter(mistake["nom"] for mistake in mistakes.TABLE)
    assert [name for name, count in names.items() if count > 1] == []
    assert len(names) >= 154
    assert {mistake["verdict"] for mistake in mistakes.TABLE} == {REFUSED, WARNED, ACCEPTED}
