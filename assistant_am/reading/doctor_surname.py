"""The name after « Dr »: « O'Neil », « de la Tour », « Van der Berg », « martin », « 李 ».

After « docteur » a word without a capital is hardly ever a name (« le docteur veut… »); after
« dr » it mostly is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant_am.french.fold import fold, fold_keeping_offsets, straighten

_WORD = r"[^\W\d_]+(?:['-][^\W\d_]+)*"
# The dot of « docteur. » ends a sentence.
_CALLED = re.compile(
    rf"\b(?P<title>(?:dre?|doct)\b\.?|docteure?\b)\s+(?=(?P<words>{_WORD}(?: {_WORD}){{0,4}}))",
    re.IGNORECASE,
)
# Low in the middle of a name.
_LOW_PARTICLES = frozenset({
    "de", "la", "du", "des", "van", "von", "der", "den", "da", "dos", "di", "del", "della", "ibn",
})  # fmt: skip
_PARTICLES = _LOW_PARTICLES | {"le", "les", "el", "al", "ben", "bel", "saint", "sainte", "mac"}
_MOST_PARTICLES = 2
_ELIDED = re.compile(r"[dlon]'(?=[^\W\d_])", re.IGNORECASE)
_IRISH = "o'"
_NEVER_A_NAME = re.compile(r"(?:[cjmst]|qu)'", re.IGNORECASE)
_SHORTEST_SMALL, _SHORTEST_IN_CAPITALS = 3, 3
_ACRONYMS = frozenset({
    "ETP", "ORL", "MSU", "ZIP", "CPAM", "OPTAM", "SOS", "CQP", "MSP", "SISA", "CDI", "CDD",
})  # fmt: skip
_LAST_LATIN = "\u024f"
# What follows the name in a list of doctors.
_DESCRIBED = re.compile(
    r"\W+(?:est a )?(?:p\s?\d|temps plein|plein temps|mi[- ]?temps|\d|signe|secteur)"
)
_ASKED = re.compile(r"\W*(?:et\s+)?(?:pour\s+|chez\s+)?(?:le\s+|la\s+)?")
# Without accents.
_NO_NAMES = frozenset({
    "a", "ai", "ait", "alors", "apres", "arrive", "as", "assistant", "assistante", "associe", "au",
    "aucun", "aura", "aurait", "aussi", "autre", "aux", "avait", "avance", "avant", "avec", "avoir",
    "beneficie", "bien", "bonjour", "car", "ce", "cede", "cela", "celui", "ces", "cesse", "cet",
    "cette", "chaque", "cherche", "chez", "choisit", "combien", "comme", "comment", "compte",
    "conseille", "consulte", "contre", "dans", "de", "decide", "dedans", "deja", "demande",
    "depuis", "derriere", "des", "devra", "devrait", "dira", "directement", "dis", "dise", "dit",
    "doit", "donc", "donne", "dont", "du", "elle", "elles", "embauche", "emploie", "employeur",
    "en", "encore", "engage", "entre", "envoie", "est", "et", "etait", "etc", "etre", "eux",
    "exerce", "faire", "fait", "faut", "fera", "ferme", "gagne", "garde", "generaliste",
    "generalistes", "gere", "habite", "ici", "il", "ils", "installe", "jamais", "je", "junior",
    "jusqu", "la", "laquelle", "le", "lequel", "les", "leur", "lors", "lui", "ma", "mais", "malade",
    "me", "medecin", "meme", "memes", "merci", "mes", "mon", "ne", "ni", "non", "nos", "notre",
    "nous", "nouveau", "on", "ont", "ou", "paie", "par", "parle", "part", "partage", "parti",
    "partira", "pas", "passe", "paye", "pendant", "peut", "peux", "pour", "pourquoi", "pourra",
    "pourrait", "pouvait", "prend", "prendra", "prendre", "prenne", "presque", "propose", "puis",
    "puisse", "quand", "que", "quel", "quelle", "qui", "quitte", "quitter", "quoi", "recoit",
    "recrute", "referent", "refuse", "remplacant", "remplace", "reste", "retraite", "sa", "sait",
    "salarie", "sans", "se", "secteur", "sera", "serait", "ses", "seul", "si", "signe", "signera",
    "soit", "son", "sont", "souhaite", "sous", "specialiste", "sur", "ta", "tarde", "te", "tes",
    "toi", "ton", "touche", "toujours", "tous", "tout", "traitant", "travaille", "tres", "trop",
    "tu", "un", "une", "va", "vas", "vend", "vers", "vert", "veulent", "veut", "veux", "vient",
    "village", "voit", "vont", "votre", "voudra", "voudrait", "vous", "y",
})  # fmt: skip


@dataclass(frozen=True)
class Surname:
    """A name as it is shown again, and where it is, its title included."""

    shown: str
    start: int
    end: int


def read(text: str) -> Iterator[Surname]:
    """The named doctors of a text as typed; offsets are those of `text`."""
    straight, folded = straighten(text), fold_keeping_offsets(text)
    told, doubtful = [], []
    for called in _CALLED.finditer(straight):
        title, words = called["title"], called["words"].split(" ")
        particles = _count_of_particles(words)
        head = words[particles]
        if _NEVER_A_NAME.match(head):
            continue
        if _has_capital(head) and not (head.isupper() and title.isupper()):
            if not _is_a_place(title, words[0]) and _is_name_in_capitals(head):
                length = particles + 1 + _given_names(words[particles + 1 :])
                told.append(_surname(called, words[:length]))
        elif _is_small_name(head):
            name = _surname(called, words[: particles + 1], small=True)
            is_described = bool(_DESCRIBED.match(folded, name.end))
            if fold(title).startswith("dr") and (is_described or not particles):
                told.append(name)
            elif is_described or (not particles and _is_all_of_the_message(straight, name)):
                doubtful.append((name, is_described))
    yield from told
    several = len({name.shown for name, is_described in doubtful if is_described}) > 1
    for name, is_described in doubtful:
        if (is_described and several) or not is_described:
            yield name


def _count_of_particles(words: list[str]) -> int:
    count = 0
    while count < min(_MOST_PARTICLES, len(words) - 1) and fold(words[count]) in _PARTICLES:
        count += 1
    return count


def _has_capital(head: str) -> bool:
    bare = _ELIDED.sub("", head, count=1)
    return not bare[0].islower() or head[0].isupper()


def _is_a_place(title: str, first: str) -> bool:
    """« le docteur de Laval », « le docteur d'Angers »; « Docteur de Villepin » is a name."""
    return fold(title).startswith("doc") and title[0].islower() and first[0].islower()


