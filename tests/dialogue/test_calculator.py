"""The calculator: filled with what is known, answers like the conversation, is read back by it."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest

from assistant_am import aid
from assistant_am.dialogue.absorb import Said
from assistant_am.dialogue.aid_answers import amount_part
from assistant_am.dialogue.calculator import card_of
from assistant_am.rendering.blocks import Calculator, Picture, Table, as_text

CASES = [
    "",
    "quotite=0.5&tranche=p90_p94&horizon=5",
    "quotite=1&secteur=secteur_2_optam_co&annee=2",
    "quotite=0.5&date_contrat=2023-09-01",
    "quotite=2&zip=oui&horizon=5",
    "quotite=1&secteur=secteur_2_hors_optam",
    "annee=2,3&specialite=pediatrie",
]


def case_of(world, query):
    return aid.Case.from_french(dict(parse_qsl(query)), world.parameters)


def test_every_choice_of_the_form_is_an_input(world):
    """A typing mistake in knowledge/questions.yml would be a choice without effect."""
    card = card_of(world, aid.Case())
    assert [control.key for control in card.controls] == [
        "quotite", "secteur", "tranche", "annee", "date_contrat",
    ]  # fmt: skip
    for control in card.controls:
        for option in control.options:
            chosen = card_of(world, case_of(world, option.value))
            assert option.value in [each.value for each in chosen.controls], option


@pytest.mark.parametrize("query", CASES)
def test_the_form_holds_the_whole_situation_once(world, query):
    card = card_of(world, case_of(world, query))
    parts = [control.value for control in card.controls if control.value]
    parts += [option.value for option in card.kept]
    assert sorted(parts) == sorted(query.split("&") if query else [])


@pytest.mark.parametrize("query", CASES)
def test_it_says_what_the_conversation_says(world, query):
    """One computation, one wording."""
    case = case_of(world, query)
    said = amount_part(world, slots_of(case), Said({}, {}, None))
    first = as_text((said.blocks[0],))
    assert as_text((card_of(world, case).blocks[0],)) == first


def slots_of(case):
    """The slots of a conversation that knows this case."""
    typed = {"quotite": case.fte, "annee": list(case.contract_years), "horizon": case.horizon}
    return {key: typed.get(key, value) for key, value in case.as_french().items()}


def test_the_years_are_drawn_when_each_has_one_amount_else_in_a_table(world):
    kinds = {
        query: [type(b) for b in card_of(world, case_of(world, query)).blocks]
        for query in ("quotite=0.5&tranche=p90_p94&horizon=5", "horizon=5")
    }
    sharp, open_ = kinds.values()
    assert Picture in sharp
    assert Table not in sharp
    assert Picture not in open_
    assert not any(Calculator in each for each in kinds.values())


@pytest.mark.parametrize(
    "query",
    [
        "quotite=0.5&secteur=secteur_1&tranche=p90_p94&horizon=5",
        "quotite=1&secteur=secteur_2_optam&tranche=p95_plus&annee=3&date_contrat=2025-09-01",
        "quotite=1.5&tranche=p30_p89&annee=3",
    ],
)
def test_the_sentence_is_read_back_as_the_same_situation(world, talk, query):
    """« Reprendre dans la discussion » would otherwise answer about somebody else."""
    case = case_of(world, query)
    talk.say(card_of(world, case).say, "demander_montant_aide")
    (form,) = [block for block in talk.reply.blocks if isinstance(block, Calculator)]
    read = case_of(world, form.path.partition("?")[2])
    assert read == case


def test_a_question_put_brings_the_form_and_the_amount_a_closed_one(talk):
    talk.say("estimer mon aide", "demander_estimer_aide")
    (form,) = [block for block in talk.reply.blocks if isinstance(block, Calculator)]
    assert form.open
    talk.say("mi-temps", "")
    (form,) = [block for block in talk.reply.blocks if isinstance(block, Calculator)]
    assert form.path == "/estimation.json?quotite=0.5"
