"""Learning goes on beside the pages; what comes of it is put in place, or refused with reasons."""

from __future__ import annotations

import json
import os
import sys
import threading

import pytest

from assistant_am.atelier import sides
from assistant_am.atelier.kept import read_json, write_json
from assistant_am.atelier.learning import Learning, TooSmall
from assistant_am.atelier.learning_process import Work
from assistant_am.evaluation.sets import KeptApart, Labelled, Several, Urgent
from assistant_am.meaning import Emergency, Meaning, Request
from assistant_am.operations.project import Project
from assistant_am.operations.training import ModelState, Trained, model_state, write_record
from assistant_am.runtime.files import file_sha256

ROOT = Project.here().root
RIGHT, WRONG = [True, "cqp", "cqp"], [False, "cqp", "fae"]


def readings(right, urgent=True):
    """Of a thousand sentences, so many read right; and one emergency."""
    subjects = {f"phrase {at}": RIGHT if at < right else WRONG for at in range(1000)}
    seen = [urgent, "vital", "vital" if urgent else "pas une urgence"]
    return {
        "sujets": subjects,
        "hors_sujet": {},
        "urgences": {"il ne respire plus": seen},
        "deux_questions": {},
    }


@pytest.fixture
def project(tmp_path):
    """A project with a model in place; the sentences kept apart are the real ones."""
    root = tmp_path / "projet"
    (root / "models").mkdir(parents=True)
    (root / "tests").symlink_to(ROOT / "tests")
    found = Project(root)
    found.model.write_bytes(b"avant")
    write_record(found, "lu")
    return found


@pytest.fixture
def decide(project, tmp_path, monkeypatch):
    """Decides between the model in place and a new one, both measured before."""
    monkeypatch.setenv("AM_DONNEES", str(tmp_path / "donnees"))

    def between(before, after):
        folder = tmp_path / "apprentissage"
        new = tmp_path / "neuf.tar.gz"
        new.write_bytes(b"apres")
        for model, read in ((project.model, before), (new, after)):
            write_json(folder / "mesures" / f"{file_sha256(model)}.json", read)
        Work(project, folder)._decide(Trained(new, "lu maintenant"))
        return read_json(folder / "etat.json", {})

    return between


def test_a_model_that_reads_as_well_is_put_in_place_with_its_record(decide, project):
    state = decide(readings(950), readings(946))
    assert state["etape"] == "en_place"
    assert project.model.read_bytes() == b"apres"
    assert json.loads(project.fingerprint.read_text())["lu_par_l_entrainement"] == "lu maintenant"
    assert model_state(project) is not ModelState.DAMAGED


def test_one_that_reads_worse_is_refused_and_says_which_sentences_changed_sides(decide, project):
    state = decide(readings(950), readings(944))
    assert state["etape"] == "refuse"
    assert project.model.read_bytes() == b"avant"
    subjects = state["chiffres"][0]
    assert (subjects["before"], subjects["after"], subjects["baisse"]) == (95.0, 94.4, True)
    lost = [each["text"] for each in state["phrases"] if each["lost"]]
    assert lost == [f"phrase {at}" for at in range(944, 950)]


def test_one_emergency_less_is_enough_to_refuse(decide, project):
    assert decide(readings(900), readings(950, urgent=False))["etape"] == "refuse"
    assert project.model.read_bytes() == b"avant"


def test_each_kind_of_sentence_is_read_for_what_it_is():
    def meaning(text, label, trust="sur", emergency=None):
        return Meaning(text, (Request(label, 0.9, trust, ((label, 0.9),)),), emergency=emergency)

    kept = KeptApart(
        (Labelled("durée du CQP", "cqp"),),
        (Labelled("la météo", "autre"),),
        (Urgent("il meurt", "vital"), Urgent("je meurs de rire", None)),
        (Several("cqp et fae", ("cqp", "fae")),),
    )
    heard = {
        "durée du CQP": meaning("", "fae"),
        "la météo": meaning("", "hors_sujet", "hors_sujet"),
        "il meurt": meaning("", "cqp", emergency=Emergency("vital", plain=True)),
        "je meurs de rire": meaning("", "cqp"),
        "cqp et fae": meaning("", "cqp"),
    }
    shares = []
    found = sides.read_all(kept, heard.__getitem__, shares.append)
    right = {name: [each[0] for each in rows.values()] for name, rows in found.items()}
    assert right == {
        "sujets": [False],
        "hors_sujet": [True],
        "urgences": [True, True],
        "deux_questions": [False],
    }
    assert shares[-1] == 1.0


