"""Entries written into the text of a YAML file: what is left alone keeps its comments and place."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def with_entry(text: str | None, path: tuple[Any, ...], entry: Any) -> str | None:
    """The file's text with one entry set, added, or removed (None); None when nothing is left."""
    yaml = round_trip()
    root = yaml.load(text) if text else None
    if not isinstance(root, Mapping):
        root = CommentedMap()
    _put(root, path, entry)
    if not root:
        return None
    written = StringIO()
    yaml.dump(root, written)
    return written.getvalue()


def round_trip() -> YAML:
    """Reads and writes a file as the others are written, its comments and quotes kept."""
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 1_000_000
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _put(above: Any, path: tuple[Any, ...], entry: Any) -> None:
    if not path:
        _merge(above, entry)
        return
    step, *rest = path
    held = above.get(step)
    if rest:
        if not isinstance(held, Mapping):
            if entry is None:
                return
            held = above[step] = CommentedMap()
        _put(held, tuple(rest), entry)
        if not held:
            del above[step]
    elif entry is None:
        above.pop(step, None)
    elif isinstance(held, Mapping) and isinstance(entry, Mapping):
        _merge(held, entry)
    else:
        above[step] = _like(held, entry)


def plain(value: Any) -> Any:
    """Data without types of its own: dates and the like become text."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def _merge(old: Any, new: Mapping[str, Any]) -> None:
    """Change only what differs: what is left alone keeps its comments, quotes and place."""
    for key in [key for key in old if str(key) not in new]:
        del old[key]
    names = {str(key): key for key in old}
    for name, value in new.items():
        key = names.get(name, name)
        held = old.get(key)
        if key in old and plain(held) == value:
            continue
        if isinstance(held, Mapping) and isinstance(value, Mapping):
            _merge(held, value)
        elif isinstance(held, list) and isinstance(value, list):
            _merge_list(held, value)
        else:
            old[key] = _like(held, value)


def _merge_list(old: Any, new: list[Any]) -> None:
    for index, value in enumerate(new):
        if index >= len(old):
            old.append(_fresh(value))
        elif plain(old[index]) != value:
            if isinstance(old[index], Mapping) and isinstance(value, Mapping):
                _merge(old[index], value)
            else:
                old[index] = _like(old[index], value)
    del old[len(new) :]


def _like(held: Any, value: Any) -> Any:
    """A value written in the manner of the one that it replaces."""
    if isinstance(value, str) and isinstance(held, LiteralScalarString):
        return LiteralScalarString(value)
    if isinstance(value, str) and isinstance(held, DoubleQuotedScalarString):
        return DoubleQuotedScalarString(value)
    return _fresh(value)


_BARE = re.compile(r"[a-z][a-z0-9_]*")
_NOT_TEXT = ("yes", "no", "on", "off", "true", "false", "null", "y", "n")


def _fresh(value: Any) -> Any:
    """New data: names bare, other texts between quotes or, of several lines, as a block."""
    if isinstance(value, Mapping):
        return {typed(key): _fresh(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_fresh(item) for item in value]
    if not isinstance(value, str):
        return value
    read = typed(value)
    if not isinstance(read, str):
        return read
    if "\n" in value:
        return LiteralScalarString(value)
    bare = _BARE.fullmatch(value) and value not in _NOT_TEXT
    return value if bare else DoubleQuotedScalarString(value)


def typed(value: Any) -> Any:
    """« 2026-11-22 » is a day in the files."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            return value
    return value
