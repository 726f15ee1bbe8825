"""Each parameter, changed alone in a copy of `knowledge/`, changes the chat, the command, the page.

A limit that stood in a program as well would keep its old value in one of them.
"""

from __future__ import annotations

import datetime
import shutil
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path

import pytest

from assistant_am import aid
from assistant_am.commands.estimate import OPTIONS
from assistant_am.dialogue.world import World, load_world
from assistant_am.knowledge import read_checked
from assistant_am.reading.situation import Reader
from assistant_am.rendering import page
from assistant_am.rendering.aid_report import report
from tests.dialogue.conftest import Talk

SHIPPED = Path(__file__).resolve().parents[2] / "knowledge"
TODAY = datetime.date(2026, 11, 22)
NOT_TOLD_BY = {
    "chat": set(),
    # The lines of the table; only its page looks further ahead.
    "command": {"horizon_par_defaut"},
    # The aid, not what the employer pays.
    "page": {"cout_employeur", "smic_mensuel", "salaire_brut_maximum_saisie"},
}

AMOUNT, RIGHT = "demander_montant_aide", "demander_conditions_aide"
GP = {"specialite": "medecine_generale", "secteur": "secteur_1"}
FULL = {"quotite": "1"}


@dataclass(frozen=True)
class Change:
    """`old` is `new` in a file: what is said to the chat and given to the command, and the words
    by which the change is seen; `in_chat` when the chat has its own."""

    old: str
    new: str
    said: tuple[str, str]
    given: dict[str, str]
    seen: str
    in_chat: str = ""


