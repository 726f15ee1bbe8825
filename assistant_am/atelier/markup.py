"""Blocks of an answer as HTML, as the widget shows them, with what has changed marked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from markupsafe import Markup, escape

from assistant_am.french.format import long_date
from assistant_am.rendering.blocks import (
    Alert,
    Block,
    Bullets,
    Calculator,
    Link,
    Paragraph,
    Picture,
    SourceNote,
    Table,
)

_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
# Two characters that no answer holds stand for the marks until all else is escaped.
_OPEN, _CLOSE = "\x02", "\x03"
_TOKENS = re.compile(r"\*\*|\s+|[^\s*]+|\*")


def html_of(blocks: Iterable[Block], before: Iterable[Block] | None = None) -> Markup:
    """The blocks; with `before`, words that were not there are marked."""
    old = [_words(block) for block in before] if before is not None else None
    shown = []
    for index, block in enumerate(blocks):
        earlier = None if old is None else (old[index] if index < len(old) else [])
        shown.append(_html(block, earlier))
    return Markup("").join(shown)


def _words(block: Block) -> list[str]:
    if isinstance(block, Paragraph | Alert):
        return [block.text]
    if isinstance(block, Bullets):
        return list(block.items)
    if isinstance(block, SourceNote):
        return [origin.name for origin in block.entries]
    return []


def _html(block: Block, earlier: list[str] | None) -> Markup:
    if isinstance(block, Paragraph):
        return Markup("<p>{}</p>").format(_rich(block.text, earlier, 0))
    if isinstance(block, Alert):
        return Markup('<p class="alerte">{}</p>').format(_rich(block.text, earlier, 0))
    if isinstance(block, Bullets):
        items = (_rich(item, earlier, index) for index, item in enumerate(block.items))
        return Markup("<ul>{}</ul>").format(_joined("<li>{}</li>", items))
    if isinstance(block, SourceNote):
        return _sources(block, earlier)
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Picture):
        return Markup('<p class="discret">[image : {}]</p>').format(block.words)
    if isinstance(block, Calculator):
        return Markup("")
    assert isinstance(block, Link)
    return Markup('<p class="discret">[lien : {}]</p>').format(block.text)


def _sources(note: SourceNote, earlier: list[str] | None) -> Markup:
    def one(name: str, consulted: str) -> Markup:
        new = earlier is not None and name not in earlier
        shown = Markup("<mark>{}</mark>").format(name) if new else escape(name)
        return Markup("<li>{} <small>relue le {}</small></li>").format(shown, consulted)

    items = Markup("").join(
        one(origin.name, long_date(origin.consulted)) for origin in note.entries
    )
    remark = Markup("<p>{}</p>").format(_rich(note.remark, None, 0)) if note.remark else ""
    return Markup('<div class="sources">{}<ul>{}</ul></div>').format(remark, items)


def _table(table: Table) -> Markup:
    head = _joined('<th scope="col">{}</th>', table.header)
    rows = Markup("").join(
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(
            _rich(row[0], None, 0),
            _joined("<td>{}</td>", (_rich(each, None, 0) for each in row[1:])),
        )
        for row in table.rows
    )
    return Markup(
        '<div class="table" role="group" tabindex="0" aria-label="{}"><table>'
        "<caption>{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>"
    ).format(table.caption or "tableau", table.caption, head, rows)


def _joined(frame: str, values: Iterable[str]) -> Markup:
    return Markup("").join(Markup(frame).format(value) for value in values)


def _rich(text: str, earlier: list[str] | None, index: int) -> Markup:
    if earlier is not None:
        text = _marked(earlier[index] if index < len(earlier) else "", text)
    escaped = str(escape(text))
    bold = _BOLD.sub(r"<strong>\1</strong>", escaped)
    return Markup(bold.replace(_OPEN, "<mark>").replace(_CLOSE, "</mark>"))


def _marked(before: str, after: str) -> str:
    """`after` with each new word marked; « ** » never is: marks and bold must not cross."""
    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    marked: list[str] = []
    for kind, _, _, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        run = new[start:end]
        if kind in ("insert", "replace"):
            run = [
                token if token == "**" or token.isspace() else f"{_OPEN}{token}{_CLOSE}"
                for token in run
            ]
        marked += run
    return (
        "".join(marked)
        .replace(f"{_CLOSE} {_OPEN}", " ")
        .replace(f"{_CLOSE}\u00a0{_OPEN}", "\u00a0")
    )
