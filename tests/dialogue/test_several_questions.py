"""Several questions in one message: each is read after the one before it."""

from __future__ import annotations

import pytest

from assistant_am.dialogue.turn import Segment, Turn

DURATION, PAY, SOURCE = "demander_duree_formation", "demander_salaire_debutant", "demander_source"


def ask(talk, *asked):
    """One message of these questions, each as (text, intent, confidence)."""
    text, segments = "", []
    for question, intent, confidence in asked:
        start = len(text)
        text += question + " "
        ranking = ((intent, confidence),)
        segments.append(Segment(question, intent, confidence, "sur", ranking, start, len(text)))
    return talk._hear(Turn(text, tuple(segments), tuple(talk._reader.read(text))))


@pytest.mark.parametrize(
    ("question", "confidence"),
    [("et c ki ki paye ?", 0.58), ("c'est qui qui paie ?", 0.5), ("et qui paye ?", 0.9)],
)
def test_who_pays_is_about_the_question_before(talk, question, confidence):
    """« cb dur la formation ? et c ki ki paye ? »: what is paid is the training, not a salary."""
    answer = ask(talk, ("cb dur la formation ?", DURATION, 0.46), (question, PAY, confidence))
    assert talk.memory.subject == "financement_formation"
    assert 0 <= answer.index("279 heures") < answer.index("frais pédagogiques")


def test_a_doubtful_short_question_leans_on_the_one_before(talk):
    """« … c payé ? » is about pay while training when the classifier is not sure."""
    ask(talk, ("combien dure la formation ?", DURATION, 0.98), ("et c payé ?", PAY, 0.5))
    assert talk.memory.subject == "remuneration_formation"


def test_a_question_that_names_its_subject_does_not_lean(talk):
    """« la durée et le salaire »: the salary of the job."""
    ask(talk, ("c'est quoi la durée", DURATION, 0.98), ("et le salaire ?", PAY, 0.99))
    assert talk.memory.subject == "salaire_debutant"


def test_a_message_before_does_not_outweigh_the_question_before(talk):
    """After the training, « combien on gagne ? ça grimpe ? » is about the salary that grows."""
    talk.say("combien dure la formation ?", DURATION)
    text = "combien on gagne ? ça grimpe ?"
    ranking = (("demander_examen", 0.3), ("demander_evolution_salaire", 0.28))
    segments = (
        Segment("combien on gagne ?", PAY, 0.99, "sur", ((PAY, 0.99),), 0, 18),
        Segment("ça grimpe ?", "demander_examen", 0.3, "sur", ranking, 19, len(text)),
    )
    talk._hear(Turn(text, segments))
    assert talk.memory.subject == "evolution_salaire"


@pytest.mark.parametrize("text", ["et c ou ?", "c'est où ?", "où ça ?", "OK et c où exactement ?"])
def test_where_is_no_question_about_sources(talk, text):
    """« et c où ? » after the training asks for the schools, whatever it looks like."""
    talk.say("combien dure la formation ?", DURATION)
    talk.say(text, SOURCE)
    assert talk.memory.subject == "ou_se_former"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("d'où ça vient ?", SOURCE),
        ("c'est d'où ?", SOURCE),
        ("tu as vu ça où ?", SOURCE),
        ("c'est de quand ?", "demander_fraicheur"),
    ],
)
def test_where_from_is_one(talk, text, intent):
    """« d'où ça vient ? » keeps its meaning."""
    talk.say("combien dure la formation ?", DURATION)
    assert "CPNEFP" in talk.say(text, intent)
    assert talk.memory.subject == "duree_formation"
