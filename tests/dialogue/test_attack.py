"""The conversations that ended in « incident technique » under attack, as they were."""

from __future__ import annotations

import pytest

MONTANT, ESTIMER = "montant_aide", "estimer_aide"


@pytest.mark.parametrize(
    ("turns", "said"),
    [
        (["2 ETP", "et sur les 5 premières années ?"], "44 000 €"),
        (["2 ETP sur 5 ans"], "198 000 €"),
        (["1,5 ETP au total sur 3 ans"], "33 000 €"),
        (["le Dr Petit veut 2 ETP", "et sur 5 ans ?"], "Dr Petit"),
        (["2 ETP", "différence entre 1re et 3e année"], "3e année"),
        (["compare P50 et P92", "2 ETP sur 5 ans"], "€"),
        (["temps plein", "contrat de 2022"], "2022"),
        (
            ["le Dr Martin est à P92 en 2e année, la Dr Durand a un mi-temps",
             "différence entre 1re et 3e année", "et pour tout le monde ?"],
            "Dr Martin",
        ),
    ],
    ids=lambda value: " → ".join(value) if isinstance(value, list) else "",
)  # fmt: skip
def test_options_differences_and_doctors(talk, turns, said):
    """Two assistants over years, a difference on them, doctors without a year."""
    for turn in turns:
        answer = talk.say(turn, MONTANT)
    assert said in answer


@pytest.mark.parametrize(
    "answers",
    [
        ["1"], ["2"], ["1 €"], ["le 1er"], ["contrat signé en 2021"],
        ["médecin généraliste", "2500"],
        ["option 2 ETP", "secteur 1", "médecin généraliste", "P30 à P89", "les 5 premières années"],
    ],
    ids=" → ".join,
)  # fmt: skip
def test_the_guided_estimate_takes_any_answer(talk, answers):
    """A digit, a year, an option over years: an answer, and the question or the amount after it."""
    talk.say("estimer mon aide", ESTIMER)
    for answer in answers:
        said = talk.say(answer)
        assert said and talk.buttons


def test_a_digit_stays_nowhere_once_the_doctor_is_refused(talk):
    """« pédiatre », then « 2 » to the guided question, then a total."""
    talk.say("pédiatre", "conditions_aide")
    talk.say("estimer mon aide", ESTIMER)
    talk.say("2")
    assert talk.say("au total sur 3 ans", MONTANT)
    assert not isinstance(talk.memory.situation.get("quotite"), str)


@pytest.mark.parametrize(
    "before",
    [
        ("je suis généraliste secteur 1, 1450 patients, ai-je droit à l'aide ?", "conditions_aide"),
        ("quelle aide à mi-temps 2e année P92 ?", MONTANT),
    ],
)
def test_a_substitute_is_not_told_what_was_concluded_of_another(talk, before):
    """Whatever is known of the person: no source says anything of substitutes."""
    talk.say(*before)
    answer = talk.say("un médecin remplaçant a droit à l'aide ?", "conditions_aide")
    assert "ne disent rien des remplaçants" in answer
    assert "a priori" not in answer
