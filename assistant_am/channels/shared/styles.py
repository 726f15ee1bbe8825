"""How each messaging service writes bold text, tables and links, and how long it may be."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from assistant_am.french.fold import strip_accents


def _no_link(name: str, url: str) -> str:
    return name


def _plain_address(name: str, url: str) -> str:
    return f"{name} : {url}"


@dataclass(frozen=True)
class Style:
    """One service's way of writing."""

    longest: int
    """Characters of one message."""
    most: int
    """Messages of one answer."""
    escape: Callable[[str], str] = str
    bold: tuple[str, str] = ("", "")
    monospace: tuple[str, str] | None = None
    """What surrounds aligned columns; without, a table is lines of words."""
    source: Callable[[str, str], str] = _no_link
    """The escaped name of a source with its address."""
    link: Callable[[str, str], str] | None = _plain_address
    """A page of ours, its escaped words and its address; None where pages are buttons."""
    pictures: bool = True
    """Whether the service shows pictures; without, each is a link."""
    longest_title: int | None = None
    """Characters of a button, 0 where there are none; longer titles are numbered in the text."""

    def needs_numbers(self, titles: Iterable[str]) -> bool:
        """Whether choices are to be numbered, because no button could show some of them whole."""
        limit = self.longest_title
        return limit is not None and any(len(title) > limit for title in titles)

    def write(self, text: str) -> str:
        """Our text, whose only mark is **bold**, in the service's own marks."""
        parts = text.split("**")
        return "".join(
            f"{self.bold[0]}{self.escape(part)}{self.bold[1]}"
            if index % 2 and part
            else self.escape(part)
            for index, part in enumerate(parts)
        )


def _html_link(name: str, url: str) -> str:
    return f'<a href="{html.escape(url)}">{name}</a>'


# One character outside the GSM alphabet makes a whole text message twice as dear.
_GSM_LETTERS = "éèàùìòÉÇÄÖÑÜäöñüÅåÆæØøß"
_GSM_MARKS = str.maketrans(
    {
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "’": "'",
        "‘": "'",
        "“": '"',
        "”": '"',
        "«": '"',
        "»": '"',
        "…": "...",
        "–": "-",
        "—": "-",
        "−": "-",
        "•": "-",
        "·": "-",
        "œ": "oe",
        "Œ": "OE",
        "×": "x",
        "≥": ">=",
        "≤": "<=",
    }
)


def for_sms(text: str) -> str:
    """Punctuation of the GSM alphabet, and bare letters for the accents it lacks (ê, ç, î…)."""
    return "".join(
        character if character in _GSM_LETTERS else strip_accents(character)
        for character in text.translate(_GSM_MARKS)
    )


TELEGRAM = Style(
    longest=4096,
    most=3,
    escape=partial(html.escape, quote=False),
    bold=("<b>", "</b>"),
    monospace=("<pre>", "</pre>"),
    source=_html_link,
    link=_html_link,
)
WHATSAPP = Style(longest=1600, most=3, bold=("*", "*"), monospace=("```", "```"), longest_title=0)
SMS = Style(
    longest=1600,
    most=2,
    escape=for_sms,
    pictures=False,
    longest_title=0,
)
MESSENGER = Style(longest=2000, most=3, link=None, longest_title=20)
