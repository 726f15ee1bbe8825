"""Passwords with any sign: read whole by the libraries that connect, shown not at all."""

from __future__ import annotations

import pytest
import redis
from sqlalchemy.engine import make_url

from assistant_am.channels.shared.settings import MessagingSettings
from assistant_am.operations.project import Project
from assistant_am.operations.site_settings import understand
from assistant_am.runtime.addresses import without_password
from assistant_am.runtime.settings import WebSettings, WrongSetting
from assistant_am.runtime.store_settings import StoreSettings
from assistant_am.stores.database import address

PASSWORDS = [
    "simple123",
    "p@ss&w$1",
    "100%sûr",
    "a%b",
    "a%zz",
    "%",
    "a@b@c",
    "@",
    "a/b",
    "a?b",
    "a#b",
    "a:b",
    "a b",
    "a+b",
    "a&b=c",
    "é€",
    "[a]",
    "a\\b",
    '"a\'b"',
    "p@ss/w?r#d%1&é",
    "xx@127.0.0.1:5432/autre",
]
ENCODED = {
    "p%40ss": "p@ss",
    "100%25": "100%",
    "a%2Fb%3a": "a/b:",
    # As SQLAlchemy writes an address.
    "a %3A %40%2F%&é": "a : @/%&é",
}
PLACES = ["127.0.0.1:5432/assistant_am", "db.example/base?sslmode=require", "[::1]:5432/base"]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("password", PASSWORDS)
def test_a_password_of_postgresql_is_read_whole(password, place):
    stores = StoreSettings.from_environment({"AM_BASE": f"postgresql://am:{password}@{place}"})
    url = address(stores)
    assert (url.username, url.password) == ("am", password)
    assert (url.host, url.database) == (make_url(f"postgresql://{place}").host, url.database)


@pytest.mark.parametrize(("typed", "password"), ENCODED.items())
def test_one_that_is_encoded_already_is_decoded_once(typed, password):
    stores = StoreSettings.from_environment({"AM_BASE": f"postgresql://am:{typed}@h/base"})
    assert address(stores).password == password


@pytest.mark.parametrize("password", PASSWORDS)
def test_a_password_of_redis_is_read_whole(password):
    given = StoreSettings.from_environment({"AM_REDIS": f"redis://:{password}@127.0.0.1:6379/0"})
    pool = redis.ConnectionPool.from_url(given.redis)
    assert pool.connection_kwargs["password"] == password
    assert pool.connection_kwargs["host"] == "127.0.0.1"


@pytest.mark.parametrize("password", [*PASSWORDS, *ENCODED])
def test_settings_show_no_part_of_it(password, tmp_path):
    hidden = f"zq{password}zq"
    rows = understand(
        Project(tmp_path),
        {
            "AM_BASE": f"postgresql://am:{hidden}@127.0.0.1:5432/assistant_am",
            "AM_REDIS": f"redis://:{hidden}@127.0.0.1:6379/0",
        },
    ).rows
    shown = {row.name: row.value for row in rows}
    assert shown["AM_BASE"] == "postgresql://am:***@127.0.0.1:5432/assistant_am"
    assert shown["AM_REDIS"] == "redis://:***@127.0.0.1:6379/0"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("postgresql://am:zqzq@h:port/base", "postgresql://am:***@h:port/base"),
        ("postgresql://am@h/base", "postgresql://am@h/base"),
        ("postgresql://am:zqzq@/base?host=/tmp/@x", "postgresql://am:***@/base?host=/tmp/@x"),
        ("postgresql:///base?password=zq&host=/run", "postgresql:///base?password=***&host=/run"),
        ("postgresql://h/b?sslpassword=zqzq", "postgresql://h/b?sslpassword=***"),
        ("redis://zqzq@h:6379", "redis://***@h:6379"),
        ("redis://h:6379?password=zqzq", "redis://h:6379?password=***"),
        ("unix://:zq@zq@/run/redis.sock", "unix://:***@/run/redis.sock"),
        ("am:zqzq@h/base", "***"),
        ("msp.example", "msp.example"),
    ],
)
def test_whatever_the_address(typed, shown):
    assert without_password(typed) == shown


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("AM_ORIGINES", "https://am:zqzq@msp.example"),
        ("AM_ORIGINES", "https://am:zq/zq@msp.example"),
        ("AM_JWT_CLE_PUBLIQUE", "zqzq-un-secret-colle-la-par-erreur"),
        ("AM_ADRESSE_PUBLIQUE", "https://am:zqzq@bot.example"),
        ("AM_TELEGRAM_API", "https://am:zqzq@api.example"),
    ],
)
def test_what_is_wrong_is_not_repeated_with_its_password(name, value):
    given = {"AM_TELEGRAM_JETON": "123456789:" + "a" * 35, "AM_TELEGRAM_SECRET": "s" * 20}
    with pytest.raises(WrongSetting, match=name) as wrong:
        WebSettings.from_environment({name: value})
        MessagingSettings.from_environment({**given, name: value})
    assert "zq" not in str(wrong.value)
