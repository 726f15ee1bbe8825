"""An illness of one's own is nobody's business: never sent to the employer."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("intent", ["demander_casier_judiciaire", "non_couvert"])
@pytest.mark.parametrize(
    "text",
    [
        "j'ai fait une dépression en 2021 faut le dire ?",
        "je prends des antidépresseurs, je dois en parler à l'entretien ?",
        "je suis diabétique, obligée de le déclarer ?",
        "mon cancer d'il y a 4 ans, je peux le cacher ?",
        "j'ai eu un burn-out, ça se voit dans le dossier ?",
        "je suis épileptique faut que je le dise au patron",
    ],
)
def test_an_illness_is_private(talk, world, text, intent):
    """Whatever subject it was read as; no criminal record in the first breath."""
    talk.say("qui peut le faire ?", "demander_acces_metier")
    answer = talk.say(text, intent)
    assert world.phrase("sante_privee") in answer
    assert "employeur" not in answer
    assert "casier" not in answer


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("j'ai un casier, faut le dire ?", "demander_casier_judiciaire"),
        ("je dois déclarer l'embauche à qui ?", "demander_contrat_cpam"),
        ("mon assistante aide les patients diabétiques ?", "demander_missions_coordination"),
        ("je dois dire quoi à un patient dépressif ?", "demander_missions_coordination"),
    ],
)
def test_another_question_is_answered(talk, world, text, intent):
    assert world.phrase("sante_privee") not in talk.say(text, intent)


def test_a_doctor_asks_of_the_assistant(talk, world):
    """The absence of who is employed is another matter."""
    talk.memory = talk.memory.with_situation({"public": "medecin"})
    text = "ma salariée fait une dépression, je le dis à la CPAM ?"
    assert world.phrase("sante_privee") not in talk.say(text, "demander_absence_assistant")