CHANGES = {
    "age_maintien": Change(
        "valeur: 65", "valeur: 67", ("généraliste secteur 1, P92, j'ai 68 ans, j'y ai droit ?",
        RIGHT), {**GP, "age_65": "oui"}, "67 ans"),
    "aide_mi_temps": Change(
        "valeur: 14000", "valeur: 14123", ("mi-temps 2e année, P50", AMOUNT),
        {"quotite": "0,5", "annee": "2"}, "14 123 €"),
    "aide_temps_plein": Change(
        "valeur: 28000", "valeur: 28123", ("temps plein 2e année, P50", AMOUNT),
        {**FULL, "annee": "2"}, "28 123 €"),
    "aide_option_1_5_etp": Change(
        "valeur: 33000", "valeur: 33123", ("1,5 ETP en 3e année, P50", AMOUNT),
        {"quotite": "1,5", "annee": "3"}, "33 123 €"),
    "aide_option_2_etp": Change(
        "valeur: 44000", "valeur: 44123", ("2 ETP en 3e année, P50", AMOUNT),
        {"quotite": "2", "annee": "3"}, "44 123 €"),
    "annee_garantie_nouvel_installe": Change(
        "valeur: 4", "valeur: 5", ("nouvellement installé, temps plein, 5e année", AMOUNT),
        {**FULL, "nouvel_installe": "oui", "annee": "5"}, "5e année est garantie"),
    "annee_maximale_saisie": Change(
        "valeur: 40", "valeur: 41", ("temps plein en 44e année", AMOUNT),
        {**FULL, "annee": "44"}, "jusqu'à la 41e"),
    "annee_modulation": Change(
        "valeur: 3", "valeur: 4", ("temps plein sur 5 ans, P50", AMOUNT),
        {**FULL, "horizon": "5"}, "Dès la 4e année"),
    "cout_employeur": Change(
        "2000: ", "2000: 1", ("budget pour un temps plein à 2000 € brut", "demander_budget"),
        {**FULL, "salaire_brut": "2000"}, "coût"),
    "date_percentiles": Change(
        "valeur: 2021-12-31", "valeur: 2024-12-31", ("percentiles de quelle date ?",
        "demander_percentiles"), {**FULL}, "31 décembre 2024"),
    "delai_formation": Change(
        "valeur: 2", "valeur: 4", ("embauche le 1er mars 2027, jusqu'à quand pour le CQP ?",
        "demander_delai_formation"), {**GP}, "4 ans", "2031"),
    "delai_objectif_nouvel_installe": Change(
        "valeur: 2", "valeur: 6", ("nouvellement installé, P92, j'y ai droit ?", RIGHT),
        {**GP, "nouvel_installe": "oui"}, "6 ans"),
    "delai_percentile_nouvel_installe": Change(
        "valeur: 3", "valeur: 7", ("nouvellement installé, 400 patients, généraliste, j'y ai"
        " droit ?", RIGHT), {**GP, "nouvel_installe": "oui", "patients": "400"}, "7 ans"),
    "entree_en_vigueur_convention_2024": Change(
        "valeur: 2024-06-22", "valeur: 2024-07-01", ("contrat signé le 25 juin 2024, temps plein,"
        " 1re année", AMOUNT), {**FULL, "annee": "1", "date_contrat": "2024-06-25"},
        "juillet 2024"),
    "fermeture_tiers_temps": Change(
        "valeur: 2023-05-01", "valeur: 2023-06-01", ("montant pour 0,33 ETP", AMOUNT),
        {"quotite": "0,33"}, "1er juin 2023"),
    "horizon_maximal": Change(
        "valeur: 10", "valeur: 11", ("temps plein sur 15 ans", AMOUNT),
        {**FULL, "horizon": "15"}, "jusqu'à 11 ans"),
    "horizon_par_defaut": Change(
        "valeur: 5", "valeur: 6", ("signé le 1er mars 2025, temps plein, que reste-t-il à"
        " toucher ?", AMOUNT), {**FULL}, "6e année"),
    "mois_honoraires_cliniques": Change(
        "valeur: 12", "valeur: 18", ("je suis ORL secteur 1, P92, j'y ai droit ?", RIGHT),
        {**GP, "specialite": "orl"}, "18 mois"),
    "part_honoraires_cliniques": Change(
        "valeur: 80", "valeur: 85", ("je suis ORL secteur 1, P92, j'y ai droit ?", RIGHT),
        {**GP, "specialite": "orl"}, "85 %"),
    "patients_maximum_saisie": Change(
        "valeur: 30000", "valeur: 31000", ("généraliste secteur 1, 99 999 patients, j'y ai droit ?",
        RIGHT), {**GP, "patients": "99999"}, "31 000"),
    "percentile_objectif_nouvel_installe": Change(
        "valeur: 50", "valeur: 55", ("nouvellement installé, 400 patients, généraliste, j'y ai"
        " droit ?", RIGHT), {**GP, "nouvel_installe": "oui", "patients": "400"}, "P55"),
    "percentile_patientele_importante": Change(
        "valeur: 90", "valeur: 92", ("temps plein 3e année à P91", AMOUNT),
        {**FULL, "annee": "3", "tranche": "p91"}, "22 000 €"),
    "percentile_seuil": Change(
        "valeur: 30", "valeur: 35", ("cardiologue secteur 1, P32, j'y ai droit ?", RIGHT),
        {**GP, "specialite": "cardiologie", "tranche": "p32"}, "au moins P35"),
    "percentile_tres_forte_patientele": Change(
        "valeur: 95", "valeur: 97", ("temps plein 3e année à P96", AMOUNT),
        {**FULL, "annee": "3", "tranche": "p96"}, "26 000 €"),
    "quotite_fermee": Change(
        "valeur: 0.33", "valeur: 0.2", ("montant pour 0,2 ETP", AMOUNT),
        {"quotite": "0,2"}, "Aucun nouveau contrat"),
    "salaire_brut_maximum_saisie": Change(
        "valeur: 3000", "valeur: 2500", ("budget pour un temps plein à 2600 € brut",
        "demander_budget"), {**FULL, "salaire_brut": "2600"}, "2 500 €"),
    "secteurs_admis": Change(
        "secteur_2_optam_co]", "secteur_2_optam_co, secteur_2_hors_optam]",
        ("généraliste secteur 2 sans OPTAM, P92, j'y ai droit ?", RIGHT),
        {**GP, "secteur": "secteur_2_hors_optam"}, "1re année",
        "votre spécialité ouvrent droit"),
    "seuil_patientele_mg": Change(
        "valeur: 775", "valeur: 900", ("généraliste secteur 1, plus de 800 patients, j'y ai"
        " droit ?", RIGHT), {**GP, "patients": "800"}, "900"),
    "smic_mensuel": Change(
        "1867.02", "1967.02", ("budget pour un temps plein à 1900 € brut", "demander_budget"),
        {**FULL, "salaire_brut": "1900"}, "1 967,02 €"),
    "specialites_a_honoraires_verifies": Change(
        "[orl, gynecologie]", "[orl, gynecologie, pediatrie]",
        ("je suis pédiatre secteur 1, P92, j'y ai droit ?", RIGHT),
        {**GP, "specialite": "pediatrie"}, "honoraires cliniques"),
    "specialites_en_maintien": Change(
        "[medecine_generale, pediatrie]", "[medecine_generale, pediatrie, orl]",
        ("je suis ORL secteur 1, P96, j'y ai droit ?", RIGHT),
        {**GP, "specialite": "orl"}, "maintien de la patientèle"),
    "specialites_exclues": Change(
        "      - radiologie\n", "      - radiologie\n      - cardiologie\n",
        ("je suis cardiologue secteur 1, P92, j'y ai droit ?", RIGHT),
        {**GP, "specialite": "cardiologie"}, "n'ouvrent pas droit"),
    "specialites_exclues_avec_exception": Change(
        "[chirurgie]", "[chirurgie, cardiologie]",
        ("je suis cardiologue secteur 1, P92, j'y ai droit ?", RIGHT),
        {**GP, "specialite": "cardiologie"}, "à partir de 80 %"),
    "tolerance_65_ans": Change(
        "valeur: 10", "valeur: 15", ("65 ans, je passe de 1000 à 870 patients, objectif tenu ?",
        "demander_medecin_65"), {**GP, "age_65": "oui"}, "15 %"),
}  # fmt: skip
TWICE = {
    "date_percentiles": ("percentiles_reference", datetime.date(2024, 12, 31)),
    "delai_formation": ("delai_formation", 4),
}
"""Said by fiches too: `check` wants both to agree."""


