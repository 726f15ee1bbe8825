"""Vectors kept from one training to the next."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from assistant_am.understanding.encoder import NOTHING_BEFORE, Before
from assistant_am.understanding.vector_cache import VectorCache

AFTER = Before("Quel salaire ?", "bonjour", "je suis infirmière")


class Counting:
    """In place of the encoder: the lengths of a text and of what came before; `encoded` keeps the
    texts."""

    width = 4

    def __init__(self, digest: str = "un") -> None:
        self.digest = digest
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str], before: Sequence[Before]) -> np.ndarray:
        self.encoded += texts
        pairs = zip(texts, before, strict=True)
        lengths = [(len(t), len(b.subject), len(b.message), len(b.opening)) for t, b in pairs]
        return np.array(lengths, dtype=np.float32) / 3


@pytest.fixture
def encode(tmp_path):
    """Encodes with a fresh cache on the same file; gives the rows and the texts encoded."""

    def run(texts, before, digest="un"):
        encoder = Counting(digest)
        rows = VectorCache(encoder, tmp_path / "d" / "v.npz").encode(texts, before)  # type: ignore[arg-type]
        return rows, encoder.encoded

    return run


def test_what_was_encoded_is_not_encoded_again(encode):
    """The same vectors, to the bit, whether kept or not; only what is new costs."""
    first, _ = encode(["a", "bb"], [NOTHING_BEFORE, AFTER])
    again, encoded = encode(["bb", "ccc", "a"], [AFTER, AFTER, NOTHING_BEFORE])
    assert encoded == ["ccc"]
    assert again[[2, 0]].tobytes() == first.tobytes()


@pytest.mark.parametrize("part", ["subject", "message", "opening"])
def test_another_context_is_another_vector(encode, part):
    """Each part of what came before counts."""
    encode(["a"], [AFTER])
    given = {key: getattr(AFTER, key) for key in ("subject", "message", "opening")} | {part: "x"}
    _, encoded = encode(["a"], [Before(**given)])
    assert encoded == ["a"]


def test_another_encoder_encodes_all_again(encode):
    """Its vectors are others."""
    encode(["a"], [NOTHING_BEFORE])
    assert encode(["a"], [NOTHING_BEFORE], digest="deux")[1] == ["a"]


def test_what_is_no_longer_learnt_is_forgotten(encode):
    """The file does not grow for ever."""
    encode(["a", "b"], [NOTHING_BEFORE] * 2)
    encode(["b"], [NOTHING_BEFORE])
    assert encode(["a", "b"], [NOTHING_BEFORE] * 2)[1] == ["a"]


@pytest.mark.parametrize("content", [b"", b"no archive"])
def test_a_damaged_file_only_costs_time(encode, tmp_path, content):
    """And is mended by the next training."""
    encode(["a"], [NOTHING_BEFORE])
    (tmp_path / "d" / "v.npz").write_bytes(content)
    assert encode(["a"], [NOTHING_BEFORE])[1] == ["a"]
    assert encode(["a"], [NOTHING_BEFORE])[1] == []


def test_a_folder_that_cannot_be_written_stops_nothing(encode, tmp_path):
    """Here a file stands in its place."""
    (tmp_path / "d").write_text("", encoding="utf-8")
    rows, encoded = encode(["a"], [NOTHING_BEFORE])
    assert (len(rows), encoded) == (1, ["a"])
