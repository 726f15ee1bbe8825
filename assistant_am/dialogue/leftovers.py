"""What a fiche still has for a question, beside the answer already given: one line, its best."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant_am.dialogue.exchange import Exchange
from assistant_am.dialogue.part import Part, source_note
from assistant_am.dialogue.shared_words import stems
from assistant_am.dialogue.subjects import for_fiche
from assistant_am.french.fold import words
from assistant_am.knowledge import Fiche, fill, propositions
from assistant_am.rendering.blocks import as_text, text_blocks

_ENOUGH = 0.55
"""Share of the words of a question, by weight, that a line has to speak of."""
_TELLING = 0.5
"""A word that more of the lines have says nothing of which one is asked."""
_SHORT = range(3, 5)


@dataclass(frozen=True)
class _Line:
    """`about` holds the words by which a question finds it."""

    text: str
    sources: Sequence[str]
    about: frozenset[str]


def best_line(ex: Exchange, fiche: Fiche, said: Part, question: str) -> Part | None:
    """The line that bears most on the question, for a reason that the answer `said` does not hold;
    None when none does."""
    asked = keys(ex, question)
    new = asked - keys(ex, as_text(said.blocks))
    lines = [line for line in _lines(ex, fiche, question) if new & line.about]
    if not lines:
        return None
    every = list(_lines(ex, fiche, question))
    count = Counter(word for line in every for word in line.about)
    weights = {word: math.log(1 + len(every) / (count[word] or 1)) for word in asked}
    telling = {word for word in new if count[word] <= max(1, _TELLING * len(every))}
    best = max(lines, key=lambda line: sum(weights[word] for word in asked & line.about))
    share = sum(weights[word] for word in asked & best.about) / sum(weights.values())
    if share < _ENOUGH or not telling & best.about:
        return None
    sources = [ex.world.knowledge.sources[key] for key in best.sources]
    return Part(
        (*text_blocks(best.text), *([source_note(sources)] if sources else [])),
        ex.world.buttons(fiche.next),
        subject=fiche.id,
        cited={"sources": list(best.sources), "divergences": list(fiche.disagreements)},
    )


def keys(ex: Exchange, text: str) -> frozenset[str]:
    """The words of its own that a text may share with another, short ones (« bac ») included."""
    empty = ex.world.script.empty_words
    short = (word for word in words(text) if len(word) in _SHORT and word not in empty)
    return stems(ex.world, text) | frozenset(short)


def _lines(ex: Exchange, fiche: Fiche, question: str) -> Iterator[_Line]:
    knowledge = ex.world.knowledge
    # What is computed answers for itself.
    points = () if fiche.computation else propositions(fiche, for_fiche(ex), question)
    for each in points:
        text = fill(each.text, knowledge)
        sources = each.sources or fiche.sources
        yield _Line(text, sources, keys(ex, f"{each.statement} {text}"))
    for variant in fiche.variants:
        if set(variant.when) == {"aspect"}:
            text = fill(variant.text, knowledge)
            yield _Line(text, variant.sources, keys(ex, text))
    for text in _details(ex, fiche):
        yield _Line(text, fiche.sources, keys(ex, text))


def rows(ex: Exchange, fiche: Fiche, question: str) -> Sequence[str]:
    """What the details of a fiche say, row by row, the closest to the question first."""
    asked = keys(ex, question)
    return sorted(_details(ex, fiche), key=lambda row: -len(asked & keys(ex, row)))


def _details(ex: Exchange, fiche: Fiche) -> Iterator[str]:
    for row in fill(fiche.details or "", ex.world.knowledge).splitlines():
        text = row.strip().removeprefix("- ")
        if text and not text.endswith(":"):
            yield text
