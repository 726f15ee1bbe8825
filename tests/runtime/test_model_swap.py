"""The swap does what Rasa's own loading does; it notices that Rasa changed."""

from __future__ import annotations

import hashlib
import inspect

import pytest
from rasa.core.agent import Agent

from assistant_am.french.emergency import EmergencyDetector
from assistant_am.nlu.lexicon import lexicon, read_again


def test_rasas_own_loading_is_the_one_that_was_read():
    source = inspect.getsource(Agent.load_model)
    assert hashlib.sha256(source.encode()).hexdigest()[:16] == "f4c1ab4c5c7af634"


def test_word_lists_are_read_again_together():
    before = lexicon()
    read_again()
    after = lexicon()
    for part in ("values", "emergencies", "courtesy"):
        assert getattr(before, part) is not getattr(after, part)


def test_word_lists_that_are_wrong_leave_the_old_ones(monkeypatch):
    """An emergency is seen by them, whatever becomes of a new model."""
    before = lexicon()

    def broken(*_):
        raise ValueError("lexique/urgences.yml")

    monkeypatch.setattr(EmergencyDetector, "__init__", broken)
    with pytest.raises(ValueError, match="urgences"):
        read_again()
    assert lexicon() is before
