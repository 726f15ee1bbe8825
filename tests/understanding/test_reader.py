"""From probabilities to a meaning: requests put apart, trust, what is outside, emergencies."""

from __future__ import annotations

import pytest

from assistant_am.meaning import Context, Emergency
from assistant_am.understanding.heads import BrokenModel
from assistant_am.understanding.ranking import FEATURES
from assistant_am.understanding.reader import Limits

TWO = "quel salaire ? et quelle durée ?"
APART = {
    TWO: {"duree": 0.5, "salaire": 0.45},
    "quel salaire ?": {"salaire": 0.9},
    "quelle durée ?": {"duree": 0.8},
}


def test_several_requests_are_in_the_order_asked(told):
    """The one asked first comes first, each with its place and the words that ask it."""
    reader, _ = told(APART)
    first, second = reader.read(TWO).requests
    assert (first.label, first.text) == ("salaire", "quel salaire ?")
    assert (second.label, second.text) == ("duree", "quelle durée ?")
    assert TWO[first.start : first.end].strip() == "quel salaire ?"
    assert TWO[second.start : second.end].strip() == "et quelle durée ?"
    assert (first.probability, second.probability) == (0.9, 0.8)
    assert {first.trust, second.trust} == {"sur"}


@pytest.mark.parametrize(
    "said",
    [
        {"quelle durée ?": {"duree": 0.49}},
        {"quelle durée ?": {"salaire": 0.8}},
        {"quelle durée ?": {"hors_sujet": 0.8}},
        {"quelle durée ?": {"urgence": 0.8}},
    ],
)
def test_clauses_that_are_not_two_subjects_stay_whole(told, said):
    """A clause too unsure, of the same subject, or of none of ours: the message is read whole."""
    reader, _ = told(APART | said)
    (request,) = reader.read(TWO).requests
    assert (request.label, request.text, request.start, request.end) == ("duree", "", 0, None)


def test_what_is_told_is_no_request(told):
    """Only clauses that ask are read apart; a story before one question leaves the message whole,
    even where two labels are likely."""
    story = "j'ai 35 ans et deux enfants. quel salaire ?"
    reader, _ = told({story: {"duree": 0.5, "salaire": 0.45}})
    (request,) = reader.read(story).requests
    assert (request.label, request.end) == ("duree", None)


@pytest.mark.parametrize(
    ("told_part", "heard"),
    [
        ({"urgence": 0.75}, Emergency("vital", plain=True)),
        ({"urgence": 0.6}, None),
        ({"urgence": 0.2}, None),
    ],
)
def test_an_emergency_may_be_told_beside_a_question(told, told_part, heard):
    """What is told is read as one whole, and only when clear; the question alone is none."""
    message = "ça serre fort, et ça descend dans le bras. c'est où la formation ?"
    reader, _ = told({"ça serre fort, et ça descend dans le bras.": told_part})
    assert reader.read(message).emergency == heard
    assert reader.read("c'est où la formation ?").emergency is None


def test_clauses_are_read_after_what_came_before(told):
    """Each clause has the context of its message, and so has its kind and its emergency whole."""
    reader, stub = told(APART | {TWO: {"urgence": 0.7, "suite": 0.4}})
    meaning = reader.read(TWO, Context("salaire", "bonjour"))
    assert len(stub.before) == 3 and len(set(stub.before)) == 1
    assert len(meaning.requests) == 2
    assert meaning.emergency == Emergency("vital", plain=True)
    assert meaning.follows == 0.4


@pytest.mark.parametrize(
    ("probability", "trust"),
    [(0.61, "sur"), (0.59, "hesitant"), (0.41, "hesitant"), (0.39, "incompris")],
)
def test_trust_follows_the_limits(told, probability, trust):
    """Answered, offered among others, or not understood, as the limits say."""
    limits = Limits(sure=0.6, unsure=0.4)
    reader, _ = told({"x": {"duree": probability}}, limits=limits)
    (request,) = reader.read("x").requests
    assert request.trust == trust
    assert request.label == "duree"
    assert [value for _, value in request.ranking] == sorted(
        (value for _, value in request.ranking), reverse=True
    )