@pytest.fixture(scope="module")
def base() -> World:
    return load_world(SHIPPED, TODAY)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(read_checked(SHIPPED, "lexique/entites.yml", "entites"))


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("connaissances")
    for name in ("parametres", "schema"):
        shutil.copytree(SHIPPED / name, folder / name)
    for name in ("sources.yml", "calcul.yml"):
        shutil.copy(SHIPPED / name, folder)
    return folder


def shown(world: World, reader: Reader, change: Change) -> dict[str, str]:
    """What the chat, the command and the page say."""
    found = {"chat": Talk(world, reader).say(*change.said)}
    known = {key for key, _, _ in OPTIONS}
    assert set(change.given) <= known
    params = world.parameters
    try:
        case = aid.Case.from_french(change.given, params)
        estimate = aid.estimate(case, params, TODAY)
        money = aid.budget(case, params, TODAY) if case.gross_salary else None
        years = aid.project(
            replace(case, horizon=None),
            params,
            TODAY,
            case.horizon or params.default_horizon.latest,
        )
        if case.contract_years:
            years = aid.Projection(len(estimate.years), estimate)
        found |= {"command": report(estimate, money), "page": unescape(page.render(years))}
    except aid.InvalidInput as error:
        found |= {"command": str(error), "page": str(error)}
    return {where: text.replace("\u00a0", " ") for where, text in found.items()}


@pytest.mark.parametrize("name", CHANGES)
def test_a_parameter_changes_what_is_said(base, reader, copy, name):
    """In the chat, by the command and on the page: its new value, where it was not before."""
    change = CHANGES[name]
    file = copy / "parametres" / f"{name}.yml"
    text = file.read_text("utf-8")
    assert change.old in text, f"« {change.old} » has changed: correct the table"
    file.write_text(text.replace(change.old, change.new), "utf-8")
    try:
        changed = replace(base, parameters=aid.load(copy))
    finally:
        file.write_text(text, "utf-8")
    if name in TWICE:
        key, value = TWICE[name]
        facts = dict(base.knowledge.facts)
        facts[key] = replace(facts[key], value=value)
        changed = replace(changed, knowledge=replace(base.knowledge, facts=facts))
    before, after = shown(base, reader, change), shown(changed, reader, change)
    for where in before:
        if name in NOT_TOLD_BY[where]:
            continue
        words = (where == "chat" and change.in_chat) or change.seen
        assert words in after[where], (where, after[where])
        assert before[where] != after[where], where
        if name != "cout_employeur":
            assert words not in before[where], (where, before[where])


def test_no_parameter_is_left_out():
    """A new file has to be given its place above."""
    assert set(CHANGES) == {file.stem for file in (SHIPPED / "parametres").glob("*.yml")}
