"""The word that opens an answer on the right to the aid follows from what is asked, never typed."""

from __future__ import annotations

import re

import pytest

from assistant_am.dialogue.absorb import Said
from assistant_am.dialogue.aid_answers import amount_part, eligibility_part, second_assistant_part
from assistant_am.dialogue.right_asked import opening_word
from assistant_am.rendering.blocks import as_text

TYPED = re.compile(r"\W*(?:oui\b|non\b|si\s*[,.:])", re.IGNORECASE)
EXCLUDED = {"specialite": "radiologie", "secteur": "secteur_1"}
ENTITLED = {"specialite": "medecine_generale", "secteur": "secteur_1", "patients": 1430}
OPEN = {"specialite": "pediatrie", "secteur": "secteur_1"}


@pytest.mark.parametrize(
    ("question", "when_excluded", "when_entitled"),
    [
        ("ai-je droit à l'aide ?", "Non", "Oui"),
        ("Bonjour. Est-il éligible ? Merci", "Non", "Oui"),
        ("l'aide me concerne ?", "Non", "Oui"),
        ("la caisse m'aiderait ?", "Non", "Oui"),
        ("j'y ai droit, non ?", "Non", "Oui"),
        ("est-il exclu ?", "Oui", "Non"),
        ("sont-ils exclus, oui ou non ?", "Oui", "Non"),
        ("c'est fichu ?", "Oui", "Non"),
        ("il n'a pas droit ?", "Non", "Si"),
        ("l'aide ne le concerne pas ?", "Non", "Si"),
        ("je n'ai droit à rien ?", "Non", "Si"),
        ("il n'est donc pas exclu ?", "Si", "Non"),
        ("j'ai droit à quoi ?", "", ""),
        ("pourquoi je n'ai pas droit ?", "", ""),
        ("éligible ou exclu ?", "", ""),
        ("et un radiologue ?", "", ""),
        ("", "", ""),
    ],
)
def test_the_word_has_the_polarity_of_the_question(question, when_excluded, when_entitled):
    """« Si » contradicts a question that denies; without a right put to the test: no word."""
    assert opening_word(question, "not_eligible") == when_excluded
    assert opening_word(question, "eligible") == when_entitled
    assert opening_word(question, "to_confirm") == ""


@pytest.mark.parametrize(
    ("situation", "question", "opening"),
    [
        (EXCLUDED, "est-il exclu ?", "**Oui : pas d'aide dans cette situation.**"),
        (EXCLUDED, "il a droit ?", "**Non, pas d'aide dans cette situation.**"),
        (EXCLUDED, "", "**Pas d'aide dans cette situation.**"),
        (ENTITLED, "il n'a pas droit ?", "**Si, a priori** : "),
        (ENTITLED, "est-il exclu ?", "**Non, éligible a priori** : "),
        (ENTITLED, "", "**Éligible a priori** : "),
        (OPEN, "j'y ai droit ?", "**Éligible a priori**, sous réserve"),
    ],
)
def test_the_answer_opens_with_it(world, situation, question, opening):
    """And concludes in words that agree with it."""
    text = as_text(eligibility_part(world, situation, question).blocks).replace("\u00a0", " ")
    assert text.startswith(opening)


@pytest.mark.parametrize("situation", [EXCLUDED, ENTITLED, OPEN, {**ENTITLED, "quotite": 2.0}])
def test_nothing_computed_opens_with_a_typed_word(world, situation):
    """Where no question is put, there is nothing to say « oui » to."""
    nothing = Said({}, {}, None)
    for part in (
        eligibility_part(world, situation),
        second_assistant_part(world, situation),
        amount_part(world, situation, nothing),
    ):
        assert not TYPED.match(as_text(part.blocks))


def test_a_panel_below_the_threshold_is_not_called_eligible(talk):
    """« Éligible a priori » would contradict the line under it."""
    answer = talk.say("430 patients, secteur 1, j'y ai droit ?", "demander_conditions_aide")
    assert answer.startswith("**À confirmer par votre CPAM.**")
    assert "n'atteint pas le seuil d'un généraliste" in answer
    assert "Éligible" not in answer


def test_what_is_known_does_not_hide_the_point_that_is_asked(talk):
    """« Un remplaçant » is not the doctor whose situation was told."""
    talk.say("généraliste secteur 1, 900 patients, j'ai droit ?", "demander_conditions_aide")
    answer = talk.say("un médecin remplaçant a droit à l'aide ?", "demander_conditions_aide")
    assert "remplaçants" in answer
    assert "a priori" not in answer
