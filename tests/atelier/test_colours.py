"""The workshop has the widget's colours, by the same names: its contrasts are checked there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WIDGET = (ROOT / "widget/src/styles/tokens.css").read_text(encoding="utf-8")
WORKSHOP = (ROOT / "assistant_am/atelier/static/atelier.css").read_text(encoding="utf-8")


def colours(css: str, selector: str) -> dict[str, str]:
    """The colours declared in the block of a selector; of a `var(…)`, what it falls back on."""
    block = css.partition(selector)[2].partition("}")[0]
    return {
        name: re.findall(r"#[0-9a-f]+", value)[-1] if value.startswith("var(") else value
        for name, value in re.findall(r"(--[\w-]+): ([^;]*(?:#[0-9a-f]+|color-mix)[^;]*);", block)
    }


def test_the_workshop_has_the_widgets_colours():
    light, dark = ":root {", "(prefers-color-scheme: dark) {\n  :root {"
    for ours, theirs in ((light, "\n.root {"), (dark, '\n.root[data-theme="dark"] {')):
        here, there = colours(WORKSHOP, ours), colours(WIDGET, theirs)
        shared = here.keys() & there.keys()
        assert {"--text", "--accent", "--line", "--muted", "--danger"} <= shared
        assert {name: here[name] for name in shared} == {name: there[name] for name in shared}
