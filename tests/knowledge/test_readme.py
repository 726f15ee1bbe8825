"""The examples of knowledge/README.md, followed literally on a copy.

What they change is frozen in `frozen/` as the page has it: the knowledge itself may move on.
"""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from assistant_am import aid
from assistant_am.knowledge import answer, load

KNOWLEDGE = Path(__file__).resolve().parents[2] / "knowledge"
README = (KNOWLEDGE / "README.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(
    r"^Dans `(?P<file>[^`]+)`, remplacez :\n\n```yaml\n(?P<old>.*?)```\n\n"
    r"par :\n\n```yaml\n(?P<new>.*?)```",
    re.DOTALL | re.MULTILINE,
)
FROZEN = Path(__file__).with_name("frozen")
FACT = re.compile(r"^cqp_heures:\n(?:[ #].*\n)+", re.MULTILINE)
EXAMPLES = {match["file"]: match for match in EXAMPLE.finditer(README)}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = Path(shutil.copytree(KNOWLEDGE, tmp_path / "knowledge"))
    shutil.copy(FROZEN / "aide_mi_temps.yml", folder / "parametres")
    facts = folder / "faits" / "formation.yml"
    frozen = (FROZEN / "cqp_heures.yml").read_text("utf-8")
    text, count = FACT.subn(lambda _: frozen, facts.read_text("utf-8"))
    assert count == 1
    facts.write_text(text, "utf-8")
    return tmp_path


def follow(root: Path, name: str) -> Path:
    """Does what the page says, once, and returns the knowledge folder."""
    example = EXAMPLES[name]
    file = root / example["file"]
    text = file.read_text(encoding="utf-8")
    assert example["old"] in text
    file.write_text(text.replace(example["old"], example["new"], 1), encoding="utf-8")
    return root / "knowledge"


def test_the_example_of_a_fact_changes_the_answers(root):
    """Following the page, the duration said is the new one."""
    before = answer(load(root / "knowledge"), "duree_formation", {}).text
    folder = follow(root, "knowledge/faits/formation.yml")
    after = answer(load(folder), "duree_formation", {}).text
    assert "279\u00a0heures" in before
    assert before.replace("279\u00a0heures", "300\u00a0heures") == after


@pytest.mark.parametrize(("signed", "expected"), [("2026-12-31", 19_000), ("2027-01-01", 20_000)])
def test_the_example_of_an_amount_changes_the_estimates_from_its_day_on(root, signed, expected):
    """The new amount holds from its date on; the day before keeps the former one."""
    folder = follow(root, "knowledge/parametres/aide_mi_temps.yml")
    load(folder)
    case = aid.Case(
        fte=0.5, band="p30_p89", contract_years=(1,), contract_date=date.fromisoformat(signed)
    )
    estimate = aid.estimate(case, aid.load(folder), date(2027, 2, 1))
    assert [expected] == [year.max_eur for year in estimate.years]


def test_the_page_names_files_and_commands_that_exist():
    """Every file, folder and command named on the page is there."""
    makefile = (KNOWLEDGE.parent / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"`make (\w+)`", README):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    for name in re.findall(r"`((?:\w+/)*\w+\.yml|\w+/)`", README):
        if "parking" not in name:
            assert (KNOWLEDGE / name).exists() or (KNOWLEDGE.parent / name).exists(), name
