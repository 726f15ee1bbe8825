"""A case that is only supposed (« et si je passe P95 ? ») or somebody else's (« et ma sœur ? »).

It is answered like a case told, lives as long as the messages that lean on it, and goes without a
trace: only what is told of the speaker is remembered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant_am.dialogue.memory import SITUATION_OF_THE_AID, Memory
from assistant_am.french.fold import fold, fold_keeping_offsets
from assistant_am.meaning import Entity, Meaning

_SUPPOSED = 0.5
_LEANS = 0.5
_BACK = re.compile(
    r"\b(?:(?:mon|notre|le) (?:vrai |propre )?cas(?: (?:reel|a moi))?(?! (?:ou|contraire|par))"
    r"|(?:ma|notre) (?:vraie )?situation|en vrai|pour de vrai|en realite|(?:au|du) reel"
    r"|revenons(?! (?:au|aux) \d)|retour (?:a moi|a la realite)|pour moi|(?:et|mais|bon) moi"
    r"|sans (?:ca|cela)|(?:oublie[zr]?|oublions|laisse[zr]? tomber) (?:ca|cela|cette idee|l'idee)"
    r"|comme (?:au debut|avant|prevu)|on en reste)\b"
)
_SAID = re.compile(
    r"\b(?:imagin(?:ons|ez)|(?<!j')imagine|suppos(?:ons|ez)|(?:a|en) suppos(?:er|ant)|admettons"
    r"|admettez|mettons(?: que)?|hypothese\w*|et (?:si\b|s'ils?\b))"
)
"""« Et si » with a value is a supposition in 98 % of `data/conversations/`; « admettons. » alone,
« j'imagine » and « je suppose » are not."""
_IF = re.compile(
    r"(?<!meme )(?<!comme )(?<!sauf )(?<!sais )(?<!sais pas )(?<!sais plus )(?<!savoir )(?<!moi )"
    r"(?<!dire )(?<!demande )(?<!vois )\b(?:si|s')\s?(?:je?|on|ils?|elles?|nous)\b"
)
"""« Si je prends un mi-temps »: a supposition in 80 % of them, so only of what was told before."""
_THEIRS = re.compile(r"\b(?:ses|leurs?)\s+(?:\w+\s+)?$")
"""« Et ses 1 200 patients »: somebody else's panel."""
_STOP = re.compile(r"[.;?!\n](?:\s|$)")
_ASKED = ("annee", "horizon")
_SUPPOSABLE = (SITUATION_OF_THE_AID | {"profil"}) - {*_ASKED, "operation"}


def supposes(meaning: Meaning, before: Memory) -> bool:
    """Is this message answered for a case that is not the speaker's own?"""
    if _in_words(meaning, before):
        return True
    if _comes_back(meaning):
        return False
    if meaning.hypothesis >= _SUPPOSED or meaning.other >= _SUPPOSED:
        return True
    return before.told is not None and meaning.follows >= _LEANS


def _in_words(meaning: Meaning, before: Memory) -> bool:
    """« Imaginons que je sois à P95 »: the word and a value stand in one sentence."""
    text = fold_keeping_offsets(meaning.text)
    if any(True for _ in _supposed_by(_SAID, text, meaning)):
        return True
    theirs = (each for each in meaning.entities if each.slot == "patients")
    if any(_THEIRS.search(text, 0, each.start) for each in theirs):
        return True
    known = before.situation
    return any(
        each.slot in known and known[each.slot] not in (each.value, [each.value])
        for each in _supposed_by(_IF, text, meaning)
    )


def _supposed_by(words: re.Pattern[str], text: str, meaning: Meaning) -> Iterator[Entity]:
    """The values of the sentence that such words open."""
    for match in words.finditer(text):
        stop = _STOP.search(text, match.end())
        end = stop.start() if stop else len(text)
        yield from (
            each
            for each in meaning.entities
            if each.slot in _SUPPOSABLE and match.end() <= each.start < end
        )


def _comes_back(meaning: Meaning) -> bool:
    """« Revenons au réel », « dans mon vrai cas »."""
    return bool(_BACK.search(fold(meaning.text)))


def starting_from(before: Memory, meaning: Meaning, supposed: bool) -> Memory:
    """The memory to read the values into: the supposed case when it goes on, else what was told.

    « Et dans mon cas ? » asks about the same years.
    """
    back = _comes_back(meaning)
    if before.told is None or (supposed and not back):
        return before
    told = dict(before.told)
    if back:
        years = {slot: before.situation[slot] for slot in _ASKED if slot in before.situation}
        told = {k: v for k, v in told.items() if not years or k not in _ASKED} | years
    return replace(before, situation=told, told=None)


def kept_apart(before: Memory, after: Memory, supposed: bool) -> Memory:
    """The memory after its values were read: what was told stays beside what is supposed."""
    if not supposed or (after.situation == before.situation and before.told is None):
        return after
    told = before.situation if before.told is None else before.told
    return replace(after, told=dict(told))
