"""From probabilities to a meaning: requests put apart, trust, what is outside, emergencies."""

from __future__ import annotations

import pytest

from assistant_am.meaning import Emergency
from assistant_am.understanding.ranking import FEATURES, Context
from assistant_am.understanding.reader import Limits

TWO = "quel salaire ? et quelle durée ?"
APART = {
    TWO: {"duree": 0.5, "salaire": 0.45, "plusieurs": 0.9},
    "quel salaire ?": {"salaire": 0.9},
    "et quelle durée ?": {"duree": 0.8},
}


def test_several_requests_are_in_the_order_asked(told):
    """The one asked first comes first, each with the words that ask it."""
    reader, _ = told(APART)
    first, second = reader.read(TWO).requests
    assert (first.label, first.text.strip()) == ("salaire", "quel salaire ?")
    assert (second.label, second.text.strip()) == ("duree", "et quelle durée ?")
    assert TWO[first.start : first.end] == first.text
    assert TWO[second.start : second.end] == second.text
    assert (first.probability, second.probability) == (0.9, 0.8)
    assert {first.trust, second.trust} == {"sur"}


@pytest.mark.parametrize(
    "said",
    [
        {"duree": 0.5, "salaire": 0.45, "plusieurs": 0.49},
        {"duree": 0.8, "salaire": 0.14, "plusieurs": 0.9},
    ],
)
def test_one_request_stays_whole(told, said):
    """Neither two likely labels of a plain message, nor a second one too unlikely, make two."""
    reader, _ = told(APART | {TWO: said})
    (request,) = reader.read(TWO).requests
    assert (request.label, request.text, request.end) == ("duree", "", None)


@pytest.mark.parametrize(
    ("probability", "trust"),
    [(0.31, "sur"), (0.29, "hesitant"), (0.21, "hesitant"), (0.19, "incompris")],
)
def test_trust_follows_the_limits(told, probability, trust):
    """Answered, offered among others, or not understood, as the limits say."""
    limits = Limits(sure=0.3, unsure=0.2, outside=2)
    reader, _ = told({"x": {"duree": probability}}, limits=limits)
    share = (1 - probability) / 5
    (request,) = reader.read("x").requests
    assert request.trust == trust
    assert probability < share or request.label == "duree"
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
        (0.5, 0.39, Emergency("vital", plain=False)),
        (0.2, 0.31, Emergency("suicide", plain=False)),
        (0.29, 0.2, None),
    ],
)
def test_emergencies_have_two_degrees(told, vital, suicide, heard):
    """Both kinds count together for the degree; the likelier names it."""
    reader, _ = told({"x": {"urgence": vital, "urgence_suicide": suicide}})
    assert reader.read("x").emergency == heard


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
    with pytest.raises(ValueError, match=f"{len(FEATURES)} poids attendus, {count} donnés"):
        told({}, [0.0] * count)


def test_a_label_has_its_intent(told):
    """A fiche's own, else the label itself."""
    reader, _ = told({})
    assert (reader.intent_of("duree"), reader.intent_of("merci")) == ("demander_duree", "merci")