def test_what_is_outside_is_put_together(told):
    """Two halves of « none of our subjects » win over one subject likelier than each."""
    reader, _ = told({"x": {"duree": 0.4, "hors_sujet": 0.25, "autre_metier": 0.3}})
    (request,) = reader.read("x").requests
    assert (request.label, request.trust) == ("autre_metier", "hors_sujet")
    assert request.probability == pytest.approx(0.55, abs=1e-3)


def test_little_outside_leaves_the_subject(told):
    """Below the limit the subject is answered."""
    reader, _ = told({"x": {"duree": 0.5, "hors_sujet": 0.24, "autre_metier": 0.24}})
    (request,) = reader.read("x").requests
    assert (request.label, request.trust) == ("duree", "sur")


@pytest.mark.parametrize(
    ("vital", "suicide", "heard"),
    [
        (0.6, 0.31, Emergency("vital", plain=True)),
        (0.2, 0.75, Emergency("suicide", plain=True)),
        (0.3, 0.25, Emergency("vital", plain=False)),
        (0.2, 0.31, Emergency("suicide", plain=False)),
        (0.29, 0.2, None),
    ],
)
def test_emergencies_have_two_degrees(told, vital, suicide, heard):
    """Both kinds count together for the degree; the likelier names it."""
    reader, _ = told({"x": {"urgence": vital, "urgence_suicide": suicide}})
    assert reader.read("x").emergency == heard


def test_an_emergency_is_judged_after_the_second_look(told):
    """What the second look makes unlikely gives no alarm, whatever the encoder says."""
    weights = [{"encodeur": 1.0, "acte": -5.0}.get(name, 0.0) for name in FEATURES]
    table = {"x": {"urgence": 0.7, "duree": 0.3}}
    assert told(table)[0].read("x").emergency == Emergency("vital", plain=True)
    assert told(table, weights)[0].read("x").emergency is None


def test_kinds_are_those_of_the_whole_message(told):
    """A case supposed, somebody else's, what leans on before: each under its name."""
    reader, _ = told({"x": {"duree": 1, "suite": 0.1, "hypothese": 0.2, "autre_personne": 0.3}})
    meaning = reader.read("x")
    assert (meaning.follows, meaning.hypothesis, meaning.other) == (0.1, 0.2, 0.3)


def test_the_encoder_reads_what_came_before(told):
    """The question of the last subject and the last message; a subject unknown now is none."""
    reader, stub = told({"x": {"duree": 1}})
    reader.read("x", Context("salaire", "bonjour"))
    reader.read("x", Context("disparu", "bonjour"))
    before = [(each.subject, each.message) for each in stub.before]
    assert before == [("Quel est le salaire ?", "bonjour"), ("", "bonjour")]


def test_the_second_look_may_change_the_first(told):
    """A weight on « the last subject » lifts it above the encoder's first choice."""
    weights = [{"encodeur": 1.0, "meme_sujet": 3.0}.get(name, 0.0) for name in FEATURES]
    reader, _ = told({"x": {"duree": 0.5, "salaire": 0.4}}, weights)
    assert reader.read("x").requests[0].label == "duree"
    assert reader.read("x", Context("salaire", "")).requests[0].label == "salaire"


@pytest.mark.parametrize("count", [0, len(FEATURES) - 1, len(FEATURES) + 1])
def test_a_wrong_number_of_weights_is_refused(told, count):
    """One weight for each feature, or nothing is read at all."""
    with pytest.raises(BrokenModel, match=f"{len(FEATURES)} poids attendus, {count} donnés"):
        told({}, [0.0] * count)


def test_a_label_has_its_intent(told):
    """A fiche's own, else the label itself."""
    reader, _ = told({})
    assert (reader.intent_of("duree"), reader.intent_of("merci")) == ("demander_duree", "merci")
