"""Corrections at any time, and conversations that go on and on."""

from __future__ import annotations

import itertools
import json
import re

import pytest

from assistant_am.dialogue.memory import MAX_DOCTORS

MONTANT = "demander_montant_aide"


@pytest.mark.parametrize(
    ("first", "correction", "then"),
    [
        ("temps plein 3e année P60", "pardon, mi-temps", "un mi-temps (0,5 ETP)"),
        ("mi-temps 3e année P60", "non je voulais dire temps plein", "un temps plein (1 ETP)"),
        ("mi-temps 3e année P60", "finalement la 2e année", "2e année"),
        ("mi-temps 3e année P60", "non P92", "P90 à P94"),
        ("mi-temps 3e année P60", "erreur, P95 en fait", "P95 et plus"),
        ("mi-temps 3e année P60", "plutôt l'ancien barème", "ancien barème"),
        ("mi-temps ancien barème", "non, le nouveau barème", "nouveau barème"),
        ("mi-temps 1re année signé le 3 mars 2023", "non signé le 4 mai 2025", "4 mai 2025"),
        ("mi-temps sur 5 ans", "non, sur 3 ans", "sur 3 ans"),
    ],
)
def test_a_correction_says_what_is_now_assumed(talk, first, correction, then):
    """Whatever the value, the answer is computed again and the new assumption is read back."""
    before = talk.say(first, MONTANT)
    answer = talk.say(correction)
    assert then in answer
    assert answer != before


@pytest.mark.parametrize(
    ("said", "slot", "corrected", "value"),
    [
        ("je suis en secteur 2 sans OPTAM, ai-je droit à l'aide ?", "secteur", "non, secteur 1",
         "secteur_1"),
        ("je suis radiologue, ai-je droit ?", "specialite", "pardon, pédiatre", "pediatrie"),
        ("j'ai 600 patients, ai-je droit à l'aide ?", "patients", "non, 1 600 patients", 1600),
        ("je suis infirmière, c'est ouvert ?", "profil", "finalement aide-soignante",
         "aide_soignant"),
    ],
)  # fmt: skip
def test_a_correction_of_who_one_is(talk, said, slot, corrected, value):
    """The last value said is the one that counts."""
    talk.say(said, "demander_acces_metier" if slot == "profil" else "demander_conditions_aide")
    talk.say(corrected)
    assert talk.memory.situation[slot] == value


def test_five_hundred_turns_stay_correct_and_small(talk, world):
    """Every subject again and again, with follow-ups, digressions, nonsense and doctors between:
    the same question has the same answer at the end, and the memory has not grown."""
    question = ("aide pour un mi-temps en 2e année, P60, nouveau barème ?", MONTANT)
    talk.say("bonjour", "saluer")
    first = talk.say(*question)
    size = 0
    fiches = itertools.cycle(world.knowledge.fiches.values())
    between = itertools.cycle(
        [
            ("et à mi-temps ?", ""),
            ("d'où ça vient ?", "demander_source"),
            ("blorg zip", ""),
            ("Dr Z P92 temps plein", MONTANT),
            ("je suis aide-soignante", "demander_acces_metier"),
            ("et au total ?", ""),
            ("estimer mon aide", "demander_estimer_aide"),
            ("je ne sais pas", "ne_sait_pas"),
            ("stop", "annuler"),
        ]
    )
    for turn in range(500):
        fiche = next(fiches)
        text, intent = (f"alors, {fiche.question}", fiche.intent) if turn % 2 else next(between)
        assert talk.say(text, intent), text
        size = max(size, len(json.dumps(talk.memory.to_slots())))
    talk.say("recommencer", "recommencer")
    assert talk.say(*question) == first
    assert size < 4000, "characters kept of a conversation"
    assert len(talk.memory.doctors) <= MAX_DOCTORS


@pytest.mark.parametrize(
    ("text", "intent", "contains"),
    [
        ("ma secrétaire peut-elle le devenir ?", "demander_acces_metier", "CQP"),
        ("elle est aide-soignante, combien d'heures ?", "demander_duree_formation", "98 heures"),
        ("mon assistante est infirmière, elle fait quoi comme formation ?", "demander_fae", "FAE"),
        (
            "on est en secteur 1, on a droit à l'aide ?",
            "demander_conditions_aide",
            "Éligible a priori",
        ),
    ],
)
def test_whoever_is_spoken_of(talk, text, intent, contains):
    """« Il », « elle », « ma secrétaire », « on » are persons like « je »."""
    assert contains in talk.say(text, intent)


def test_who_speaks_changes_the_wording_and_no_figure(talk, new_talk):
    """A doctor and a candidate get the same figures of the same facts."""
    doctor, candidate = new_talk(), new_talk()
    doctor.say("je suis médecin généraliste", "demander_aide_generale")
    candidate.say("je voudrais devenir assistante médicale", "demander_acces_metier")
    figures = re.compile(r"\d[\d ]*(?:€|heures)")
    for question, intent in (
        ("quel salaire au début ?", "demander_salaire_debutant"),
        ("combien dure la formation ?", "demander_duree_formation"),
    ):
        neutral = set(figures.findall(new_talk().say(question, intent)))
        for person in (doctor, candidate):
            assert neutral & set(figures.findall(person.say(question, intent)))
