"""Told in pieces, contested or taken back: the answer still concludes for this person."""

from __future__ import annotations

import pytest

from tests.facts import CQP_HOURS

ACCES, PREREQUIS = "demander_acces_metier", "demander_prerequis"
MONTANT, MODULATION = "demander_montant_aide", "demander_modulation"


@pytest.mark.parametrize("intent", [ACCES, PREREQUIS])
@pytest.mark.parametrize(
    "told", ["le bac je l'ai", "j'ai eu mon bac en 2023", "bac en poche", "titulaire d'un bac pro"]
)
def test_who_has_the_bac_is_told_that_it_is_enough(talk, told, intent):
    answer = talk.say(told, intent)
    assert "bac convient" in answer


@pytest.mark.parametrize("intent", [ACCES, PREREQUIS])
@pytest.mark.parametrize(
    "told",
    [
        "jamais eu le bac",
        "si je me plante au bac je peux ?",
        "DE d'ambulancier et rien d'autre",
        "je suis ambulancier sans le bac",
        "CAP coiffure et c'est tout",
    ],
)
def test_who_has_no_level_is_told_the_other_roads(talk, told, intent):
    answer = talk.say(told, intent)
    assert "VAE" in answer
    assert "diplôme d'État d'aide-soignant ou d'auxiliaire de puériculture" in answer
    assert "suffit :" not in answer


def test_another_carer_needs_a_level(talk):
    answer = talk.say("je suis kiné, je peux devenir AM ?", ACCES)
    assert "avec le bac ou un autre niveau 4" in answer.replace("**", "")
    assert "suffit" not in answer


def test_a_carer_of_the_fae_needs_no_bac(talk):
    assert "FAE" in talk.say("je suis aide-soignante, sans le bac", ACCES)
    assert talk.memory.situation["profil"] == "aide_soignant"


def test_no_bac_stays_known(talk):
    talk.say("j'ai jamais eu le bac", ACCES)
    talk.say("je suis ambulancier", ACCES)
    assert talk.memory.situation["profil"] == "sans_bac"


@pytest.mark.parametrize(
    "asked", ["faut-il le bac ?", "le bac est obligatoire ?", "je dois passer le bac ?"]
)
def test_asking_for_the_bac_does_not_tell_it(talk, asked):
    talk.say(asked, PREREQUIS)
    assert "profil" not in talk.memory.situation


@pytest.mark.parametrize(
    ("first", "then", "expected"),
    [
        (
            "j'ai 66 ans, parti de 900 patients",
            "là j'en suis à 830, objectif tenu ?",
            "est atteint",
        ),
        (
            "j'ai 66 ans, parti de 900 patients",
            "il m'en reste 805, c'est bon ?",
            "n'est pas atteint",
        ),
        ("67 ans, 1000 patients", "je suis descendu à 900", "est atteint"),
        ("67 ans, 1000 patients", "j'en ai plus que 899", "n'est pas atteint"),
        ("j'ai 65 ans et 900 patients au départ", "maintenant 810 patients", "est atteint"),
    ],
)
@pytest.mark.parametrize("intent", [MODULATION, "demander_medecin_65", "demander_engagements"])
def test_the_upkeep_told_in_pieces_is_judged(talk, first, then, expected, intent):
    talk.say(first, "demander_medecin_65")
    assert f"L'objectif {expected}" in talk.say(then, intent).replace("**", "")


def test_the_upkeep_gives_the_change_and_the_floor(talk):
    talk.say("j'ai 66 ans, parti de 900 patients", "demander_medecin_65")
    answer = talk.say("là j'en suis à 830, objectif tenu ?", MODULATION)
    assert "−7,8 %" in answer
    assert "810" in answer
    assert "objectifs_atteints" not in talk.memory.situation


def test_when_the_objectives_are_checked_is_another_question(talk):
    talk.say("j'ai 66 ans, parti de 900 patients", "demander_medecin_65")
    talk.say("là j'en suis à 830", MODULATION)
    assert "L'objectif" not in talk.say(
        "les objectifs sont vérifiés quand ?", "demander_engagements"
    )


def test_a_corrected_count_is_no_change(talk):
    talk.say("j'ai 66 ans, 900 patients", "demander_medecin_65")
    talk.say("non pardon, 830 patients", "demander_medecin_65")
    assert "patients_avant" not in talk.memory.situation


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("embauche le 1er mars 2027, jusqu'à quand pour le CQP ?", "Jusqu'au 1er mars 2029"),
        ("recrutée en mars 2025, elle a jusqu'à quand ?", "Jusqu'en mars 2027"),
        (
            "embauchée le 15 octobre 2024, c'est trop tard ?",
            "Le délai a pris fin le 15 octobre 2026",
        ),
        ("embauche le 29 février 2028, jusqu'à quand ?", "Jusqu'au 28 février 2030"),
        ("embauchée le 3 janvier 2025, échéance de sa FAE ?", "Jusqu'au 3 janvier 2027"),
    ],
)
def test_the_deadline_of_the_training_is_a_day(talk, asked, expected):
    assert expected in talk.say(asked, "demander_delai_formation")


