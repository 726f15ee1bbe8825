"""« Estimer mon aide »: one question at a time, everything said is taken."""

from __future__ import annotations

import pytest

ESTIMER = "demander_estimer_aide"
ANSWERS = {
    "quotite": "mi-temps",
    "secteur": "secteur 1",
    "specialite": "médecin généraliste",
    "tranche": "P92",
    "annee": "3e année",
}


def finish(talk, answers=ANSWERS):
    """Answer every question put, and return the last answer."""
    answer = ""
    for _ in range(12):
        if talk.memory.pending is None:
            return answer
        answer = talk.say(answers[talk.memory.pending])
    raise AssertionError(f"never ends: still asks {talk.memory.pending}")


def test_the_questions_end_and_give_the_amount(talk):
    """Five answers, no question twice, and the exact amount."""
    talk.say("estimer mon aide", ESTIMER)
    assert "13 000 € par an au maximum" in finish(talk).replace("**", "")


def test_an_answer_comes_before_the_first_question(talk):
    """Answer first, ask after: the table stands above the question."""
    answer = talk.say("estimer mon aide", ESTIMER)
    assert "38 000 €" in answer
    assert answer.rstrip().split("?")[0]
    assert talk.buttons[-1] == "Je ne sais pas"


def test_between_two_questions_nothing_but_the_question(talk):
    """The table and its sources would push the choices out of sight at each step."""
    talk.say("estimer mon aide", ESTIMER)
    answer = talk.say("mi-temps")
    assert answer == talk._world.questions["secteur"].text.replace("\u00a0", " ")


def test_more_than_the_answer_shows_what_it_changes(talk):
    """A correction between two questions, or several inputs at once: the figures again."""
    talk.say("estimer mon aide", ESTIMER)
    talk.say("mi-temps")
    assert "38 000 €" in talk.say("non, à temps plein en fait")


def test_all_in_one_sentence_asks_nothing(talk):
    """Several inputs in any order are all taken."""
    talk.say("calcule mon aide : P92, secteur 1, 3e année, mi-temps, généraliste", ESTIMER)
    assert talk.memory.pending is None


@pytest.mark.parametrize("slot", list(ANSWERS))
def test_a_digression_is_answered_then_the_question_comes_back(talk, slot):
    """At every question: the digression's answer first, the pending question last."""
    talk.say("estimer mon aide", ESTIMER)
    for _ in range(8):
        if talk.memory.pending == slot:
            break
        talk.say(ANSWERS[talk.memory.pending])
    question = talk._world.questions[slot].text
    answer = talk.say("au fait c'est quoi le CQP", "demander_cqp")
    assert "CQP" in answer
    assert question.replace("\u00a0", " ") in answer
    assert talk.memory.pending == slot


@pytest.mark.parametrize("slot", list(ANSWERS))
def test_a_correction_at_every_question_is_taken(talk, slot):
    """« non, à temps plein en fait » changes the working time whatever was asked."""
    talk.say("estimer mon aide", ESTIMER)
    talk.say("mi-temps")
    for _ in range(8):
        if talk.memory.pending in (slot, None):
            break
        talk.say(ANSWERS[talk.memory.pending])
    talk.say("non, à temps plein en fait")
    assert talk.memory.situation["quotite"] == 1.0


@pytest.mark.parametrize("slot", list(ANSWERS))
def test_not_knowing_is_an_answer(talk, slot):
    """« je ne sais pas » is never asked again."""
    talk.say("estimer mon aide", ESTIMER)
    for _ in range(8):
        if talk.memory.pending == slot:
            break
        talk.say(ANSWERS[talk.memory.pending])
    talk.say("je ne sais pas", "ne_sait_pas")
    assert talk.memory.pending != slot
    finish(talk)
    assert talk.memory.pending is None


def test_why_explains_and_asks_again(talk):
    """« pourquoi ? » explains the question just put."""
    talk.say("estimer mon aide", ESTIMER)
    pending = talk.memory.pending
    answer = talk.say("pourquoi ?", "demander_pourquoi")
    assert talk._world.questions[pending].why.replace("\u00a0", " ") in answer
    assert talk.memory.pending == pending


def test_a_bare_number_answers_the_question_put(talk):
    """« 3 » is a year when a year was asked."""
    talk.say("estimer mon aide mi-temps secteur 1 généraliste P92", ESTIMER)
    assert talk.memory.pending == "annee"
    assert "13 000" in talk.say("3")


@pytest.mark.parametrize("nonsense", ["abc", "zzz zzz", "???"])
def test_nonsense_is_refused_and_asked_again(talk, nonsense):
    """What cannot be read gets what is expected, and the same question."""
    talk.say("estimer mon aide", ESTIMER)
    pending = talk.memory.pending
    assert "j'attends" in talk.say(nonsense)
    assert talk.memory.pending == pending


