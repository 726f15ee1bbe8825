"""The thread: one thing changed, corrections, digressions."""

from __future__ import annotations

import pytest

from assistant_am.dialogue.respond import respond
from assistant_am.meaning import Emergency, Meaning, Request
from assistant_am.rendering.blocks import as_text
from tests.facts import CQP_DURATION

MONTANT = "demander_montant_aide"


def test_working_time_then_year_then_scale(talk):
    """Each ellipsis changes one input and keeps the others."""
    talk.say("aide pour un mi-temps en 2e année ?", MONTANT)
    assert "28 000 €" in talk.say("et à temps plein ?")
    assert "22 000 €" in talk.say("et la 3e année ?")
    assert "21 000 €" in talk.say("pareil mais avant juin 2024")


def test_a_correction_replaces_the_value(talk):
    """« non, plutôt P92 » corrects, and the new assumption is said."""
    talk.say("temps plein 3e année P60", MONTANT)
    answer = talk.say("non, plutôt P92")
    assert "26 000 €" in answer
    assert "P90 à P94" in answer


def test_a_profile_reruns_the_last_subject(talk):
    """« et pour une aide-soignante ? » after the training's length speaks of the FAE."""
    talk.say("combien de temps dure la formation ?", "demander_duree_formation")
    assert "98 heures" in talk.say("et pour une aide-soignante ?")


def test_a_question_about_nurses_does_not_make_a_nurse(talk):
    """« faut-il être infirmier ? » says nothing of the person."""
    talk.say("faut-il être infirmier pour faire ce travail ?", "demander_acces_metier")
    assert "profil" not in talk.memory.situation


def test_who_one_is_stays_known(talk):
    """« je suis aide-soignante » counts for the next subject as well."""
    talk.say("je suis aide-soignante, c'est ouvert ?", "demander_acces_metier")
    assert "98 heures" in talk.say("combien dure la formation ?", "demander_duree_formation")


def test_the_years_of_an_amount_do_not_answer_another_subject(talk, new_talk):
    """A year asked for the aid does not turn the general answer on objectives into a narrow one."""
    talk.say("mi-temps 2e année", MONTANT)
    after = talk.say("comment l'aide est-elle modulée ?", "demander_modulation")
    alone = new_talk().say("comment l'aide est-elle modulée ?", "demander_modulation")
    assert alone.startswith(after)


def test_the_same_answer_is_not_given_twice(talk):
    """The second time the point alone; never the same text."""
    answers = [talk.say("c'est quoi le CQP ?", "demander_cqp") for _ in range(3)]
    assert len(set(answers)) == 3
    assert len(answers[1]) < len(answers[0])


def test_more_of_the_same_subject(talk):
    """« dis m'en plus » gives the details of the last fiche."""
    talk.say("c'est quoi le cqp", "demander_cqp")
    assert len(talk.say("dis m'en plus", "demander_plus")) > 40


def test_where_does_it_come_from(talk):
    """« d'où ça vient ? » names the sources of the last answer with their dates."""
    talk.say("combien dure la formation ?", "demander_duree_formation")
    answer = talk.say("d'où ça vient ?", "demander_source")
    assert "CPNEFP" in answer
    assert "22 novembre 2026" in answer


def test_doubt_shows_the_disagreement(talk):
    """« tu es sûr ? » tells what another source says."""
    talk.say("combien dure la fae ?", "demander_fae")
    assert "112 heures" in talk.say("tu es sûr ?", "contester")


def test_two_questions_are_both_answered_in_order(talk):
    """Length first, pay second, once each."""
    answer = talk.say_several(
        "c'est quoi la durée et combien on gagne",
        ("c'est quoi la durée", "demander_duree_formation"),
        ("et combien on gagne", "demander_salaire_debutant"),
    )
    assert 0 <= answer.index(CQP_DURATION) < answer.index("2 118 €")


def test_a_second_failure_names_people(talk):
    """Not understood twice in a row: subjects, and who to speak to."""
    talk.say("blorg zip zap fnord", "demander_cqp", "incompris")
    assert "CPAM" in talk.say("grumpf tralala", "demander_cqp", "incompris")


