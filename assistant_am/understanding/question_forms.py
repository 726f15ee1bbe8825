"""The forms in which people ask: « c koi », « ça dure combien », « y a-t-il », « dites-moi ».

All of it reads folded text (`french.fold`).
"""

from __future__ import annotations

import re

# As people type them: « c koi », « cest quoi », « ya koi comme salaire », « c ki ki paye ».
_IT_IS = r"(?:c'est|c est|cest|ces|c)"
_THERE_IS = r"(?:y'?\s?a|il y a)"
_WHAT = r"(?:quoi|koi|kwa|koa|qoi)"
_WHO = r"(?:qui|ki)"
_WHEN = r"(?:quand|kan|kand|qd)\b(?! meme)"
_HOW_MANY = r"(?:combien|cb\b|cbien\b|cmb\b|kombien)"
_HOW = r"(?:comment|cmt\b|coment\b|koment\b)"
_STARTS = r"(?:ca |la |les |l'\w+ )?(?:commence|debute|demarre|ouvre)"
_INVERTED = r"(?!rendez-|parait-|semble-|dit-)\w+-(?:t-)?(?:ils?|elles?|on|je|vous|nous|tu)\b"
_PREPOSITION = r"(?:a|au bout de|avec|chez|dans|de|depuis|en|jusqu'a|par|pendant|pour|sur|vers)"

_INTERROGATIVE = (
    rf"(?:{_HOW_MANY}|{_HOW}|ou (?:est|sont|puis|peut|se|on|je|faut|m'|trouver)|"
    rf"quel(?!qu)\w*|kel(?!k)\w*|est[- ]ce\b|es ce\b|"
    rf"{_IT_IS} (?:{_WHAT}|{_WHO}|ou\b|{_WHEN})|{_WHEN} (?:est|sont|{_STARTS})|"
    rf"{_THERE_IS} {_WHAT}\b|cki\b|ckoi\b|qu'est|kesk\w*|keske|"
    rf"pourquoi|pk\b|faut[- ]il|peut[- ]on|peut[- ]elle|peut[- ]il|puis[- ]je\b|{_INVERTED}|"
    r"y a[- ]t|ya t|existe[- ]t|a[- ]t[- ]|dois[- ]je\b|doit[- ]on|suis[- ]je\b|"
    r"ai[- ]je\b|que (?:fait|dois|se passe)|ca (?:dure|coute|paye|gagne|rapporte)|ca fait combien|"
    r"sa (?:dure|gagne|paye)|si (?:je peux|on peut|c'est|il faut|elle|il))"
)
_WHO_DOES = rf"{_WHO} (?:est|peut|paie|paye|decide|fait)"
INTERROGATIVE = rf"(?:{_INTERROGATIVE}|{_WHO_DOES}|{_WHEN})"
"""What a question begins with. Within a story « quand » and « qui » tell: « comme quand j'étais »,
« une amie qui fait ça »."""
_CLOSED = r"(?!(?: (?:de temps|de jours|d'annees|d'heures|d'argent))?\s*(?:[.,;:?!]|$|et\b))"
OPENER = (
    rf"(?:(?:{_HOW_MANY}|{_HOW}|{_IT_IS} {_WHAT}\b){_CLOSED}|{_WHEN} {_STARTS}|est[- ]ce|"
    r"qu'est|kesk\w*|keske|pourquoi|quel\w* est|quelles? sont|ou est[- ]ce|quand est[- ]ce|"
    r"y a[- ]t|faut[- ]il)"
)
"""What begins a question so plainly that no comma is needed before."""
BEFORE_IT = rf"(?:{_PREPOSITION}\s+)?"
"""« et depuis quand », « et pour combien de temps »."""

