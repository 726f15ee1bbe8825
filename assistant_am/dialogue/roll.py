"""Which doctors a message names, and which of its values is said of whom.

« Dr A, P92, mi-temps ; Dr B, P60, temps plein », « P92 pour le Dr A et P60 pour le Dr B ».
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile, pairwise

from assistant_am.dialogue.doctors import FIRST_CASE, remember
from assistant_am.dialogue.memory import AID_SLOTS, AMOUNT_INPUTS, Memory
from assistant_am.dialogue.unnamed import by_number
from assistant_am.french.fold import fold, fold_keeping_offsets, words
from assistant_am.french.numbers import view
from assistant_am.meaning import Entity, Meaning
from assistant_am.reading.doctor_name import OTHER

SLOT = "medecin"
_QUESTION_SLOTS = frozenset({"annee", "horizon", "operation", "montant_cite"})
_OF_ONE = AMOUNT_INPUTS - {"horizon"} | {"patients"}
_TWO = 2
_LEADS = re.compile(r"\W*(?:pour|chez)\W+(?:(?:le|la|l)\W+)?")
_LINK = re.compile(r"[^\w,;\n]*(?:(?:c'est|du|de|au|a)\W+)?(?:(?:le|la|l)\W+)?")
_SEPARATOR = re.compile(r"[,;\n/|]|\bet\b|\bpuis\b")
_OF_ALL = re.compile(r"\b(?:tous|toutes|chacune?|les (?:deux|trois|quatre))\b")
_EACH_BEHIND = re.compile(r"\s+(?:pour )?(?:chacune?|tous|toutes)\b")
_OF_EACH = re.compile(
    r"\b(?:lesquel\w*|lequel|laquelle|chacune?|le sort|qui d'entre"
    r"|qui (?:y )?a(?:urait)? (?:le )?droit"
    r"|tous les (?:deux|trois)|toutes les (?:deux|trois))\b"
)
_ARTICLE = re.compile(r"\b(?P<article>une?)\s+$", re.IGNORECASE)
_SPEAKER = re.compile(r"\W*(?:(?:et|mais|bon|ok|pour|donc)\W+)*(?:moi|mon cas|dans mon cas)\b")
"""« Et moi ? », after another doctor."""
_MYSELF = re.compile(
    r"(?:^|[.;,?!]|\bet\b)\s*(?P<me>moi)\b(?=\W+(?:je |j'|suis |a |en |p ?\d|mi|temps))"
)
_SO_MANY = re.compile(
    r"(?<![\w,.])(?P<n>[2-6])\s+"
    r"(?:medecins?|generalistes?|docteurs?|associes?|mg\b|specialistes?|cardio\w*|pediatr\w*|confreres?|prennent|signent|veulent)"
)
_PANEL_NAME = re.compile(r"Médecin à [\d\s]+ patients")
_THE_ONE = r"(?:celle|celui|le|la|medecin|docteure?|generaliste|mg)\s+(?:(?:a|de|qui a|avec)\s+)?"
_FEW_WORDS = 3

_Between = Sequence[Sequence[Entity]]
"""The values before the first name, between each two, and after the last."""


@dataclass(frozen=True)
class Roll:
    """Doctors of a message, each with what is said of this one; `common` is said of all."""

    each: Mapping[str, tuple[Entity, ...]]
    common: tuple[Entity, ...] = ()
    counted: bool = False
    """They are told by number, and take the place of those known before."""

    @property
    def several(self) -> bool:
        return len(self.each) >= _TWO

    @property
    def describes(self) -> bool:
        """Is anything of the aid said of one of them?"""
        return any(_about_aid(entities) for entities in self.each.values())


def call(turn: Meaning, memory: Memory) -> Roll | None:
    """The doctors that a message is about; None when it names none that counts.

    A name counts by itself. « Mon associé », « le 2e médecin » count when something of the aid is
    said of them or when they are known already: « mon associé est-il d'accord ? » is no situation.
    """
    mentions = [entity for entity in turn.entities if entity.slot == SLOT]
    mentions += _speaker(turn, mentions)
    mentions.sort(key=lambda each: each.start)
    mentions = mentions or sorted(_known(turn, memory), key=lambda each: each.start)
    unnamed = [] if mentions else _by_specialty(turn)
    if not mentions and not unnamed:
        another = memory.doctor not in (None, FIRST_CASE)
        if another and _is_the_speakers_case(turn):
            return Roll({FIRST_CASE: turn.entities})
        counted = by_number(turn, memory)
        return Roll(*counted, counted=True) if counted else _alike(turn)
    spans, before = _shared_out(turn, mentions or unnamed)
    described = all(_says_more(e) for _, e in spans) or bool(_OF_EACH.search(fold(turn.text)))
    if unnamed and (before or not described):
        return None
    known = set(memory.doctors) | {memory.doctor}
    each: dict[str, tuple[Entity, ...]] = {}
    for mention, entities in spans:
        name = _other(memory) if mention.value == OTHER else str(mention.value)
        if name and (unnamed or name.startswith("Dr ") or name in known or _about_aid(entities)):
            each[name] = (*each.get(name, ()), *entities)
    if not each:
        return None
    if before and not any(name.startswith("Dr ") for name in each):
        # « je suis P92 à mi-temps et mon associé P60 »: the first words are about the speaker.
        each = {memory.doctor or FIRST_CASE: before, **each}
        before = ()
    told = {entity for entities in each.values() for entity in entities}
    asked = tuple(e for e in turn.entities if e.slot in _QUESTION_SLOTS and e not in told)
    return Roll(each, (*before, *asked))


def _is_the_speakers_case(turn: Meaning) -> bool:
    """« Et moi ? », « et moi à mi-temps ? », but not « et moi dans tout ça, on me remplace ? »."""
    text = fold(turn.text)
    speaker = _SPEAKER.match(text)
    if speaker is None:
        return False
    return _about_aid(turn.entities) or len(words(text[speaker.end() :])) <= _FEW_WORDS


def _speaker(turn: Meaning, mentions: Sequence[Entity]) -> list[Entity]:
    """« Mon associée P92. Moi P60. »: the speaker, named after another."""
    if not mentions:
        return []
    seen = view(turn.text)
    found = _MYSELF.search(seen.text)
    if found is None:
        return []
    start, end = seen.span(*found.span("me"))
    return [Entity(SLOT, FIRST_CASE, start, end)] if start > mentions[0].end else []


def _known(turn: Meaning, memory: Memory) -> Iterator[Entity]:
    """« Et Vidal, l'année prochaine ? », once « Dr Vidal » has been spoken of; « celle à 690 »."""
    text = fold_keeping_offsets(turn.text)
    seen = view(turn.text)
    for name in memory.doctors:
        if by_panel := _PANEL_NAME.fullmatch(name):
            count = re.sub(r"\D", "", by_panel.group())
            found = re.search(rf"\b{_THE_ONE}{count}(?!\d)", seen.text)
            if found:
                yield Entity(SLOT, name, *seen.span(*found.span()))
            continue
        surname = fold_keeping_offsets(name.removeprefix("Dr "))
        found = re.search(rf"\b{re.escape(surname)}\b", text) if name.startswith("Dr ") else None
        if found:
            yield Entity(SLOT, name, *found.span())