def test_hesitation_offers_labels(talk):
    """Between close subjects the bot offers them, and « autre chose »."""
    request = Request("cqp", 0.2, "hesitant", (("cqp", 0.2), ("fae", 0.18)))
    talk.hear(Meaning("le papier", (request,)))
    assert talk.buttons[-1] == "Autre chose"
    assert len(talk.buttons) == 3


def test_an_emergency_stands_alone_and_drops_the_question(talk):
    """15 and 112 first, nothing else, no pending question afterwards."""
    talk.say("estimer mon aide", "demander_estimer_aide")
    answer = talk.say("il respire plus", emergency=Emergency("vital", plain=True))
    assert answer.startswith("**Appelez tout de suite le 15 (Samu) ou le 112.**")
    assert "mi-temps" not in answer
    assert talk.memory.pending is None


def test_start_over_forgets(talk):
    """« recommencer » empties the situation."""
    talk.say("mi-temps 2e année", MONTANT)
    talk.say("recommencer", "recommencer")
    assert dict(talk.memory.situation) == {}


def test_the_first_answer_says_it_is_an_automaton_once(talk):
    """The notice comes with the first answer only."""
    assert "automate" in talk.say("c'est quoi le cqp", "demander_cqp")
    assert "automate" not in talk.say("c'est quoi la fae", "demander_fae")


def test_half_an_hour_of_silence_forgets_and_says_so(talk):
    """The situation is dropped after thirty idle minutes, with a sentence."""
    talk.say("mi-temps 2e année", MONTANT)
    meaning = Meaning("c'est quoi le CQP ?", (Request("cqp", 0.9),))
    response = respond(talk._world, meaning, talk.memory, idle_seconds=1801)
    assert "j'ai oublié votre situation" in as_text(response.reply.blocks)
    assert "quotite" not in response.memory.situation


def test_what_is_known_of_the_person_can_be_read_back(talk):
    """« que sais-tu de moi ? » lists the inputs in words, and how to correct them."""
    talk.say("mi-temps 2e année P92, secteur 2 OPTAM", MONTANT)
    answer = talk.say("tu sais quoi de moi", "rappel_situation")
    assert "P90 à P94" in answer
    assert "OPTAM" in answer
    assert "recommencer" in answer


def test_the_words_of_a_button_say_nothing_of_the_person(talk):
    """Pressing « Secteur 1, 2 et OPTAM » does not put anybody in sector 2."""
    talk.say(talk._world.knowledge.fiches["secteur_conventionnement"].question)
    assert "secteur" not in talk.memory.situation


def test_who_one_is_without_a_question(talk):
    """« je coordonne une MSP » is noted, and a coordinator's first questions are offered."""
    answer = talk.say("Bonjour, je coordonne une MSP de 3 médecins")
    assert answer.startswith("C'est noté")
    assert "Estimer mon aide" in talk.buttons


def test_another_scale_replaces_the_day_of_the_contract(talk):
    """« et si j'avais signé après juin 2024 ? » leaves nothing of « mars 2023 » in the answer."""
    talk.say("contrat signé en mars 2023, mi-temps, P75, combien en 3e année ?", MONTANT)
    assert "mars 2023" not in talk.say("et si j'avais signé après juin 2024 ?", MONTANT)


def test_after_the_second_assistant_back_to_the_first(talk):
    """« combien la première année à temps plein ? » is one full-time post again."""
    talk.say("et pour un deuxième assistant ?", "demander_second_assistant")
    answer = talk.say("combien la première année à temps plein ?", MONTANT)
    assert "38 000 €" in answer and "Deuxième AM" not in answer


def test_the_other_reading_of_a_doubtful_question_is_offered_first(talk):
    """0.56 against 0.31: one answer, and the other a press away."""
    text = "quelle baisse est tolérée au-delà du 95e percentile ?"
    ranking = (("percentiles", 0.56), ("engagements", 0.31))
    talk.hear(Meaning(text, (Request("percentiles", 0.56, "sur", ranking),)))
    assert talk.buttons[0] == "Engagements du médecin"
    talk.hear(Meaning(text, (Request("percentiles", 0.9, "sur", ranking),)))
    assert talk.buttons[0] != "Engagements du médecin"


