"""`assistant-am explain`, with a reader that hears what the test tells it."""

from __future__ import annotations

import io
import json

import pytest

from assistant_am.cli import main
from assistant_am.evaluation import loading
from assistant_am.evaluation.explained import Explainer, in_french
from assistant_am.meaning import Emergency
from assistant_am.operations.project import Project


@pytest.fixture
def explain(assistant, monkeypatch, capsys, tmp_path):
    """Runs the command; the model is the stub, its file only has to exist."""
    monkeypatch.setattr(loading, "load_assistant", lambda *given, **more: assistant)

    def run(*options):
        assert main(["explain", "--modele", str(tmp_path), *options]) == 0
        return capsys.readouterr().out

    return run


def rows(printed):
    return [json.loads(line) for line in printed.splitlines()]


def test_a_turn_is_explained(explain, heard):
    heard.tell("à mi-temps", ("montant_aide", "sur"), values={"quotite": 0.5}, follows=0.9)
    printed = explain("à mi-temps")
    assert "demande : montant_aide (0,90, sur)" in printed
    assert "casier_judiciaire 0,05" in printed
    assert "quotite = 0.5 (« à mi-temps » ; dit)" in printed
    assert "suite 0,90" in printed
    assert "règle : demandes ; sujets répondus : montant_aide" in printed
    assert "réponse :\n    " in printed


def test_a_blank_message_begins_another_conversation(explain):
    found = rows(explain("--json", "bonjour", "encore", "", "", "ailleurs"))
    assert [(row["id"], row["turn"]) for row in found] == [("1", 1), ("1", 2), ("2", 1)]


def test_standard_input_is_read_line_by_line(explain, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"bonjour\r\n\nab\xff\n")))
    found = rows(explain("--json"))
    assert [(row["id"], row["turn"]) for row in found] == [("1", 1), ("2", 1)]


def test_labelled_conversations_keep_their_ids(explain, heard, tmp_path):
    heard.tell("c'est long ?", ("duree_formation", "sur"))
    heard.tell("au secours", emergency=Emergency("vital", plain=True))
    file = tmp_path / "a.yml"
    file.write_text(
        """
- id: Z9
  turns:
    - user: "c'est long ?"
      demandes: [{acte: question, sujet: duree_formation}]
    - user: "au secours"
      demandes: [{acte: urgence}]
      valeurs: {profil: bachelier}
""",
        encoding="utf-8",
    )
    found = rows(explain("--json", "--fichier", str(file)))
    assert [(row["id"], row["turn"], row["emergency"]) for row in found] == [
        ("Z9", 1, None), ("Z9", 2, "plain"),
    ]  # fmt: skip
    assert [row["subjects"] for row in found] == [["duree_formation"], []]
    assert [row["acts"] for row in found] == [[], ["urgence"]]
    printed = explain("--fichier", str(file))
    assert "étiquettes : urgence ; profil = bachelier" in printed
    assert "urgence : nette (vital)" in printed


@pytest.mark.parametrize(
    ("told", "kinds", "said"),
    [
        ({"values": {"tranche": "p95_plus"}}, {}, "dit, remplace p30_p89"),
        ({"values": {"tranche": "p95_plus"}}, {"hypothesis": 0.9}, "supposé"),
        ({"denied": {"tranche": "p30_p89"}}, {}, "nié"),
        ({"values": {"lieu": "msp"}}, {}, "demandé, non retenu"),
    ],
)
def test_what_becomes_of_a_value(assistant, heard, told, kinds, said):
    heard.tell("je suis P60", ("montant_aide", "sur"), values={"tranche": "p30_p89"})
    heard.tell("et là ?", ("montant_aide", "sur"), **told, **kinds)
    explainer = Explainer(assistant, "1")
    explainer.say("je suis P60")
    assert f"; {said})" in in_french(explainer.say("et là ?"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- id: A\n  turns:\n    - user: x\n      demandes: [{acte: rire}]\n", "a.yml:4"),
        ("[]", "aucune conversation"),
        (None, "n'existe pas"),
    ],
)
def test_a_wrong_file_is_said_in_french(assistant, monkeypatch, capsys, tmp_path, text, message):
    monkeypatch.setattr(loading, "load_assistant", lambda *given, **more: assistant)
    file = tmp_path / "a.yml"
    if text is not None:
        file.write_text(text, encoding="utf-8")
    assert main(["explain", "--modele", str(tmp_path), "--fichier", str(file)]) == 1
    printed = capsys.readouterr().err
    assert printed.startswith("Erreur : ")
    assert message in printed


def test_without_a_model_or_with_another_one_the_remedy_is_said(tmp_path, capsys):
    assert main(["explain", "--racine", str(tmp_path), "bonjour"]) == 1
    assert "make train" in capsys.readouterr().err
    model = tmp_path / "modele.tar.gz"
    model.write_bytes(b"rien")
    root = str(Project.here().root)
    assert main(["explain", "--racine", root, "--modele", str(model), "bonjour"]) == 1
    assert "make train" in capsys.readouterr().err


def test_messages_and_a_file_do_not_go_together(capsys):
    with pytest.raises(SystemExit):
        main(["explain", "--fichier", "a.yml", "bonjour"])
    assert "incompatible" in capsys.readouterr().err