def test_a_model_made_elsewhere_is_measured_only_with_its_own_record(project, tmp_path):
    folder = tmp_path / "depot"
    folder.mkdir()
    (folder / "assistant-am.tar.gz").write_bytes(b"ailleurs")
    (folder / "empreinte.json").write_text('{"modele": "x", "lu_par_l_entrainement": "y"}')
    for name in ("config.yml", "domain.yml", "endpoints.yml", "credentials.yml"):
        (project.root / name).write_text("a: 1\n")
    Work(project, tmp_path / "a").run(folder / "assistant-am.tar.gz")
    state = read_json(tmp_path / "a" / "etat.json", {})
    assert state["etape"] == "echec"
    assert "ne vont pas ensemble" in state["raison"]
    assert project.model.read_bytes() == b"avant"


PROGRAM = """
import json, sys, pathlib
folder = pathlib.Path(sys.argv[1])
(folder / "etat.json").write_text(json.dumps({json}))
{then}
"""


def program(tmp_path, state, then=""):
    text = PROGRAM.replace("{json}", repr(state)).replace("{then}", then)
    (tmp_path / "apprend.py").write_text(text)


def test_the_page_shows_how_far_it_is_and_what_came_of_it(anne, learning, tmp_path):
    refused = {
        "etape": "refuse",
        "chiffres": [
            {"name": "bon sujet", "before": 95.0, "after": 94.2, "most": 0.5, "baisse": True}
        ],
        "phrases": [
            {"text": "on se gare où", "expected": "horaires", "before": "horaires",
             "after": "cqp", "lost": True}
        ],
    }  # fmt: skip
    program(tmp_path, refused)
    anne.get("/apprendre")
    anne.send("/apprendre", {})
    learning._process.wait(60)
    anne.get("/apprendre")
    assert "Refusé : l'assistant comprendrait moins bien" in anne.text
    assert "94,2 %, trop bas" in anne.text
    assert "« on se gare où »" in anne.text
    assert "Demandé par Anne" in anne.text


def test_it_is_told_when_the_new_model_is_in_place_and_only_then(tmp_path):
    told = threading.Event()

    def make(state):
        program(tmp_path, {"etape": state})
        command = lambda folder, model: [sys.executable, str(tmp_path / "apprend.py"), str(folder)]  # noqa: E731
        return Learning(Project(ROOT), tmp_path / state, told.set, command)

    refused = make("refuse")
    refused.begin("Anne")
    refused._process.wait(60)
    placed = make("en_place")
    placed.begin("Anne")
    assert told.wait(60)


def test_one_at_a_time_and_it_can_be_stopped(learning, tmp_path):
    program(tmp_path, {"etape": "entraine"}, "import time; time.sleep(600)")
    assert learning.begin("Anne")
    assert not learning.begin("Béa")
    assert learning.state()["etape"] == "entraine"
    learning.stop()
    learning._process.wait(60)
    assert learning.state()["etape"] == "interrompu"


def test_what_it_started_ends_with_it(learning, tmp_path):
    """A training left behind would take the machine for ten minutes more."""
    heard = tmp_path / "entendu"
    os.mkfifo(heard)
    survives = f"with open({str(heard)!r}, 'w') as told: time.sleep(20); told.write('là')"
    code = f"import time\n{survives}"
    program(
        tmp_path,
        {"etape": "entraine"},
        f"import subprocess, sys; subprocess.run([sys.executable, '-c', {code!r}])",
    )
    learning.begin("Anne")
    with heard.open() as told:
        learning.stop()
        assert told.read() == ""


def test_a_machine_too_small_says_so_and_takes_a_model_from_elsewhere(tmp_path, anne, learning):
    learning._memory = lambda: 900
    with pytest.raises(TooSmall, match="900 Mo"):
        learning.begin("Anne")
    anne.get("/apprendre")
    anne.send("/apprendre", {})
    assert anne.status == 422
    assert "n'a que 900 Mo" in anne.text
    program(tmp_path, {"etape": "en_place"})
    files = {"modele": ("m.tar.gz", b"x" * 1_000_000), "empreinte": ("empreinte.json", b"{}")}
    form = {"jeton": anne.form("/apprendre/deposer")["jeton"]}
    answer = anne.http.post(anne.address + "/apprendre/deposer", data=form, files=files, timeout=60)
    assert answer.status_code == 200
    learning._process.wait(60)
    kept = learning.folder / "depot" / "assistant-am.tar.gz"
    assert kept.stat().st_size == 1_000_000
