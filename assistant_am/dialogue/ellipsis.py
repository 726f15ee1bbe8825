"""Values that mean something only after what came before: « 880 », « et la 2 ? », « plein ».

What the last subject is about says what a bare figure counts: patients after the panel, a year of
the contract after an amount. Nothing is read where the message says the unit itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Set
from dataclasses import replace

from assistant_am.dialogue.aid_answers import (
    SUBJECT_AMOUNT,
    SUBJECT_BUDGET,
    SUBJECT_ELIGIBILITY,
    SUBJECT_SECOND,
    SUBJECT_UPKEEP,
)
from assistant_am.dialogue.memory import Memory
from assistant_am.dialogue.panel import SUBJECT_PANEL
from assistant_am.dialogue.signature import has_a_day, signature_day
from assistant_am.french.numbers import View, view
from assistant_am.meaning import Entity, Meaning
from assistant_am.reading import band, schooling
from assistant_am.reading.figures import A_MONTHLY_PAY, A_SHARE, lost

_OF_THE_PANEL = frozenset(
    {
        SUBJECT_PANEL, SUBJECT_UPKEEP, SUBJECT_ELIGIBILITY, "nouvel_installe", "aide_generale",
        "engagements", "percentiles", "specialistes",
    }
)  # fmt: skip
_OF_THE_AMOUNT = frozenset({SUBJECT_AMOUNT, SUBJECT_BUDGET, SUBJECT_SECOND, "modulation"})
_IN_A_YEAR = re.compile(r"^\W*(?:la\s+)?\w+\s+an", re.IGNORECASE)
_SECOND = 2
_CITED = "montant_cite"
_EUROS = re.compile(r"€|euro|balles|\bbrut|\bnet\b", re.IGNORECASE)
_LONGEST_ELLIPSIS = 8
"""Words: a longer message says what its figures are."""
_NO_UNIT = (
    # « Dix pour cent » is seen as « 10 pour 100 ».
    r"(?<!pour 100)"
    r"(?![\w/]|[.,']\d|\s*(?:€|euros?\b|eur\b|balles|brut|net\b|%|h\b|heures?|ans?\b|mois\b|jours?\b"
    r"|km\b|consult|actes?\b|k\b|etp\b|am\b))"
)
_COUNT = re.compile(rf"(?<![\w/.,'+-])(?P<n>[1-9]\d{{2,3}}){_NO_UNIT}")
_A_CHANGE = re.compile(
    r"\b(?:perd\w*|gagn\w*|pris|recu\w*|manqu\w*|ajout\w*|plus|moins|en|depuis|signe\w*)\s+$"
    # « Les 775 » are the threshold itself; « je suis dans les 800 » is a panel.
    r"|(?<!suis dans )\b(?:les|ces|aux|des|vos)\s+$"
    # « Dix pour cent, soit 145 patients »
    rf"|{A_SHARE}"
    # « Le seuil c'est 640 pour moi ? »
    r"|\b(?:seuil|minimum|limite|barre|p ?\d\d)\b[^.;?!,\d]{0,25}$"
)
_CALENDAR = range(2015, 2036)
_THOUSAND = 1000
_TENS = re.compile(rf"(?<![\w/.,'+p-])(?P<n>[1-9]\d){_NO_UNIT}")
_OPENS = (
    r"(?:(?:et|ou|ok|oui|non|bon|donc|du coup|alors|puis|mais|pour|si|ah|d'accord|finalement|plutot"
    r"|en fait)[\s,]+)*"
)
_CLOSES = r"(?:\s+(?:alors|du coup|svp|stp|combien|cb|ca fait (?:combien|quoi)))?\W*$"
_YEAR = re.compile(
    rf"^\W*{_OPENS}(?:(?:en|a|pour|dans)\s+)?(?:la\s+|l'an(?:nee)?\s+)?(?P<n>10|[1-9]){_CLOSES}"
)
_TIME = re.compile(
    rf"^\W*{_OPENS}(?:(?:a|en|au)\s+)?"
    rf"(?P<said>plein|complet|entier|mi|demi|la moitie|moitie)(?:{_CLOSES}|\s*[.,;]\s)"
)
_LASTS = re.compile(rf"^\W*{_OPENS}(?:sur\s+)?(?P<n>[2-9]|10)\s+ans{_CLOSES}")
_SCALE = re.compile(
    rf"^\W*{_OPENS}(?:(?:a|avec|dans|sous)\s+)?(?:l'|le\s+|la\s+)?"
    rf"(?P<said>ancien(?:ne)?|nouveau|nouvelle){_CLOSES}"
)
_TIMES = {"plein": 1.0, "complet": 1.0, "entier": 1.0}
_HALF = 0.5
_RANK = re.compile(
    r"(?<![\w/.,])(?:a|en|au|c'est|sous|les?)\s+(?P<n>[3-9]\d)(?![\w/%]|[.,]\d|\s*(?:ans?|%|h\b))"
)


def completed(
    meaning: Meaning, memory: Memory, is_published: Callable[[int], bool] = lambda eur: False
) -> Meaning:
    """The meaning with the values that only the conversation gives. `is_published` says whether an
    amount, in euros, stands in one of the scales."""
    if memory.pending is not None:
        return meaning
    meaning = _with_the_bac_named_before(_without_known_panel(meaning, memory), memory)
    if memory.subject == SUBJECT_SECOND:
        meaning = _second_assistant(meaning)
    about = {memory.subject, *(request.label for request in meaning.requests)}
    if not (about & _OF_THE_AMOUNT or memory.subject in _OF_THE_PANEL or has_a_day(memory)):
        return meaning
    found = _found(meaning, memory, about, is_published)
    if not found:
        return meaning
    spans = [(entity.start, entity.end) for entity in found]
    kept = [
        each
        for each in meaning.entities
        if each.slot != _CITED or all(each.end <= a or b <= each.start for a, b in spans)
    ]
    entities = sorted((*kept, *found), key=lambda each: each.start)
    return replace(meaning, entities=tuple(entities))


def _with_the_bac_named_before(meaning: Meaning, memory: Memory) -> Meaning:
    """« Je l'ai loupé de 11 points », after « j'ai fait une terminale G2 »."""
    told = any(each.slot == "profil" for each in meaning.entities)
    level = schooling.of_it(view(meaning.text).text, view(memory.message).text)
    if told or level is None:
        return meaning
    return replace(
        meaning, entities=(*meaning.entities, Entity("profil", level, 0, len(meaning.text)))
    )


def _without_known_panel(meaning: Meaning, memory: Memory) -> Meaning:
    """« 1 000 au 1er janvier ou à la signature ? », of 1 000 patients: no euros."""
    panels = {memory.situation.get("patients"), memory.situation.get("patients_avant")}
    kept = tuple(
        each
        for each in meaning.entities
        if each.slot != _CITED
        or each.value not in panels
        or _EUROS.search(meaning.text[each.start : each.end + 8])
    )
    return replace(meaning, entities=kept)


def _second_assistant(meaning: Meaning) -> Meaning:
    """« La deuxième, à mi-temps ? »: the assistant, not the year, and a post beside the first."""
    year = next((each for each in meaning.entities if each.slot == "annee"), None)
    if year is None or year.value != _SECOND or _IN_A_YEAR.search(meaning.text[year.start :]):
        return meaning
    entities = [
        replace(each, slot="second_assistant", value=True)
        if each is year
        else replace(each, value=each.value + 1)
        if each.slot == "quotite" and each.value <= 1
        else each
        for each in meaning.entities
    ]
    return replace(meaning, entities=tuple(entities))


def _found(
    meaning: Meaning,
    memory: Memory,
    about: Set[str | None],
    is_published: Callable[[int], bool],
) -> list[Entity]:
    """`about`: the last subject, and those that the message is read to ask about."""
    seen = view(meaning.text)
    told = {each.slot for each in meaning.entities}
    short = len(seen.text.split()) <= _LONGEST_ELLIPSIS
    if short and (day := signature_day(seen, told, memory)):
        return [day]
    if memory.subject in _OF_THE_PANEL and "patients" not in told:
        found = list(_panel(seen, meaning, memory))
    elif SUBJECT_BUDGET in about and "salaire_brut" not in told and (pay := _pay(seen)):
        return [pay]
    elif about & _OF_THE_AMOUNT and short:
        found = list(_amount(seen, told, memory))
    else:
        return []
    of_an_amount = not found and short and about & _OF_THE_AMOUNT
    return list(_thousands(seen, told, is_published)) if of_an_amount else found


def _thousands(seen: View, told: set[str], is_published: Callable[[int], bool]) -> Iterator[Entity]:
    """« Donc 22 ? », « 44 en plus ? »: thousands of euros, when such an amount exists."""
    if told & {_CITED, "tranche", "annee"}:
        return
    for match in _TENS.finditer(seen.text):
        if is_published(int(match["n"]) * _THOUSAND):
            start, end = seen.span(*match.span())
            yield Entity(_CITED, int(match["n"]) * _THOUSAND, start, end)


def _panel(seen: View, meaning: Meaning, memory: Memory) -> Iterator[Entity]:
    """« mon associé 700 », « il est à mille cent dix, ça passe ? »."""
    taken = [(each.start, each.end) for each in meaning.entities if each.slot != _CITED]
    counts = []
    fewer = lost(seen.text)
    for match in _COUNT.finditer(seen.text):
        start, end = seen.span(match.start(), match.end())
        apart = all(end <= a or b <= start for a, b in taken)
        unlike = int(match["n"]) in (*_CALENDAR, fewer) or _A_CHANGE.search(
            seen.text[: match.start()]
        )
        if apart and not unlike and "€" not in meaning.text:
            counts.append(Entity("patients", int(match["n"]), start, end))
    # « 1 000 au 1er janvier ou à la signature ? »: what it was, said again.
    counts = [each for each in counts if each.value != memory.situation.get("patients_avant")]
    former = memory.situation.get("patients")
    first_time = memory.subject == SUBJECT_UPKEEP and "patients_avant" not in memory.situation
    if first_time and former and len(counts) == 1 and counts[0].value != former:
        # What was told first is what the panel was.
        yield replace(counts[0], slot="patients_avant", value=former)
    yield from counts


def _pay(seen: View) -> Entity | None:
    """« Prenez 2 150 »: of an employer's budget, a gross pay."""
    for match in _COUNT.finditer(seen.text):
        if int(match["n"]) in A_MONTHLY_PAY and int(match["n"]) not in _CALENDAR:
            return Entity("salaire_brut", int(match["n"]), *seen.span(*match.span()))
    return None


def _amount(seen: View, told: set[str], memory: Memory) -> Iterator[Entity]:
    if "annee" not in told and (match := _YEAR.search(seen.text)):
        yield Entity("annee", int(match["n"]), *seen.span(*match.span("n")))
    elif "horizon" not in told and (match := _LASTS.search(seen.text)) and _adds_up(memory):
        yield Entity("horizon", int(match["n"]), *seen.span(*match.span("n")))
    elif "bareme" not in told and (match := _SCALE.search(seen.text)):
        scale = "ancien" if match["said"].startswith("a") else "nouveau"
        yield Entity("bareme", scale, *seen.span(*match.span("said")))
    elif "quotite" not in told and (match := _TIME.search(seen.text)):
        value = _TIMES.get(match["said"], _HALF)
        yield Entity("quotite", value, *seen.span(*match.span("said")))
    elif "tranche" not in told and "tranche" in memory.situation and (m := _RANK.search(seen.text)):
        for entity in band.read(f"p{m['n']}"):
            start, end = seen.span(*m.span("n"))
            yield replace(entity, start=start, end=end)


def _adds_up(memory: Memory) -> bool:
    """Was the last amount a sum over years?"""
    return memory.operation == "total" or "horizon" in memory.situation
