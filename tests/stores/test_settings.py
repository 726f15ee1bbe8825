"""Settings of the stores: what is wrong is told at start, by its name, without any password."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from assistant_am.operations.project import Settings
from assistant_am.runtime.settings import WrongSetting
from assistant_am.runtime.store_settings import StoreSettings
from assistant_am.stores.database import EVENTS, address, make_tables, open_engine
from assistant_am.stores.reachable import require_reachable

REDIS = "redis://127.0.0.1:1/0"


def read(**values):
    return StoreSettings.from_environment(values)


def test_nothing_is_needed(tmp_path):
    assert read(AM_BASE="", AM_REDIS=" ") == StoreSettings()
    assert address(read(AM_DONNEES=str(tmp_path))).database == f"{tmp_path}/conversations.db"


@pytest.mark.parametrize(
    "given",
    [
        "postgresql://am:secret@db.example:5433/assistant",
        "postgres://am:secret@db.example:5433/assistant",
    ],
)
def test_an_address_of_postgresql_is_read(given):
    url = address(read(AM_BASE=given))
    assert (url.host, url.port, url.database, url.password) == (
        "db.example", 5433, "assistant", "secret",
    )  # fmt: skip
    assert url.drivername == "postgresql+psycopg2"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("AM_BASE", "mysql://am:motdepasse@db/assistant"),
        ("AM_BASE", "postgresql://am:motdepasse@db"),
        ("AM_BASE", "postgresql://am:motdepasse@db:port/assistant"),
        ("AM_BASE", "motdepasse"),
        ("AM_REDIS", "http://:motdepasse@redis"),
        ("AM_REDIS", "motdepasse"),
        ("AM_REDIS", "redis://:motdepasse@redis:port/0"),
        ("AM_PROCESSUS", "deux"),
        ("AM_PROCESSUS", "0"),
        ("AM_PROCESSUS", "17"),
    ],
)
def test_a_wrong_value_names_its_variable_and_shows_no_password(name, value):
    with pytest.raises(WrongSetting, match=name) as wrong:
        read(**{name: value})
    assert "motdepasse@" not in str(wrong.value).replace("assistant:motdepasse@127", "")
    assert ":motdepasse@redis" not in str(wrong.value)


def test_several_processes_need_redis():
    with pytest.raises(WrongSetting, match="AM_PROCESSUS vaut 2 sans AM_REDIS"):
        read(AM_PROCESSUS="2")
    assert read(AM_PROCESSUS="2", AM_REDIS=REDIS).processes == 2


def test_secrets_are_never_shown():
    settings = read(AM_BASE="postgresql://am:abcde@db/assistant", AM_REDIS="redis://:fghij@r/0")
    assert "abcde" not in repr(settings)
    assert "fghij" not in repr(settings)


def test_serve_takes_ports_in_a_row():
    environment = {"AM_PROCESSUS": "3", "AM_REDIS": REDIS, "AM_PORT": "6000"}
    settings = Settings.from_environment({**environment, "AM_ACTIONS_PORT": "6100"})
    assert list(settings.ports) == [6000, 6001, 6002]
    with pytest.raises(WrongSetting, match="AM_ACTIONS_PORT"):
        Settings.from_environment({**environment, "AM_ACTIONS_PORT": "6002"})
    with pytest.raises(WrongSetting, match="AM_PORT vaut 65535"):
        Settings.from_environment({**environment, "AM_PORT": "65535"})
    with pytest.raises(WrongSetting, match="AM_REDIS"):
        Settings.from_environment({"AM_PROCESSUS": "2"})


def test_the_table_is_rasas():
    from rasa.core.tracker_store import SQLTrackerStore

    rasas = SQLTrackerStore.SQLEvent.__table__
    assert EVENTS.name == rasas.name
    assert {c.name: repr(c.type) for c in EVENTS.c} == {c.name: repr(c.type) for c in rasas.c}
    assert {i.name for i in rasas.indexes} < {i.name for i in EVENTS.indexes}


def test_a_table_that_rasa_made_gets_our_index(sqlite):
    from rasa.core.tracker_store import SQLTrackerStore

    engine = open_engine(sqlite)
    SQLTrackerStore.SQLEvent.__table__.create(engine)
    make_tables(engine)
    make_tables(engine)
    assert len(sa.inspect(engine).get_indexes(EVENTS.name)) == len(EVENTS.indexes)


def test_reachable_stores_pass(settings):
    require_reachable(settings)


def test_postgresql_away_is_told_without_the_password(tmp_path):
    away = f"postgresql://am:motdepasse@/assistant?host={tmp_path}"
    with pytest.raises(WrongSetting, match="AM_BASE") as wrong:
        require_reachable(read(AM_BASE=away))
    assert "motdepasse" not in str(wrong.value)


def test_redis_away_is_told(tmp_path):
    with pytest.raises(WrongSetting, match="AM_REDIS"):
        require_reachable(read(AM_REDIS=REDIS, AM_DONNEES=str(tmp_path)))


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    occupied = tmp_path / "fichier"
    occupied.touch()
    with pytest.raises(WrongSetting, match="AM_DONNEES"):
        require_reachable(read(AM_DONNEES=str(occupied)))
