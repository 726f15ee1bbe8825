"""Who asks for the aid: a town hall has none, a health centre has an agreement of its own."""

from __future__ import annotations

import pytest

RIGHT, CENTRES = "demander_conditions_aide", "demander_centre_de_sante_salarie"


@pytest.mark.parametrize("intent", [RIGHT, CENTRES, "demander_cumul_aides"])
@pytest.mark.parametrize(
    "asked",
    [
        "Un généraliste viendrait si on paie son assistante. La mairie peut-elle toucher l'aide ?",
        "la commune a droit à l'aide ?",
        "Notre mairie embauche l'assistante, touche-t-on l'aide ?",
        "le conseil départemental peut-il percevoir la subvention ?",
        "je suis maire d'un village, ai-je droit à l'aide ?",
        "en tant que maire, puis-je demander l'aide pour mon village ?",
    ],
)  # fmt: skip
def test_a_town_hall_is_told_no(talk, asked, intent):
    answer = talk.say(asked, intent)
    assert answer.startswith("**Non")
    assert "versée au médecin" in answer
    assert "centres de santé" not in answer


@pytest.mark.parametrize(
    "asked",
    [
        "médecin de ma commune, j'ai droit à l'aide ?",
        "la ville me propose un local, ai-je droit à l'aide ?",
        "dans ma commune en ZIP, un médecin peut-il toucher l'aide ?",
        "Médecin, la mairie demande combien je touche d'aide",
    ],
)
def test_a_doctor_of_the_commune_is_not_refused(talk, asked):
    assert "pas d'aide" not in talk.say(asked, RIGHT)


@pytest.mark.parametrize("intent", [RIGHT, "demander_aide_generale"])
@pytest.mark.parametrize(
    "asked",
    [
        "Centre de santé municipal, médecins salariés. Pouvons-nous bénéficier de l'aide ?",
        "notre centre de santé a-t-il droit à l'aide ?",
        "nos médecins sont salariés du centre de santé, on touche l'aide ?",
    ],
)
def test_a_health_centre_hears_of_its_own_agreement(talk, asked, intent):
    answer = talk.say(asked, intent)
    assert "ouverte aux centres de santé" in answer
    assert "775" not in answer


def test_a_doctor_in_practice_beside_a_centre_has_his_own_conditions(talk):
    asked = "je suis médecin libéral dans un centre de santé municipal, ai-je droit à l'aide ?"
    assert "secteur 1" in talk.say(asked, RIGHT)
