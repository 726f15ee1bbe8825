"""The structured blocks of an answer: the same for every channel, which shows what it can."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Paragraph:
    """A sentence or two; **bold** is the only mark-up."""

    text: str

    def as_text(self) -> str:
        return self.text

    def as_json(self) -> dict[str, Any]:
        return {"type": "paragraphe", "texte": self.text}


@dataclass(frozen=True)
class Reserve(Paragraph):
    """What limits the figures above it: shown as a paragraph, once for a situation."""


@dataclass(frozen=True)
class Bullets:
    """Parallel items."""

    items: tuple[str, ...]

    def as_text(self) -> str:
        return "\n".join(f"- {item}" for item in self.items)

    def as_json(self) -> dict[str, Any]:
        return {"type": "liste", "elements": list(self.items)}


@dataclass(frozen=True)
class Table:
    """A small table: at most three columns of values beside the row's name."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str

    def as_text(self) -> str:
        named = self.header[1:]
        if len(named) == 1:
            return "\n".join(f"- {row[0]} : {row[1]}" for row in self.rows)
        return "\n".join(
            f"- {row[0]} : "
            + " · ".join(f"{name} {value}" for name, value in zip(named, row[1:], strict=True))
            for row in self.rows
        )

    def as_json(self) -> dict[str, Any]:
        return {
            "type": "tableau",
            "legende": self.caption,
            "colonnes": list(self.header),
            "lignes": [list(row) for row in self.rows],
        }


@dataclass(frozen=True)
class Origin:
    """One source of an answer. `consulted` is the day on which somebody last read it; `kind` says
    from whom it comes (« éditeur privé »), nothing when it is official."""

    name: str
    url: str | None
    consulted: datetime.date
    kind: str = ""


@dataclass(frozen=True)
class SourceNote:
    """Where the answer comes from."""

    entries: tuple[Origin, ...]
    remark: str = ""

    def as_text(self) -> str:
        """One short line, each publisher once; « D'où ça vient ? » gives the rest."""
        line = _short_line(self.entries)
        return f"{line} {self.remark}" if self.remark else line

    def as_json(self) -> dict[str, Any]:
        return {
            "type": "sources",
            "sources": [
                {
                    "nom": ", ".join(part for part in (origin.name, _kind(origin)) if part),
                    "url": origin.url,
                    "relu": origin.consulted.isoformat(),
                }
                for origin in self.entries
            ],
            "remarque": self.remark,
        }


_SOURCE_LINE = 65
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d(?:-(?:19|20)\d\d)?)\)$")
_PRECISION = re.compile(r"\s*(?:,|\(| / ).*")


def _kind(origin: Origin) -> str:
    """What to say of the kind of a source, unless its name says it (« article de formation »)."""
    return "" if origin.name.startswith(origin.kind) else origin.kind


def _short_line(origins: Iterable[Origin]) -> str:
    """« Sources : Assurance Maladie (2024), Akeia (éditeur privé, 2025). »: publisher, kind and
    year, in 65 characters if it can: the years go first, then the last publishers are counted."""
    years: dict[str, str] = {}
    kinds: dict[str, str] = {}
    for origin in origins:
        year = _YEAR.search(origin.name)
        publisher = _PRECISION.sub("", origin.name) or origin.name
        years[publisher] = years.get(publisher) or (year[1] if year else "")
        kinds[publisher] = _kind(origin)
    dated = [_publisher(name, kinds[name], year) for name, year in years.items()]
    if len(line := _sources(dated, 0)) <= _SOURCE_LINE:
        return line
    kept = [_publisher(name, kind) for name, kind in kinds.items()]
    while len(kept) > 1 and len(_sources(kept, len(years) - len(kept))) > _SOURCE_LINE:
        kept.pop()
    return _sources(kept, len(years) - len(kept))


def _publisher(name: str, *more: str) -> str:
    said = ", ".join(part for part in more if part)
    return f"{name} ({said})" if said else name


def _sources(shown: list[str], more: int) -> str:
    plural = "s" if len(shown) + more > 1 else ""
    rest = f" et {more} autre{'s' if more > 1 else ''}" if more else ""
    return f"Source{plural}\u00a0: {', '.join(shown)}{rest}."


@dataclass(frozen=True)
class Picture:
    """A picture by its path on the web channel; `words` says what it shows.

    `bars`: the same as names, numbers and their words, for who draws them in its own style.
    """

    path: str
    large: str
    words: str
    bars: tuple[tuple[str, int, str], ...] = ()

    def as_text(self) -> str:
        return ""

    def as_json(self) -> dict[str, Any]:
        return {
            "type": "image",
            "url": self.path,
            "grande": self.large,
            "alternative": self.words,
            "barres": [
                {"nom": name, "valeur": value, "texte": text} for name, value, text in self.bars
            ],
        }


@dataclass(frozen=True)
class Link:
    """A page of the web channel; a text has no use for its path."""

    text: str
    path: str

    def as_text(self) -> str:
        return ""

    def as_json(self) -> dict[str, Any]:
        return {"type": "lien", "texte": self.text, "url": self.path}


@dataclass(frozen=True)
class Calculator:
    """The form where one changes an estimate, by its path on the web channel; a text has no use
    for it. `open`: shown at once, in place of the figures above it, while a question is put."""

    path: str
    open: bool = False

    def as_text(self) -> str:
        return ""

    def as_json(self) -> dict[str, Any]:
        return {"type": "calcul", "url": self.path, "ouvert": self.open}


@dataclass(frozen=True)
class Alert:
    """An emergency: shown before all, with the numbers to call."""

    text: str

    def as_text(self) -> str:
        return self.text

    def as_json(self) -> dict[str, Any]:
        return {"type": "alerte", "texte": self.text}


Block = Paragraph | Bullets | Table | SourceNote | Picture | Link | Calculator | Alert


@dataclass(frozen=True)
class Suggestion:
    """A button: `say` is what a person would type instead of pressing it."""

    title: str
    say: str


@dataclass(frozen=True)
class Reply:
    """One answer. `choices` are the options of a question put to the person: all are shown;
    `suggestions` are the likely next questions: four at most."""

    blocks: tuple[Block, ...]
    suggestions: tuple[Suggestion, ...] = ()
    choices: tuple[Suggestion, ...] = ()
    question: bool = False
    """The choices answer a question just put: a channel may show them one under the other."""

    def buttons(self, limit: int = 4) -> tuple[Suggestion, ...]:
        """Choices first, then as many suggestions as fit."""
        unique = {button.title: button for button in (*self.choices, *self.suggestions)}
        return tuple(unique.values())[: max(limit, len(self.choices))]


def as_text(blocks: tuple[Block, ...]) -> str:
    """Blocks as plain text, for channels that show nothing else."""
    return "\n".join(text for block in blocks if (text := block.as_text()))


def text_blocks(text: str) -> tuple[Block, ...]:
    """A fiche's text cut into paragraphs and bullets."""
    blocks: list[Block] = []
    items: list[str] = []
    for line in text.splitlines():
        stripped = line.strip()
        if stripped.startswith("- "):
            items.append(stripped[2:])
            continue
        if items:
            blocks.append(Bullets(tuple(items)))
            items = []
        if stripped:
            blocks.append(Paragraph(stripped))
    if items:
        blocks.append(Bullets(tuple(items)))
    return tuple(blocks)
