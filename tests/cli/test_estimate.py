"""`assistant-am estimate`, as people type it."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path
from typing import Any

import pytest

from assistant_am.cli import main

ROOT = Path(__file__).resolve().parents[2]
EVALUATION = Path(os.environ.get("AM_EVALUATION", ROOT.parent / "shared" / "evaluation"))
AID_CASES = EVALUATION / "aid_cases.csv"
BANDS = {"<P30": "sous_p30", "P30-P89": "p30_p89", "P90-P94": "p90_p94", "P95+": "p95_plus"}
SPECIALTIES = {
    "generaliste": "medecine_generale",
    "radiotherapeute": "radiotherapie",
    "pediatre": "pediatrie",
}
REASONS = {
    "before_year3": "SECOND_YEAR",
    "no_second_am_before_2024": "SECOND_SCALE",
    "not_zip": "SECOND_ZIP",
    "objectives_not_met": "SECOND_OBJECTIVES",
    "first_contract_not_full_time": "SECOND_FIRST_CONTRACT",
    "below_p30": "BELOW_P30",
    "excluded_specialty": "SPECIALTY_EXCLUDED",
}
ROWS = list(csv.DictReader(AID_CASES.open(encoding="utf-8"))) if AID_CASES.exists() else []

Output = pytest.CaptureFixture[str]


def estimate(*options: str) -> int:
    return main(["estimate", "--jour", "2026-11-22", *options])


def as_json(output: Output, *options: str) -> dict[str, Any]:
    assert estimate(*options, "--json") == 0
    data: dict[str, Any] = json.loads(output.readouterr().out)
    return data


@pytest.mark.skipif(not ROWS, reason="no evaluation folder here")
@pytest.mark.parametrize("row", ROWS, ids=lambda row: " ".join(list(row.values())[:5]))
def test_cases_of_the_acceptance_sample(row: dict[str, str], capsys: Output) -> None:
    facts = dict(f.split("=") for f in row["note"].split("|")[0].strip().split(";") if "=" in f)
    options = _options(row, facts)
    if "invalid" in facts:
        assert estimate(*options) == 2
        assert capsys.readouterr().err.startswith("Erreur : ")
        return
    data = as_json(capsys, *options)
    if row["expected_eur"]:
        assert data["statut"] != "non_eligible"
        assert data["montants"] == [
            {"annee": int(row["year"]), "max_eur": int(row["expected_eur"])}
        ]
        assert data["total_eur"] == int(row["expected_eur"])
        return
    assert data["statut"] == "non_eligible"
    assert data["montants"] == []
    assert data["total_eur"] is None
    assert REASONS[facts["reason"]] in {reason["code"] for reason in data["motifs"]}


def _options(row: dict[str, str], facts: dict[str, str]) -> list[str]:
    options = ["--quotite", row["etp"], "--annee", row["year"], "--tranche", BANDS[row["band"]]]
    options += ["--bareme", "ancien" if row["convention"] == "before" else "nouveau"]
    yes_no = {"1": "oui", "0": "non"}
    for fact, option in (
        ("zip", "--zip"),
        ("mep", "--mep"),
        ("objectives", "--objectifs-atteints"),
    ):
        if fact in facts:
            options += [option, yes_no[facts[fact]]]
    if "first_contract_etp" in facts:
        full = "oui" if facts["first_contract_etp"] == "1" else "non"
        options += ["--premier-contrat-temps-plein", full]
    if "specialty" in facts:
        options += ["--specialite", SPECIALTIES[facts["specialty"]]]
    if "patients" in facts:
        options += ["--patients", facts["patients"]]
    return options


def test_the_answer_comes_first_then_steps_and_sources(capsys: Output) -> None:
    assert estimate("--quotite", "0.5", "--tranche", "p90_p94", "--annee", "3") == 0
    text = capsys.readouterr().out
    assert "13\u00a0000\u00a0€" in text.splitlines()[0]
    assert text.index("Étapes") < text.index("Sources") < text.index("ameli.fr/bouches-du-rhone")


def test_json_has_the_keys_of_the_contract(capsys: Output) -> None:
    data = as_json(capsys, "--quotite", "1", "--tranche", "p30_p89", "--horizon", "5")
    assert list(data) == [
        "statut", "motifs", "montants", "total_eur", "etapes", "avertissements",
    ]  # fmt: skip
    assert data["total_eur"] == 132000
    assert data["montants"][0] == {"annee": 1, "max_eur": 38000}


def test_an_open_amount_lists_what_is_possible_and_what_decides(capsys: Output) -> None:
    data = as_json(capsys, "--quotite", "1", "--annee", "3")
    assert data["montants"][0]["max_eur"] is None
    assert data["montants"][0]["decide_par"] == ["tranche"]
    assert [p["max_eur"] for p in data["montants"][0]["possibles"]] == [22000, 26000, 38000]


def test_a_refusal_shows_the_reason_then_the_single_assistant(capsys: Output) -> None:
    estimate("--quotite", "2", "--annee", "3", "--tranche", "p30_p89", "--mep", "oui")
    first = capsys.readouterr().out.splitlines()[0]
    assert first.startswith("Deuxième AM, condition non remplie : ne pas être médecin à exercice")
    assert first.endswith("22\u00a0000\u00a0€ en 3e\u00a0année.")


def test_a_salary_adds_the_budget(capsys: Output) -> None:
    options = ("--quotite", "1", "--annee", "3", "--tranche", "p30_p89", "--salaire-brut", "2055")
    data = as_json(capsys, *options)
    assert data["budget"]["annees"][0]["restes"][0]["reste_a_charge_eur"] == 5784
    assert estimate(*options) == 0
    assert "Reste à charge estimé" in capsys.readouterr().out


@pytest.mark.parametrize(
    "options",
    [
        ("--annee", "0"),
        ("--patients", "-3"),
        ("--patients", "abc"),
        ("--patients", "5000000"),
        ("--tranche", "150"),
        ("--quotite", "0.8"),
        ("--bareme", "moyen"),
        ("--date-contrat", "hier"),
        ("--horizon", "11"),
        ("--salaire-brut", "1500"),
        ("--specialite", "medecine_generale", "--patients", "774", "--tranche", "p30_p89"),
        ("--cas", "x.csv", "--image", "x.png"),
    ],
    ids=" ".join,
)
def test_impossible_input_is_code_2_and_one_french_message(
    options: tuple[str, ...], capsys: Output
) -> None:
    assert estimate(*options) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.startswith("Erreur : ")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--couleur", "bleu"), "options inconnues : --couleur bleu"),
        (("--annee",), "il manque au moins une valeur"),
        (("--image", "a.gif"), "le nom doit finir par .png ou .svg"),
    ],
)
def test_argparse_complains_in_french(
    options: tuple[str, ...], message: str, capsys: Output
) -> None:
    with pytest.raises(SystemExit) as stopped:
        estimate(*options)
    assert stopped.value.code == 2
    assert message in capsys.readouterr().err


def test_help_is_in_french(capsys: Output) -> None:
    with pytest.raises(SystemExit):
        estimate("--help")
    text = capsys.readouterr().out
    assert text.startswith("usage : ")
    assert "affiche cette aide" in text
    for english in ("show this", "optional", "arguments:", "default"):
        assert english not in text


def test_files_are_written(tmp_path: Path, capsys: Output) -> None:
    image, html, table = tmp_path / "a.png", tmp_path / "a.html", tmp_path / "a.csv"
    files = ("--image", str(image), "--html", str(html), "--csv", str(table))
    assert estimate("--quotite", "1", "--tranche", "p92", *files) == 0
    assert image.read_bytes().startswith(b"\x89PNG")
    assert "144\u00a0000\u00a0€" in html.read_text(encoding="utf-8")
    lines = table.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "annee,et_suivantes,bareme,debut,quotite,tranche,max_eur"
    assert lines[-1] == "3,oui,nouveau,,1,p90_p94,26000"


def test_a_refusal_draws_nothing_and_says_so(tmp_path: Path, capsys: Output) -> None:
    image = tmp_path / "a.png"
    assert estimate("--secteur", "non_conventionne", "--image", str(image)) == 0
    assert "Aucune image" in capsys.readouterr().err
    assert not image.exists()


def test_a_file_of_doctors_comes_out_with_a_total(tmp_path: Path, capsys: Output) -> None:
    file = tmp_path / "cabinet.csv"
    file.write_text(
        "medecin;quotite;annee;tranche\nDr A;1;1;p30_p89\nDr B;0,5;3;p95\nDr C;1;;\n",
        encoding="utf-8-sig",
    )
    assert estimate("--cas", str(file)) == 0
    rows = list(csv.DictReader(capsys.readouterr().out.splitlines()))
    assert [row["max_eur"] for row in rows] == ["38000", "19000", "", "57000"]
    assert rows[-1]["motifs"] == "1 ligne(s) sans montant"
    assert as_json(capsys, "--cas", str(file))["total_eur"] == 57000


def test_a_faulty_line_stops_the_file(tmp_path: Path, capsys: Output) -> None:
    file = tmp_path / "cabinet.csv"
    file.write_text("quotite,annee\n1,1\n1,0\n", encoding="utf-8")
    assert estimate("--cas", str(file)) == 2
    assert "ligne 3" in capsys.readouterr().err


def test_a_missing_file_is_said(capsys: Output) -> None:
    assert estimate("--cas", "/nulle/part.csv") == 1
    assert capsys.readouterr().err.startswith("Erreur : ")
