"""A bare figure or word is read in the light of what was asked before it."""

from __future__ import annotations

import pytest

from assistant_am.dialogue.ellipsis import completed
from assistant_am.dialogue.memory import Memory
from assistant_am.meaning import Meaning

PANEL, AMOUNT = "seuil_patientele", "montant_aide"


def read(reader, text, subject, **situation):
    meaning = Meaning(text, (), tuple(reader.read(text)))
    entities = completed(meaning, Memory(subject=subject, situation=situation)).entities
    return {each.slot: each.value for each in entities}


@pytest.mark.parametrize(
    ("text", "patients"),
    [
        ("880", 880),
        ("et à 775 ?", 775),
        ("je vais descendre vers 700", 700),
        ("il est à mille cent dix, ça passe ?", 1110),
        ("1.300 pour moi", 1300),
        ("et à 1000", 1000),
    ],
)
def test_after_the_panel_a_figure_counts_patients(reader, text, patients):
    assert read(reader, text, PANEL) == {"patients": patients}


@pytest.mark.parametrize(
    "text",
    [
        "880 €", "j'ai 35 ans", "35h par semaine", "depuis 2022", "j'ai pris 200 patientes de plus",
        "10 % de moins", "elle gagne 1900 brut", "j'en perds 150",
    ],
)  # fmt: skip
def test_a_figure_with_its_unit_is_what_it_says(reader, text):
    assert "patients" not in read(reader, text, PANEL)


@pytest.mark.parametrize("subject", [None, "salaire_debutant", AMOUNT])
def test_elsewhere_it_counts_no_patients(reader, subject):
    assert "patients" not in read(reader, "880", subject)


@pytest.mark.parametrize(
    ("text", "slot", "value"),
    [
        ("et la 2 ?", "annee", 2),
        ("3 ?", "annee", 3),
        ("du coup la 5 ?", "annee", 5),
        ("ok donc en 4 alors", "annee", 4),
        ("plein", "quotite", 1.0),
        ("et mi ?", "quotite", 0.5),
        ("ou la moitié", "quotite", 0.5),
    ],
)
def test_after_an_amount_a_word_changes_it(reader, text, slot, value):
    assert read(reader, text, AMOUNT) == {slot: value}


def test_a_rank_among_doctors_after_another_one(reader):
    """Only where a band was told: 95 alone may be anything."""
    assert read(reader, "et si je passe à 95", AMOUNT, tranche="p90_p94") == {"tranche": "p95"}
    assert "tranche" not in read(reader, "et si je passe à 95", AMOUNT)


@pytest.mark.parametrize("text", ["j'en ai plein le dos de ces papiers", "3 mois"])
def test_what_says_something_else_changes_nothing(reader, text):
    assert not {"annee", "quotite"} & set(read(reader, text, AMOUNT))


def test_of_a_budget_a_figure_is_the_gross_pay(reader):
    assert read(reader, "prenez 2 150", "budget") == {"salaire_brut": 2150}
    assert read(reader, "prenez 2 000 bruts", None) == {"salaire_brut": 2000}
    assert "salaire_brut" not in read(reader, "signé en 2024", "budget")
    assert "salaire_brut" not in read(reader, "1 700 net", "budget")


def test_nothing_is_guessed_while_a_question_waits(reader):
    memory = Memory(subject=AMOUNT, pending="annee")
    assert completed(Meaning("plein", ()), memory).entities == ()


def test_a_panel_below_the_threshold_is_told_what_it_lacks(talk):
    talk.say("combien de patients minimum ?", "demander_seuil_patientele")
    answer = talk.say("740", "demander_seuil_patientele")
    assert "sous le seuil" in answer and "manque 35" in answer
    assert "au-dessus du seuil" in talk.say("et 900")


def test_what_was_told_first_is_the_former_panel(talk):
    """« 66 ans, il avait 1 200 patients », « il est à 1 000 »: the floor is 1 080."""
    talk.say("médecin de 66 ans, il avait 1200 patients", "demander_medecin_65")
    assert "objectif est atteint" in talk.say("il est à 1110, ça passe", "demander_medecin_65")
    assert "n'est pas atteint" in talk.say("et à 1000", "demander_medecin_65")


def test_moi_comes_back_after_another_doctor(talk):
    talk.say("combien de patients minimum ?", "demander_seuil_patientele")
    talk.say("880", "demander_seuil_patientele")
    assert "sous le seuil" in talk.say("mon associé 700", "demander_seuil_patientele")
    talk.say("moi 1300", "demander_seuil_patientele")
    assert talk.memory.doctors["Votre associé"]["patients"] == 700
    assert talk.memory.situation["patients"] == 1300


