"""deploy/am gives a command the settings of commun.env as systemd reads them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from assistant_am.operations.project import Project

SCRIPT = (Project.here().root / "deploy" / "am").read_text(encoding="utf-8")


def settings_given(tmp_path: Path, content: str) -> dict[str, str]:
    """What the command finds in its environment, when it is `env`."""
    file = tmp_path / "commun.env"
    file.write_text(content, encoding="utf-8")
    script = SCRIPT
    for before, after in {
        "/etc/assistant-am/commun.env": str(file),
        "cd /opt/assistant-am": f"cd {tmp_path}",
        "runuser -u assistant-am -- /opt/assistant-am/.venv/bin/assistant-am": "env -0",
    }.items():
        assert before in script
        script = script.replace(before, after)
    done = subprocess.run(
        ["sh", "-c", script, "am"],
        capture_output=True, text=True, check=False, env={"PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    rows = (row.partition("=") for row in done.stdout.split("\0") if row)
    return {name: value for name, _, value in rows if name.startswith("AM_")}


@pytest.mark.parametrize(
    ("typed", "given"),
    [
        ("p@ss&w$1", "p@ss&w$1"),
        ("a;b|c>d<e(f)", "a;b|c>d<e(f)"),
        ("`id`", "`id`"),
        ("$(id)", "$(id)"),
        ("100%", "100%"),
        ("a=b#c", "a=b#c"),
        ("'a b'", "a b"),
        ("'a&b'", "a&b"),
        ('"a b"', "a b"),
        ("a*b?[c]", "a*b?[c]"),
        ("l'été", "l'été"),
        ("", ""),
    ],
)
def test_a_value_with_any_sign(tmp_path, typed, given):
    assert settings_given(tmp_path, f"AM_BASE={typed}\n") == {"AM_BASE": given}


def test_comments_blank_lines_and_a_last_line_without_end(tmp_path):
    content = "# AM_PORT=1\n; AM_PORT=2\n\nAM_DONNEES=/d\nAM_SECRET=abc"
    assert settings_given(tmp_path, content) == {"AM_DONNEES": "/d", "AM_SECRET": "abc"}
