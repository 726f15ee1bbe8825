"""A fact that changes takes its answers with it, and what was forgotten is told."""

from __future__ import annotations

import dataclasses
import datetime
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from assistant_am.files import forms, strict_yaml
from assistant_am.knowledge import answer, load
from assistant_am.knowledge.compare import (
    Changed,
    changed_facts,
    dated_values,
    forgotten,
    lost_marks,
)
from assistant_am.knowledge.file_names import plain
from assistant_am.knowledge.text import spaced
from assistant_am.operations.last_commit import former_knowledge
from tests.facts import CQP_HOURS

KNOWLEDGE = Path(__file__).resolve().parents[2] / "knowledge"
TODAY = datetime.date(2026, 11, 30)
SOURCE = """
journal_essai:
  court: "Journal d'essai (2026)"
  titre: "Un texte d'essai"
  editeur: Éditeur d'essai
  publie: 2026-11
  consulte: 2026-11-30
  a_revoir: 2027-11-30
  officiel: true
  confiance: haute
"""
FACT = """cqp_heures:
  libelle: Durée du CQP complet
  valeur: 317
  unite: heures
  source: journal_essai
  date: 2026-11-30
"""


@pytest.fixture(scope="module")
def changed(tmp_path_factory):
    """Our knowledge before and after the fact was changed with its source."""
    folder = Path(shutil.copytree(KNOWLEDGE, tmp_path_factory.mktemp("new") / "knowledge"))
    sources = folder / "sources.yml"
    sources.write_text(sources.read_text("utf-8") + SOURCE, encoding="utf-8")
    file = folder / "faits" / "formation.yml"
    text = file.read_text("utf-8")
    start, end = text.index("cqp_heures:"), text.index("cqp_etalement:")
    file.write_text(text[:start] + FACT + text[end:], encoding="utf-8")
    return load(KNOWLEDGE), load(folder)


def test_answers_cite_the_source_that_the_fact_has_now(changed):
    """No fiche was touched."""
    before, after = changed
    cited = [source.id for source in answer(after, "duree_formation", {}).sources]
    assert "journal_essai" in cited
    assert "journal_essai" not in before.sources


def test_who_agrees_is_who_says_it_now(changed):
    """« La CPNEFP et Akeia s'accordent » stood in the sentence by hand."""
    said = [answer(each, "duree_formation", {}, "durée du CQP") for each in changed]
    assert "CPNEFP des cabinets médicaux, Akeia et article de formation" in said[0].text
    assert "donné par Éditeur d'essai." in said[1].text
    assert "cpnefp_cqp" not in [source.id for source in said[1].sources]


def test_a_former_source_named_by_hand_is_told(changed):
    """« Environ 98 heures selon Akeia » is no longer so once another says it."""
    before, after = changed
    was = before.facts["fae_heures"]
    now = dataclasses.replace(was, source="journal_essai")
    fiches = dataclasses.replace(after, facts={**after.facts, "fae_heures": now})
    told = " ".join(forgotten(Changed(was, now, ()), fiches, TODAY))
    assert "« Akeia » est encore nommé avec « fae_heures » dans : " in told


def test_a_disagreement_says_the_value_and_the_source_of_now(changed):
    statement = changed[1].disagreements["B-1"].statement
    assert "317\u00a0heures" in statement
    assert "Éditeur d'essai" in statement
    assert CQP_HOURS not in statement


def test_what_the_change_touches_and_what_it_forgot(changed):
    before, after = changed
    (change,) = changed_facts(before, after)
    assert f"« {CQP_HOURS}\u00a0heures » devient « 317\u00a0heures »" in change.said
    assert {"duree_formation", "le désaccord B-1"} <= set(change.said_by)
    assert all(name in change.said for name in change.said_by)
    by_hand = dataclasses.replace(after.disagreements["B-1"], retained=f"{CQP_HOURS} heures")
    after = dataclasses.replace(after, disagreements={**after.disagreements, "B-1": by_hand})
    told = " ".join(forgotten(change, after, TODAY))
    assert "« cpnefp_cqp » n'est plus la source de « cqp_heures »" in told
    assert "le désaccord B-1" in told
    assert "comptez les chiffres" not in told


def test_spaces_before_signs_are_put_right():
    """A coordinator types plain ones."""
    assert spaced("Le CQP : « a » ! https://a.fr") == (
        "Le CQP\u00a0: «\u00a0a\u00a0»\u00a0! https://a.fr"
    )


AMOUNTS = """valeurs:
  2019-08-14: {valeur: 100, reference: {choix: x}}
  2024-06-22: {valeur: 200, reference: {choix: x}}
"""


