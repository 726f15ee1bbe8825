"""From the structured blocks of an answer to messages of one service."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant_am.channels.shared.cutting import Piece, fit, sentences
from assistant_am.channels.shared.styles import Style
from assistant_am.channels.shared.turn import Json

WIDEST_TABLE = 34
"""Characters of a line of aligned columns that a phone shows without breaking it."""
MOST_SOURCES = 4
PICTURE_LINK = "Graphique des montants"


@dataclass(frozen=True)
class Illustration:
    """A picture by its public address, and what it shows in words."""

    url: str
    words: str


@dataclass(frozen=True)
class Rendered:
    """One answer, in order: the pictures stand before the last text, which has the buttons."""

    texts: tuple[str, ...]
    pictures: tuple[Illustration, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    """Pages of ours (words, address), for services that show them as buttons."""


def render(
    blocks: Iterable[Json], style: Style, public: str | None, choices: Sequence[str] = ()
) -> Rendered:
    """The messages of an answer.

    `public` is the address that our pages have for everybody; without it, pictures and links are
    left out. `choices` are lines that must stand at the very end, under the sources.
    """
    body: list[Piece] = []
    tail: list[Piece] = []
    sources: list[Json] = []
    pictures: list[Illustration] = []
    links: list[tuple[str, str]] = []
    for block in blocks:
        kind = block.get("type")
        if kind == "sources":
            sources.append(block)
        elif kind == "image" and public and style.pictures:
            pictures.append(Illustration(public + block["url"], block["alternative"]))
        elif kind == "image" and public:
            links.append((PICTURE_LINK, public + block["url"]))
        elif kind == "lien" and public:
            links.append((block["texte"], public + block["url"]))
        else:
            body += _pieces(block, style)
    if sources:
        tail.append(Piece(_sources(sources, style)))
    if style.link is not None:
        written = [style.link(style.escape(words), url) for words, url in links]
        tail += [Piece(text) for text in written]
        links = []
    for index, choice in enumerate(choices):
        tail.append(Piece(style.write(choice), "\n" if index else "\n\n"))
    return Rendered(
        tuple(fit(body, tail, style.longest, style.most)), tuple(pictures), tuple(links)
    )


def _pieces(block: Json, style: Style) -> list[Piece]:
    """The parts of a block between which a message may be cut."""
    match block.get("type"):
        case "paragraphe" | "alerte":
            return _paragraph(block["texte"], style)
        case "liste":
            items = [Piece(style.write(f"• {item}"), "\n") for item in block["elements"]]
            return [Piece(items[0].text), *items[1:]] if items else []
        case "tableau":
            return _table(block, style)
    return []


def _paragraph(text: str, style: Style) -> list[Piece]:
    pieces: list[Piece] = []
    for line in text.strip().splitlines():
        for index, sentence in enumerate(sentences(line.strip())):
            joint = " " if index else "\n" if pieces else "\n\n"
            pieces.append(Piece(style.write(sentence), joint))
    return pieces


def _table(block: Json, style: Style) -> list[Piece]:
    header, rows = block["colonnes"], block["lignes"]
    caption = Piece(style.write(f"{block['legende']} :"))
    if style.monospace and (lines := _aligned(header, rows)):
        before, after = style.monospace
        text = style.escape("\n".join(lines))
        return [caption, Piece(f"{before}{text}{after}", "\n")]
    return [caption, *(Piece(style.write(_row_in_words(header, row)), "\n") for row in rows)]


def _aligned(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Columns under each other, numbers to the right; nothing when a phone would break them."""
    # One column of values needs no heading: the caption says what they are.
    shown = [header, *rows] if len(header) > 2 else [*rows]  # noqa: PLR2004
    widths = [max(len(row[index]) for row in shown) for index in range(len(header))]
    if sum(widths) + 2 * (len(widths) - 1) > WIDEST_TABLE:
        return []
    return [
        "  ".join(
            cell.ljust(width) if index == 0 else cell.rjust(width)
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in shown
    ]


def _row_in_words(header: Sequence[str], row: Sequence[str]) -> str:
    if len(row) == 2:  # noqa: PLR2004
        return f"• {row[0]} : {row[1]}"
    named = (f"{name} {value}" for name, value in zip(header[1:], row[1:], strict=True))
    return f"• {row[0]} : {', '.join(named)}"


def _sources(blocks: Sequence[Json], style: Style) -> str:
    """One line for all: where it comes from, and the remark that goes with it."""
    named = {source["nom"]: source["url"] for block in blocks for source in block["sources"]}
    words = [
        style.source(style.escape(name), url) if url else style.escape(name)
        for name, url in list(named.items())[:MOST_SOURCES]
    ]
    if more := len(named) - len(words):
        words.append(f"et {more} autre{'s' if more > 1 else ''}")
    label = "Sources" if len(named) > 1 else "Source"
    remarks = dict.fromkeys(block["remarque"] for block in blocks if block.get("remarque"))
    text = f"{label} : {' ; '.join(words)}."
    return " ".join([text, *(style.write(remark) for remark in remarks)])
