"""A clause of kindness before the fact: once, where it belongs, never in place of the answer."""

from __future__ import annotations

import pytest

from assistant_am.meaning import Emergency

BACK = "Un dos qui souffre"
EXAM = "Appréhender"
ACCES = "demander_acces_metier"
EXAMEN = "demander_examen"


@pytest.mark.parametrize(
    ("text", "intent", "opening"),
    [
        ("aide-soignante, j'ai mal au dos, je peux le devenir ?", ACCES, BACK),
        ("mon dos est mort, c'est physique ?", "demander_quotidien", BACK),
        ("j'ai peur de rater l'examen, il est dur ?", EXAMEN, EXAM),
        ("ça m'inquiète, elle lit mon dossier ?", "demander_secret_medical", "Votre inquiétude"),
    ],
)
def test_it_comes_first_and_the_fact_follows(talk, text, intent, opening):
    """One sentence, then what was asked, with its source."""
    first, *rest = talk.say(text, intent).split("\n")
    assert first.startswith(opening)
    assert first.count(".") == 1
    assert "Source" in "\n".join(rest)


def test_it_is_said_once(talk):
    """Kindness at each message would be none."""
    assert BACK in talk.say("j'ai mal au dos, je peux le devenir ?", ACCES)
    assert BACK not in talk.say("avec mon mal de dos, c'est physique ?", "demander_quotidien")


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("il gagne combien sur mon dos ?", "demander_aide_generale"),
        ("t'inquiète, c'est long ?", "demander_duree_formation"),
        ("j'ai mal au dos, je prends quoi ?", "avis_medical"),
        ("j'ai mal au dos, un AM à mi-temps, combien d'aide ?", "demander_montant_aide"),
    ],
)
def test_elsewhere_it_is_not_said(talk, text, intent):
    """Neither of another's money, nor in a saying, nor for a medical question, nor on amounts."""
    answer = talk.say(text, intent)
    assert BACK not in answer
    assert "inquiétude" not in answer


def test_what_may_be_an_emergency_gets_none(talk):
    """The numbers to call come alone before the answer."""
    answer = talk.say("mal au dos, j'étouffe", ACCES, emergency=Emergency("vital", plain=False))
    assert BACK not in answer