def _alike(turn: Meaning) -> Roll | None:
    """« On est 3 généralistes, chacun à mi-temps »: as many doctors, each with all that is said."""
    mine = tuple(each for each in turn.entities if each.slot not in _QUESTION_SLOTS)
    if not _says_more(mine):
        return None
    seen = view(turn.text).text
    counted = _SO_MANY.search(seen)
    if counted is None or not _OF_ALL.search(seen):
        return None
    asked = tuple(each for each in turn.entities if each.slot in _QUESTION_SLOTS)
    return Roll({f"Médecin {n}": mine for n in range(1, int(counted["n"]) + 1)}, asked)


def _by_specialty(turn: Meaning) -> list[Entity]:
    """« Un anesthésiste secteur 1 et une gynécologue secteur 2 »: doctors that nobody names."""
    found = []
    for entity in (each for each in turn.entities if each.slot == "specialite"):
        article = _ARTICLE.search(turn.text[: entity.start])
        if article:
            called = _called(article["article"].lower(), turn.text[entity.start : entity.end])
            found.append(Entity(SLOT, called, entity.start, entity.start))
    return found if len({each.value for each in found}) == len(found) >= _TWO else []


def _called(article: str, specialty: str) -> str:
    """« un », « anesthésiste » → « L'anesthésiste »."""
    specialty = specialty if specialty.isupper() else specialty.lower()
    if fold_keeping_offsets(specialty)[0] in "aeiouh":
        return f"L'{specialty}"
    return f"{'La' if article == 'une' else 'Le'} {specialty}"


