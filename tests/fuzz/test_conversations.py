"""Messages of all kinds in all states: no incident, nothing internal, no wrong amount.

`make fuzz` looks for an hour; here the same examples at each run, in less than a minute. Most
conversations are read at random (`Reading`), so that no state depends on what the model has learnt;
the last test is the whole assistant.
"""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

from assistant_am.rendering.blocks import as_text
from tests.fuzz import table
from tests.fuzz.cases import Case, cases
from tests.fuzz.judge import Known, euros, faults
from tests.fuzz.messages import Reading, readings, texts
from tests.fuzz.player import Player

ON_THE_AMOUNT = Reading(("montant_aide", "sur"), None, (), 0.95, 0.0, 0.0, 0.0)
ANSWERS = Reading(("aucune", "sur"), None, (), 0.95, 1.0, 0.0, 0.0)
BEGINS = ("Estimer mon aide", Reading(("estimer_aide", "sur"), None, (), 0.95, 0.0, 0.0, 0.0), 0.0)
"""The guided estimate, whose questions take any answer."""
PRESSED = st.integers(0, 5)
SILENCE = st.sampled_from((0.0,) * 9 + (3600.0,))


@pytest.fixture
def turns(labels):
    """What is typed, or the place of the button pressed; how it is read; the silence before."""
    any_turn = st.tuples(texts | texts | PRESSED, readings(labels), SILENCE)
    plain = st.tuples(texts | PRESSED, st.sampled_from((ON_THE_AMOUNT, ANSWERS)), st.just(0.0))
    guided = st.lists(plain, max_size=7).map(lambda more: [BEGINS, *more])
    return st.lists(any_turn, max_size=8) | guided


@pytest.fixture
def new_player(world, lexicon):
    return lambda: Player(world, lexicon)


def test_any_conversation(search, new_player, turns, world):
    """No exception, no empty answer, no word of the code, no question without its choices, no
    amount that is not in the table."""
    known = Known.of(world.knowledge)

    def check(turns):
        player = new_player()
        for what, reading, silence in turns:
            response = player.turn(what, reading, silence)
            assert not faults(response, player.said), player.said
            assert not known.strange(response, player.said), player.said

    search(check, 500, turns)


def test_the_amount_asked_is_that_of_the_table(search, new_player, turns):
    """Whatever was said before: the amount, or why there is none."""

    def check(turns, case: Case):
        player = new_player()
        for what, reading, silence in turns[:3]:
            player.turn(what, reading, silence)
        text = as_text(player.say(case.text, ON_THE_AMOUNT).reply.blocks)
        refused = bool(turns) and (not euros(text) or "as d'aide" in text)
        assert refused or case.euros in euros(text), (player.said, case.euros, text)

    search(check, 300, turns, cases())


def test_buttons_to_the_end(search, assistant, world):
    """From the welcome on, whatever button is pressed: understood, and answered."""
    known = Known.of(world.knowledge)
    lost = (world.phrase("incompris"), world.phrase("incompris_encore"))

    def check(places):
        talk, said = assistant.conversation(), ["bonjour"]
        for place in places:
            response = talk.say(said[-1]).response
            assert not faults(response, said), said
            assert not known.strange(response, said), said
            assert not as_text(response.reply.blocks).startswith(lost), said
            buttons = response.reply.buttons()
            if not buttons:
                return
            said.append(buttons[place % len(buttons)].say)

    search(check, 12, st.lists(PRESSED, min_size=6, max_size=12))


def test_the_whole_assistant(search, assistant, world):
    """Typed messages and buttons, read by the trained model."""
    known = Known.of(world.knowledge)

    def check(turns):
        talk, said, buttons = assistant.conversation(), [], ()
        for what in turns:
            pressed = isinstance(what, int) and buttons
            said.append(buttons[what % len(buttons)].say if pressed else str(what))
            response = talk.say(said[-1]).response
            assert not faults(response, said), said
            assert not known.strange(response, said), said
            buttons = response.reply.buttons()

    search(check, 25, st.lists(texts | PRESSED, min_size=1, max_size=8))


def test_the_oracle_would_see_a_wrong_amount(world):
    """Most plausible amounts are none of the table, and it knows its own day of change."""
    known = Known.of(world.knowledge)
    assert sum(amount in known.single for amount in range(10_000, 80_001, 500)) < 30
    assert {19_000, 33_000, 38_000} <= known.single
    assert 38_000 + 28_000 + 3 * 22_000 in known.sums
    assert table.scale_of(table.NEW_FROM, 1) == "nouveau"
    assert table.scale_of(table.NEW_FROM.replace(day=21), 1) == "ancien"
