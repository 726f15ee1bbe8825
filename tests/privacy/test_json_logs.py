"""One JSON object a line, without what people wrote."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys

import pytest

from assistant_am.runtime.json_logs import JsonFormatter, scrub

WRITTEN = "je m'appelle Hippolyte-Canari, 06 12 34 56 78"


def logged(message, *arguments, error=None, level=logging.INFO):
    info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("rasa.core", level, "f.py", 1, message, arguments, info)
    line = JsonFormatter().format(record)
    assert "\n" not in line
    return json.loads(line)


def raised() -> ValueError:
    try:
        raise ValueError(WRITTEN)
    except ValueError as error:
        return error


def test_a_line_says_when_how_grave_where_and_what():
    entry = logged("Tour sans réponse\net la suite", level=logging.ERROR)
    assert set(entry) == {"quand", "niveau", "source", "message"}
    assert (entry["niveau"], entry["source"]) == ("ERROR", "rasa.core")
    assert entry["message"] == "Tour sans réponse\net la suite"
    assert entry["quand"].endswith("+00:00")


def test_rasas_structured_events_are_opened():
    text = json.dumps({"event": "processor.x", "event_info": "Fait.", "level": "info", "n": 3})
    entry = logged(text)
    assert (entry["message"], entry["cle"]) == ("Fait.", "processor.x")
    assert entry["details"] == {"n": 3}


@pytest.mark.parametrize("text", ["{pas du json", '{"a": 1}', "{}", "[1]"])
def test_what_only_looks_like_one_is_kept_as_text(text):
    assert logged(text)["message"] == text


def test_an_exception_is_told_by_its_kind_and_place_alone():
    entry = logged("Incident", error=raised())
    assert entry["erreur"] == "ValueError"
    assert "test_json_logs" in "".join(entry["pile"])
    assert "Hippolyte" not in json.dumps(entry)


@pytest.mark.parametrize(
    "text, shown",
    [
        ("Acquired lock for conversation 'jean.dupont'.", "conversation '(masqué)'"),
        ("new session for conversation ID 'jean dupont'.", "ID '(masqué)'"),
        ("for conversation ID '{'a': 'Jean'}' at 'x'.", "ID '(masqué)'."),
        ("Tracker with sender_id 'Jean' stored", "sender_id '(masqué)'"),
        ("from sender id 'Jean' from SQL", "sender id '(masqué)'"),
        ("connection from 192.168.1.20 lost", "from (masqué) lost"),
        ("Starting Rasa server on http://127.0.0.1:5005", "http://127.0.0.1:5005"),
        ("Rasa 3.6.21.1 and 06 12 34 56 78", "and [téléphone]"),
    ],
)
def test_a_line_names_neither_conversation_nor_visitor(text, shown):
    assert shown in scrub(text)
    assert "ean" not in scrub(text)


MODULE = """
import logging, os, sys, warnings
import coloredlogs
assert sys.argv[1:] == ["--debug"], sys.argv
coloredlogs.install(level="DEBUG", fmt="%(message)s")
logging.getLogger("essai").debug("début")
warnings.warn("attention " + os.environ["ECRIT"])
logging.basicConfig(format="%(message)s")
raise ValueError(os.environ["ECRIT"])
"""


def test_a_whole_program_logs_so_until_its_end(tmp_path):
    (tmp_path / "essai.py").write_text(MODULE, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "assistant_am.runtime.json_logs", "essai", "--debug"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path), "ECRIT": WRITTEN},
        capture_output=True,
        text=True,
        check=False,
    )
    entries = [json.loads(line) for line in (done.stdout + done.stderr).splitlines()]
    assert done.returncode == 1
    messages = [entry["message"] for entry in entries]
    assert "début" in messages
    assert any(message.endswith("essai.py:7: UserWarning") for message in messages)
    assert entries[-1]["erreur"] == "ValueError"
    assert "Hippolyte" not in done.stderr
