"""Whom to ask depends on where the person is, and nobody gets the contact of elsewhere."""

from __future__ import annotations

import pytest

from assistant_am.dialogue.world import load_world
from tests.dialogue.conftest import ROOT, TODAY, Talk

SITE = """\
contacts_departements:
  "72": {nom: MSP du Mans, telephone: "02 43 00 00 72"}
  "61": {nom: Maison de l'Orne, adresse_web: https://orne.example}
"""
MAYENNE = ("02 43 56 12 12", "maysantelab.fr", "May'Santé")


@pytest.fixture(scope="module")
def site_world(tmp_path_factory):
    """The shipped knowledge, with the contacts of two départements more."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "knowledge").mkdir()
    (folder / "knowledge" / "site.yml").write_text(SITE, encoding="utf-8")
    return load_world(ROOT / "knowledge", TODAY, folder)


@pytest.fixture
def talk_there(site_world, reader):
    return Talk(site_world, reader)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("je suis dans le 72", ("MSP du Mans", "02 43 00 00 72")),
        ("en Sarthe", ("MSP du Mans",)),
        ("je suis médecin dans l'Orne", ("Maison de l'Orne", "https://orne.example")),
        ("je suis dans le 53", ("May'Santé LAB (Mayenne)", "02 43 56 12 12")),
        ("on est en Bretagne, dans le 35", ("votre CPAM",)),
    ],
)
def test_saying_where_gives_the_contact_there(talk_there, text, said):
    answer = talk_there.say(text)
    for each in said:
        assert each in answer
    if "53" not in text:
        assert not any(each in answer for each in MAYENNE)


@pytest.mark.parametrize("intent", ["contact_humain", "a_propos", "donnees_personnelles"])
def test_what_was_said_of_the_place_holds_for_later_answers(talk_there, intent):
    talk_there.say("je suis dans le 72")
    answer = talk_there.say("et pour parler à quelqu'un ?", intent)
    assert "02 43 56 12 12" not in answer
    if intent != "donnees_personnelles":
        assert "MSP du Mans" in answer
        assert "May'Santé LAB (" not in answer


def test_details_name_no_contact_of_elsewhere(talk_there):
    """« En savoir plus » ends with whom to ask."""
    talk_there.say("je suis dans le 35")
    talk_there.say("où se former ?", "ou_se_former")
    answer = talk_there.say("En savoir plus", "demander_plus")
    assert "CPNEFP" in answer
    assert "02 43 56 12 12" not in answer


def test_somebody_who_moves_gets_the_new_contact(talk_there):
    assert "MSP du Mans" in talk_there.say("je suis dans le 72")
    assert "Maison de l'Orne" in talk_there.say("pardon, je suis dans l'Orne")


def test_a_question_asked_from_somewhere_is_answered(talk_there):
    """The place is kept, and the question is not lost for it."""
    answer = talk_there.say("je suis dans le 72, comment devenir assistante ?", "acces_metier")
    assert "MSP du Mans" not in answer
    assert "MSP du Mans" in talk_there.say("qui contacter ?", "contact_humain")


def test_the_place_is_forgotten_with_the_rest(talk_there):
    talk_there.say("je suis dans le 72")
    talk_there.say("recommencer", "recommencer")
    assert "MSP du Mans" not in talk_there.say("qui contacter ?", "contact_humain")


def test_without_a_place_the_general_contact_says_its_territory(talk_there):
    assert "May'Santé LAB (en Mayenne), 02 43 56 12 12" in talk_there.say(
        "qui contacter ?", "contact_humain"
    )


def test_a_contact_for_the_whole_country_is_given_everywhere(tmp_path, reader):
    (tmp_path / "knowledge").mkdir()
    settings = "contact_nom: Le Numéro vert\ncontact_territoire: en France\n"
    (tmp_path / "knowledge" / "site.yml").write_text(settings, encoding="utf-8")
    talk = Talk(load_world(ROOT / "knowledge", TODAY, tmp_path), reader)
    assert "Le Numéro vert" in talk.say("je suis dans le 35")


def test_a_hidden_subject_is_answered_as_one_that_is_not_covered(tmp_path, reader):
    """The model still knows it: a reading of it must lead somewhere."""
    (tmp_path / "knowledge" / "fiches").mkdir(parents=True)
    (tmp_path / "knowledge" / "fiches" / "tenue_travail.yml").write_text("masque: true\n", "utf-8")
    world = load_world(ROOT / "knowledge", TODAY, tmp_path)
    talk = Talk(world, reader)
    known = Talk(load_world(ROOT / "knowledge", TODAY), reader)
    assert world.phrase("non_couvert").split(".")[0] in talk.say("quelle tenue ?", "tenue_travail")
    assert world.phrase("non_couvert") not in known.say("quelle tenue ?", "tenue_travail")


def test_one_place_is_not_given_for_another(site_world):
    """What was made for a département serves those of which nothing is said, not the others."""
    contacts = [
        site_world.at(number).knowledge.site["contact_nom"] for number in ("72", "35", "61")
    ]
    assert len(set(contacts)) == 3
    assert site_world.at("35").knowledge is site_world.at("01").knowledge
    assert site_world.at("72").knowledge.site["contact_nom"] == contacts[0]
