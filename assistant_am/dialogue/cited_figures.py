"""« 98 h, 279 h, 384 h : lequel ? », « 10 500 AM ? »: which of the figures somebody read our
sources give, and for what.

Figures and facts are matched by unit; euros have their own rules (`lookup`, `pay_part`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from assistant_am.dialogue.part import Part, source_note
from assistant_am.dialogue.world import World
from assistant_am.french.format import NBSP, number, uncapitalised
from assistant_am.french.numbers import view
from assistant_am.knowledge import Fact, Fiche, facts_in
from assistant_am.rendering.blocks import Bullets, Paragraph, SourceNote

_LIST = r"\s*(?:,|/|;|et|ou|puis|a|-)\s*"
_UNITS = {
    "heures": (("heures",), r"h(?:eures?)?\b"),
    "postes": (("postes", "contrats"), r"(?:am|assistant\w*(?: medica\w*)?|postes?|contrats?)\b"),
}
_FIGURES = {
    name: re.compile(
        rf"(?<![\w.,])(?:\d{{2,6}}\s*(?:{unit})?{_LIST})*\d{{2,6}}\s*{unit}"
        rf"(?:{_LIST}\d{{2,6}}(?![\w%€]|[.,]\d|\s*(?:%|€|euros?|ans?|mois|jours?|semaines?|patient)))*"
    )
    for name, (_, unit) in _UNITS.items()
}
_THEMES = {"heures": "formation", "postes": "emploi"}
"""Elsewhere a number of hours is that of a week of work, and a number of posts that of a doctor."""
_BARE = re.compile(
    r"(?<![\w.,/-])\d{2,6}(?![\w%€/-]|[.,]\d"
    r"|\s*(?:%|€|euros?|balles|ans?\b|mois|jours?|semaines?|patient|km|etp|brut|net))"
)
_LIKELY = {"heures": range(50, 1000), "postes": range(1000, 1_000_000)}
_CALENDAR = range(2015, 2036)
_OPENING = 60
"""Characters of a rule that are read first."""
_LONGEST = 8
"""Words of a message whose figure has the unit of what it follows on."""
_OWN = re.compile(
    r"\b(?:j'ai|je fais|il me (?:reste|manque)|par semaine|hebdo\w*|benevol\w*|volontaire\w*"
    r"|j'en ai|ca (?:me |nous |en )?fait (?:bien|largement|au moins|facile\w*|deja|quand meme))\b"
)
_READ = re.compile(r"\b(?:lu|vu|entendu|dit|appris|trouve)\b")
_HEAD = re.compile(r" \(|, | / ")


def bare_figures(fiche: Fiche, text: str) -> list[int]:
    """« Mon pote a dit 10000 », after « combien en France ? »: figures without unit that may count
    what the fiche counts."""
    seen = view(text).text
    unit = next((name for name, theme in _THEMES.items() if fiche.theme == theme), None)
    if unit is None or len(seen.split()) > _LONGEST:
        return []
    found = dict.fromkeys(int(match[0]) for match in _BARE.finditer(seen))
    return [each for each in found if each in _LIKELY[unit] and each not in _CALENDAR]


def figures_part(
    world: World, fiche: Fiche, text: str, rule: Part, *, follows: bool = False
) -> Part | None:
    """A line for each figure of the message, then what the fiche says (`rule`); None when the
    message cites no figure of this subject. `follows`: it comes after that subject, whose unit its
    bare figures have."""
    seen = view(text).text
    if _OWN.search(seen) and not _READ.search(seen):
        return None
    found = [
        _line(world, fiche, value, name)
        for name, theme in _THEMES.items()
        if fiche.theme == theme
        for value in _cited(seen, name) or (_bare_and_unsaid(fiche, text, rule) if follows else ())
    ]
    if not found:
        return None
    lines = tuple(line for line, _ in found)
    told = [block for block in rule.blocks if not isinstance(block, SourceNote)]
    ids = [*rule.cited.get("sources", ()), *(source for _, source in found if source)]
    sources = list(dict.fromkeys(ids))
    return replace(
        rule,
        blocks=(
            Paragraph(lines[0]) if len(lines) == 1 else Bullets(lines),
            *told,
            source_note(world.knowledge.sources[key] for key in sources),
        ),
        cited={**rule.cited, "sources": sources},
    )


def _bare_and_unsaid(fiche: Fiche, text: str, rule: Part) -> list[int]:
    """Without those that the rule opens on: « 279 h » is not told twice."""
    first = next((block.text for block in rule.blocks if isinstance(block, Paragraph)), "")
    opening = _numbers(first[:_OPENING])
    return [each for each in bare_figures(fiche, text) if each not in opening]


def _cited(seen: str, name: str) -> Sequence[int]:
    found = (int(each) for m in _FIGURES[name].finditer(seen) for each in re.findall(r"\d+", m[0]))
    return list(dict.fromkeys(found))


def _line(world: World, fiche: Fiche, value: int, name: str) -> tuple[str, str]:
    """« **279 h** : durée du CQP complet (CPNEFP). », and its source."""
    unit = f"{NBSP}h" if name == "heures" else ""
    shown = f"**{number(value)}{unit}**"
    facts = list(_facts(world, fiche, _UNITS[name][0]))
    for fact in facts:
        if fact.value == value:
            head = _head(world, fact.source)
            said_by = "" if head in fact.label else f" ({head})"
            return f"{shown} : {uncapitalised(fact.label)}{said_by}.", fact.source
    for fact in facts:
        for other in fact.others:
            if value in _numbers(other.says):
                return f"{shown} : « {other.says} » ({_head(world, other.source)}).", other.source
    return f"{shown} : {world.phrase('chiffre_inconnu')}", ""


def _head(world: World, source: str) -> str:
    """« Akeia » of « Akeia (26 août 2025) »."""
    return _HEAD.split(world.knowledge.sources[source].short)[0]


def _facts(world: World, fiche: Fiche, units: Sequence[str]) -> Iterator[Fact]:
    """Those of the fiche first, then those of its theme."""
    theme = (each for each in world.knowledge.fiches.values() if each.theme == fiche.theme)
    for each in (fiche, *theme):
        yield from (f for f in facts_in(each, world.knowledge) if f.unit in units)


def _numbers(text: Any) -> set[int]:
    return {int(each) for each in re.findall(r"\d+", view(str(text)).text)}
