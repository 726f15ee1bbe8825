"""« Ça marche sans le bac ? »: which statement a question puts to the test, and in which sense.

A fiche states what is so (`propositions`); « Oui » and « Non » are never typed, they follow from
the statement and from the sense in which it is asked. Without certainty of it: no such word.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistant_am.dialogue.fiches import fiche_part, is_named, who_is_asked, who_knows
from assistant_am.dialogue.part import Part, source_note
from assistant_am.dialogue.shared_words import sentences
from assistant_am.dialogue.world import World
from assistant_am.french.fold import fold, words
from assistant_am.knowledge import Fiche, Proposition, decide, fill, propositions
from assistant_am.rendering.blocks import Block, Paragraph, SourceNote, text_blocks

_ENOUGH = 0.62
"""Share of a statement's words, by weight, that the question has to say; chosen on
`data/conversations/`."""
_CERTAIN = 0.8
"""From here « Oui » or « Non » opens the answer; below, the statement alone."""
_POINTED, _CERTAINLY = 0.45, 0.65
"""Probabilities of a point that was read: it is answered, the rule after it; it is answered alone,
and « Oui » or « Non » may open it."""
_ITS_WORDS = 0.5
"""Share of a wording that a question has to say: « la 4e année ils sucrent ? » asks the contrary of
« la 4e année est garantie », with no negation to tell."""
_SHORT = 90
"""Characters of an answer that the rule should follow."""
_APART = 0.12
_STEM = 5
_ASKS_A_VALUE = re.compile(
    r"\b(?:combien|comment|quel\w*|quoi|koi|pourquoi|pk|ou (?:est|sont|se|faut|je|on|puis)|quand|"
    r"(?<!moi )(?<!lui )(?<!elle )qui (?:est|peut|paie|paye|decide|sont|touche|va)|"
    r"lequel|laquelle|lesquel\w*|qu'est[- ]ce qu\w*|"
    r"que (?:dois|faut|fait|faire))\b"
)
_TAG = re.compile(
    r"[,.]?\s*(?:\bnon|\bnan|\bpas vrai|\bn'est-ce pas|\bhein|\bou pas|\bou non|\boui ou non)\W*$"
)
_DENIES = re.compile(r"\b(?:pas|jamais|aucun\w*|ni|non|sans)\b")
_SENTENCE = re.compile(r"(?<=[.!?;\n])\s+")
_SENDS = re.compile(
    r"\b(?:demand\w+|voyez|voir|dites|dire|parl\w+|confirm\w+|precis\w+|repond\w+|verifi\w+|"
    r"renseign\w+|tranch\w+)\b"
)
"""A sentence that says already whom to ask."""
_SAME = 0.6
"""Share of the words of a sentence that say it again."""
_LONGEST = 22
"""Words: a longer sentence tells a story around what it asks."""


@dataclass(frozen=True)
class Tested:
    """A statement and the sense in which it is asked: negated or not; `read` when the point was
    learnt, not found by its words; then only `in_its_words` is the sense of the question known."""

    proposition: Proposition
    negated: bool
    certain: bool
    read: bool = False
    in_its_words: bool = True


def sentences_put(question: str) -> Iterator[str]:
    """The folded sentences that may put a statement to the test, without « non ? », « ou pas »."""
    for sentence in _SENTENCE.split(fold(question)):
        asked = _TAG.sub(" ?", sentence)
        if not _ASKS_A_VALUE.search(asked):
            yield asked


def tested(
    fiche: Fiche,
    question: str,
    situation: Mapping[str, Any],
    point: tuple[str, float] | None = None,
) -> Tested | None:
    """The statement of the fiche that a question puts to the test, for this person.

    `point` is the one that was read, with its probability. Without it, and for statements that have
    no key, their words decide.
    """
    if point is not None and (found := _read(fiche, question, point, situation)):
        return found
    each = (
        _tested(fiche, asked, situation, keyed=point is None) for asked in sentences_put(question)
    )
    return next((found for found in each if found), None)


def _read(
    fiche: Fiche, question: str, point: tuple[str, float], situation: Mapping[str, Any]
) -> Tested | None:
    key, probability = point
    if probability < _POINTED:
        return None
    open_to = propositions(fiche, situation, question)
    best = next((each for each in open_to if each.key == key), None)
    if best is None:
        return None
    put = next(sentences_put(question), "")
    negated = bool(_DENIES.search(put)) != bool(_DENIES.search(fold(best.statement)))
    decided = best.truth == "dit" or bool(put)
    weights, said = _weights(open_to), _stems(put)
    own = max(_share(each, said, weights) for each in (best.statement, *best.wordings))
    return Tested(
        best,
        negated,
        certain=decided and probability >= _CERTAINLY,
        read=True,
        in_its_words=own >= _ITS_WORDS,
    )


def _tested(
    fiche: Fiche, asked: str, situation: Mapping[str, Any], *, keyed: bool
) -> Tested | None:
    if len(asked.split()) > _LONGEST:
        return None
    holding = propositions(fiche, situation, asked)
    # An open question has too few words of its own to be found by them.
    open_to = [each for each in holding if each.truth != "dit" and (keyed or not each.key)]
    weights = _weights(open_to)
    said = _stems(asked)
    scored = sorted(
        (
            (score, wording, each)
            for each in open_to
            for wording in (each.statement, *each.wordings)
            # A wording is short: « elle peut faire… » alone says nothing of what she would do.
            if (score := _share(wording, said, weights))
            >= (_ENOUGH if wording == each.statement else _CERTAIN)
        ),
        key=lambda found: (-found[0], -len(found[1])),
    )
    if not scored:
        return None
    score, wording, best = scored[0]
    rivals = [each for other, _, each in scored[1:] if other > score - _APART]
    if any(rival.truth != best.truth for rival in rivals):
        return None
    negated = bool(_DENIES.search(asked)) != bool(_DENIES.search(fold(wording)))
    return Tested(best, negated, certain=score >= _CERTAIN)


def verdict_part(
    world: World,
    fiche: Fiche,
    question: str,
    situation: Mapping[str, Any],
    point: tuple[str, float] | None = None,
) -> Part | None:
    """The answer to a question on a point of the fiche, as `tested` finds it; None for another."""
    found = tested(fiche, question, situation, point)
    if found is None:
        return None
    # « on peut pas sans le bac ? »: « non » would say one thing to one reader, another to the next.
    plain = found.certain and found.in_its_words and not found.negated
    word = decide(fiche, found.proposition, "affirmee" if plain else "")
    text = fill(found.proposition.text, world.knowledge)
    sources = [world.knowledge.sources[key] for key in found.proposition.sources or fiche.sources]
    rule = fiche_part(world, fiche.id, situation, question)
    # Of what is computed the fiche has no rule to add; nor where the sources are silent.
    adds = fiche.computation is None and found.proposition.truth != "non_dit"
    adds = adds and not (found.read and found.certain and len(text) >= _SHORT)
    told = _not_yet_said(text, rule.blocks) if adds else []
    if told and _says_it(told[0], text):
        text = ""
    if found.proposition.truth == "non_dit" and not _SENDS.search(fold(text)):
        of_the_subject = who_is_asked(fiche, situation.get("public"))
        contacts = [world.knowledge.contacts[key] for key in of_the_subject]
        named = any(is_named(contact, text) for contact in contacts)
        told += [who_knows(contacts[:1])] if contacts and not named else []
    cited = {source.id: source for source in sources}
    cited |= {key: world.knowledge.sources[key] for key in rule.cited.get("sources", ())}
    return replace(
        rule,
        blocks=(
            *_opened(word, text, told),
            *([source_note(cited.values())] if cited else []),
        ),
        cited={**rule.cited, "sources": list(cited)},
    )


def _opened(word: str, text: str, told: Sequence[Block]) -> Sequence[Block]:
    """The word and what decides it, then the rule; the rule alone where it says the same."""
    opening = f"**{word}.** " if word else ""
    first, *others = told or (None,)
    if not text and isinstance(first, Paragraph):
        return [replace(first, text=opening + first.text), *others]
    return [*text_blocks(opening + text), *told]


def _says_it(block: Block, text: str) -> bool:
    """Does the first sentence of the rule say what the statement's answer says?"""
    if not isinstance(block, Paragraph):
        return False
    said, first = _stems(fold(text)), _stems(fold(sentences(block.text)[0]))
    return len(said & first) >= _SAME * len(said)


