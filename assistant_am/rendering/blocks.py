"""The structured blocks of an answer: the same for every channel, which shows what it can."""

from __future__ import annotations

import datetime
import re
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
    """One source of an answer. `consulted` is the day on which somebody last read it."""

    name: str
    url: str | None
    consulted: datetime.date


@dataclass(frozen=True)
class SourceNote:
    """Where the answer comes from."""

    entries: tuple[Origin, ...]
    remark: str = ""

    def as_text(self) -> str:
        """One short line, each publisher once; « D'où ça vient ? » gives the rest."""
        line = _short_line([origin.name for origin in self.entries])
        return f"{line} {self.remark}" if self.remark else line

    def as_json(self) -> dict[str, Any]:
        return {
            "type": "sources",
            "sources": [
                {"nom": origin.name, "url": origin.url, "relu": origin.consulted.isoformat()}
                for origin in self.entries
            ],
            "remarque": self.remark,
        }


_SOURCE_LINE = 90
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d(?:-(?:19|20)\d\d)?)\)$")
_PRECISION = re.compile(r"\s*(?:,|\(| / ).*")


def _short_line(names: list[str]) -> str:
    """« Source : Assurance Maladie (2024). »: publisher and year, in 90 characters at most."""
    years: dict[str, str] = {}
    for name in names:
        year = _YEAR.search(name)
        publisher = _PRECISION.sub("", name) or name
        years[publisher] = years.get(publisher) or (f" ({year[1]})" if year else "")
    dated = [publisher + year for publisher, year in years.items()]
    for shown in (dated, list(years)):
        if len(line := _sources(shown, 0)) <= _SOURCE_LINE:
            return line
    kept = list(years)
    while len(kept) > 1 and len(_sources(kept, len(years) - len(kept))) > _SOURCE_LINE:
        kept.pop()
    return _sources(kept, len(years) - len(kept))


def _sources(shown: list[str], more: int) -> str:
    plural = "s" if len(shown) + more > 1 else ""
    rest = f" et {more} autre{'s' if more > 1 else ''}" if more else ""
    return f"Source{plural}\u00a0: {', '.join(shown)}{rest}."


@dataclass(frozen=True)
class Picture:
    """A picture by its path on the web channel; `words` says what it shows."""

    path: str
    large: str
    words: str

    def as_text(self) -> str:
        return ""

    def as_json(self) -> dict[str, Any]:
        return {"type": "image", "url": self.path, "grande": self.large, "alternative": self.words}


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
class Alert:
    """An emergency: shown before all, with the numbers to call."""

    text: str

    def as_text(self) -> str:
        return self.text

    def as_json(self) -> dict[str, Any]:
        return {"type": "alerte", "texte": self.text}


Block = Paragraph | Bullets | Table | SourceNote | Picture | Link | Alert


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
