"""What words say of a message, alone and after a subject."""

from __future__ import annotations

import numpy as np
import pytest

from assistant_am.understanding.lexical import Lexical

THEMES = {"duree": "formation", "cout": "formation", "paie": "salaire", "prime": "salaire"}
ROWS = [
    ("combien dure la formation", "", "duree"),
    ("combien coûte la formation", "", "cout"),
    ("quel est le salaire", "", "paie"),
    ("y a-t-il une prime", "", "prime"),
    ("et pour elle", "duree", "duree"),
    ("et pour elle", "cout", "cout"),
    ("et pour elle", "paie", "paie"),
    ("et pour elle", "prime", "prime"),
    ("combien de mois", "duree", "duree"),
    ("combien de mois", "paie", "prime"),
    ("combien de mois", "prime", "prime"),
] * 3


@pytest.fixture(scope="module")
def lexical() -> Lexical:
    given = Lexical(THEMES)
    given.fit([r[0] for r in ROWS], [r[1] for r in ROWS], [r[2] for r in ROWS])
    return given


def best(lexical: Lexical, text: str, subject: str = "") -> str:
    return lexical.labels[int(lexical.read([text], [subject])[0][0].argmax())]


def test_words_lead_to_their_label(lexical):
    """Accents, case and a letter too many do not hide a word."""
    assert best(lexical, "COMBIEN DURE LA FORMASSION") == "duree"
    assert best(lexical, "la formation coute cher ?") == "cout"


@pytest.mark.parametrize("subject", ["duree", "cout", "paie", "prime"])
def test_the_subject_before_decides_of_what_says_nothing(lexical, subject):
    """« et pour elle ? » is about what was just asked."""
    assert best(lexical, "et pour elle", subject) == subject


def test_the_theme_before_counts_as_well(lexical):
    """The same words after two themes are scored apart, and one unknown subject is as none."""
    after = lexical.read(["combien de mois"] * 3, ["duree", "paie", ""])[0]
    assert np.abs(after[0] - after[1]).max() > 0.1
    unknown = lexical.read(["combien de mois"], ["disparue"])[0]
    assert np.isfinite(unknown).all()


def test_no_text_is_no_error(lexical):
    """Nothing typed, or nothing known, still has a row of scores."""
    rows = lexical.read(["", "漢字 🙂"], ["", ""])[0]
    assert rows.shape == (2, len(lexical.labels))
    assert np.isfinite(rows).all()


def test_the_same_is_scored_after_saving(lexical, tmp_path):
    """What was learnt is read again as it was, vocabulary, weights and themes."""
    lexical.save(tmp_path)
    again = Lexical.load(tmp_path)
    texts, subjects = [r[0] for r in ROWS] + ["tout autre chose"], [r[1] for r in ROWS] + ["paie"]
    assert again.labels == lexical.labels
    expected = lexical.read(texts, subjects)[0]
    assert again.read(texts, subjects)[0] == pytest.approx(expected, abs=1e-4)


def test_words_tell_the_kinds(tmp_path):
    """Each kind by itself; one that was never met is never heard; the same after saving."""
    texts = ["et si je passe P95", "je suis P95", "et si ma soeur vient", "ma soeur vient"] * 5
    kinds = np.array([[1, 0, 0], [0, 0, 0], [1, 1, 0], [0, 1, 0]] * 5)
    given = Lexical(THEMES)
    given.fit(texts, [""] * 20, ["paie", "prime"] * 10)
    given.fit_kinds(texts, [""] * 20, kinds)
    supposes, other, never = given.read(["et si je passe à mi-temps"], [""])[1][0]
    assert supposes > 0 > other > never
    given.save(tmp_path)
    again = Lexical.load(tmp_path)
    again_, given_ = (each.read(["et si ma soeur"], ["paie"])[1] for each in (again, given))
    assert np.allclose(again_, given_)
