"""Bands of confidence and several questions, on probabilities given by hand."""

from __future__ import annotations

import numpy as np
import pytest

from assistant_am.nlu.plan import plan
from assistant_am.nlu.question_search import Bands
from assistant_am.nlu.reading_plan import readings

LABELS = ["demander_a", "demander_b", "demander_c", "hors_sujet"]
BANDS = Bands(outside=0.3, sure=0.4, unsure=0.2, clause=0.5)


A, B, C = [0.96, 0.02, 0.01, 0.01], [0.02, 0.96, 0.01, 0.01], [0.01, 0.02, 0.96, 0.01]
UNCLEAR = [0.3, 0.3, 0.3, 0.1]


def read(message, whole, otherwise=UNCLEAR, **said):
    """Readings of a message: the whole got `whole`, a run that is one of `said` what it says."""
    proposed = plan(message)
    known = {text.replace("_", " "): row for text, row in said.items()}
    rows = [whole, *(known.get(text.rstrip(" ?,."), otherwise) for text in proposed.texts[1:])]
    return readings(proposed, np.array(rows), LABELS, BANDS)


@pytest.mark.parametrize(
    ("row", "band"),
    [
        ([0.9, 0.05, 0.03, 0.02], "sur"),
        ([0.35, 0.30, 0.25, 0.10], "hesitant"),
        ([0.10, 0.10, 0.10, 0.70], "hors_sujet"),
    ],
)
def test_one_band_each(row, band):
    """Sure is answered, unsure is asked, outside is declined."""
    (found,) = read("combien ça dure", row)
    assert found.band == band


def test_nothing_clear_is_not_understood():
    """Below the lower limit the bot does not guess."""
    labels = [f"demander_{i}" for i in range(9)] + ["hors_sujet"]
    proposed = plan("blorg")
    (found,) = readings(proposed, np.full((1, 10), 0.1), labels, BANDS)
    assert found.band == "incompris"


def intents(found):
    return [each.intent for each in found]


def test_two_clear_questions_are_two():
    """Each side clear and different: two questions in order."""
    found = read(
        "c'est quoi la durée et combien on gagne",
        UNCLEAR,
        combien_on_gagne=B,
        **{"c'est quoi la durée": A},
    )
    assert intents(found) == ["demander_a", "demander_b"]
    assert found[1].text == "combien on gagne"


@pytest.mark.parametrize(
    ("message", "found"),
    [
        ("cb dur la formation ? et c ki ki paye ?", ["demander_a", "demander_b"]),
        ("cb dur la formation. et c ki ki paye", ["demander_c"]),
    ],
)
def test_two_question_marks_are_two_questions(message, found):
    """What the writer has marked as a question is cut on a lower confidence."""
    doubtful = {
        "cb dur la formation": [0.47, 0.2, 0.2, 0.13],
        "c ki ki paye": [0.2, 0.47, 0.2, 0.13],
    }
    assert intents(read(message, C, **doubtful)) == found


def test_the_same_subject_twice_is_one_question():
    """Asked twice, answered once."""
    assert intents(read("c'est quoi la durée et combien ça dure", A, A)) == ["demander_a"]


def test_three_questions():
    """All that are asked, each once."""
    found = read(
        "où se former ? combien ça dure ? et on gagne combien ?",
        UNCLEAR,
        où_se_former=A,
        combien_ça_dure=B,
        on_gagne_combien=C,
    )
    assert intents(found) == ["demander_a", "demander_b", "demander_c"]


def test_an_unclear_side_leaves_the_message_whole():
    """« accueil et secrétariat, elle fait ça ? » is one question."""
    assert intents(read("accueil et secrétariat elle fait ça ?", A, accueil=B)) == ["demander_a"]


def test_a_story_does_not_hide_the_question():
    """What is told before it is no question, even when its subject is clear."""
    found = read(
        "Ma secrétaire part en mai. Combien gagne une AM ?",
        UNCLEAR,
        Ma_secrétaire_part_en_mai=A,
        Combien_gagne_une_AM=B,
    )
    assert intents(found) == ["demander_b"]


def test_what_is_told_helps_an_unclear_question():
    """« Elle habite à côté. Où ça ? »: both together decide."""
    told = [0.55, 0.40, 0.04, 0.01]
    found = read(
        "Je voudrais me former. Combien ça dure ?", told, Combien_ça_dure=[0.1, 0.5, 0.3, 0.1]
    )
    assert intents(found) == ["demander_b"]


def test_a_second_question_without_its_form():
    """« la VAE c possible ? et sans le bac »: what follows a question asks as well when clear."""
    found = read(
        "la VAE est-ce possible ? sans le bac", A, **{"la VAE est-ce possible": A}, sans_le_bac=B
    )
    assert "demander_b" in intents(found)


def test_a_story_of_several_clauses_is_never_a_question():
    """« g compris la durée » is clear of its subject and asks nothing."""
    found = read(
        "g compris la durée. inscription possible",
        UNCLEAR,
        g_compris_la_durée=A,
        inscription_possible=B,
    )
    assert intents(found) == ["demander_b"]


def test_what_is_named_first_and_is_not_ours_takes_its_sentence():
    """« bourse du Crous, combien par mois et quel engagement »."""
    outside = [0.05, 0.04, 0.01, 0.9]
    found = read(
        "bourse du Crous, combien par mois et quel est notre engagement",
        outside,
        outside,
        combien_par_mois=A,
        quel_est_notre_engagement=B,
    )
    assert [each.band for each in found] == ["hors_sujet"]


def test_one_clear_question_in_an_unclear_message():
    """« … puisse y arriver ? Et près d'Amiens, qui forme ? »: what is clear is answered."""
    found = read(
        "Pensez-vous qu'on y arrive ? Où se former ?", [0.4, 0.3, 0.25, 0.05], Où_se_former=C
    )
    assert intents(found) == ["demander_c"]


def test_the_clause_that_asks_is_read_without_what_stands_before_it():
    """« Lors de la signature d'un contrat, quel est le plafond ? »: the run that asks decides."""
    found = read(
        "Lors de la signature, quel est le plafond annuel ?",
        [0.6, 0.35, 0.04, 0.01],
        **{"quel est le plafond annuel": B, "Lors de la signature": C},
    )
    assert intents(found) == ["demander_b"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [("Que fait cette personne", "demander_c"), ("Que fait un assistant", "demander_a")],
)
def test_a_question_that_leans_on_the_story_is_read_with_it(asked, expected):
    """« … Que fait cette personne ? »: what was told counts more than for a question whole."""
    told, alone = [0.3, 0.02, 0.6, 0.08], [0.59, 0.2, 0.2, 0.01]
    found = read(f"Quelqu'un le verra avant. {asked} ?", told, **{asked: alone})
    assert intents(found) == [expected]
