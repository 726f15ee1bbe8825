"""The commands read the folder of the site: check, train, estimate, settings."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest

from assistant_am.cli import main
from assistant_am.operations.check import CONVERSATIONS, KEPT_APART, MESSAGES, check
from assistant_am.operations.project import Project
from assistant_am.operations.site_settings import understand
from assistant_am.operations.training import training_fingerprint

ROOT = Path(__file__).resolve().parents[2]
TODAY = datetime.date(2026, 11, 30)
FACT = """\
cqp_heures:
  libelle: Durée du CQP complet
  valeur: 300
  unite: heures
  source: akeia
  livre: "0123456789ab"
"""
AMOUNT = """\
tableau:
  p30_p89:
    1:
      2026-01-01:
        valeur: 20000
        reference: {source: ameli_bdr, note: "exemple"}
"""


@pytest.fixture
def site(tmp_path, monkeypatch):
    """Writes files of the site that AM_SITE names."""
    folder = tmp_path / "notre_site"
    folder.mkdir()
    monkeypatch.setenv("AM_SITE", str(folder))

    def write(files):
        for name, text in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        return folder

    return write


@pytest.fixture
def project(tmp_path):
    """The real knowledge and sentences, without the conversations, which are long to read."""
    root = tmp_path / "projet"
    for folder in (CONVERSATIONS, KEPT_APART, MESSAGES):
        (root / folder).mkdir(parents=True)
    (root / "knowledge").symlink_to(ROOT / "knowledge")
    (root / "data" / "nlu").symlink_to(ROOT / "data" / "nlu")
    return Project(root)


def test_check_tells_conflicts_without_stopping_and_counts_the_entries(site, project):
    folder = site({"knowledge/faits/formation.yml": FACT})
    report = check(project, TODAY)
    assert report.problems == ()
    (told,) = [each for each in report.warnings if str(folder) in each]
    assert told.startswith(f"{folder}/knowledge/faits/formation.yml:1 : ")
    assert "a changé" in told
    assert report.counts["entrées du site"] == 1


WRONG = {
    "faits/formation.yml": (FACT, "mettez-le dans knowledge/ ou dans data/"),
    "knowledge/lexique/entites.yml": ("{}\n", "le lexique ne se change pas"),
    "knowledge/faits/formation.yml.txt": (FACT, "renommez-le formation.yml"),
    "knowledge/sites.yml": ("{}\n", "rien ne lit ce fichier"),
    "data/phrases/x.yml": ("{}\n", "attendus, nlu"),
    "data/nlu/parking.yml": (
        'version: "3.1"\nnlu:\n- intent: demander_parking\n  examples: |\n    - où me garer\n',
        "n'a pas de fiche",
    ),
    "data/messages/a.jsonl": (json.dumps({"s": "perdu", "u": "et là ?"}) + "\n", "« perdu »"),
    "data/conversations/a.yml": ("- id: A\n  turns: []\n  tours: 1\n", "« tours » est inconnue"),
}


def test_check_refuses_what_the_site_has_wrong(site, project):
    folder = site({name: text for name, (text, _) in WRONG.items()})
    report = check(project, TODAY)
    for name, (_, told) in WRONG.items():
        place = str(folder / name.partition("/")[0])
        found = [each for each in report.problems if each.startswith(place) and told in each]
        assert found, (name, report.problems)


def test_an_estimate_has_the_amounts_of_the_site(site, capsys):
    asked = ["estimate", "--quotite", "0.5", "--tranche", "p50", "--annee", "1"]
    asked += ["--secteur", "secteur_1", "--specialite", "medecine_generale"]
    asked += ["--date-contrat", "2026-02-01", "--json"]
    assert main(asked) == 0
    before = capsys.readouterr().out
    site({"knowledge/parametres/aide_mi_temps.yml": AMOUNT})
    assert main(asked) == 0
    after = capsys.readouterr().out
    assert "20000" in after
    assert "20000" not in before


def test_sentences_of_the_site_make_the_model_outdated_and_nothing_else_does(site):
    project = Project(ROOT)
    before = training_fingerprint(project)
    site({"knowledge/faits/formation.yml": FACT})
    assert training_fingerprint(project) == before
    site({"data/nlu/parking.yml": 'version: "3.1"\nnlu: []\n'})
    assert training_fingerprint(project) != before


def test_a_folder_that_is_not_there_is_told_by_every_command(monkeypatch, tmp_path, capsys):
    """With a name misspelt, the shipped answers would be given without a word."""
    monkeypatch.setenv("AM_SITE", str(tmp_path / "absent"))
    for command in (["check"], ["estimate", "--quotite", "1"]):
        assert main(command) != 0
        assert "AM_SITE vaut" in capsys.readouterr().err
    (problem,) = understand(Project(ROOT), {"AM_SITE": str(tmp_path / "absent")}).wrong
    assert "n'est pas un dossier" in problem
    monkeypatch.setenv("AM_SITE", "")
    monkeypatch.setenv("AM_DONNEES", str(tmp_path))
    assert Project(ROOT).site == tmp_path / "site"
