"""One entry in place of another: what is said of it is what loading the files would say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant_am.files.errors import KnowledgeError
from assistant_am.knowledge import load, read_document
from assistant_am.knowledge.overlay import mistakes, overlaid

FOLDER = Path(__file__).resolve().parents[2] / "knowledge"


@pytest.fixture(scope="module")
def knowledge():
    return load(FOLDER)


def fact(**changes):
    return {
        "libelle": "Durée du CQP complet",
        "valeur": 279,
        "unite": "heures",
        "source": "cpnefp_cqp",
        **changes,
    }


def test_a_changed_fact_is_said_without_touching_the_knowledge(knowledge):
    changed = overlaid(knowledge, "faits", "cqp_heures", fact(valeur=300))
    assert changed.facts["cqp_heures"].value == 300
    assert knowledge.facts["cqp_heures"].value == 279


def test_what_takes_its_figures_and_sources_from_the_fact_follows_it(knowledge):
    changed = overlaid(knowledge, "faits", "cqp_heures", fact(valeur=300, source="igas_2023"))
    assert "300\u00a0heures" in changed.disagreements["B-1"].statement
    assert "igas_2023" in changed.fiches["cqp"].sources
    again = overlaid(changed, "faits", "cqp_heures", fact())
    assert again.disagreements["B-1"] == knowledge.disagreements["B-1"]
    assert "igas_2023" not in again.fiches["cqp"].sources


def test_a_button_of_another_fiche_is_told(knowledge):
    entry = dict(read_document(FOLDER, "fiches/teletravail.yml", "fiche").data)
    entry["libelle"] = knowledge.fiches["smic"].label
    (found,) = mistakes(knowledge, FOLDER / "schema", "fiches", "teletravail", entry)
    assert found.path == ("libelle",)
    assert "déjà dans la fiche « smic »" in found.message


def test_a_mistake_on_the_third_line_of_a_text_is_at_this_text(knowledge):
    entry = dict(read_document(FOLDER, "fiches/teletravail.yml", "fiche").data)
    entry["reponse"] = "Une ligne.\n\nIl dure 300 heures."
    (found,) = mistakes(knowledge, FOLDER / "schema", "fiches", "teletravail", entry)
    assert found.path == ("reponse",)


@pytest.mark.parametrize(
    ("changes", "path", "word"),
    [
        ({"unite": "h"}, ("unite",), "n'est pas possible"),
        ({"date": "31/12/2026"}, ("date",), "n'a pas la forme"),
        ({"date": "2026-02-31"}, (), "impossible"),
        ({"source": "personne"}, ("source",), "est inconnu"),
        ({"libelle": ""}, ("libelle",), "est vide"),
    ],
)
def test_each_mistake_is_at_its_value(knowledge, changes, path, word):
    entry = fact(**changes)
    (found,) = mistakes(knowledge, FOLDER / "schema", "faits", "cqp_heures", entry)
    assert found.path == path
    assert word in found.message


def test_an_entry_without_mistake_has_none(knowledge):
    assert mistakes(knowledge, FOLDER / "schema", "faits", "cqp_heures", fact()) == []


def test_a_setting_that_a_fiche_gives_is_not_taken_away(knowledge):
    says_it = replace(knowledge.fiches["vae"], text="Voyez {site.contact_adresse_web}")
    knowledge = replace(knowledge, fiches={**knowledge.fiches, "vae": says_it})
    gone = ("contact_adresse_web", "contact")
    site = {key: value for key, value in knowledge.site.items() if key not in gone}
    found = mistakes(knowledge, FOLDER / "schema", "site", "site", site)
    assert {each.path for each in found} == {("contact_adresse_web",)}


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"reponse": "Il dure 300 heures."}, ("reponse",)),
        ({"reponse": "Il dure {cqp_minutes}."}, ("reponse",)),
        ({"suite": ["nulle_part"]}, ("suite",)),
    ],
)
def test_a_fiche_is_told_what_loading_it_tells(knowledge, changes, path, tmp_path):
    fiche = {**read_document(FOLDER, "fiches/teletravail.yml", "fiche").data, **changes}
    (found,) = mistakes(knowledge, FOLDER / "schema", "fiches", "teletravail", fiche)
    assert found.path == path
    copied = tmp_path / "knowledge"
    copied.mkdir()
    for each in FOLDER.iterdir():
        if each.name != "fiches":
            (copied / each.name).symlink_to(each)
    (copied / "fiches").mkdir()
    for each in (FOLDER / "fiches").glob("*.yml"):
        (copied / "fiches" / each.name).symlink_to(each)
    (copied / "fiches" / "teletravail.yml").unlink()
    import yaml

    (copied / "fiches" / "teletravail.yml").write_text(yaml.safe_dump(fiche), encoding="utf-8")
    with pytest.raises(KnowledgeError) as error:
        load(copied)
    assert [each.message for each in error.value.problems] == [found.message]