def test_the_rule_before_2024_is_named_for_its_contracts(talk):
    answer = talk.say("embauchée le 3 mai 2023, date limite ?", "demander_delai_formation")
    assert "3 ans" in answer
    assert "CPNEFP" in answer


@pytest.mark.parametrize(
    ("asked", "intent", "expected"),
    [
        (
            f"98 h, {CQP_HOURS} h, 384 h : lequel ?",
            "demander_duree_formation",
            "98 h : durée approximative",
        ),
        (
            f"98 h, {CQP_HOURS} h, 384 h : lequel ?",
            "demander_duree_formation",
            f"{CQP_HOURS} h : durée du CQP complet",
        ),
        (
            f"98 h, {CQP_HOURS} h, 384 h : lequel ?",
            "demander_duree_formation",
            "384 h : ce chiffre n'est dans aucune",
        ),
        (
            f"98, {CQP_HOURS} ou 384 heures ?",
            "demander_cqp",
            "384 h : ce chiffre n'est dans aucune de nos sources",
        ),
        ("on m'a dit 150 h", "demander_fae", "150 h : ce chiffre n'est dans aucune de nos sources"),
        (
            f"266 heures ou {CQP_HOURS} ?",
            "demander_duree_formation",
            "266 h : total des quatre modules",
        ),
        ("10 500 AM ?", "demander_nombre_postes", "plus de 10 500 en 2025"),
        (
            "12 000 postes ?",
            "demander_nombre_postes",
            "12 000 : ce chiffre n'est dans aucune de nos sources",
        ),
        ("un article dit 2 900 €", "demander_salaire_debutant", "au-dessus de la fourchette"),
    ],
)
def test_a_figure_read_elsewhere_is_looked_for_in_our_sources(talk, asked, intent, expected):
    assert expected in talk.say(asked, intent).replace("**", "")


@pytest.mark.parametrize("own", ["j'ai fait 150 h de stage", "je travaille 39 h par semaine"])
def test_a_figure_of_one_s_own_is_not_looked_for(talk, own):
    assert "aucune de nos sources" not in talk.say(own, "demander_duree_formation")


@pytest.mark.parametrize(
    "asked",
    [
        "aucune idée du salaire, comptez au SMIC",
        "reste à charge au SMIC et à mi-temps ?",
        "et payée au SMIC ça coûte combien ?",
        "coût d'un temps plein au SMIC",
        "partez sur un SMIC",
    ],
)
def test_the_minimum_wage_is_counted_when_asked(talk, asked):
    talk.say("combien coûte un mi-temps ?", "demander_budget")
    assert "de coût employeur" in talk.say(asked, "demander_smic")


def test_the_minimum_wage_by_itself_is_no_budget(talk):
    assert "SMIC" in talk.say("un AM est payé au SMIC ?", "demander_smic")
    assert "coût employeur" not in talk.say("quel est le salaire minimum ?", "demander_smic")


@pytest.mark.parametrize(
    ("told", "again", "intent"),
    [
        (
            "anatomo-cytopathologiste secteur 1",
            "certain ? je répète : anatomo-cytopathologie",
            "contester",
        ),
        ("radiologue secteur 1", "sûr de chez sûr ? radiologie", "demander_specialites_exclues"),
        (
            "cardiologue secteur 2 sans OPTAM",
            "certain ? pas d'OPTAM je redis",
            "demander_secteur_conventionnement",
        ),
        ("stomatologue", "stomatologue hein", ""),
    ],
)
def test_an_exclusion_contested_is_stated_again(talk, told, again, intent):
    talk.say(f"{told}, j'y ai droit ?", "demander_conditions_aide")
    answer = talk.say(again, intent)
    assert "as d'aide dans cette situation" in answer
    assert "Source" in answer


@pytest.mark.parametrize(
    "taken_back",
    [
        "erreur, personne ne parle de deux assistants, un seul poste",
        "oubliez le deuxième assistant",
        "je n'ai pas demandé deux assistants, un seul",
        "non, un seul AM",
    ],
)
@pytest.mark.parametrize("intent", ["demander_second_assistant", MONTANT])
def test_a_second_assistant_is_taken_back(talk, taken_back, intent):
    talk.say("temps plein, P60, 4e année", MONTANT)
    assert "44 000 €" in talk.say("et avec un deuxième assistant ?", MONTANT, follows=True)
    answer = talk.say(taken_back, intent, follows=True)
    assert "22 000 € par an au maximum" in answer
    assert "44 000" not in answer


