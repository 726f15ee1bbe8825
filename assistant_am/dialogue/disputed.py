"""« Tu es sûr ? », « j'ai lu le contraire », a grumble: the point of the last answer again, the
disagreement there is about it if any, and who can check."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant_am.dialogue.exchange import Exchange
from assistant_am.dialogue.fiches import who_may_know
from assistant_am.dialogue.leftovers import keys
from assistant_am.dialogue.part import Part, source_note
from assistant_am.dialogue.repetition import point_for
from assistant_am.dialogue.subjects import for_fiche, subject_answer
from assistant_am.dialogue.verdict import verdict_part
from assistant_am.french.fold import fold, words
from assistant_am.knowledge import Disagreement
from assistant_am.rendering.blocks import Block, Bullets, Paragraph, SourceNote, text_blocks

_DOUBTS = re.compile(
    r"\b(?:(?:es|etes|pas|bien|vraiment) sure?s?|certaine?s?|vrai\w*|faux|fausses?|erreurs?"
    r"|trompe\w*|contraires?|pourtant|contredi\w*|impossible|doute\w*|fiables?|mens|mentez"
    r"|pas d'accord|j'ai lu)\b|^\W*sure?s?(?: de\b| et\b|\W*$)"
)
"""What says that the answer is not believed; a remark on something else has none of it."""
_ON_THE_POINT = 2
"""Words that a disagreement has to share with the point, when the doubt names none."""
_FIGURE = 2
_MOST = 0.6


def disputed_part(ex: Exchange) -> Part:
    """The answer to a doubt, or to a remark taken for one."""
    fiche = ex.world.knowledge.fiches.get(ex.memory.subject or "")
    if fiche is None:
        return Part(text_blocks(ex.world.phrase("pas_de_source")), subject=ex.memory.subject)
    last = _last_answer(ex)
    point = _point(ex, last)
    said = " ".join(block.as_text() for block in point)
    dispute = _disagreement(ex, said)
    again = dispute is not None and _holds(ex, dispute.statement, said)
    blocks: list[Block] = [] if again else [*point]
    if _DOUBTS.search(fold(ex.turn.text)):
        blocks.insert(0, Paragraph(ex.world.phrase("toujours_vrai")))
    if dispute is not None:
        blocks.append(Paragraph(f"**{dispute.topic}**\u00a0: {dispute.statement}"))
    blocks.append(who_may_know(ex.world, ex.memory, fiche, "le confirmer"))
    known = ex.world.knowledge.sources
    cited = last.cited.get("sources") or ex.memory.cited.get("sources") or []
    sources = [known[key] for key in cited if key in known]
    blocks += [source_note(sources)] if sources else []
    return Part(
        tuple(blocks), last.suggestions, subject=fiche.id, cited=last.cited or ex.memory.cited
    )


def _last_answer(ex: Exchange) -> Part:
    """What was answered to the message before."""
    subject, asked = str(ex.memory.subject), ex.before.message
    fiche = ex.world.knowledge.fiches[subject]
    if fiche.computation is not None:
        return subject_answer(ex, subject, ex.turn.text, follows=True)
    found = verdict_part(ex.world, fiche, asked, for_fiche(ex))
    return found or subject_answer(ex, subject, asked)


def _point(ex: Exchange, part: Part) -> Sequence[Block]:
    """The sentence that the message is about, else the first; with the list that it opens."""
    told = [block for block in part.blocks if not isinstance(block, SourceNote)]
    if not told or not isinstance(told[0], Paragraph):
        return told[:1]
    asked = keys(ex, ex.turn.text)
    rest = [block.text for block in told if isinstance(block, Paragraph)]
    rest += [item for block in told if isinstance(block, Bullets) for item in block.items]
    said = max(
        (point_for(ex, text, ex.turn.text) for text in rest),
        key=lambda each: len(asked & keys(ex, each)),
    )
    return [Paragraph(said), *(told[1:2] if said.endswith(":") else [])]


def _disagreement(ex: Exchange, point: str) -> Disagreement | None:
    """The one that is about what is doubted: its words, or those of the point when it has none."""
    publishers = _publishers(ex)
    doubted, said = _terms(ex, ex.turn.text, publishers), _terms(ex, point, publishers)
    best: tuple[int, Disagreement] | None = None
    for key, entry in ex.world.knowledge.disagreements.items():
        positions = " ".join(each.says for each in entry.positions)
        about = _terms(ex, f"{entry.topic} {entry.statement} {positions}", publishers)
        shared = len(about & said)
        own = key in ex.memory.cited.get("divergences", ())
        named = doubted & about if doubted else shared >= _ON_THE_POINT and own
        if named and shared + 2 * own >= _ON_THE_POINT:
            score = 2 * len(doubted & about) + shared + own
            best = (score, entry) if best is None or score > best[0] else best
    return best[1] if best else None


def _holds(ex: Exchange, statement: str, point: str) -> bool:
    """Does a statement say the point too?"""
    publishers = _publishers(ex)
    own = _terms(ex, point, publishers)
    return len(own & _terms(ex, statement, publishers)) >= _MOST * len(own)


def _publishers(ex: Exchange) -> frozenset[str]:
    names = (source.publisher for source in ex.world.knowledge.sources.values())
    return keys(ex, " ".join(names))


def _terms(ex: Exchange, text: str, publishers: frozenset[str]) -> frozenset[str]:
    """Words and figures; not those that say that one doubts, nor who publishes."""
    figures = (word for word in words(text) if word.isdigit() and len(word) >= _FIGURE)
    told = keys(ex, _DOUBTS.sub(" ", fold(text))) | frozenset(figures)
    return told - publishers