@pytest.mark.parametrize("text", ["et à mi-temps la deuxième", "la 2e à mi-temps ?"])
def test_after_a_second_assistant_the_second_is_no_year(reader, text):
    told = {"second_assistant": True, "quotite": 1.5}
    assert read(reader, text, "second_assistant") == told
    assert read(reader, text, AMOUNT) == {"annee": 2, "quotite": 0.5}
    assert read(reader, "la 2e année à mi-temps", "second_assistant")["annee"] == 2


def test_the_threshold_itself_counts_nobody(reader):
    assert read(reader, "c'est quoi ces 775", PANEL) == {}


def test_who_is_quoted_is_no_doctor(talk):
    """« Mon confrère jure que c'est 775, moi j'en ai 702 »: one panel, the speaker's."""
    talk.say("Mon confrère jure que c'est 775. Moi j'ai 702 patients.", "demander_seuil_patientele")
    assert not talk.memory.doctors
    assert talk.memory.situation["patients"] == 702


def test_what_is_told_is_noted_each_time_in_other_words(talk):
    talk.say("combien de patients minimum ?", "demander_seuil_patientele")
    said = {talk.say(text).split("\n")[0] for text in ("mon comptable est en vacances", "il pleut")}
    assert len(said) == 2 and all(len(each) < 80 for each in said)


def test_a_cited_amount_does_not_hide_what_is_asked(talk):
    answer = talk.say("les 38 000 d'un coup ?", "demander_versement_aide")
    assert "en combien de fois" in answer


def test_a_list_said_again_is_not_cut_at_its_colon(talk):
    first = talk.say("une deuxième assistante ?", "demander_second_assistant")
    again = [talk.say(f"et {n} ?", "demander_second_assistant") for n in ("alors", "donc", "enfin")]
    assert "conditions" in first
    assert not any(each.split("\n")[0].endswith(":") and "- " not in each for each in again)


@pytest.mark.parametrize(
    ("text", "slot", "value"),
    [
        ("octobre", "mois_contrat", "2023-10"),
        ("en mars", "mois_contrat", "2023-03"),
        ("le 3 avril", "date_contrat", "2023-04-03"),
        ("15/09", "date_contrat", "2023-09-15"),
    ],
)
def test_a_month_completes_the_year_of_the_contract(reader, text, slot, value):
    assert read(reader, text, AMOUNT, annee_contrat=2023)[slot] == value
    assert slot not in read(reader, text, AMOUNT, annee_contrat=2023, date_contrat="2023-01-01")


def test_thousands_of_euros_where_such_an_amount_exists(talk):
    """« Donc là 22 ? » is an amount of the scale, 23 is none."""
    talk.say("combien pour un temps plein ?", "demander_montant_aide")
    assert "22 000" in talk.say("donc là 22 ?", "demander_montant_aide").split("\n")[0]
    assert "23 000" not in talk.say("ou 23 ?", "demander_montant_aide")


def test_told_three_times_before_any_subject(talk):
    said = [talk.say(text).split("\n")[0] for text in ("1h d'attente", "il pleut", "bref")]
    assert len(set(said)) == 3


def test_the_day_of_a_known_month(reader):
    assert read(reader, "c'est le 17", AMOUNT, mois_contrat="2024-06") == {
        "date_contrat": "2024-06-17"
    }
    assert read(reader, "LE 18", AMOUNT, mois_contrat="2024-06") == {"date_contrat": "2024-06-18"}
    assert "date_contrat" not in read(reader, "le 18 000 €", AMOUNT, mois_contrat="2024-06")


@pytest.mark.parametrize(
    "text",
    [
        "deux personnes ça change rien ?",
        "2 am",
        "3 mois de plus",
        "et 2 contrats ?",
        "5 c'est trop",
    ],
)
def test_a_number_that_counts_something_is_no_day(reader, text):
    assert "date_contrat" not in read(reader, text, AMOUNT, mois_contrat="2022-10")


@pytest.mark.parametrize("text", ["18", "et 18 ?", "18 je crois"])
def test_a_number_alone_is_the_day(reader, text):
    assert read(reader, text, AMOUNT, mois_contrat="2022-10") == {"date_contrat": "2022-10-18"}