def test_nothing_is_lost_without_a_plain_wish(talk):
    """« enlever des fils », read as « effacer » at 0.51, keeps the conversation."""
    talk.say("aide pour un mi-temps P92 ?", MONTANT)
    text = "enlever des fils"
    assert "effacé" not in talk.hear(Meaning(text, (Request("effacer_donnees", 0.51),)))
    assert talk.buttons[0] == "Effacer mes données"
    assert talk.memory.situation["quotite"] == 0.5
    assert "effacé" in talk.say("efface mes données", "effacer_donnees")
    assert not talk.memory.situation


def test_a_day_alone_corrects_the_contract(talk):
    """« non le 1er avril 2025 » after « contrat du 1er avril 2024 »."""
    talk.say("contrat du 1er avril 2024, mi-temps, P60, quel montant ?", MONTANT)
    answer = talk.say("non le 1er avril 2025")
    assert "19 000 €" in answer and "1er avril 2025" in answer


def test_the_diploma_of_a_carer_says_more_than_no_bac(talk):
    """« aide-soignante … sans le bac ? »: by the FAE."""
    text = "je suis aide-soignante, je peux devenir AM sans le bac ?"
    assert "FAE" in talk.say(text, "demander_acces_metier")
    assert "98 heures" in talk.say("ça dure combien ?", "demander_duree_formation")


def test_the_fixed_amount_before_june_2024(talk):
    """P95 and more: 36 000 € in the years of the former table, then 38 000 €."""
    answer = talk.say("contrat du 15 mars 2023, temps plein, combien ?", MONTANT)
    assert "36 000 € les 2 premières années, 38 000 € à partir de la 3e année" in answer
    answer = talk.say("et si j'avais signé le 12 juillet 2021 ?", MONTANT)
    assert "25 000 € en 3e année, 26 000 € à partir de la 4e année" in answer
    answer = talk.say("et avec un contrat du 1er avril 2025 ?", MONTANT)
    assert "38 000 € chaque année, montant fixe" in answer


def test_installed_for_some_months_is_newly_installed(talk):
    """420 patients, eight months after: not refused, to be confirmed (rule R3c)."""
    text = "généraliste installée depuis 8 mois, 420 patients, secteur 1, ai-je droit à l'aide ?"
    assert "3 ans pour atteindre P50" in talk.say(text, "demander_conditions_aide")


def test_a_rank_alone_is_the_contract_year(talk):
    """« 2e ? » after the first year."""
    talk.say("aide 1re année temps plein P50 ?", MONTANT)
    assert "28 000 €" in talk.say("2e ?", MONTANT, follows=True)
    assert "22 000 €" in talk.say("et 3e")


def test_this_year_is_the_contract_year_in_progress(talk):
    """Signed in March 2023, asked in November 2026: the fourth year, and it is said."""
    answer = talk.say("contrat du 15 mars 2023, temps plein P50, combien cette année ?", MONTANT)
    assert answer.startswith("**22 000 € par an au maximum**") and "4e année" in answer
    answer = talk.say("contrat du 15 mars 2027, combien cette année ?", MONTANT)
    assert "1re année" in answer


@pytest.mark.parametrize(
    ("first", "told", "says"),
    [
        ("demander_medecin_65", "Elle a son bac, figurez-vous, philo.", "Tout bac convient"),
        ("demander_recruter", "je suis secteur 2 sans optam", "Pas d'aide"),
        ("demander_recruter", "moi je suis radiologue", "Pas d'aide"),
        ("demander_missions_administratives", "ma fille est infirmière", "FAE"),
    ],
)
def test_a_fact_that_decides_gets_its_consequence(talk, first, told, says):
    """A diploma, a sector, a specialty told beside a subject that they do not change."""
    talk.say("et alors ?", first)
    assert says in talk.say(told)


def test_a_patient_who_tells_of_a_doctor_asks_for_no_aid(talk):
    talk.say("je suis patient, mon dossier est secret ?", "demander_secret_medical")
    talk.memory = talk.memory.with_situation({"public": "patient"})
    assert "aide" not in talk.say("le mien est cardiologue").split("\n")[0]


def test_a_consequence_told_once_is_not_told_again_of_a_remark(talk):
    talk.say("qui peut le faire ?", "demander_acces_metier")
    talk.say("c'est bien payé ?", "demander_missions_administratives")
    assert "Tout bac" not in talk.say("ma fille est infirmière")
