"""Words, values and what was learnt are put together; an emergency said in words wins."""

from __future__ import annotations

import datetime

import pytest

from assistant_am.french.emergency import Emergency as Said
from assistant_am.meaning import Context, Emergency, Entity, Meaning, Request
from assistant_am.understanding.listener import MAX_CHARACTERS, Listener

TODAY = datetime.date(2026, 11, 22)
PLAIN, DOUBTFUL = Emergency("vital", plain=True), Emergency("vital", plain=False)


class Stub:
    """A reading that hears the emergency given, and keeps what it was asked."""

    def __init__(self, learnt: Emergency | None = None, alarm: float = 0.0) -> None:
        self.learnt, self.alarm = learnt, alarm
        self.read_with: list[tuple[str, Context]] = []

    def read(self, text, context, bare=""):
        self.read_with.append((text, context))
        return Meaning(
            text, (Request("duree", 0.9),), (), self.learnt, follows=0.7, alarm=self.alarm
        )

    def own(self, text, entity):
        return entity.slot != "profil"

    def intent_of(self, label):
        return f"demander_{label}"


class Values:
    """Reads one value, and keeps the day it was read on."""

    def read(self, text, today=None):
        self.text, self.today = text, today
        return [Entity("quotite", 0.5, 0, 4), Entity("profil", "infirmier", 5, 9)]


def hear(learnt: Emergency | None, said: Said | None, alarm: float = 0.0) -> Emergency | None:
    listener = Listener(Stub(learnt, alarm), Values(), lambda text: said)
    return listener.hear("x", Context(), TODAY).emergency


@pytest.mark.parametrize(
    ("learnt", "said", "heard"),
    [
        (None, None, None),
        (None, Said("vital", plain=True), PLAIN),
        (DOUBTFUL, None, DOUBTFUL),
        (PLAIN, None, PLAIN),
        (DOUBTFUL, Said("suicide", plain=True), Emergency("suicide", plain=True)),
        (PLAIN, Said("suicide", plain=True), Emergency("suicide", plain=True)),
        (DOUBTFUL, Said("vital", plain=False), DOUBTFUL),
        (PLAIN, Said("suicide", plain=False), PLAIN),
    ],
)
def test_emergencies_of_words_and_of_learning(learnt, said, heard):
    """Plain words win; doubtful words and a plain reading together are plain."""
    assert hear(learnt, said) == heard


@pytest.mark.parametrize(
    ("alarm", "heard"), [(0.02, None), (0.3, Emergency("suicide", plain=False))]
)
def test_a_doubtful_word_is_believed_when_what_was_learnt_does_not_rule_it_out(alarm, heard):
    """« Un revolver sur la tempe » of somebody in a hurry is an image."""
    assert hear(None, Said("suicide", plain=False), alarm) == heard
    assert hear(None, Said("vital", plain=True), alarm) == PLAIN


def test_values_are_added_to_what_was_learnt():
    """The meaning keeps its requests and kinds, and the day counts for dates."""
    stub, values = Stub(), Values()
    context = Context("duree", "bonjour", ("cout",))
    meaning = Listener(stub, values, lambda text: None).hear("à mi-temps", context, TODAY)
    assert meaning.requests[0].label == "duree"
    assert meaning.follows == 0.7
    assert meaning.entities == (Entity("quotite", 0.5, 0, 4),)
    assert values.today == TODAY
    assert stub.read_with == [("à mi-temps", context)]


def test_a_very_long_message_is_read_up_to_a_limit():
    """All three readings get the same beginning, so that offsets agree."""
    stub, values, heard = Stub(), Values(), []
    meaning = Listener(stub, values, heard.append).hear("a" * 5000, Context(), TODAY)
    assert stub.read_with[0][0] == values.text == heard[0] == meaning.text == "a" * MAX_CHARACTERS