def test_another_day_after_a_day(reader):
    """« Signé le 21/06/24 », « et le 22 ? »; years later, « et 22 » is something else."""
    meaning = Meaning("et le 22 ?", ())
    memory = Memory(
        subject=AMOUNT, situation={"date_contrat": "2024-06-21"}, message="signé le 21/06/24"
    )
    (day,) = completed(meaning, memory).entities
    assert (day.slot, day.value) == ("date_contrat", "2024-06-22")
    assert completed(meaning, Memory(subject=AMOUNT, situation=memory.situation)).entities == ()


def test_a_longer_sum_and_another_scale(reader):
    assert read(reader, "5 ans", AMOUNT, horizon=3) == {"horizon": 5}
    assert read(reader, "5 ans", AMOUNT) == {}
    assert read(reader, "et l'ancien ?", AMOUNT) == {"bareme": "ancien"}
    assert read(reader, "non finalement plein. les 3 premières ensemble", AMOUNT)["quotite"] == 1.0


def test_the_difference_with_what_is_only_supposed(talk):
    """« Et si je passe à P95 ? », « ça fait combien de différence ? »"""
    talk.say("mi-temps P92 en 3e année", "demander_montant_aide")
    talk.say("et si je passe P95 ?", "demander_montant_aide", hypothesis=True)
    answer = talk.say("ça fait combien de différence ?", "demander_montant_aide", follows=True)
    assert "6 000" in answer.replace("\u00a0", " ")


def test_as_many_doctors_as_are_counted(talk):
    answer = talk.say(
        "on est 3 généralistes, tous P60, chacun à mi-temps, la 1re année ?",
        "demander_montant_aide",
    )
    assert "57 000" in answer.replace("\u00a0", " ")


@pytest.mark.parametrize(("text", "total"), [("et P93 ?", "39 000"), ("et 1,5 ?", "33 000")])
def test_the_options_of_a_second_assistant(talk, text, total):
    talk.say("une deuxième assistante, c'est possible ?", "demander_second_assistant")
    assert total in talk.say(text, "demander_second_assistant").replace("\u00a0", " ")


def test_a_known_doctor_by_the_surname_alone(talk):
    talk.say(
        "Dr Vidal P92 temps plein et Dr Roux P60 mi-temps, la 3e année", "demander_montant_aide"
    )
    answer = talk.say("et Vidal la 2e année ?", "demander_montant_aide").replace("\u00a0", " ")
    assert answer.startswith("Dr Vidal") and "28 000" in answer


def test_the_whole_practice(talk):
    talk.say(
        "Dr Vidal P92 temps plein et Dr Roux P60 mi-temps, la 3e année", "demander_montant_aide"
    )
    answer = talk.say("donc le cabinet touche combien", "demander_montant_aide", follows=True)
    assert "37 000" in answer.replace("\u00a0", " ")


def test_the_years_asked_of_all_stay_those_of_each(talk):
    """« On est 3, la 1re année ? », « et la 2e », « total »: never two years in one sum."""
    talk.say(
        "on est 3 généralistes, tous P60, chacun à mi-temps, la 1re année ?",
        "demander_montant_aide",
    )
    assert "42 000" in talk.say("et la 2e", "demander_montant_aide").replace("\u00a0", " ")
    assert "42 000" in talk.say("total", "demander_montant_aide").replace("\u00a0", " ")


def test_a_supposed_post_and_its_difference_in_one_message(talk):
    """« Et s'il avait pris un mi-temps, quelle différence sur ces trois ans ? »"""
    talk.say("contrat du 12 mars 2023, temps plein, P91, total sur 3 ans", "demander_montant_aide")
    answer = talk.say(
        "et s'il avait pris un mi-temps, quelle différence sur ces trois ans ?",
        "demander_montant_aide",
        hypothesis=True,
    )
    assert "44 500" in answer.replace("\u00a0", " ") and "89 000" in answer.replace("\u00a0", " ")


def test_the_difference_between_the_last_two(talk):
    talk.say("temps plein, P60, 2e année, nouveau barème", "demander_montant_aide")
    talk.say("et avec l'ancien barème ?", "demander_montant_aide", follows=True)
    answer = talk.say("l'écart entre les deux ?", "demander_montant_aide", follows=True)
    assert "1 000" in answer.replace("\u00a0", " ")


def test_what_it_makes_is_no_correction(talk):
    """« La 2e année ça fait combien, et puis la 3e ? » asks about both."""
    talk.say("temps plein P60", "demander_montant_aide")
    answer = talk.say("la 2e année ça fait combien, et puis la 3e ?", "demander_montant_aide")
    assert "28 000" in answer.replace("\u00a0", " ") and "22 000" in answer.replace("\u00a0", " ")
