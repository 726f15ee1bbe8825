"""`assistant-am evaluate`: refused options, and the report of hand-made figures."""

from __future__ import annotations

import pytest

from assistant_am.cli import main
from assistant_am.evaluation.acceptance import Acceptance
from assistant_am.evaluation.kept_apart import score
from assistant_am.evaluation.metrics import Quality, Share, classification
from assistant_am.evaluation.picture import draw_confusions
from assistant_am.evaluation.reader import Part, Read
from assistant_am.evaluation.report import Measured, summary, write_report
from assistant_am.evaluation.robustness import robustness
from assistant_am.evaluation.sets import KeptApart, Labelled
from assistant_am.evaluation.validation import Validation

SECRET = "une phrase mise à part"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--url", "localhost"], "adresse"),
        (["--sortie", __file__], "n'est pas un dossier"),
        (["--modele", "/nulle/part"], "n'existe pas"),
        (["--sans-serveur", "--url", "http://127.0.0.1:1"], "incompatible"),
        (["--montre-moi"], "inconnues"),
    ],
)
def test_a_wrong_option_is_one_french_sentence_and_2(options, message, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["evaluate", *options])
    assert stopped.value.code == 2
    assert message in capsys.readouterr().err


def test_without_a_model_the_remedy_is_said(tmp_path, capsys):
    assert main(["evaluate", "--racine", str(tmp_path), "--sans-serveur"]) == 1
    assert "make train" in capsys.readouterr().err


@pytest.fixture
def measured():
    kept = KeptApart((Labelled(SECRET, "a"),), (), (), ())
    read = Read("b", (Part("b", "sur", ("b",)),), None)
    classes = classification(["a", "b"], ["b", "b"])
    nothing = Share(0, 0)
    validation = Validation(
        texts=("x", "y"),
        labels=("a", "b"),
        read=("b", "b"),
        scores=classes,
        temperature=0.2,
        threshold=0.17,
        emergency_threshold=0.35,
        emergencies_seen=nothing,
        outside_rejected=nothing,
        falsely_rejected=nothing,
        models=(),
        speller=str,
    )
    return Measured(
        date="2026-11-22 à 04:00",
        command="assistant-am evaluate",
        validation=validation,
        kept_apart=score(kept, lambda texts: [read for _ in texts], str),
        learnt_threshold=0.18,
        learnt_emergency=0.36,
        learnt_temperature=0.21,
        bands={"sure": 0.25},
        robustness={"phrases": robustness(["x"], ["a"], lambda texts: ["a" for _ in texts])},
        entities=[Quality("toutes", 3, 1, 0)],
        acceptance=Acceptance({"single": Share(80, 112)}, Share(80, 112), "latency s"),
        notes=["Une note."],
    )


def test_the_report_holds_all_parts_and_no_sentence_kept_apart(measured, tmp_path):
    text = write_report(measured, tmp_path).read_text(encoding="utf-8")
    for part in ("Validation croisée", "mises à part", "Robustesse", "Valeurs lues", "acceptation"):
        assert f"## {part}" in text or part in text
    assert "0,170" in text
    assert "| seuil d'urgence | 0,350 | 0,360 |" in text
    assert "> Une note." in text
    assert "| single | 71,4 % | 80/112 |" in text
    assert SECRET not in text


def test_the_sentences_are_shown_on_request(measured, tmp_path):
    assert SECRET in write_report(measured, tmp_path, show=True).read_text(encoding="utf-8")


def test_the_summary_has_a_line_for_each_part(measured):
    lines = summary(measured)
    assert len(lines) == 8
    assert "exactitude 50,0 %" in lines[0]


def test_the_picture_is_drawn_and_left_out_when_nothing_is_confused(measured, tmp_path):
    scores = measured.validation.scores
    draw_confusions(scores.classes, scores.confusions, tmp_path / "confusions.png")
    assert (tmp_path / "confusions.png").read_bytes().startswith(b"\x89PNG")
    draw_confusions(scores.classes, [], tmp_path / "rien.png")
    assert not (tmp_path / "rien.png").exists()
