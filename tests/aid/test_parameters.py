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
from assistant_am.files.errors import KnowledgeError

from_here = Path(__file__).resolve().parents[2] / "knowledge"
THRESHOLD = "parametres/seuil_patientele_mg.yml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of what the computation reads."""
    for name in ("parametres", "schema"):
        shutil.copytree(from_here / name, tmp_path / name)
    for name in ("sources.yml", "calcul.yml"):
        shutil.copy(from_here / name, tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("old", "new", "line", "remedy"),
    [
        ("unite: patients", "unité: patients", 2, "clé inconnue « unité »"),
        ("unite: patients", "unite: patients\nunite: patients", 3, "écrite deux fois"),
        ("unite: patients", "unite: ans", 2, "l'unité attendue ici est « patients »"),
        ("2024-06-22:", "juin 2024:", 5, "l'année, le mois et le jour"),
        ("2024-06-22:", "2024-06-31:", 5, "date impossible"),
        ("valeur: 775", "valeur: beaucoup", 6, "n'est pas un nombre"),
        ("valeur: 775", "valeur: 775.5", 6, "nombre entier"),
        ("valeur: 775", "valeur: -775", 6, "négatif"),
        ("source: ameli_bdr", "source: amelie", 7, "source « amelie » inconnue"),
        ("source: ameli_bdr, ", "", 7, "« source » ou « choix »"),
        ("valable_au: 2026-11-22", "valable_au: hier", 3, "n'est pas une date"),
        ("metadata: {", "metadata: [", 3, "il manque « ] »"),
    ],
)
def test_a_mistake_is_told_with_file_line_and_remedy(
    folder: Path, old: str, new: str, line: int, remedy: str
) -> None:
    file = folder / THRESHOLD
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        aid.load(folder)
    told = [str(problem) for problem in caught.value.problems]
    assert any(each.startswith(f"{file}:{line} : ") and remedy in each for each in told), told


def test_all_mistakes_of_all_files_are_told_at_once(folder: Path) -> None:
    threshold, age = folder / THRESHOLD, folder / "parametres/age_maintien.yml"
    text = threshold.read_text(encoding="utf-8")
    text = text.replace("valeur: 775", "valeur: beaucoup").replace("source: a", "source: b")
    threshold.write_text(text, encoding="utf-8")
    age.write_text(age.read_text(encoding="utf-8").replace("valeur: 65", "valeur: -65"), "utf-8")
    with pytest.raises(KnowledgeError) as caught:
        aid.load(folder)
    told = [(each.file, each.line) for each in caught.value.problems]
    assert told == [(threshold, 6), (threshold, 7), (age, 6)]


def test_a_missing_reference_is_refused(folder: Path) -> None:
    file = folder / THRESHOLD
    kept = file.read_text(encoding="utf-8").splitlines()[:-1]
    file.write_text("\n".join(kept), encoding="utf-8")
    with pytest.raises(KnowledgeError, match="il manque « reference »"):
        aid.load(folder)


def test_a_missing_file_is_refused(folder: Path) -> None:
    (folder / THRESHOLD).unlink()
    with pytest.raises(KnowledgeError, match="le fichier n'existe pas"):
        aid.load(folder)


def test_a_file_that_nothing_reads_is_refused(folder: Path) -> None:
    (folder / "parametres/seuil_patientelle.yml").write_bytes((folder / THRESHOLD).read_bytes())
    with pytest.raises(KnowledgeError, match="aucun calcul ne lit ce fichier"):
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
