"""The French diplomas that people name, from `knowledge/diplomes.yml`, and which of them are held.

A diploma that is denied, not obtained or foreign is not held: nothing is concluded from it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from assistant_am.dialogue.absorb import OPENS_THE_FAE, Said
from assistant_am.files.errors import KnowledgeError
from assistant_am.french.fold import words
from assistant_am.knowledge import Knowledge, read_document
from assistant_am.reading.negation import denied_before

FILE = "diplomes.yml"
ASKED_LEVEL = 4
"""Of the national framework: what the CQP asks for."""

_FOREIGN = re.compile(
    r"\b(?:a l etranger|etrangere?s?|pas reconnue?s?|non reconnue?s?|maroc\w*|alger\w*|tunis\w*|"
    r"liban\w*|syrie\w*|senegal\w*|dakar|cameroun\w*|ivoirien\w*|congo\w*|malgache\w*|madagascar|"
    r"haiti\w*|roumain\w*|roumanie|portug\w*|espagn\w*|belge\w*|belgique|suisse\w*|quebec\w*|"
    r"italien\w*|italie|ukrain\w*|polon\w*|bresil\w*|afghan\w*|iranien\w*|armenien\w*)\b"
)
_STOPPED = r"(?:arrete\w*|abandonn\w*|lache\w*|stoppe\w*|interromp\w*|quitt\w*)"
_FAILED = r"(?:rate\w*|loupe\w*|echoue\w*|plante\w*|foire\w*)"
_STUDIES = (
    r"(?:ifsi|ifas|ifap|ecole d \w+|etudes?|formation|cursus|modules?|diplome|"
    r"(?:1|2|3)(?:e|er|re|eme)? annee|(?:premiere|deuxieme|troisieme) annee)"
)
_UNFINISHED = re.compile(
    rf"\b(?:commence\w*|entame\w*|debute\w*)\b.{{0,60}}\b(?:{_STOPPED}|{_FAILED})\b"
    rf"|\b(?:{_STOPPED}|{_FAILED})\b.{{0,25}}\b{_STUDIES}\b"
    rf"|\b(?:jamais|pas) (?:\w+ )?(?:fini\w*|termine\w*|obtenu\w*|valide\w*|eu)\b.{{0,20}}"
    rf"\b{_STUDIES}\b"
    rf"|\b{_STUDIES}\b.{{0,30}}\b(?:{_STOPPED}|(?:pas|jamais) (?:ete )?"
    r"(?:finie?s?|terminee?s?|obtenue?s?|validee?s?))\b"
)
_COMPARED = re.compile(
    r"\b(?:marche|compte|vaut|vaudrait|pareil\w*|passe|equiva\w*|considere\w*|meme chose)\b"
    r"(?: \w+){0,3} (?:comme|qu|que|a|d|de)(?: une?| les?| la| l)? "
    r"(?:infirmier\w*|ide|aide soignant\w*|auxiliaire\w*|soignant\w*)"
)
_LEVEL_ONLY = re.compile(r"(?:niveau|apres le|avant le|depuis le|comme le|passer le|au) $")


@dataclass(frozen=True)
class Diploma:
    """`name` with its article; `level` of the national framework: 3 to 8, below 4 without a sure
    rank ("sous_4"), told by no source ("non_dit"), or none, being no diploma ("aucun"); `profile`
    of those whom the fiches already answer; `source` is that of the level."""

    name: str
    named_by: re.Pattern[str]
    level: int | Literal["sous_4", "non_dit", "aucun"]
    profile: str | None
    source: str

    @property
    def is_enough(self) -> bool | None:
        """Does it give the level asked for, or the FAE? None when no source says."""
        if self.level == "non_dit":
            return None
        return isinstance(self.level, int) and self.level >= ASKED_LEVEL

    @property
    def opens_the_fae(self) -> bool:
        return self.profile in OPENS_THE_FAE


def load_diplomas(
    folder: Path, knowledge: Knowledge, site: Path | None = None
) -> tuple[Diploma, ...]:
    """Read `diplomes.yml`; raises KnowledgeError, also for a source that does not exist."""
    document = read_document(folder, FILE, "diplomes", site)
    problems = [
        document.problem((index, "source"), _unknown(entry["source"]))
        for index, entry in enumerate(document.data)
        if entry["source"] not in knowledge.sources
    ]
    if problems:
        raise KnowledgeError(problems)
    return tuple(_diploma(entry) for entry in document.data)


def _unknown(source: str) -> str:
    return f"la source « {source} » n'existe pas : prenez un nom de sources.yml."


def _diploma(entry: Mapping[str, Any]) -> Diploma:
    wordings = sorted(entry["mots"], key=len, reverse=True)
    pattern = "|".join(each.replace("*", "[a-z]*") for each in wordings)
    return Diploma(
        entry["nom"],
        re.compile(rf"\b(?:{pattern})\b"),
        entry["niveau"],
        entry.get("profil"),
        entry["source"],
    )


def held(diplomas: Sequence[Diploma], text: str) -> tuple[Diploma, ...]:
    """Those that a message names and does not deny, the one that opens most first."""
    said = " ".join(words(text))
    found: list[tuple[int, int, Diploma]] = []
    for each in diplomas:
        found += [(*match.span(), each) for match in each.named_by.finditer(said)]
    kept: list[tuple[int, int, Diploma]] = []
    for start, end, each in sorted(found, key=lambda at: at[0] - at[1]):
        inside = any(start < until and since < end for since, until, _ in kept)
        if not inside:
            kept.append((start, end, each))
    return tuple(
        sorted(
            {each.name: each for at, _, each in kept if not _is_denied(said, at)}.values(),
            key=_opens_most,
        )
    )


def _is_denied(said: str, start: int) -> bool:
    before = said[:start]
    return denied_before(said, start) is not None or bool(_LEVEL_ONLY.search(before))


def _opens_most(diploma: Diploma) -> tuple[bool, int]:
    level = diploma.level if isinstance(diploma.level, int) else 0
    return not diploma.opens_the_fae, -level


def is_foreign(text: str) -> bool:
    """Does the message speak of another country? What a diploma opens is then for the CPNEFP."""
    return bool(_FOREIGN.search(" ".join(words(text))))


def is_unfinished(text: str) -> bool:
    """« J'ai arrêté au module 4 »: studies without the diploma at their end."""
    return bool(_UNFINISHED.search(" ".join(words(text))))


def is_compared(text: str) -> bool:
    """« Ça marche comme infirmier ? »: a carer to whom somebody else is compared."""
    return bool(_COMPARED.search(" ".join(words(text))))


def without_unheld(said: Said, text: str, diplomas: Sequence[Diploma]) -> Said:
    """What was said, without the profile of a diploma that this person does not hold here."""
    profile = said.values.get("profil")
    if profile is None:
        return said
    carer = profile in OPENS_THE_FAE
    compared = carer and is_compared(text) and bool(held(diplomas, text))
    if is_foreign(text) or (carer and is_unfinished(text)) or compared:
        return said.without("profil")
    return said
