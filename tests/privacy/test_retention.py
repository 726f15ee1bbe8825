"""Conversations are deleted whole, when their last word is old enough, and never before."""

from __future__ import annotations

import datetime
import sqlite3
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant_am.channels.web.feedback import FILE, Feedback
from assistant_am.operations.conversations import Conversations
from assistant_am.operations.retention import purge
from assistant_am.runtime.store_settings import StoreSettings
from tests.privacy.conftest import writer

DAY = 86_400
NOW = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.timezone.utc)


def ago(days: float) -> float:
    return NOW.timestamp() - days * DAY


def purged(conversations, feedback, days=30, **options):
    return purge(conversations, feedback, days, NOW, **options)


@pytest.fixture
def feedback(tmp_path):
    return Feedback(tmp_path, 30)


def opine(folder: Path, conversation: str, reference: str, days: float) -> None:
    day = (NOW - datetime.timedelta(days=days)).date().isoformat()
    Feedback(folder, 30).delete([])
    with sqlite3.connect(folder / FILE) as database:
        database.execute(
            "create table if not exists avis (reference text primary key, conversation text not "
            "null, avis text not null, raison text not null, jour text not null)"
        )
        database.execute(
            "insert into avis values (?, ?, 'utile', 'parce que', ?)",
            (reference, conversation, day),
        )


HISTORIES = st.lists(
    st.lists(st.floats(0, 90, allow_nan=False), min_size=1, max_size=8), min_size=1, max_size=6
)


@settings(max_examples=40, deadline=None)
@given(HISTORIES, st.integers(1, 60))
def test_each_conversation_stays_whole_or_goes_whole(histories, days):
    with tempfile.TemporaryDirectory() as folder:
        where = StoreSettings(data=Path(folder))
        conversations, write = Conversations.open(where), writer(where)
        for number, history in enumerate(histories):
            write(f"c{number}", sorted(ago(each) for each in history))
        told = purged(conversations, Feedback(Path(folder), days), days, rehearsal=True)
        done = purged(conversations, Feedback(Path(folder), days), days)
        assert told == done
        for number, history in enumerate(histories):
            kept = min(history) <= days
            assert conversations.size(f"c{number}") == (len(history) if kept else 0)
        assert done.conversations == sum(min(history) > days for history in histories)
        assert purged(conversations, Feedback(Path(folder), days), days).conversations == 0


def test_a_rehearsal_deletes_nothing(conversations, write, feedback, tmp_path):
    write("vieille", [ago(40), ago(31)])
    opine(tmp_path, "vieille", "r1", 3)
    opine(tmp_path, "jeune", "r2", 31)
    assert purged(conversations, feedback, rehearsal=True).opinions == 2
    assert conversations.size("vieille") == 2
    assert len(feedback.all()) == 2


def test_opinions_go_with_their_conversation_and_by_their_own_age(
    conversations, write, feedback, tmp_path
):
    write("vieille", [ago(31)])
    write("jeune", [ago(40), ago(1)])
    opine(tmp_path, "vieille", "r1", 3)
    opine(tmp_path, "jeune", "r2", 31)
    opine(tmp_path, "jeune", "r3", 29)
    done = purged(conversations, feedback)
    assert (done.conversations, done.opinions) == (1, 2)
    assert [each.reference for each in feedback.all()] == ["r3"]


def test_somebody_who_writes_again_in_the_meantime_keeps_everything(
    conversations, write, monkeypatch
):
    write("revenue", [ago(40), ago(31)])
    found = conversations.idle_since

    def found_then_written_to(limit):
        idle = found(limit)
        write("revenue", [ago(0)])
        return idle

    monkeypatch.setattr(conversations, "idle_since", found_then_written_to)
    assert conversations.delete_idle(ago(30)) == []
    assert conversations.size("revenue") == 3


def test_what_is_deleted_is_in_no_file(conversations, write, feedback, tmp_path):
    """Neither in the pages of the database, nor in its write-ahead log."""
    write("vieille", [ago(31)] * 50, "je m'appelle Hippolyte-Canari")
    write("jeune", [ago(1)], "bonjour")
    before = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"Hippolyte-Canari" in before
    purged(conversations, feedback)
    after = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"Hippolyte-Canari" not in after
    assert conversations.size("jeune") == 1


def test_more_conversations_than_one_transaction_holds(conversations, write, feedback):
    for number in range(230):
        write(f"c{number}", [ago(31)])
    assert purged(conversations, feedback).conversations == 230


def test_on_postgresql_as_well(postgresql, tmp_path):
    conversations, write = Conversations.open(postgresql), writer(postgresql)
    write("vieille", [ago(40), ago(31)])
    write("jeune", [ago(40), ago(29)])
    assert purged(conversations, Feedback(tmp_path, 30)).conversations == 1
    assert (conversations.size("vieille"), conversations.size("jeune")) == (0, 2)
