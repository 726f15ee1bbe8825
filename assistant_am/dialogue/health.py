"""« J'ai fait une dépression, faut le dire ? »: one's health is private, whatever the subject."""

from __future__ import annotations

import re

from assistant_am.dialogue.choices import next_steps, speaker
from assistant_am.dialogue.exchange import Exchange
from assistant_am.dialogue.part import Part
from assistant_am.french.fold import fold
from assistant_am.rendering.blocks import text_blocks

_MINE = re.compile(
    r"\b(?:j'?\s?(?:ai|avais|etais)|j(?:e|')? ?(?:suis|sors|prends|fais|vis|sui)|mon|ma|mes)\b"
    r"(?:(?!patient)[^.?!]){0,40}\b(?:depression\w*|depressi[fv]\w*|antidepresseurs?|anxiet\w*"
    r"|anxieu\w*|burn.?out|bipolaire|psychiatr\w*|cancer|chimio|diabet\w*|epilep\w*|sclerose"
    r"|asthme|fibromyalgie|endometriose|traitement (?:lourd|medical|a vie)|maladie chronique|vih"
    r"|seropositi\w*)"
)
_TO_TELL = re.compile(
    r"\b(?:(?:le|l'|en|la) (?:dire|dis|parler|declar\w*|signal\w*|avou\w*|cach\w*|precis\w*)"
    r"|parle[rz]?|dire|dise|cacher|avouer|declarer|signaler|mentionner|se (?:voit|sait)|sauront)\b"
)


def told_of_health(ex: Exchange, text: str) -> Part | None:
    """To who asks whether an illness of their own has to be told; None for another question, and
    of the assistant that a doctor employs."""
    said = fold(text)
    if speaker(ex.memory) in ("medecin", "coordinateur"):
        return None
    if not (_MINE.search(said) and _TO_TELL.search(said)):
        return None
    blocks = text_blocks(ex.world.phrase("sante_privee"))
    return Part(blocks, next_steps(ex.world, ex.memory), subject=ex.memory.subject)
