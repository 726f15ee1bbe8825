"""Parameter files are read strictly, and each mistake is told with its place and remedy."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import jsonschema
import pytest
import yaml

from assistant_am import aid

from_here = Path(__file__).resolve().parents[2] / "knowledge"
THRESHOLD = "parametres/seuil_patientele_mg.yml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of what the computation reads."""
    shutil.copytree(from_here / "parametres", tmp_path / "parametres")
    shutil.copy(from_here / "sources.yml", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("old", "new", "line", "remedy"),
    [
        ("unite: patients", "unité: patients", 2, "clé inconnue « unité »"),
        ("unite: patients", "unite: patients\nunite: patients", 3, "écrite deux fois"),
        ("unite: patients", "unite: euros", 2, "l'unité attendue ici est « patients »"),
        ("2024-06-22:", "juin 2024:", 6, "AAAA-MM-JJ"),
        ("2024-06-22:", "2024-06-31:", 5, "date impossible"),
        ("valeur: 775", "valeur: beaucoup", 6, "n'est pas un nombre"),
        ("valeur: 775", "valeur: 775.5", 6, "nombre entier"),
        ("valeur: 775", "valeur: -775", 6, "négatif"),
        ("source: ameli_bdr", "source: amelie", 7, "source « amelie » inconnue"),
        ("source: ameli_bdr, ", "", 7, "il manque la clé « source »"),
        ("valable_au: 2026-11-22", "valable_au: hier", 3, "n'est pas une date"),
        ("metadata: {", "metadata: [", 3, "YAML illisible"),
    ],
)
def test_a_mistake_is_told_with_file_line_and_remedy(
    folder: Path, old: str, new: str, line: int, remedy: str
) -> None:
    file = folder / THRESHOLD
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(aid.ParameterError) as caught:
        aid.load(folder)
    assert str(caught.value).startswith(f"{file}:{line} : ")
    assert remedy in str(caught.value)


def test_a_missing_reference_is_refused(folder: Path) -> None:
    file = folder / THRESHOLD
    kept = file.read_text(encoding="utf-8").splitlines()[:-1]
    file.write_text("\n".join(kept), encoding="utf-8")
    with pytest.raises(aid.ParameterError, match="il manque la clé « reference »"):
        aid.load(folder)


def test_a_missing_file_is_refused(folder: Path) -> None:
    (folder / THRESHOLD).unlink()
    with pytest.raises(aid.ParameterError, match="fichier introuvable"):
        aid.load(folder)


def test_a_file_that_nothing_reads_is_refused(folder: Path) -> None:
    (folder / "parametres/seuil_patientelle.yml").write_text("description: x\n", encoding="utf-8")
    with pytest.raises(aid.ParameterError, match="aucun calcul ne lit ce fichier"):
        aid.load(folder)


def test_a_new_amount_is_one_dated_line(folder: Path) -> None:
    """The day before keeps the former amount, the day itself has the new one."""
    file = folder / "parametres/aide_mi_temps.yml"
    text = file.read_text(encoding="utf-8")
    added = "      2027-01-01: {valeur: 19500, reference: {source: ameli_bdr}}\n    2:\n"
    file.write_text(text.replace("    2:\n", added, 1), encoding="utf-8")
    params = aid.load(folder)
    table = params.tables[0.5]
    before = table.at("p30_p89", 1, date(2026, 12, 31))
    after = table.at("p30_p89", 1, date(2027, 1, 1))
    assert before is not None
    assert after is not None
    assert (before.value, after.value) == (19000, 19500)


@pytest.mark.parametrize(
    "file", sorted((from_here / "parametres").glob("*.yml")), ids=lambda f: f.stem
)
def test_the_schema_for_editors_accepts_each_file(file: Path) -> None:
    schema = json.loads((from_here / "schema/parametre.schema.json").read_text(encoding="utf-8"))
    data = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    jsonschema.validate(_typed(data), schema)


def _typed(value: object) -> object:
    """Numbers as numbers, everything else as the text an editor's schema sees."""
    if isinstance(value, dict):
        return {key: _typed(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_typed(item) for item in value]
    try:
        return float(str(value))
    except ValueError:
        return value
