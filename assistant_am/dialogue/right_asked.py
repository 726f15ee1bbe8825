"""« Ai-je droit à l'aide ? », « est-il exclu ? », « il n'y a pas droit ? »: the word that opens the
answer, when the message puts the right to the aid to the test and the rules decide it.
"""

from __future__ import annotations

import re

from assistant_am.aid import Status
from assistant_am.dialogue.verdict import sentences_put
from assistant_am.rendering.amounts import OpeningWord

_ENTITLED = (
    r"(?:droits?|eligibles?|possible|jouable|beneficie\w*|concerne\w*|vise\w*|suffi[ts]\w*|rempli\w*"
    r"|(?:m'|nous |l'|les )aide(?:r|ra|rait|raient|ront)\b|(?:etre|suis|est|serai\w*|sera) aidee?s?"
    r"|(?:touch|percev|recev|obten)\w*|(?:avoir|demander|a|ai|aurai\w*|aura) (?:bien )?l'aide"
    r"|ca (?:marche|passe|le fait)|c'est (?:bon|ok))"
)
_EXCLUDED = (
    r"(?:exclu\w*|ecarte\w*|ineligibles?|non eligibles?|elimine\w*|recale\w*|hors jeu|hors course"
    r"|prive\w*|(?:c'est|est-ce|suis|est) (?:donc |deja )?(?:mort|fichue?|foutue?|cuite?|perdue?))"
)
_PLAIN = re.compile(rf"\b(?:droit|eligibles?|beneficie\w*|{_EXCLUDED})\b")
_NO = r"\b(?:pas|plus|jamais|aucun\w*|ni|rien)\b"


def asks_plainly(question: str) -> bool:
    """« J'ai le droit ou pas ? »: the right itself, in so many words."""
    return any(_PLAIN.search(sentence) for sentence in sentences_put(question))


def opening_word(question: str, status: Status) -> OpeningWord:
    """« Oui », « Non », or « Si » to a question that denies what is so.

    Nothing when no right is put to the test, or when what is known does not decide it.
    """
    if status == "to_confirm":
        return ""
    for sentence in sentences_put(question):
        excluded = re.search(rf"\b{_EXCLUDED}\b", sentence)
        entitled = re.search(rf"\b{_ENTITLED}\b", sentence)
        if not excluded and not entitled:
            continue
        if excluded and entitled and re.search(r"\bou\b", sentence):
            return ""
        named = _EXCLUDED if excluded else _ENTITLED
        return _word((status == "eligible") != bool(excluded), denied=_denied(sentence, named))
    return ""


def _word(so: bool, *, denied: bool) -> OpeningWord:
    if not so:
        return "Non"
    return "Si" if denied else "Oui"


def _denied(sentence: str, named: str) -> bool:
    """« il n'est donc pas exclu », « l'aide ne me concerne pas », « je n'ai droit à rien »."""
    before = rf"{_NO}(?:\W+\w+){{0,3}}?\W+{named}\b"
    after = rf"\b{named}(?:\W+\w+)?\W+{_NO}"
    return bool(re.search(before, sentence) or re.search(after, sentence))
