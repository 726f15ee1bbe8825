"""A text is cut into the likeliest pieces of the vocabulary."""

from __future__ import annotations

import pytest

from assistant_am.understanding.unigram import UnigramTokenizer

PIECES = {
    "": 0.0, "<unk>": 0.0, "▁la": -2.0, "▁aide": -3.0, "▁a": -4.0, "ide": -4.0, "s": -3.0,
    "▁": -5.0, "l": -6.0, "a": -6.0, "i": -6.0, "d": -6.0, "e": -6.0,
}  # fmt: skip
NAMES = list(PIECES)
UNKNOWN = 1


@pytest.fixture
def cut():
    """The pieces of a text, by their names."""
    given = UnigramTokenizer(NAMES, list(PIECES.values()), {"ﬁ": "i", "’": " "}, UNKNOWN)
    return lambda text: [NAMES[piece] for piece in given(text)]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("la", ["▁la"]),
        ("aides", ["▁aide", "s"]),
        ("la aide", ["▁la", "▁aide"]),
        ("  la \n\t aide ", ["▁la", "▁aide"]),
        ("l’aide", ["▁", "l", "▁aide"]),
        ("aﬁde", ["▁aide"]),
        ("", []),
        ("   ", []),
    ],
)
def test_words_are_cut_as_their_likeliest_pieces(cut, text, pieces):
    """Characters are replaced first; then the cut with the best sum of log-probabilities wins."""
    assert cut(text) == pieces


def test_the_likeliest_is_not_always_the_longest():
    """Two likely pieces win over one that is rare, and a long likely one over two."""
    rare = UnigramTokenizer(["<u>", "▁ab", "▁a", "b"], [0, -9, -1, -1], {}, 0)
    likely = UnigramTokenizer(["<u>", "▁ab", "▁a", "b"], [0, -1, -1, -1], {}, 0)
    assert (rare("ab"), likely("ab")) == ([2, 3], [1])


def test_the_longest_piece_is_found():
    """The last piece by length is looked for up to its last character."""
    long = "▁anticonstitutionnellement"
    given = UnigramTokenizer(["<u>", long, "▁", "a"], [0, -20, -1, -1], {}, 0)
    assert given("anticonstitutionnellement") == [1]


def test_what_no_piece_holds_is_unknown_alone(cut):
    """An unknown character costs one piece, and leaves those around it as they are."""
    assert cut("aide🙂s") == ["▁aide", "<unk>", "s"]
    assert cut("🙂") == ["▁", "<unk>"]
    assert cut("la 漢字 aide") == ["▁la", "▁", "<unk>", "<unk>", "▁aide"]


def test_a_text_that_spells_the_unknown_piece_is_cut_like_any(cut):
    """« <unk> » typed by somebody is five characters, not our mark."""
    assert cut("<unk>") == ["▁", *["<unk>"] * 5]


def test_a_word_is_cut_the_same_way_again(cut):
    """What is remembered of a word is what was found the first time."""
    assert cut("aides") == cut("aides aides")[:2] == cut("aides aides")[2:]