_IN_WORDS = re.compile(
    r"\A\W*[1-9]\s?[).](?!\d)|"
    rf"\b{_INTERROGATIVE}|\bou pas\b|\bou non\b|\bon peu[tx]?\b"
    r"|(?<!que )(?<!qu'il )(?<!quil )\bfaut (?:le|la|un|une|avoir|etre|quoi|koi)\b"
    r"|\bj'aimerais (?:savoir|connaitre)\b"
    r"|\bj(?:e |')?(?:voudrais|veux?|souhaite\w*|cherche) (?:a )?(?:savoir|connaitre|comprendre)\b"
    r"|\b\w+(?:z|s|e)-moi\b|\b(?:dis|dites|donne[sz]?|expli\w*|montre[sz]?|rappel\w*) moi\b"
    rf"|\b(?:depuis|jusqu'a) {_WHEN}|\bfai\w* {_WHAT}\b|\b{_WHAT} (?:pour|comme|dedans)\b"
    rf"|(?:^|[,;:.(] ?|\b(?:et|mais|ou|sinon|savoir|a|de|avec|pour|par) ){_WHO_DOES}\b"
    r"|\b(?:expliquez|renseignez)\b|\bpossible de (?:me|savoir)\b"
    r"|\b(?:(?:pouvez|pourriez|peux|peut|voulez|veux|vous|tu) (?:m'|me |nous )?"
    r"|de (?:m'|me |nous ))(?:expliquer|renseigner|indiquer|dire)\b"
    r"|\bsavoir (?:si|combien|comment|ou|quand|ce qu)"
    rf"|\b(?:{_WHAT}|{_WHO}|{_HOW_MANY}|{_HOW}|{_WHEN})\W*$"
)
_MAY_ASK = r"(?! ?(?:peu|pourr|doi|faut|ont droit|a(?:i|vons)? (?:le )?droit))"
_TELLS = re.compile(
    r"\W*(?:(?:et|mais|bonjour|bonsoir|bjr|slt|salut|cc|voila|sinon|donc|alors|moi)\W+)*"
    r"(?:(?:j'|je\b|g\b|j(?!e\b|us|ou|eu|ama|ury|anv|ui)(?=\w)|ils?\b|elles?\b|nous\b)"
    rf"{_MAY_ASK}|on (?:m'|nous\b)|qu'|que\b|dont\b|"
    r"(?:l'|(?:la|le|les|une?) )\S+ (?:me|m'|nous)\b|"
    r"(?:ma|mon|mes|notre|nos) (?:\S+ ){1,3}(?:est|sont|a (?:un|une|\d)|ont|vient|viennent|"
    r"travaille\w*|m'|veut|cherche\w*|prend|me)\b)"
)
_LEANS = re.compile(
    r"\b(?:ils|elles?|(?<!faut[- ])(?<!y a-t-)il(?! (?:faut|y a))|y(?! a)|sa|son|ses|leurs?|lui|"
    r"(?:cette|ces) personnes?)\b"
)
_LEFT_OPEN = re.compile(
    rf"(?:\b{_PREPOSITION}|\b(?:quel\w*|kel\w*|{_WHEN}))\W*$"
    rf"|^\W*{BEFORE_IT}(?:quel\w*|kel\w*|{_HOW_MANY})(?: (?!est|sont|c\b|ca\b|c'|dure|coute|gagne"
    r"|pay|fait)\S+){1,4}\W*$"
)


def asks(folded: str) -> bool:
    """Is the form of these words a question or a request?"""
    return "?" in folded or asks_in_words(folded)


def asks_in_words(folded: str) -> bool:
    """As `asks`, whatever the punctuation: a « ? » closes a whole sentence."""
    return bool(_IN_WORDS.search(folded))


def tells(folded: str) -> bool:
    """« j'ai 35 ans », « ma fille vient d'être embauchée »: somebody tells of oneself."""
    return bool(_TELLS.match(folded)) and not asks_in_words(folded)


def leans(folded: str) -> bool:
    """« ils y ont droit ? »: a pronoun stands for what was named before."""
    return bool(_LEANS.search(folded))


def left_open(folded: str) -> bool:
    """« quelles qualités… », « pour… »: the words before an opener that it only completes."""
    return bool(_LEFT_OPEN.search(folded))