def _is_name_in_capitals(head: str) -> bool:
    """« MARTIN », « 李 », but neither « Dr A » nor « Dr ETP »."""
    if head[0] > _LAST_LATIN:
        return True
    if head.isupper():
        known = head in _ACRONYMS or fold(head) in _NO_NAMES
        return len(head) >= _SHORTEST_IN_CAPITALS and not known
    return len(head) > 1


def _given_names(words: list[str]) -> int:
    """How many words with a capital follow, none of them all in capitals: « Jean Martin »."""
    count = 0
    while count < len(words) and words[count][0].isupper() and words[count][1:2].islower():
        count += 1
    return count


def _is_small_name(head: str) -> bool:
    bare = fold(head)
    if "'" in bare:
        return bare.startswith(_IRISH)
    first, _, rest = bare.partition("-")
    return (
        len(first) >= _SHORTEST_SMALL
        and bare not in _NO_NAMES
        and not (
            first in _NO_NAMES and rest  # « peut-il »
        )
    )


def _is_all_of_the_message(text: str, name: Surname) -> bool:
    """« et pour le docteur martin ? »."""
    before, after = fold(text[: name.start]), text[name.end :]
    return bool(_ASKED.fullmatch(before)) and not re.search(r"\w", after)


def _surname(called: re.Match[str], words: list[str], *, small: bool = False) -> Surname:
    end = called.start("words") + len(" ".join(words))
    shown = " ".join(_shown(word, small=small) for word in words)
    return Surname(f"Dr {shown}", called.start(), end)


def _shown(word: str, *, small: bool) -> str:
    if small and fold(word) in _LOW_PARTICLES:
        return word.lower()
    return word.title() if small or (word.isupper() and len(word) > 1) else word
