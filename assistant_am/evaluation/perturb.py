"""The ways in which people spoil a sentence; the same sentence gives the same result."""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Callable, Mapping
from types import MappingProxyType

from assistant_am.french.fold import strip_accents

_SWAPPED_WORDS = 0.3
_MIN_LENGTH = 4
# From how people type, without a look at the sentences that are learnt.
_SMS = tuple(
    (re.compile(pattern), short)
    for pattern, short in (
        (r"\best[- ]ce qu(?:e |')", "esk "),
        (r"\bqu'est[- ]ce qu(?:e |')", "keske "),
        (r"\bc'est\b", "c"),
        (r"\bj'ai\b", "g"),
        (r"\bje (?=\w)", "j"),
        (r"\bil y a\b", "ya"),
        (r"\bquelqu", "kelk"),
        (r"\bqu(?=[eio])", "k"),
        (r"\bqu'", "k"),
        (r"\bpour\b", "pr"),
        (r"\bvous\b", "vs"),
        (r"\bnous\b", "ns"),
        (r"\btout\b", "tt"),
        (r"\bdans\b", "ds"),
        (r"\bavec\b", "ac"),
        (r"\bbeaucoup\b", "bcp"),
        (r"\bquand\b", "qd"),
        (r"\bpourquoi\b", "pk"),
        (r"\bcombien\b", "cb"),
        (r"\bcomment\b", "cmt"),
        (r"\bbonjour\b", "bjr"),
        (r"\bmerci\b", "mci"),
        (r"\bune?\b", "1"),
        (r"\bde\b", "2"),
        (r"(?<=\w{2})eaux?\b", "o"),
        (r"(?<=\w{3})er\b", "é"),
        (r"(?<=\w{4})[stx]\b", ""),
    )
)
_POLITE = (
    ("Bonjour, ", " Merci d'avance."),
    ("Bonjour madame, monsieur, excusez-moi de vous déranger, ", " Bien cordialement"),
    ("Coucou ! ", " svp merci beaucoup"),
    ("Bonsoir, j'ai une petite question : ", " Merci et bonne soirée !"),
)
_EMOJIS = ("🙏", "😊", "🤔", "👍", "😅", "❤️", "🙏🏻")


def _dice(text: str) -> random.Random:
    return random.Random(zlib.crc32(text.encode()))


def swap_letters(text: str) -> str:
    """Two neighbouring letters change places in about one long word of three, in one at least."""
    dice = _dice(text)
    words = text.split(" ")
    long = [i for i, word in enumerate(words) if len(word) >= _MIN_LENGTH and word.isalpha()]
    if not long:
        return text
    chosen = {i for i in long if dice.random() < _SWAPPED_WORDS} or {dice.choice(long)}
    for i in chosen:
        place = dice.randrange(1, len(words[i]) - 1)
        word = words[i]
        words[i] = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    return " ".join(words)


def as_sms(text: str) -> str:
    """Lower case, abbreviations, silent endings dropped, no accents."""
    short = text.lower().replace("’", "'")
    for pattern, replacement in _SMS:
        short = pattern.sub(replacement, short)
    return strip_accents(short)


def without_punctuation(text: str) -> str:
    """As a dictation comes: lower case, no mark but the apostrophe and what joins figures."""
    bare = re.sub(r"(?<!\d)[.,;:!?…«»\"()/]|[.,;:!?…«»\"()/](?!\d)", " ", text)
    return re.sub(r"\s+", " ", bare).strip().lower()


def polite(text: str) -> str:
    """A greeting before and thanks after."""
    before, after = _dice(text).choice(_POLITE)
    return f"{before}{text}{after}"


def with_emojis(text: str) -> str:
    """One or two after the sentence."""
    dice = _dice(text)
    return f"{text} {''.join(dice.choices(_EMOJIS, k=dice.randint(1, 2)))}"


PERTURBATIONS: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        "sans accents": strip_accents,
        "lettres interverties": swap_letters,
        "SMS": as_sms,
        "majuscules": str.upper,
        "sans ponctuation": without_punctuation,
        "politesse autour": polite,
        "emojis": with_emojis,
    }
)
