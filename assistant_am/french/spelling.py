"""Put right what people type: SMS, lost accents, typos, leaving real French words alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant_am.french.fold import straighten, strip_accents

MAX_CHARACTERS = 1000
_REPEATED = re.compile(r"([a-zàâäéèêëîïôöùûüç])\1{2,}")
_TOKEN = re.compile(r"[a-zàâäéèêëîïôöùûüÿçœæ0-9]+|[^\sa-zàâäéèêëîïôöùûüÿçœæ0-9]")
_MIN_LENGTH = 5
_TWO_EDITS_FROM = 8
_LONGEST_SMS = 3


class Speller:
    """Rewrites a text in plain written French, lower case.

    `words`: words known to French (never corrected). `vocabulary`: words of the domain, with their
    accents, to which unknown ones are brought back. `sms`: abbreviations, folded, of one to three
    words. Same inputs, same output: ties are settled by the order of `vocabulary`.
    """

    def __init__(
        self, words: Iterable[str], vocabulary: Iterable[str], sms: Mapping[str, str]
    ) -> None:
        self._words = frozenset(words)
        self._bare_words = frozenset(strip_accents(word) for word in self._words)
        self._vocabulary = [word for word in vocabulary if len(word) >= _MIN_LENGTH]
        self._bare_vocabulary = [strip_accents(word) for word in self._vocabulary]
        self._accented: dict[str, str] = {}
        for word in vocabulary:
            self._accented.setdefault(strip_accents(word), word)
        self._sms = {strip_accents(str(key)): str(value) for key, value in sms.items()}
        self._word = lru_cache(maxsize=8192)(self._correct)

    def __call__(self, text: str) -> str:
        """The text put right; at most `MAX_CHARACTERS` are read."""
        lowered = _REPEATED.sub(r"\1", straighten(text[:MAX_CHARACTERS]).lower())
        tokens = _TOKEN.findall(lowered)
        written, i = [], 0
        while i < len(tokens):
            size, replacement = self._abbreviation(tokens, i)
            written.append(replacement if size else self._word(tokens[i]))
            i += size or 1
        return re.sub(r" ?(['’-]) ?", r"\1", " ".join(written))

    def _abbreviation(self, tokens: list[str], start: int) -> tuple[int, str]:
        elided = (start > 0 and tokens[start - 1] == "'") or tokens[start + 1 : start + 2] == ["'"]
        for size in range(min(_LONGEST_SMS, len(tokens) - start), 0, -1):
            key = strip_accents(" ".join(tokens[start : start + size]))
            if key in self._sms and not (size == 1 and elided):
                return size, self._sms[key]
        return 0, ""

    def _correct(self, word: str) -> str:
        bare = strip_accents(word)
        if word != bare:
            # Somebody who writes accents writes words; only an unknown one may be a typo.
            if word in self._words or word in self._accented.values():
                return word
        elif bare in self._words:
            return bare
        if bare in self._accented:
            return self._accented[bare]
        if len(bare) < _MIN_LENGTH or not bare.isalpha() or bare in self._bare_words:
            return word
        return self._closest(bare) or word

    def _closest(self, bare: str) -> str | None:
        limit = 2 if len(bare) >= _TWO_EDITS_FROM else 1
        best = process.extractOne(
            bare, self._bare_vocabulary, scorer=OSA.distance, score_cutoff=limit
        )
        if best is None:
            return None
        found, _, index = best
        return self._vocabulary[index] if found[0] == bare[0] or limit > 1 else None
