"""Doctors told by number: each has his own figures, and the number written is what is summed."""

from __future__ import annotations

import pytest

MONTANT, RIGHT = "demander_montant_aide", "demander_conditions_aide"
PANEL = "demander_seuil_patientele"


@pytest.mark.parametrize(
    "text",
    [
        "J'ai 4 généralistes, tous secteur 1 : 1100 / 690 / 1480 / 900 patients. Qui a droit ?",
        "Quatre généralistes secteur 1 : 1 100, 690, 1 480 et 900 patients, lesquels ont droit ?",
        "mes 4 MG en secteur 1 sont à 1100, 690, 1480, 900 patients : lesquels ?",
    ],
)
def test_each_panel_is_that_of_one_doctor(talk, text):
    """690 is below P30 of the general practitioners, 775: refused, unless just settled."""
    answer = talk.say(text, PANEL)
    assert "3 aides au plus pour ces 4 médecins" in answer
    assert "Médecin à 690 patients : pas droit à l'aide" in answer
    assert answer.count("possible**") == 1 and "médecin à 900 patients : possible" in answer
    assert "nouvellement installé" in answer


def test_one_of_a_list_is_spoken_of_by_his_panel(talk):
    """« celle à 690 »: settled this year, so no refusal any more, and nobody else is changed."""
    talk.say("4 généralistes secteur 1 : 1100 / 690 / 1480 / 900 patients, qui a droit ?", PANEL)
    talk.say("celle à 690 s'est installée en avril", "demander_nouvel_installe")
    known = {each["patients"]: each for each in talk.memory.doctors.values()}
    assert known[690]["nouvel_installe"] and "nouvel_installe" not in known[900]


def test_each_specialty_has_its_number_and_its_exception(talk):
    """Six doctors, one outside OPTAM: five aids at most."""
    answer = talk.say(
        "Pôle de 6 médecins, 4 MG et 2 rhumatos, tous S1 sauf un rhumato hors OPTAM. Combien ?",
        RIGHT,
    )
    assert "5 aides au plus pour ces 6 médecins" in answer
    assert "Rhumato 2 : pas droit à l'aide" in answer
    assert "sa spécialité" not in answer


def test_three_general_practitioners_and_two_paediatricians(talk):
    """Other words, another refusal: sector 2 outside OPTAM."""
    answer = talk.say(
        "trois généralistes secteur 1 et deux pédiatres secteur 2 sans optam, qui a droit ?", RIGHT
    )
    assert "3 aides au plus pour ces 5 médecins" in answer
    assert "Pédiatre 1 et pédiatre 2 : pas droit à l'aide" in answer


def test_the_number_written_is_the_number_summed(talk):
    """After six doctors, « 3 plein temps » are three: 3 × 38 000; then bands, then half-time."""
    talk.say("Pôle de 6 médecins, 4 MG et 2 rhumatos, tous secteur 1. Qui a droit ?", RIGHT)
    assert talk.say("3 plein temps année 1, total ?", MONTANT).startswith("**114 000 € par an")
    answer = talk.say("année 3, un P95 et deux P50", MONTANT)
    assert answer.startswith("**82 000 € par an") and "de moins" not in answer
    assert talk.say("et des mi-temps pour les trois", MONTANT).startswith("**41 000 € par an")


@pytest.mark.parametrize(
    ("text", "sum_"),
    [
        ("un P92 et trois P60 à temps plein, 3e année, en tout ?", "92 000 €"),
        ("deux généralistes P92 à mi-temps et un P60 à temps plein, 3e année, total ?", "48 000 €"),
        ("deux P96 et un P40, tous à mi-temps, en 4e année : total ?", "49 000 €"),
    ],
)
def test_bands_are_shared_out(talk, text, sum_):
    """26 000 + 3 × 22 000; 2 × 13 000 + 22 000; 2 × 19 000 + 11 000."""
    assert talk.say(text, MONTANT).startswith(f"**{sum_} par an au maximum** en tout")


@pytest.mark.parametrize(
    "text",
    [
        "deux mi-temps ou un temps plein, qu'est-ce qui rapporte le plus ?",
        "un P92 touche quoi à temps plein ?",
        "j'ai 2 enfants et 900 patients, j'ai droit à quoi ?",
        "le contrat dure 5 ans, je suis P60, combien ?",
    ],
)
def test_no_doctors_are_made_up(talk, text):
    """Two posts of one doctor, a band in general, children, years."""
    talk.say(text, MONTANT)
    assert talk.memory.doctors == {}


def test_the_speaker_beside_a_colleague(talk):
    """« Moi P60 » after « mon associée P92 »: from the third year 22 000 and 26 000 (full-time)."""
    talk.say("Mon associée est P92, temps plein. Moi P60, temps plein. Même aide ?", MONTANT)
    bands = [each["tranche"] for each in talk.memory.doctors.values()]
    assert sorted(bands) == ["p30_p89", "p90_p94"]


def test_said_of_each_behind(talk):
    """« Temps plein chacun » is said of all three."""
    answer = talk.say(
        "Dr Petit P55, Dr Roche P91, Dr Benali P97. Temps plein chacun, total sur 3 ans ?", MONTANT
    )
    assert answer.startswith("**294 000 € au maximum sur 3 ans**")


@pytest.mark.parametrize(
    "text",
    [
        "j'ai deux mi temps, anna et maud, un contrat de 1 ETP, combien en 3e année ?",
        "deux mi-temps sur un contrat d'un ETP, combien en 3e année ?",
        "mes 2 assistantes sont à mi-temps, un seul contrat à temps plein, combien en 3e année ?",
        "un contrat temps plein partagé entre deux mi-temps, ça fait combien en 3e année ?",
        "contrat 1 ETP, 2 mi-temps dessus, 3e année",
        "mon temps plein coupé en deux, combien en 3e année ?",
    ],
)
def test_two_half_time_assistants_on_one_contract_are_one_full_post(talk, text):
    """22 000 is the full-time maximum of the third year; no doctor is made up of a post."""
    assert talk.say(text, MONTANT).startswith("**22 000 € par an au maximum** pour un temps plein")
    assert talk.memory.doctors == {}


@pytest.mark.parametrize(
    "text",
    [
        "deux mi-temps et un temps plein, combien ?",
        "j'ai 2 mi-temps, 1 plein temps, total ?",
        "un contrat temps plein ou deux mi-temps, combien ?",
    ],
)
def test_posts_alone_are_no_doctors(talk, text):
    answer = talk.say(text, MONTANT)
    assert talk.memory.doctors == {}
    assert "Temps plein" in answer and "Mi-temps" in answer


def test_posts_of_doctors_spoken_of_are_theirs(talk):
    """2 × 19 000 + 38 000 in the first year."""
    answer = talk.say("on est trois : deux mi-temps et un temps plein, total ?", MONTANT)
    assert answer.startswith("**76 000 € par an au maximum** en tout")