@pytest.mark.parametrize(
    ("old", "new", "remedy", "stops"),
    [
        ("valeur: 200", "valeur: 300", "passe de 200 à 300", False),
        ("2024-06-22", "2027-01-01", "du 2024-06-22 (200) a disparu", True),
        ("valeurs:", "valeurs:\n  2017-01-01: {valeur: 1, reference: {choix: x}}",
         "avant la dernière connue (2024-06-22)", False),
    ],
)  # fmt: skip
def test_a_dated_value_is_added_and_never_replaced(tmp_path, old, new, remedy, stops):
    file = tmp_path / "x.yml"
    file.write_text(AMOUNTS, encoding="utf-8")
    before = strict_yaml.read(file).data
    file.write_text(AMOUNTS.replace(old, new), encoding="utf-8")
    told = list(dated_values(before, strict_yaml.read(file)))
    assert [stop for problem, stop in told if remedy in problem.message] == [stops]


def test_a_new_dated_value_is_no_mistake(tmp_path):
    file = tmp_path / "x.yml"
    file.write_text(AMOUNTS, encoding="utf-8")
    before = strict_yaml.read(file).data
    file.write_text(f"{AMOUNTS}  2027-01-01: {{valeur: 300, reference: {{choix: x}}}}\n", "utf-8")
    assert list(dated_values(before, strict_yaml.read(file))) == []


def test_a_mark_of_a_phrase_is_kept(tmp_path):
    """« [sujet] » misspelt would be shown as it is."""
    file = tmp_path / "phrases.yml"
    file.write_text("a: Vous parliez de [sujets].\nb: Oui.\n", encoding="utf-8")
    before = {"a": "Vous parliez de [sujet].", "b": "Non."}
    (problem,) = lost_marks(before, strict_yaml.read(file))
    assert (problem.line, "[sujet]" in problem.message) == (1, True)


def git(root: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    subprocess.run(["git", *identity, *arguments], cwd=root, check=True, capture_output=True)


def test_the_last_commit_is_found_below_the_top_of_a_repository(tmp_path):
    """Changed, new and removed files are as they were; without a change there is nothing."""
    root = tmp_path / "clone"
    (root / "knowledge" / "faits").mkdir(parents=True)
    kept, gone = root / "knowledge" / "faits" / "été.yml", root / "knowledge" / "gone.yml"
    kept.write_text("a: 1\n", encoding="utf-8")
    gone.write_text("b: 2\n", encoding="utf-8")
    git(tmp_path, "init")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-m", "x")
    with former_knowledge(root) as before:
        assert before is None
    kept.write_text("a: 3\n", encoding="utf-8")
    gone.unlink()
    with former_knowledge(root) as before:
        assert before is not None
        assert (before / "faits" / "été.yml").read_text("utf-8") == "a: 1\n"
        assert (before / "gone.yml").read_text("utf-8") == "b: 2\n"


def test_where_there_is_no_git_there_is_nothing_to_compare(tmp_path):
    (tmp_path / "knowledge").mkdir()
    with former_knowledge(tmp_path) as before:
        assert before is None


def patterns(schema: object) -> set[str]:
    """Every pattern of a schema."""
    if isinstance(schema, dict):
        own = {schema["pattern"]} if isinstance(schema.get("pattern"), str) else set()
        return own.union(*(patterns(each) for each in schema.values()))
    if isinstance(schema, list):
        return set().union(*(patterns(each) for each in schema))
    return set()


def test_every_pattern_of_the_schemas_is_told_in_words():
    """A regular expression is no remedy."""
    for file in (KNOWLEDGE / "schema").glob("*.json"):
        found = patterns(json.loads(file.read_text(encoding="utf-8")))
        assert found <= set(forms.EXPECTED), file.name


@pytest.mark.parametrize(
    ("typed", "day"),
    [("31/12/2026", "2026-12-31"), ("2027-1-1", "2027-01-01"), ("10/2026", "2026-10"),
     ("1er janvier 2027", "2027-01-01"), ("octobre 2026", "2026-10"), ("bientôt", "")],
)  # fmt: skip
def test_a_day_is_written_again(typed, day):
    assert forms.as_day(typed) == day


@pytest.mark.parametrize(
    ("typed", "number"),
    [("1 801", "1801"), ("20.000", "20000"), ("20,000", "20000"), ("1801,50", "1801.50"),
     ("20000 €", "20000"), ("279 heures", "279"), ("1867,02", "1867.02"), ("oui", "")],
)  # fmt: skip
def test_a_number_is_written_again(typed, number):
    assert forms.as_number(typed) == number


@pytest.mark.parametrize(
    ("name", "right"),
    [("parking.yml.txt", "parking.yml"), ("NOUVEAU.YML", "nouveau.yml"), ("été.yaml", "ete.yml"),
     ("Place de parking.yml", "place_de_parking.yml")],
)  # fmt: skip
def test_a_file_is_named_again(name, right):
    assert plain(name) == right
