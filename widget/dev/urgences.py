"""Writes `src/core/emergency-words.ts`: what the widget alone says of an emergency, and sees it by.

The lexicon of the detector (`knowledge/lexique/urgences.yml`) is too long for a web page: these are
the words of its certain patterns that ordinary questions (`data/nlu/`) hardly ever hold. They are
looked for only while the service is away, when a false alarm costs nothing.
Run it after a change there: `.venv/bin/python widget/dev/urgences.py`.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import yaml

from assistant_am.french.fold import fold

ROOT = Path(__file__).resolve().parents[2]
KNOWLEDGE = ROOT / "knowledge"
TARGET = ROOT / "widget" / "src" / "core" / "emergency-words.ts"
SHORTEST = 4
"""Letters."""
PATTERNS = 4
"""Patterns that a word stands in, at least."""
_WORD = re.compile(r"[a-z]+")
_PHRASES = {"VITAL": "urgence", "SUICIDE": "urgence_suicide", "STANDING": "urgence_possible"}


def words_of(text: str) -> list[str]:
    return _WORD.findall(fold(text))


def ordinary_words() -> Counter[str]:
    """In how many messages of the job, the training and the aid each word stands."""
    counted: Counter[str] = Counter()
    for path in sorted((ROOT / "data" / "nlu").glob("*.yml")):
        if path.name.startswith("urgence"):
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip().startswith("- "):
                counted.update(set(words_of(line)))
    return counted


def telling_words() -> tuple[list[str], list[str]]:
    """Those of life in danger, then those of suicide; a star stands for any ending."""
    lexicon = yaml.safe_load((KNOWLEDGE / "lexique" / "urgences.yml").read_text(encoding="utf-8"))
    patterns: dict[str, Counter[str]] = {"vital": Counter(), "suicide": Counter()}
    for entry in lexicon["expressions"]:
        if entry.get("degre") == "douteux":
            continue
        for pattern in entry["motifs"]:
            words = set(re.split(r"[\s|_]+", pattern.partition("!")[0]))
            patterns[entry["genre"]].update(w for w in words if len(w.rstrip("*")) >= SHORTEST)
    ordinary = ordinary_words()
    both = patterns["vital"] + patterns["suicide"]
    kept = [w for w, n in sorted(both.items()) if n >= PATTERNS and _seen(w, ordinary) <= n]
    suicide = {word for word in kept if patterns["suicide"][word] > patterns["vital"][word]}
    return [word for word in kept if word not in suicide], sorted(suicide)


def _seen(word: str, ordinary: Counter[str]) -> int:
    if not word.endswith("*"):
        return ordinary[word]
    return sum(count for each, count in ordinary.items() if each.startswith(word[:-1]))


def module() -> str:
    """The text of the generated file."""
    vital, suicide = telling_words()
    phrases = yaml.safe_load((KNOWLEDGE / "phrases.yml").read_text(encoding="utf-8"))
    said = "".join(
        f"export const {name} =\n  {json.dumps(phrases[key].strip(), ensure_ascii=False)};\n\n"
        for name, key in _PHRASES.items()
    )
    return (
        "/** Written by dev/urgences.py from knowledge/: not to be edited. */\n\n"
        f"{said}"
        f'export const VITAL_WORDS =\n  "{" ".join(vital)}";\n\n'
        f'export const SUICIDE_WORDS =\n  "{" ".join(suicide)}";\n'
    )


if __name__ == "__main__":
    TARGET.write_text(module(), encoding="utf-8")