@pytest.mark.parametrize(
    "asked",
    [
        "on me réclame les 66 000 encaissés ?",
        "je dois rendre les 38 000 ?",
        "rembourser 28 000 € ?",
    ],
)
def test_paying_back_is_no_amount_to_look_up(talk, asked):
    answer = talk.say(f"objectifs ratés, {asked}", MODULATION)
    assert "ne parlent pas de remboursement" in answer


@pytest.mark.parametrize(
    ("signed", "expected"),
    [
        ("contrat de septembre 2022, 36 000/27 000/21 000", "3e année"),
        ("j'ai signé en mai 2023 à 36 000", "3e année"),
        ("contrat signé le 3 mars 2024, 36 000", "commencée le 3 mars 2025"),
        ("contrat signé le 22 juin 2024", "dès la 1re année"),
    ],
)
def test_a_running_contract_is_told_when_its_scale_changes(talk, signed, expected):
    asked = f"{signed} : le tarif révisé s'applique-t-il tout seul ?"
    answer = talk.say(asked, "demander_revalorisation").replace("**", "")
    assert "nouveau barème" in answer.split("\n")[0]
    assert expected in answer.split("\n")[0]


@pytest.mark.parametrize("asked", ["la caisse m'aiderait ?", "une aide existe pour moi ?"])
def test_a_general_question_concludes_for_a_known_doctor(talk, asked):
    talk.say("généraliste secteur 1, 1100 patients", "aucune")
    answer = talk.say(asked, "demander_aide_generale")
    assert "1 100 patients" in answer


def test_who_pays_is_still_answered(talk):
    talk.say("généraliste secteur 1, 1100 patients", "aucune")
    assert "Assurance Maladie" in talk.say("qui paie cette aide ?", "demander_aide_generale")
    assert "1 100" not in talk.say("qui finance ?", "demander_aide_generale")


@pytest.mark.parametrize(
    "asked",
    [
        "ça arrive sur ma fiche de paie ?",
        "c'est moi qui touche ?",
        "c'est moi qui encaisse les 38 000 ?",
        "ça s'ajoute à mon salaire ?",
        "c'est pour moi cet argent ?",
    ],
)
@pytest.mark.parametrize("intent", [MONTANT, "demander_versement_aide", "demander_budget"])
def test_the_aid_is_not_the_assistant_s(talk, asked, intent):
    """A reading in doubt (0.4) of a candidate's question after an amount."""
    talk.say("je suis secrétaire médicale, je veux devenir assistante médicale", ACCES)
    talk.say("combien pour un temps plein ?", MONTANT)
    answer = talk.doubt(asked, intent)
    assert answer.startswith("**Non.** L'aide va au médecin qui emploie l'AM")
    assert "1 801 à 2 118 €" in answer


@pytest.mark.parametrize(
    ("text", "intent", "expected"),
    [
        (
            "radiologue secteur 1, il n'a pas droit ?",
            "demander_specialites_exclues",
            "**Non, pas d'aide dans cette situation.**",
        ),
        (
            "généraliste nouvellement installée, 520 patients, j'ai le droit ?",
            "demander_nouvel_installe",
            "votre CPAM dira si vous pouvez signer dès maintenant",
        ),
        ("ophtalmo, secteur 1 ?", "demander_secteur_conventionnement", "file active"),
    ],
)
def test_the_right_is_concluded_whatever_it_was_read_as(talk, text, intent, expected):
    """When this message tells what decides: asked in so many words, or told by two conditions."""
    assert expected in talk.say(text, intent)


def test_a_doctor_is_spoken_to_as_a_doctor(talk):
    """From what only he would say of himself, although he never says « je suis médecin »."""
    talk.say("secteur 1, 900 patients, j'ai droit à l'aide ?", "demander_conditions_aide")
    answer = talk.say("dans quel ordre je fais tout ça ?", "demander_par_ou_commencer")
    assert "signer le contrat d'aide avec la CPAM" in answer


def test_the_year_of_a_contract_known_by_its_month(talk):
    """No day is made up."""
    answer = talk.say("signé en mars 2024, je suis en quelle année ?", "demander_montant_aide")
    assert answer.startswith("**Vous êtes dans la 3e année de contrat**, ouverte en mars 2026")
    assert "1er" not in answer


def test_the_right_of_a_named_doctor_has_his_name(talk):
    """Although the subject was read as the list of the excluded; no amount is offered after."""
    answer = talk.say("le Dr C est radiologue, il n'a pas droit ?", "demander_specialites_exclues")
    assert answer.startswith("Dr C : **non, pas d'aide dans cette situation.**")
    assert "Quel montant ?" not in talk.buttons


def test_a_panel_to_keep_up_is_no_question_on_the_right(talk):
    """« C'est fichu ? » after 65 is about the objective."""
    answer = talk.say("66 ans, 880 patients, secteur 1, c'est fichu ?", "demander_medecin_65")
    assert "maintenir" in answer
    assert "a priori" not in answer
