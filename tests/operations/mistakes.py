"""The table of mistakes, and what it takes to make one on a copy and to check it quickly.

`mistakes.yml` holds what coordinators did, one mistake an entry, with its verdict.
"""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant_am import aid
from assistant_am.files import schema, strict_yaml
from assistant_am.knowledge import sentences, text_checks
from assistant_am.operations import check
from assistant_am.operations.project import Project

ROOT = Path(__file__).resolve().parents[2]
TODAY = datetime.date(2026, 11, 30)
TABLE = yaml.safe_load(Path(__file__).with_name("mistakes.yml").read_text(encoding="utf-8"))
_BYTES: Mapping[str, Callable[[bytes], bytes]] = {
    "marque UTF-8": lambda data: b"\xef\xbb\xbf" + data,
    "lignes Windows": lambda data: data.replace(b"\n", b"\r\n"),
    "UTF-16": lambda data: b"\xff\xfe" + data.decode().encode("utf-16-le"),
    "cp1252": lambda data: data.decode().encode("cp1252", "replace"),
}


def copy_of_project(folder: Path) -> Path:
    """The folders that a coordinator edits."""
    for name in ("knowledge", "data/nlu"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


def made(root: Path, mistake: Mapping[str, Any]) -> Callable[[], None]:
    """Makes the mistake; what is returned puts the file back."""
    file = root / mistake["fichier"]
    before = file.read_bytes() if file.exists() else None
    text = (root / mistake["copie_de"]).read_text("utf-8") if "copie_de" in mistake else ""
    if before is not None:
        text = before.decode()
    text = mistake.get("contenu", text)
    if "avant" in mistake:
        assert mistake["avant"] in text, f"« {mistake['avant']} » a changé : corrigez la table"
        text = text.replace(mistake["avant"], mistake["apres"], 1)
    if "ajoute" in mistake:
        text = text.rstrip("\n") + mistake["ajoute"]
    if "garde_lignes" in mistake:
        text = "".join(text.splitlines(keepends=True)[: mistake["garde_lignes"]])
    file.write_bytes(_BYTES.get(mistake.get("octets", ""), bytes)(text.encode()))
    return file.unlink if before is None else lambda: _put_back(file, before)


def line_of(mistake: Mapping[str, Any]) -> int | None:
    """Where it is told: a line of the file, or one counted from its end when lines are added."""
    if "ligne_ajoutee" in mistake:
        kept = (ROOT / mistake["fichier"]).read_text("utf-8").rstrip("\n")
        return kept.count("\n") + 1 + int(mistake["ligne_ajoutee"])
    return mistake.get("ligne")


def _put_back(file: Path, data: bytes) -> None:
    file.write_bytes(data)


def checked(root: Path) -> check.Report:
    """The report, compared with our own knowledge as if it were the last commit."""
    return check.check_against(
        Project(root), TODAY, ROOT / "knowledge", {"AM_CONSERVATION_JOURS": "30"}
    )


def read_each_text_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred and fifty checks read the same two hundred files: only the edited one is new."""
    _once(monkeypatch, strict_yaml, "read", _content)
    _once(monkeypatch, check, "read_yaml", _content)
    _once(monkeypatch, check, "load_knowledge", lambda folder, _: str(folder))
    _once(monkeypatch, aid, "load", lambda folder, *_: _parameters(folder))
    _once(monkeypatch, schema, "problems", lambda document, file: (_Same(document), file))
    _once(monkeypatch, check, "read_sentences", _contents)
    monkeypatch.setattr(sentences, "words", lru_cache(None)(sentences.words))
    wording = lru_cache(None)(lambda text, real=text_checks.wording: tuple(real(text)))
    monkeypatch.setattr(text_checks, "wording", wording)
    # The calendar makes sources due, no mistake does.
    monkeypatch.setattr(check, "due_soon", lambda *_: [])
    # No mistake of the table touches them, and they are long to read.
    monkeypatch.setattr(check, "_messages", lambda *_: [])
    monkeypatch.setattr(check, "_conversations", lambda *_: [])


def _content(file: Path) -> tuple[Path, bytes | None]:
    return file, file.read_bytes() if file.exists() else None


def _parameters(folder: Path) -> tuple[Any, ...]:
    files = (folder / name for name in ("sources.yml", "calcul.yml"))
    return (*_contents(folder / "parametres"), *map(_content, files))


def _contents(folder: Path) -> tuple[Any, ...]:
    return tuple(_content(file) for file in sorted(folder.glob("*.yml")))


class _Same:
    """A key for one object, which it keeps alive."""

    def __init__(self, thing: object) -> None:
        self.thing = thing

    def __hash__(self) -> int:
        return id(self.thing)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.thing is self.thing


def _once(
    monkeypatch: pytest.MonkeyPatch, room: Any, name: str, key_of: Callable[..., Any]
) -> None:
    real = getattr(room, name)
    kept: dict[Any, tuple[Any, Exception | None]] = {}

    def once(*arguments: Any) -> Any:
        key = key_of(*arguments)
        if key not in kept:
            try:
                kept[key] = (real(*arguments), None)
            except Exception as error:
                kept[key] = (None, error)
        value, error = kept[key]
        if error:
            raise error
        return value

    monkeypatch.setattr(room, name, once)
