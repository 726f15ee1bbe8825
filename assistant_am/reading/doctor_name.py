"""Which doctor is spoken of, when there are several: « Dr A », « docteur Martin », « mon associé ».

The value is the name to show again: « Dr A », « 2e médecin », « Votre associé »; `OTHER` for
« l'autre médecin ».
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant_am.french.fold import fold_keeping_offsets
from assistant_am.meaning.entity import Entity
from assistant_am.reading import doctor_surname

OTHER = "autre"

_TITLE = r"\b(?:dre?|docteure?|doct)\b\.?\s+"
_INITIAL = re.compile(
    rf"{_TITLE}(?:n°\s?)?([b-xz]|\d)"
    r"(?![\w'’,.]\w|\w|\s*(?:ans|%|etp)\b)"
)
# « le dr a dit »: these letters are words as well; a capital tells, unless all is in capitals.
_INITIAL_OR_WORD = re.compile(
    rf"{_TITLE}([ay])(?=\s*(?:[,:;(?!=.\-\d]|$|p\s?\d|et dr\b|et docteur\b))"
)
_CAPITAL = re.compile(r"\b(?:[Dd]r|[Dd]octeur|DR)\b\.?\s+([AY])\b(?!['’])")
# « dr c quoi un AM ? », « LE DOCTEUR N A PAS DIT »: « c'est », « n'a ».
_ELIDED = re.compile(
    r"c\s+(?:quoi|koi|est|ki|qui|pour|le|la|un|une|etait|sera)\b"
    r"|[jlmnst]\s+(?:a|ai|as|ont|est|y|en|avait|avez|aura\w*|etait|arrive\w*|accepte\w*|embauche\w*"
    r"|aime\w*|explique\w*|ecoute\w*|attend\w*)\b|d\s+(?:a cote|accord|ici|en face)\b"
)
_DESCRIBED = re.compile(
    r"\w\s+(?:est|a)\s+(?:a\s+|au\s+|en\s+)?(?:p\s?\d|\d|temps|mi\b|plein|secteur)"
)
_NUMBERED = re.compile(
    r"(?i:\b(?:m[eé]decin|praticien|associ[eé]|g[eé]n[eé]raliste))\s+(?:n°\s?)?([A-Z]|\d)\b(?!['’])"
    r"(?!\s*(?:ans|%|ETP|etp|er|e|ère)\b)"
)
_RANKED = re.compile(
    r"\b(1er|premier|2e|2eme|2nd|deuxieme|second|3e|3eme|troisieme|4e|4eme|quatrieme)\s+"
    r"(?:medecin|docteur|praticien|generaliste)\b"
)
_RANKS = {
    "1": "1er", "p": "1er", "2": "2e", "d": "2e", "s": "2e", "3": "3e", "t": "3e", "4": "4e",
    "q": "4e",
}  # fmt: skip
_COLLEAGUE = re.compile(
    r"\b(?:mon|ma|notre)\s+(associee?|collegue|confrere|consoeur|conseur|collaborateur|"
    r"collaboratrice)\b"
    # « mon associée me souffle que… » repeats what is said of others.
    r"(?!\s+(?:m'|me\s|nous\s)?(?:a\s|avait\s)?(?:souffl|(?:dit|disait|disent)\b|racont|assur|"
    r"jur|soutien|pretend|affirm|repet|conseill))"
)
_COLLEAGUES = {"associe": "associé", "associee": "associée", "collegue": "collègue",
               "confrere": "confrère", "conseur": "consœur", "consoeur": "consœur"}  # fmt: skip
_OTHER = re.compile(
    r"\bl'autre(?:\s+(?:medecin|docteur|praticien|generaliste))?\b(?=\s*(?:[?,:;.!]|$|p\s?\d|c'est))"
)


def read(text: str) -> Iterator[Entity]:
    """`medecin` entities of a text as typed (capitals tell a name); offsets are those of `text`."""
    folded = fold_keeping_offsets(text)
    names = list(doctor_surname.read(text))
    for name in names:
        yield Entity("medecin", name.shown, name.start, name.end)
    capitals = () if text.isupper() else _CAPITAL.finditer(text)
    initials = (*_INITIAL.finditer(folded), *_INITIAL_OR_WORD.finditer(folded), *capitals)
    for initial in {found.span(): found for found in initials}.values():
        named = any(name.start == initial.start() for name in names)
        letter = initial.start(1)
        # In « Dr C est malade » the capital tells; not where all is in capitals.
        may_be = text.isupper() or text[letter].islower()
        elided = _ELIDED.match(folded, letter) and not _DESCRIBED.match(folded, letter)
        if text[letter].isascii() and not (may_be and elided) and not named:
            yield Entity("medecin", f"Dr {initial.group(1).upper()}", *initial.span())
    for numbered in _NUMBERED.finditer(text):
        yield Entity("medecin", f"Médecin {numbered.group(1)}", *numbered.span())
    for ranked in _RANKED.finditer(folded):
        yield Entity("medecin", f"{_RANKS[ranked.group(1)[0]]} médecin", *ranked.span())
    for colleague in _COLLEAGUE.finditer(folded):
        word = colleague.group(1)
        yield Entity("medecin", f"Votre {_COLLEAGUES.get(word, word)}", *colleague.span())
    for other in _OTHER.finditer(folded):
        yield Entity("medecin", OTHER, *other.span())
