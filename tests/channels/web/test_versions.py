"""The widget by the hash of its content: checkable, unchanging, still there after an update."""

from __future__ import annotations

import gzip
from hashlib import sha256
from types import SimpleNamespace

import pytest

from assistant_am.channels.web.errors import WebError
from assistant_am.channels.web.pages import FOLDER
from assistant_am.channels.web.versions import FILES, Versions, versioned


def name_of(file):
    return versioned(file, (FOLDER / file).read_bytes())


@pytest.mark.parametrize("file", FILES)
def test_any_page_may_check_it_and_keep_it_for_ever(served, file):
    answer = served.get(f"/{name_of(file)}")
    assert answer.content == (FOLDER / file).read_bytes()
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "immutable" in answer.headers["Cache-Control"]
    assert served.get("/widget.js").headers["Access-Control-Allow-Origin"] == "*"


def test_the_widget_asks_for_the_second_file_that_is_there():
    """Its name is written in at build: « npm run build » makes both."""
    content = (FOLDER / "widget-plus.js").read_bytes()
    name = f"widget-plus.{sha256(content).hexdigest()[:16]}.js"
    assert name in (FOLDER / "widget.js").read_text(encoding="utf-8")


def test_a_version_stays_after_an_update_and_nothing_else_is_served(tmp_path):
    static, kept = tmp_path / "static", tmp_path / "kept"
    static.mkdir()
    for file in FILES:
        (static / file).write_text("one();", encoding="utf-8")
    old = versioned("widget.js", b"one();")
    asked = SimpleNamespace(headers={"accept-encoding": "gzip"})
    assert gzip.decompress(Versions(static, kept).serve(asked, old).body) == b"one();"
    (static / "widget.js").write_text("two();", encoding="utf-8")
    assert gzip.decompress(Versions(static, kept).serve(asked, old).body) == b"one();"
    for name in ("widget.0000000000000000.js", "../widget.js", "widget.js", "secret"):
        with pytest.raises(WebError, match="introuvable"):
            Versions(static, kept).serve(asked, name)