@pytest.mark.parametrize("bad", ["percentile 150", "P101"])
def test_an_impossible_value_is_refused_with_a_reason(talk, bad):
    """A percentile above 100 is not kept."""
    talk.say("estimer mon aide mi-temps 3e année secteur 1 généraliste", ESTIMER)
    assert talk.memory.pending == "tranche"
    assert "percentile" in talk.say(bad).lower()
    assert "tranche" not in talk.memory.situation


def test_a_refusal_ends_the_questions(talk):
    """Sector 2 without OPTAM: the reason at once, no further question."""
    talk.say("combien je peux avoir ? temps plein 1re année", ESTIMER)
    answer = talk.say("secteur 2, pas OPTAM, généraliste P60")
    assert "OPTAM" in answer
    assert talk.memory.pending is None


def test_sector_two_alone_asks_about_optam(talk):
    """« secteur 2 » without more is asked once more, and « non » answers."""
    talk.say("estimer mon aide, temps plein, secteur 2", ESTIMER)
    assert talk.memory.pending == "optam"
    assert "OPTAM" in talk.say("non", "nier")


def test_cancel_stops_the_questions(talk):
    """« laisse tomber » drops the pending question."""
    talk.say("estimer mon aide", ESTIMER)
    talk.say("laisse tomber", "annuler")
    assert talk.memory.pending is None


def test_after_two_other_subjects_the_question_is_dropped(talk):
    """Who asks two other things in a row is no longer answering; a value told still counts."""
    talk.say("estimer mon aide mi-temps secteur 1 généraliste", ESTIMER)
    question = talk._world.questions[talk.memory.pending].text.replace("\u00a0", " ")
    assert question in talk.say("au fait c'est quoi le CQP", "demander_cqp")
    assert question not in talk.say("et la VAE ?", "demander_vae")
    assert talk.memory.pending is None
    assert question not in talk.say("et l'âge, y a une limite ?", "demander_age_limite")
    assert "13 000 €" in talk.say("P92, 3e année, ça fait combien ?", "demander_montant_aide")


def test_an_answer_between_two_subjects_keeps_the_questions_going(talk):
    talk.say("estimer mon aide", ESTIMER)
    talk.say("au fait c'est quoi le CQP", "demander_cqp")
    talk.say("mi-temps")
    talk.say("et la VAE ?", "demander_vae")
    assert talk.memory.pending == "secteur"
    assert "13 000 € par an au maximum" in finish(talk).replace("**", "")


@pytest.mark.parametrize(
    "remark",
    [
        "parfait je vais leur faire un tableau, ils adorent les tableaux",
        "ah oui mon comptable va être ravi de voir tout ça",
        "ma fille rêve de ce travail depuis toute petite",
        "bien, ça tient dans un tableur, je montre ça à mes associés",
        "franchement vous êtes plus clair que la caisse",
    ],
)
def test_a_remark_is_no_wrong_answer(talk, remark):
    talk.say("estimer mon aide", ESTIMER)
    answer = talk.say(remark)
    assert "pas compris votre réponse" not in answer
    assert "38 000 €" not in answer
    assert "Bien noté" in answer


def test_a_table_of_ones_own_is_not_asked_for(talk):
    talk.say("généraliste secteur 1, combien à temps plein ?", "demander_montant_aide")
    assert "€" not in talk.say("je vais en faire un tableau pour mes associés")
    assert "1re année" in talk.say("fais-moi un tableau", "demander_montant_aide")


@pytest.mark.parametrize(
    "asked",
    [
        "et moi dans tout ça je deviens quoi, on me remplace ?",
        "et moi qui suis à l'accueil depuis toujours, je sers à quoi ?",
        "mais moi ma place au secrétariat, elle saute ?",
    ],
)
def test_me_beside_doctors_is_not_always_a_doctor(talk, asked):
    talk.say("Dr G 1300 patients, Dr P 900, et Dr T vient d'arriver", "demander_montant_aide")
    answer = talk.say(asked, "demander_difference_secretaire")
    assert "Premier cas" not in answer
    assert "secrétaire" in answer


@pytest.mark.parametrize("asked", ["et moi ?", "et moi à mi-temps ?", "et moi, P92 ?"])
def test_me_is_the_speakers_own_case_when_it_says_so(talk, asked):
    talk.say("Dr G P60 temps plein, Dr P P92 mi-temps", "demander_montant_aide")
    talk.say("et le Dr P ?", "demander_montant_aide")
    assert "Premier cas" in talk.say(asked)
