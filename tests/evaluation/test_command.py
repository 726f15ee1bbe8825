"""`assistant-am evaluate`: refused options, and the report of hand-made figures."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from assistant_am.cli import main
from assistant_am.evaluation import loading
from assistant_am.evaluation.acceptance import Acceptance
from assistant_am.evaluation.kept_apart import score
from assistant_am.evaluation.metrics import Quality, Share
from assistant_am.evaluation.observed import Observed
from assistant_am.evaluation.report import Measured, TalkSet, summary, write_report
from assistant_am.evaluation.robustness import robustness
from assistant_am.evaluation.run import as_read, hearing
from assistant_am.evaluation.seen import Seen
from assistant_am.evaluation.sets import KeptApart, Labelled
from assistant_am.evaluation.talks import Scored, score_talks
from assistant_am.knowledge import read_checked
from assistant_am.meaning import Meaning, Request
from assistant_am.operations.project import Project
from assistant_am.reading.situation import Reader
from assistant_am.understanding.conversations import LabelledRequest, LabelledTurn

TALK = """
- id: K1
  turns:
    - user: "c'est long ?"
      demandes: [{acte: question, sujet: duree_formation}]
    - user: "et après ?"
      demandes: [{acte: question, sujet: debouches, suite: true}]
"""
SECRET = "une phrase mise à part"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--url", "localhost"], "adresse"),
        (["--sortie", __file__], "n'est pas un dossier"),
        (["--modele", "/nulle/part"], "n'existe pas"),
        (["--conversations", "/nulle/part"], "n'existe pas"),
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
    heard = Meaning(SECRET, (Request("b", 0.9, "sur", (("b", 0.9),)),))
    asked = LabelledRequest("question", ("duree_formation",))
    seen = Observed("K1", 1, ("missions",), (), {}, "demandes", None, "…")
    talks = score_talks([Scored("K1", 1, LabelledTurn(f"{SECRET} | encore", (asked,)), seen)])
    return Measured(
        date="2026-11-22 à 04:00",
        command="assistant-am evaluate",
        talks=[TalkSet("tests/kept_apart/conversations", Seen("abc", 2, 0), talks)],
        kept_apart=score(kept, lambda text: heard),
        robustness=robustness(["x"], ["a"], lambda texts: ["a" for _ in texts]),
        entities=[Quality("toutes", 3, 1, 0)],
        acceptance=Acceptance({"single": Share(80, 112)}, Share(80, 112), "latency s"),
        notes=["Une note."],
    )


def test_the_report_holds_all_parts_and_no_sentence_kept_apart(measured, tmp_path):
    text = write_report(measured, tmp_path).read_text(encoding="utf-8")
    for part in ("Conversations de", "Phrases mises", "Robustesse", "Valeurs lues", "Échantillon"):
        assert f"## {part}" in text
    assert "> Une note." in text
    assert "| single | 71,4 % | 80/112 |" in text
    assert "déjà noté 2 fois" in text
    assert SECRET not in text


def test_the_turns_and_sentences_missed_are_shown_on_request(measured, tmp_path):
    text = write_report(measured, tmp_path, show=True).read_text(encoding="utf-8")
    assert f"| K1, 1 | {SECRET} ¦ encore | duree_formation | missions |" in text
    assert f"| {SECRET} | a | b (sur) |" in text


def test_the_summary_has_a_line_for_each_part(measured):
    lines = summary(measured)
    assert len(lines) == 8
    assert "bon sujet 0,0 % (0/1)" in lines[0]


def test_conversations_are_scored_alone_and_each_time_is_noted(
    assistant, heard, monkeypatch, capsys, tmp_path
):
    monkeypatch.setattr(loading, "load_assistant", lambda *given, **more: assistant)
    heard.tell("c'est long ?", ("duree_formation", "sur"))
    (tmp_path / "data" / "conversations").mkdir(parents=True)
    (tmp_path / "knowledge").symlink_to(Project.here().root / "knowledge")
    file = tmp_path / "jeu.yml"
    file.write_text(TALK, encoding="utf-8")
    command = ["evaluate", "--racine", str(tmp_path), "--modele", str(tmp_path)]
    for passage in ("premier passage", "déjà noté 1 fois"):
        assert main([*command, "--conversations", str(file)]) == 0
        printed = capsys.readouterr().out
        assert passage in printed
        assert "bon sujet 50,0 % (1/2)" in printed
        assert "conversations entières 0,0 % (0/1)" in printed
        assert "Phrases mises à part" not in printed
    assert (tmp_path / "var" / "evaluation" / "rapport.md").exists()


def test_sentences_are_heard_with_nothing_before_them_and_once(assistant, heard, monkeypatch):
    heard.tell("c'est long ?", ("duree_formation", "sur"))
    contexts = []

    def hear(text, *before):
        contexts.append(before)
        return heard.hear(text)

    monkeypatch.setattr(assistant, "listener", SimpleNamespace(hear=hear))
    once = hearing(assistant)
    assert once("c'est long ?") is once("c'est long ?")
    once("et après ?")
    assert len(contexts) == 2
    assert contexts[0] == contexts[1], "the second does not come after the first"


@pytest.mark.parametrize(
    ("labelled", "read"),
    [
        ("cardiologue", "cardiologie"),
        ("medecine_generale", "medecine_generale"),
        ("acupuncteur", "acupuncteur"),
    ],
)
def test_specialties_are_compared_as_they_are_read(labelled, read):
    lexicon = read_checked(Project.here().root / "knowledge", "lexique/entites.yml", "entites")
    normal = as_read(Reader(lexicon))
    assert normal("specialite", labelled) == read
    assert normal("profil", labelled) == labelled
