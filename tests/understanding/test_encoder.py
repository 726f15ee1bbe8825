"""The encoder on disk: the same message gives the same vector, and what came before counts."""

from __future__ import annotations

import shutil

import numpy as np
import pytest

from assistant_am.understanding.encoder import (
    FOLDER,
    MESSAGE_PIECES,
    MODEL,
    NOTHING_BEFORE,
    VOCABULARY,
    Before,
    Encoder,
)

TEXTS = [
    "combien dure la formation ?",
    "merci",
    "je suis généraliste à Guéret, 1 200 patients, une aide-soignante à mi-temps : combien ?",
    "et à temps plein",
    "",
    "🙂",
]
SAME = 1e-4
"""What sums in another order may change."""


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


def one(encoder: Encoder, text: str, before: Before = NOTHING_BEFORE) -> np.ndarray:
    return encoder.encode([text], [before])[0]


def cosine(left: np.ndarray, right: np.ndarray) -> float:
    return float(left @ right / np.linalg.norm(left) / np.linalg.norm(right))


def test_it_gives_numbers_for_any_text(encoder):
    """Nothing typed, one picture, a plain question: each has its row of finite numbers."""
    rows = encoder.encode(TEXTS, [NOTHING_BEFORE] * len(TEXTS))
    assert rows.shape == (len(TEXTS), encoder.width)
    assert np.isfinite(rows).all()
    assert encoder.name


def test_no_text_is_no_row(encoder):
    """An empty list is no error."""
    assert encoder.encode([], []).shape == (0, encoder.width)


def test_rows_are_in_the_order_of_the_texts(encoder):
    """Whatever their lengths, each row is that of its own text."""
    together = encoder.encode(TEXTS, [NOTHING_BEFORE] * len(TEXTS))
    alone = [one(encoder, text) for text in TEXTS]
    nearest = [max(range(len(alone)), key=lambda i: cosine(row, alone[i])) for row in together]
    assert nearest == list(range(len(TEXTS)))


def test_a_message_reads_the_same_alone_or_among_others(encoder):
    """What stands beside a message in a batch, shorter or longer, does not change its vector."""
    before = [Before("Combien ?", "bonjour"), *[NOTHING_BEFORE] * (len(TEXTS) - 1)]
    together = encoder.encode(TEXTS, before)
    alone = np.stack([one(encoder, *pair) for pair in zip(TEXTS, before, strict=True)])
    assert np.abs(together - alone).max() < SAME


def test_case_does_not_count(encoder):
    """« MERCI » is « merci »."""
    assert np.array_equal(one(encoder, "MERCI"), one(encoder, "merci"))


@pytest.mark.parametrize(
    "before",
    [Before(subject="Combien gagne un assistant médical ?"), Before(message="je suis infirmière")],
)
def test_what_came_before_changes_the_vector(encoder, before):
    """« et à mi-temps ? » after a subject, or after a message, is another question."""
    assert cosine(one(encoder, "et à mi-temps ?"), one(encoder, "et à mi-temps ?", before)) < 0.999


def test_the_subject_and_the_message_before_are_not_one(encoder):
    """The same words as last subject and as last message are told apart."""
    words = "la durée de la formation"
    subject, message = Before(subject=words), Before(message=words)
    left, right = one(encoder, "pourquoi ?", subject), one(encoder, "pourquoi ?", message)
    assert np.abs(left - right).max() > 100 * SAME


def test_meanings_that_are_near_are_nearer(encoder):
    """The files are those of a trained encoder: two ways to ask the same are closer than others."""
    asked = one(encoder, "combien dure la formation ?")
    near = cosine(asked, one(encoder, "c'est long les études pour ce métier ?"))
    assert near > cosine(asked, one(encoder, "qui paie mon assistante quand elle est malade ?"))


def test_a_long_message_is_read_at_both_ends(encoder):
    """The middle of a story is left out, not its beginning nor the question at its end."""
    filler = "voilà " * MESSAGE_PIECES * 2
    middle = f"bonjour {filler} salaire {filler} merci"
    assert np.array_equal(one(encoder, middle), one(encoder, f"bonjour {filler * 3} merci"))
    end = one(encoder, f"bonjour {filler} combien gagne-t-on ?")
    start = one(encoder, f"combien gagne-t-on ? {filler} merci")
    whole = one(encoder, f"bonjour {filler} merci")
    assert cosine(end, whole) < 0.999
    assert cosine(start, whole) < 0.999


def test_a_damaged_file_is_no_silent_encoder(tmp_path):
    """A file cut short or missing raises when it is loaded, not when somebody writes."""
    shutil.copy(FOLDER / VOCABULARY, tmp_path)
    with pytest.raises(Exception, match=MODEL):
        Encoder(tmp_path)
    (tmp_path / MODEL).write_bytes((FOLDER / MODEL).read_bytes()[:1000])
    with pytest.raises(Exception, match=MODEL):
        Encoder(tmp_path)