def _not_yet_said(said: str, blocks: Iterable[Block]) -> list[Block]:
    """The blocks without the sentences that say again what was just said, nor their sources."""
    stems = _stems(fold(said))
    kept: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            left = [each for each in sentences(block.text) if not _repeats(each, stems)]
            if left:
                kept.append(replace(block, text=" ".join(left)))
        elif not isinstance(block, SourceNote):
            kept.append(block)
    return kept


def _repeats(sentence: str, said: set[str]) -> bool:
    stems = _stems(fold(sentence))
    return len(stems & said) >= _SAME * len(stems)


def _stems(text: str) -> set[str]:
    return {word[:_STEM] for word in words(text) if len(word) > 2 or word.isdigit()}  # noqa: PLR2004


def _weights(open_to: Sequence[Proposition]) -> Mapping[str, float]:
    """A word that all statements of the fiche have says little of which one is asked."""
    each = [_stems(fold(" ".join((one.statement, *one.wordings)))) for one in open_to]
    count = Counter(stem for stems in each for stem in stems)
    return {stem: math.log(1 + len(each) / n) for stem, n in count.items()}


def _share(statement: str, said: set[str], weights: Mapping[str, float]) -> float:
    stems = _stems(fold(statement))
    total = sum(weights[stem] for stem in stems)
    return sum(weights[stem] for stem in stems & said) / total if total else 0.0
