"""Scores of the values read, and the table that they are compared with."""

from __future__ import annotations

import pytest

from assistant_am.evaluation.entities import read_annotated, score_entities
from assistant_am.operations.errors import BrokenFileError

TABLE = """
quotité et année:
  un mi-temps en 2e année: {quotite: 0.5, annee: 2}
  les deux premières années: {annee: [1, 2]}
rien:
  bonjour: {}
"""


def test_precision_and_recall_by_slot(tmp_path):
    (tmp_path / "valeurs.yml").write_text(TABLE, encoding="utf-8")
    rows = read_annotated(tmp_path)
    found = {
        rows[0].text: [("quotite", 0.5), ("annee", 2.0)],
        rows[1].text: [("annee", 1)],
        # « profil » is in no table: nothing says that it is wrong.
        rows[2].text: [("quotite", 1), ("profil", "medecin")],
    }
    scores = {quality.name: quality for quality in score_entities(rows, found.__getitem__)}
    assert list(scores) == ["annee", "quotite", "toutes"]
    assert (scores["annee"].precision, scores["annee"].recall) == (1, pytest.approx(2 / 3))
    assert (scores["quotite"].precision, scores["quotite"].recall) == (0.5, 1)
    assert (scores["toutes"].hits, scores["toutes"].support) == (3, 4)


def test_no_table_is_no_row(tmp_path):
    assert read_annotated(tmp_path) == []


def test_another_shape_is_said_with_its_file(tmp_path):
    (tmp_path / "valeurs.yml").write_text("- phrase: un mi-temps\n", encoding="utf-8")
    with pytest.raises(BrokenFileError, match=r"valeurs\.yml"):
        read_annotated(tmp_path)
