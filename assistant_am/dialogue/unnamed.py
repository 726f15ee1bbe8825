"""Doctors told by number: « 4 MG et 2 rhumatos », « un P95 et deux P50 », « 1 100 / 690 / 900 ».

Each of them has his own values; the number written is that of the doctors asked about, however many
the conversation knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant_am.dialogue.memory import AID_SLOTS, Memory
from assistant_am.french.format import number
from assistant_am.french.numbers import View, view
from assistant_am.meaning import Entity, Meaning

_WORDS = (
    r"(?:medecins?|generalistes?|docteurs?|associes?|mg\b|specialistes?|confreres?|consoeurs?"
    r"|collegues?|praticiens?|prennent|signent|veulent)"
)
_HEAD = re.compile(r"(?<![\w,./'€])(?P<n>une?|[1-9])\s+(?=(?P<word>[a-z]))")
_OF_DOCTORS = re.compile(_WORDS)
_DOCTORS_SAID = re.compile(rf"\b(?:{_WORDS}|nous sommes|on est|on sera)")
_OF_A_POST = frozenset({"quotite", "date_contrat", "mois_contrat", "annee_contrat"})
_EXCEPT = re.compile(r"\b(?:sauf|hormis|excepte|a part|mais)\s+$")
_EITHER = re.compile(r"\bou\b|\bpuis\b")
_FOR_ALL = re.compile(r"\b(?:tous|toutes|chacune?)\b")
_NUMBERS = re.compile(
    r"(?<![\w,.-])\d{2,4}(?![\w%]|[.,]\d|\s*(?:€|euros?\b|ans\b|h\b))"
    r"(?:\s*(?:patients?)?\s*(?:,|/|;|\+|et|puis)\s*(?:un\s+)?(?:a\s+)?"
    r"\d{2,4}(?![\w%]|[.,]\d|\s*(?:€|euros?\b|ans\b|h\b)))+"
)
_COUNTS = re.compile(r"\b(?:patients?|patientele\w*|mt\b|file active|malades)")
_FEWEST, _CALENDAR = 100, range(2015, 2036)
_TWO, _THREE = 2, 3
_QUESTION = frozenset({"annee", "horizon", "operation", "montant_cite"})
_HEADS = frozenset({"specialite", "tranche", "quotite"})
_SHARED = ("quotite", "secteur", "specialite")


@dataclass(frozen=True)
class _Group:
    """« deux P50 à mi-temps »: so many doctors, from `start` to `end` of the message."""

    count: int
    called: str
    start: int
    end: int
    excepted: bool = False


def by_number(
    turn: Meaning, memory: Memory
) -> tuple[Mapping[str, tuple[Entity, ...]], tuple[Entity, ...]] | None:
    """Each doctor with his values, and the values said of all; None when the message counts none.

    What was the same for all the doctors known before stays said of these.
    """
    seen = view(turn.text)
    values = [e for e in turn.entities if e.slot in AID_SLOTS and e.slot not in _QUESTION]
    groups = list(_groups(seen, turn, values))
    each = _by_panel(seen, groups) or _by_group(seen, groups, values, memory)
    if not each:
        return None
    told = {e for own in each.values() for e in own}
    spans = [(e.start, e.end) for e in told if e.slot == "patients"]
    of_all = [
        e
        for e in _of_all(groups, values, each)
        if not any(a < e.end and e.start < b for a, b in spans)
    ]
    of_all += _known_of_all(memory, (*told, *of_all))
    asked = tuple(e for e in turn.entities if e.slot in _QUESTION)
    return {name: (*own, *_others(own, of_all)) for name, own in each.items()}, asked


def _others(own: Sequence[Entity], of_all: Sequence[Entity]) -> list[Entity]:
    """What is said of all counts for one of whom nothing else is said."""
    slots = {each.slot for each in own}
    return [each for each in of_all if each.slot not in slots]


def _groups(seen: View, turn: Meaning, values: Sequence[Entity]) -> Iterator[_Group]:
    heads = []
    for match in _HEAD.finditer(seen.text):
        start, _ = seen.span(*match.span("n"))
        word = seen.span(*match.span("word"))[0]
        count = 1 if match["n"].startswith("un") else int(match["n"])
        own = next((e for e in values if e.slot in _HEADS and 0 <= e.start - word <= 1), None)
        # « 2 temps pleins » is read as two posts of one doctor.
        own = own or next((e for e in values if e.slot == "quotite" and e.start == start), None)
        counted = _OF_DOCTORS.match(seen.text, match.start("word"))
        if own is None and (counted is None or count == 1):
            continue
        trade = turn.text[own.start : own.end] if own and own.slot == "specialite" else ""
        excepted = bool(_EXCEPT.search(seen.text[: match.start()]))
        heads.append(_Group(count, trade, start, len(turn.text), excepted))
    for place, head in enumerate(heads):
        following = heads[place + 1].start if place + 1 < len(heads) else len(turn.text)
        yield replace(head, end=following)


def _by_panel(seen: View, groups: Sequence[_Group]) -> dict[str, tuple[Entity, ...]]:
    """« 1 100 / 690 / 1 480 / 900 patients »: as many doctors as counts."""
    found = _NUMBERS.search(seen.text)
    if found is None:
        return {}
    each: dict[str, tuple[Entity, ...]] = {}
    for match in re.finditer(r"\d+", found.group()):
        count = int(match.group())
        if count < _FEWEST or count in _CALENDAR:
            return {}
        start, end = seen.span(found.start() + match.start(), found.start() + match.end())
        name = f"Médecin à {number(count)} patients"
        while name in each:
            name += " bis"
        each[name] = (Entity("patients", count, start, end),)
    told = sum(1 for group in groups if group.count == len(each))
    counted = told or (_COUNTS.search(seen.text) and len(each) >= _THREE)
    return each if counted and len(each) >= _TWO else {}


def _by_group(
    seen: View, groups: Sequence[_Group], values: Sequence[Entity], memory: Memory
) -> dict[str, tuple[Entity, ...]]:
    counted = [each for each in groups if not each.excepted]
    if len(counted) > _TWO and counted[0].count == sum(each.count for each in counted[1:]):
        # « Pôle de 6 médecins, 4 MG et 2 rhumatos ».
        counted = counted[1:]
    total = sum(each.count for each in counted)
    if (
        not counted
        or _EITHER.search(seen.text)
        or not _tells_doctors(counted, values, memory, seen)
    ):
        return {}
    trades = all(each.called for each in counted) and len({each.called for each in counted}) > 1
    each: dict[str, tuple[Entity, ...]] = {}
    ranks: dict[str, int] = {}
    for group in counted:
        called = _singular(group.called) if trades else "Médecin"
        own = tuple(_of_one(e, group, seen) for e in values if group.start <= e.start < group.end)
        own = tuple(e for e in own if not _before_of_all(seen, group, e))
        if group is not counted[-1]:
            own = (*own, *_last_posts(seen, own, counted[-1], values))
        for _ in range(group.count):
            ranks[called] = ranks.get(called, 0) + 1
            each[f"{called} {ranks[called]}"] = own
    for group in (each_ for each_ in groups if each_.excepted):
        # « Sauf » excepts this one; it denies nothing of him.
        own = tuple(replace(e, denied=False) for e in values if group.start <= e.start < group.end)
        names = [name for name in each if group.called and _alike(name, group.called)]
        for name in (names or list(each))[-group.count :]:
            slots = {e.slot for e in own}
            each[name] = (*(e for e in each[name] if e.slot not in slots), *own)
    return each if total >= _TWO else {}


def _tells_doctors(
    groups: Sequence[_Group], values: Sequence[Entity], memory: Memory, seen: View
) -> bool:
    """« 4 MG et 2 rhumatos », « un P95 et deux P50 », « 3 plein temps » once doctors are spoken of;
    « 2 mi-temps », « un plein temps et deux mi-temps » are the posts of one doctor."""
    said = [{e.slot for e in values if group.start <= e.start < group.end} for group in groups]
    if len(groups) > 1:
        doctors = len(memory.doctors) >= _TWO or _DOCTORS_SAID.search(seen.text)
        only_posts = all(slots <= _OF_A_POST for slots in said) and not doctors
        return any(group.count > 1 for group in groups) and all(said) and not only_posts
    return len(memory.doctors) >= _TWO and groups[0].count >= _TWO and "specialite" not in said[0]


def _of_one(entity: Entity, group: _Group, seen: View) -> Entity:
    """« 2 temps pleins » of two doctors: one post each."""
    if entity.slot == "quotite" and entity.start == group.start and entity.value == group.count:
        return replace(entity, value=1.0)
    return entity


def _last_posts(
    seen: View, own: Sequence[Entity], last: _Group, values: Sequence[Entity]
) -> Iterator[Entity]:
    """« Un P92 et trois P60 à temps plein »: the post at the end is that of all of them."""
    if not any(each.slot == "quotite" for each in own):
        posts = (e for e in values if e.slot == "quotite" and e.start > last.start)
        yield from (e for e in posts if not _before_of_all(seen, last, e))


def _before_of_all(seen: View, group: _Group, entity: Entity) -> bool:
    return bool(_FOR_ALL.search(_between(seen, group.start, entity.start)))


def _between(seen: View, start: int, end: int) -> str:
    """The text seen between two places of the message."""
    first = next((i for i in range(len(seen.text)) if seen.span(i, i + 1)[0] >= start), 0)
    last = next((i for i in range(len(seen.text)) if seen.span(i, i + 1)[0] >= end), None)
    return seen.text[first:last]


def _of_all(
    groups: Sequence[_Group],
    values: Sequence[Entity],
    each: Mapping[str, tuple[Entity, ...]],
) -> list[Entity]:
    """The values that belong to no doctor in particular."""
    own = {e for found in each.values() for e in found}
    excepted = [group for group in groups if group.excepted]
    return [
        e for e in values if e not in own and not any(g.start <= e.start < g.end for g in excepted)
    ]


def _known_of_all(memory: Memory, said: Sequence[Entity]) -> Iterator[Entity]:
    """What all the doctors known (of this specialty) have in common is true of those counted now:
    « les 4 MG : 2 100, 1 300, … »."""
    trades = {e.value for e in said if e.slot == "specialite"}
    known = [s for s in memory.doctors.values() if not trades or s.get("specialite") in trades]
    for slot in _SHARED:
        shared = {situation.get(slot) for situation in known}
        told = any(each.slot == slot for each in said)
        if not told and len(shared) == 1 and (value := shared.pop()) is not None:
            yield Entity(slot, value, 0, 0)


def _singular(trade: str) -> str:
    if trade.isupper():
        return trade
    return trade[:1].upper() + trade[1:].removesuffix("s")


def _alike(name: str, trade: str) -> bool:
    return name.lower().startswith(_singular(trade).lower())