def _says_more(entities: Sequence[Entity]) -> bool:
    """Is anything said of this doctor besides the specialty?"""
    return any(each.slot != "specialite" and each.slot in AID_SLOTS for each in entities)


def for_these(memory: Memory, roll: Roll) -> Memory:
    """The memory before several doctors are named: a case estimated earlier for nobody in
    particular is none of them, and does not count in their sum."""
    if roll.counted:
        memory = replace(memory, doctors={}, doctor=None)
    if not roll.several or memory.doctor is not None or FIRST_CASE in roll.each:
        return memory
    return memory.with_situation(dict.fromkeys(AID_SLOTS))


def _shared_out(
    turn: Meaning, mentions: Sequence[Entity]
) -> tuple[list[tuple[Entity, tuple[Entity, ...]]], tuple[Entity, ...]]:
    """Each name with the values said of it, and the values said of all.

    A name stands before what is said of it, unless values lead to it: « P92 pour le Dr A ».
    """
    text = fold_keeping_offsets(turn.text)
    between = _between(turn, mentions)
    own: list[list[Entity]] = [[] for _ in mentions]
    common: list[Entity] = []
    for place, found in enumerate(between):
        served = place > 0 and bool(own[place - 1])
        mine = _of_the_next(text, between, mentions, place, served)
        for entity in found:
            if entity in mine:
                own[place].append(entity)
            elif place == 0 or _said_of_all(text, mentions[-1], entity):
                common.append(entity)
            else:
                own[place - 1].append(entity)
    return [(m, tuple(e)) for m, e in zip(mentions, own, strict=True)], tuple(common)


def _between(turn: Meaning, mentions: Sequence[Entity]) -> _Between:
    years = [e for e in turn.entities if e.slot == "annee"]
    own_years = len(years) >= len({mention.value for mention in mentions}) > 1
    values = [
        e
        for e in sorted(turn.entities, key=lambda each: each.start)
        if e.slot != SLOT and (e.slot not in _QUESTION_SLOTS or (own_years and e.slot == "annee"))
    ]
    bounds = [0, *(mention.start for mention in mentions), len(turn.text)]
    return [[e for e in values if start <= e.start < end] for start, end in pairwise(bounds)]


def _of_the_next(
    text: str, between: _Between, mentions: Sequence[Entity], place: int, served: bool
) -> Sequence[Entity]:
    """Those of the values before a name that are said of it; `served`: the name before had its own
    before it."""
    found = between[place]
    if not found or place == len(mentions):
        return ()
    link = text[found[-1].end : mentions[place].start]
    leads = bool(_LEADS.fullmatch(link))
    if not leads and not (
        _LINK.fullmatch(link) and not _right_behind(text, mentions[place], between[place + 1])
    ):
        return ()
    if place == 0:
        # « Trois généralistes, P92 pour le Dr A »: the specialty is that of all.
        return list(dropwhile(lambda each: each.slot not in _OF_ONE, found))
    if served and not _right_behind(text, mentions[place - 1], found):
        return found
    # « Dr A mi-temps, P60 pour le Dr B »: what stands behind the last separator.
    cuts = [m.end() for m in _SEPARATOR.finditer(text, mentions[place - 1].end, found[-1].end)]
    return [each for each in found if each.start >= cuts[-1]] if cuts and leads else ()


def _right_behind(text: str, mention: Entity, after: Sequence[Entity]) -> bool:
    """« Dr Martin P95 », « Dr B : P60 », « le Dr A est à P92 »: its value follows at once."""
    if not after:
        return False
    gap = text[mention.end : after[0].start]
    return not _SEPARATOR.search(gap) and len(gap.split()) <= _FEW_WORDS


def _said_of_all(text: str, last: Entity, entity: Entity) -> bool:
    """« …, tous les deux à mi-temps »."""
    after = entity.start >= last.end
    before_it = after and _OF_ALL.search(text, last.end, entity.start)
    return bool(before_it or (after and _EACH_BEHIND.match(text, entity.end)))


def _other(memory: Memory) -> str | None:
    """« L'autre », when there are exactly two."""
    others = [name for name in remember(memory).doctors if name != memory.doctor]
    return others[0] if len(others) == 1 else None


def _about_aid(entities: Sequence[Entity]) -> bool:
    return any(entity.slot in AID_SLOTS for entity in entities)
