"""Where somebody is, and the numbers and words that say nothing of it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from assistant_am.reading.departement import Departements

FILE = Path(__file__).resolve().parents[2] / "knowledge" / "departements.yml"


@pytest.fixture(scope="module")
def departements():
    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return Departements(data["noms"], tuple(data["mots_courants"]))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("je suis dans le 72", "72"),
        ("J'exerce dans le 2A.", "2A"),
        ("en Sarthe", "72"),
        ("Sarthe ?", "72"),
        ("la Sarthe", "72"),
        ("je suis médecin en loire atlantique", "44"),
        ("on est dans la Haute-Loire", "43"),
        ("et dans les Côtes d'Armor ?", "22"),
        ("à Mayotte", "976"),
        ("à la Réunion", "974"),
        ("la cpam de la Sarthe", "72"),
        ("MSP du 53", "53"),
        ("département 01", "01"),
        ("dans le département de la Somme", "80"),
        ("Somme", "80"),
        ("j'ai quitté la Mayenne, je suis en Sarthe", "72"),
    ],
)
def test_where_somebody_is(departements, text, number):
    assert departements.said(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "72",
        "j'ai 72 patients",
        "je suis à P72",
        "je suis dans le 90e percentile",
        "dans les 35 heures",
        "c'est compris dans la somme ?",
        "et dans le lot ?",
        "c'est cher",
        "je perds le nord",
        "je ne suis pas en Mayenne",
        "le contrat dure 3 ans dans le 3e cas",
        "le mémo de la CPAM de la Creusaz",
        "un stage de 53 heures",
        "je fais le 15",
        "qui est May'Santé LAB en pays de la Loire",
    ],
)
def test_what_says_nothing_of_it(departements, text):
    assert departements.said(text) is None


def test_every_departement_is_found_by_its_number_and_by_its_name(departements):
    names = yaml.safe_load(FILE.read_text(encoding="utf-8"))["noms"]
    assert len(names) == 101
    for number, name in names.items():
        assert departements.said(f"je suis dans le {number}") == number
        assert departements.said(name) == number
