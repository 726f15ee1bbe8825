"""How many times a set was scored: the first time only measures."""

from __future__ import annotations

from assistant_am.evaluation.seen import note


def test_each_time_is_counted_until_the_set_changes(tmp_path):
    ledger, place = tmp_path / "var" / "passages.jsonl", tmp_path / "jeu"
    place.mkdir()
    (place / "a.yml").write_text("[]", encoding="utf-8")
    first = note(ledger, place, "lundi", shown=True)
    assert (first.times, first.shown) == (0, 0)
    assert "premier passage" in str(first)
    again = note(ledger, place, "mardi", shown=False)
    assert (again.times, again.shown) == (1, 1)
    assert "déjà noté 1 fois ici, phrases manquées écrites 1 fois" in str(again)
    (place / "a.yml").write_text("[1]", encoding="utf-8")
    assert note(ledger, place, "mercredi", shown=False).times == 0


def test_a_set_that_is_moved_is_the_same_set(tmp_path):
    ledger = tmp_path / "passages.jsonl"
    for name in ("ici", "la"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.yml").write_text("[]", encoding="utf-8")
    note(ledger, tmp_path / "ici", "lundi", shown=False)
    assert note(ledger, tmp_path / "la", "mardi", shown=False).times == 1


def test_a_damaged_line_counts_for_nothing(tmp_path):
    ledger, place = tmp_path / "passages.jsonl", tmp_path / "a.yml"
    place.write_text("[]", encoding="utf-8")
    ledger.write_text('{"empreinte": \n[]\n', encoding="utf-8")
    assert note(ledger, place, "lundi", shown=False).times == 0
    assert note(ledger, place, "mardi", shown=False).times == 1
