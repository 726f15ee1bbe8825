"""The rules of a conversation, in their order, each with a message that it answers."""

from __future__ import annotations

import pytest

from assistant_am.dialogue.rules import RULES
from assistant_am.meaning import Emergency
from tests.facts import CQP_HOURS

MONTANT = "demander_montant_aide"
TWO = "Dr A, P92, mi-temps ; Dr B, P60, temps plein"
NAMES = [
    "bouton",
    "definition",
    "date_impossible",
    "tranche_demandee",
    "tous_les_medecins",
    "reponse_attendue",
    "lieu",
    "un_medecin",
    "demandes",
]


def test_the_order_of_the_rules():
    """The first that answers wins, so the order is the conversation's; the names are shown."""
    assert [rule.name for rule in RULES] == NAMES


def rule(talk) -> str:
    return talk.response.rule


def test_a_button_is_its_subject(talk, world):
    """Its words are ours: what was understood of them does not count."""
    talk.say(world.knowledge.fiches["smic"].question, "hors_sujet", "hors_sujet")
    assert (rule(talk), talk.response.subjects) == ("bouton", ("smic",))


def test_an_impossible_date_is_told_before_anything(talk):
    """« 31/06/2024 » gives no amount, and is no answer to the question that waits."""
    talk.say("je veux estimer mon aide", "demander_estimer_aide")
    answer = talk.say("mi-temps, P92, contrat signé le 31/06/2024", MONTANT)
    assert rule(talk) == "date_impossible"
    assert "31/06/2024" in answer
    assert "19 000" not in answer
    assert talk.memory.pending


def test_doctors_described_are_answered_together(talk):
    """Two doctors and what is said of each."""
    talk.say(TWO)
    assert rule(talk) == "tous_les_medecins"


def test_one_doctor_again(talk):
    """« et le Dr B ? » alone is what was computed last, for him."""
    talk.say(TWO)
    talk.say("et le Dr B ?")
    assert rule(talk) == "un_medecin"


def test_an_answer_to_our_question(talk):
    """While a question waits, its answer comes before what the words mean by themselves."""
    talk.say("je veux estimer mon aide", "demander_estimer_aide")
    assert talk.memory.pending
    talk.say("mi-temps", "demander_quotite_aide")
    assert rule(talk) == "reponse_attendue"


def test_two_doctors_are_no_answer_to_our_question(talk):
    """What is said of several comes before the question that waits."""
    talk.say("je veux estimer mon aide", "demander_estimer_aide")
    talk.say(TWO)
    assert rule(talk) == "tous_les_medecins"


def test_everything_else_is_what_was_understood(talk):
    """A question, thanks, or something told."""
    for text, intent in (("c'est long ?", "demander_duree_formation"), ("merci", "remercier"),
                         ("je suis infirmière", "")):  # fmt: skip
        talk.say(text, intent)
        assert rule(talk) == "demandes"


@pytest.mark.parametrize(
    ("text", "intent", "options", "name"),
    [
        (TWO, MONTANT, {"emergency": Emergency("vital", plain=True)}, "urgence"),
        ("   ", MONTANT, {}, "vide"),
        ("on efface", "recommencer", {}, "recommencer"),
        ("oublie-moi", "effacer_donnees", {}, "effacer_donnees"),
    ],
)
def test_what_comes_before_the_rules(talk, text, intent, options, name):
    """An emergency, nothing at all, and a plain wish to start again."""
    talk.say(text, intent, **options)
    assert rule(talk) == name


def test_an_emergency_comes_before_a_button(talk, world):
    """Whatever the words are those of."""
    question = world.knowledge.fiches["smic"].question
    talk.say(question, "demander_smic", emergency=Emergency("vital", plain=True))
    assert rule(talk) == "urgence"


def test_a_doubtful_emergency_is_a_line_before_the_answer(talk, world):
    """« En cas d'urgence… », then what was asked."""
    doubt = Emergency("vital", plain=False)
    answer = talk.say("c'est long ?", "demander_duree_formation", emergency=doubt)
    assert rule(talk) == "demandes"
    assert answer.startswith(world.phrase("urgence_possible"))
    assert CQP_HOURS in answer


@pytest.mark.parametrize("intent", ["recommencer", "effacer_donnees"])
def test_an_uncertain_wish_to_start_again_erases_nothing(talk, intent):
    """A button offers it."""
    talk.say("je suis infirmière")
    talk.say("bon", intent, "hesitant")
    assert talk.memory.situation["profil"] == "infirmier"
