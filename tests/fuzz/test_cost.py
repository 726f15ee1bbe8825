"""What a message costs to read is bounded, whatever it is made of."""

from __future__ import annotations

import statistics
import time

import pytest

from assistant_am.meaning import NO_CONTEXT
from assistant_am.nlu.lemmas import french_pipeline
from assistant_am.understanding.listener import MAX_CHARACTERS
from tests.fuzz.player import TODAY

ORDINARY = ("Combien dure la formation ?", "Quelle aide en 3e année pour un mi-temps, P92 ?",
            "et à temps plein ?", "Qui peut devenir assistant médical ?")  # fmt: skip
COSTLY = {
    "commas": "a," * 500,
    "questions": "combien ? " * 100,
    "linked questions": "combien dure la formation et combien on gagne et on fait quoi " * 16,
    "doctors": "Dr Martin, Dr Durand et " * 42,
    "digits": "06 12 " * 167,
    "dates": "01/02/2024 " * 91,
    "unknown words": "".join(f"zq{number}xv " for number in range(140)),
    "signs": "😀" * 1000,
    "blanks": "\n" * 1000,
    "one word": "anticonstitutionnellement" * 40,
    "addresses": "a@b.fr " * 143,
    "places": "Paris, Lyon, Laval, " * 50,
}
MOST = 15
"""Times an ordinary message; 9 at most were seen, for eight clauses read one by one."""


@pytest.fixture(scope="module")
def cost(assistant):
    """Seconds of processor, which other programs do not change."""

    def spent(text):
        began = time.process_time()
        french_pipeline()(text[:MAX_CHARACTERS])
        assistant.listener.hear(text, NO_CONTEXT, TODAY)
        return time.process_time() - began

    spent(ORDINARY[0])  # nothing is measured cold
    return spent


@pytest.fixture(scope="module")
def ordinary(cost):
    return statistics.median(cost(text) for text in ORDINARY for _ in range(3))


@pytest.mark.parametrize("text", COSTLY.values(), ids=COSTLY)
def test_the_longest_message_costs_a_few_ordinary_ones(cost, ordinary, text):
    """However long it came: what is beyond a thousand characters is not read."""
    assert cost(text * 20) / ordinary <= MOST
