"""When the contract was signed: a day → `date_contrat`, a month → `mois_contrat`, a year →
`annee_contrat`; a day that no calendar has → `date_impossible`.

Never finer than what was said, and only what is said of the contract: « installé depuis 8 ans » is
not.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator

from assistant_am.meaning.entity import Entity
from assistant_am.reading.spans import Taken

SLOTS = ("date_contrat", "mois_contrat", "annee_contrat", "date_impossible")
NOT_OURS = "autre_date"
"""Marks the place of a date that is not read, so that nothing else is read there; never given."""

_MONTHS = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin",
    "juillet", "aout", "septembre", "octobre", "novembre", "decembre",
)  # fmt: skip
_SHORT = {
    "janv": 1, "jan": 1, "fevr": 2, "fev": 2, "avr": 4, "juil": 7, "sept": 9, "oct": 10, "nov": 11,
    "dec": 12,
}  # fmt: skip
_MONTH = rf"(?P<m>{'|'.join((*_MONTHS, *_SHORT))})\b\.?"
_CENTURY = 2000
_YEAR = (
    r"(?P<y>20\d\d|(?:1[5-9]|[23]\d))(?!\d|[.,/-]\d)"
    r"(?!\s*(?:ans?\b|mois|patient|%|€|etp|h\b|jours?))"
)
_DAY_OF_MONTH = r"(?P<d>\d{1,2})\s?(?:er|e)?\s+"

_DAYS = (
    re.compile(r"(?<![\d/.-])(?P<y>20\d\d)-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?![\d-])"),
    re.compile(r"(?<![\d/.-])(?P<d>\d{1,2})(?:\s?[/.-]\s?)(?P<m>\d{1,2})(?:\s?[/.-]\s?)" + _YEAR),
    re.compile(r"\b(?P<d>\d{2}) (?P<m>\d{2}) (?P<y>20\d\d)\b"),
    re.compile(rf"(?<![\d/.-]){_DAY_OF_MONTH}{_MONTH}\s+(?:de\s+)?'?{_YEAR}"),
)
_MONTHS_SAID = (
    re.compile(rf"\b{_MONTH}\s+(?:de\s+)?'?{_YEAR}"),
    re.compile(r"(?<![\d/.,-])(?P<m>0?[1-9]|1[0-2])[/.-](?P<y>20\d\d)(?![\d/.-])"),
    re.compile(r"(?<![\d/.,-])(?P<m>0[1-9]|1[0-2])/(?P<y>1[5-9]|[23]\d)(?![\d/%-]|[.,]\d)"),
)
_SEPT = re.compile(
    r"(?:\b(?:en|depuis|debut|fin|mi|de|contrat|embauch\w+|sign\w+|recrut\w+)\s+"
    r"|(?<![\w/.,-])(?P<d>\d{1,2})\s?(?:er)?\s+)7 (?P<y>20\d\d|2\d)(?![\w/%]|[.,/-]\d"
    r"|\s*(?:ans?\b|mois|patient|%|€|etp|h\b|jours?))"
)
"""« Sept 24 », which the view of numbers shows as « 7 24 »: September."""
_DAY_WITHOUT_YEAR = re.compile(rf"(?<![\d/.-]){_DAY_OF_MONTH}{_MONTH}(?!\s+(?:de\s+)?'?\d)")
_YEARS_SAID = re.compile(
    r"(?<!jusqu')\b(?:contrat|sign\w+|embauch\w+|en|de|du|depuis|courant|fin|debut|mi|ete|automne|hiver|printemps|annee|date)[\s-]+"
    r"(?:de\s+)?(?P<y>20\d\d)\b(?!\s*(?:patient|€|euro|%)|[/.-]\d)"
)
_COUNT = r"(?P<n>\d{1,3}|une?)"
_LENGTH = re.compile(
    rf"\b(?:depuis|(?:il )?y a|ya|voila|(?:ca|cela) fait)\s+"
    rf"(?:environ\s+|a peu pres\s+)?{_COUNT}\s*"
    r"(?P<unit>ans?|annees?|mois|semaines?|jours?)\b(?P<half>\s+et demie?)?"
    r"(?:\s+et\s+(?P<more>\d{1,2})\s+mois)?"
)
_ANNIVERSARY = re.compile(
    rf"\b(?:ca|cela|il y|on)\s+(?:fera|aura|fetera)\s+{_COUNT}\s+ans?\s+"
    rf"(?:en|le|au mois de|debut|fin)\s+(?:(?P<d>\d{{1,2}})\s?(?:er|e)?\s+)?{_MONTH}"
)
_LAST = re.compile(
    rf"\b(?:en\s+)?{_MONTH}\s+dernier\b|\bdepuis\s+(?:le mois de\s+|debut\s+|fin\s+|mi[- ])?"
    rf"{_MONTH.replace('<m>', '<since>')}(?!\s+(?:de\s+)?'?\d)"
)
_SAID_OF = r"(?P<verb>\b(?:sign|embauch|conclu|recrut)\w*\s+(?:\w+[\s']+){0,3}?)"
_NAMED = re.compile(
    rf"{_SAID_OF}?(?P<when>\b(?:le mois (?:dernier|prochain)|ce mois-?\s?ci"
    r"|avant-hier|hier|aujourd'hui|ce matin|apres-demain|demain"
    r"|l'an(?:nee)? (?:derniere?|passee?)|cette annee|l'an prochain|l'annee prochaine))\b"
)
_LIMIT_BEFORE = re.compile(
    r"\b(?:avant|apres|a partir d[eu]|des)\s+(?:le\s+|la\s+|l')?$|\bentre\b[^.;?!]{0,20}$"
)
_END_BEFORE = re.compile(
    r"\b(?:jusqu'?(?:a|au|aux|en|a la fin de|a fin|debut|fin)"
    r"|(?:date limite|butoir|echeance|au plus tard|delai)\b"
    r"|(?:(?:mene|emmene|porte|amene) (?:en|a|au|jusqu\w*)|finit|finis\w*|fini|expire\w*"
    r"|termine|prend fin|s'arrete)"
    r"|fin (?:d[eu]s? |de (?:mon |son |ce |l'|mes |ses )?)(?:delai\w*|echeance|(?:2|3) ans))"
    r"[^;?!]{0,25}$"
)
"""« Fin des 2 ans donc… septembre 2026 ? »: when it ends, not when it was signed."""

_ASSISTANT = r"(?:assistant\w*|am)\b"
_OF_THE_CONTRACT = (
    r"sign\w*|contrat\w*|embauch\w*|conclu\w*|dat[e]e?\b|commenc\w*|recrut\w*|anniversaire"
    r"|debut\w*\s+(?:de|du|le|en|au)\b"
    rf"|(?:mon|ma|une?|notre|l'|cette)\s?{_ASSISTANT}|{_ASSISTANT}\s+en poste"
    rf"|{_ASSISTANT}\s+(?:a\s+)?(?:temps|mi\b|plein|0)"
)
_OF_SOMETHING_ELSE = (
    r"install\w*|exerc\w*|diplom\w*|nee?\b|naissance|retraite|formation|inscri\w*|bac\b|rentree"
    r"|session|convention\w*|reforme|rosp|avenant|experience|metier|travaill\w*|remplac\w*"
    r"|sans (?:contrat|assistant)|secretaire\w*|infirmi\w*|soignant\w*|stage|cqp|fae"
    r"|vae|concours|conge\w*|arret\w*|patient\w*"
    rf"|(?:suis|comme|en tant qu)\W+(?:une?\s+)?{_ASSISTANT}"
)
_ANCHOR = re.compile(rf"\b(?:(?P<other>{_OF_SOMETHING_ELSE})|(?P<contract>{_OF_THE_CONTRACT}))")
_REACH = 30
_IN_POST = re.compile(
    rf"\b(?:{_ASSISTANT}|embauch\w*|recrut\w*|en poste|mon contrat|bosse|travaille|mon docteur"
    r"|mon medecin|chez (?:un|le|mon) (?:docteur|medecin))"
)
_BEGAN = re.compile(
    rf"\b(?:prise?|commence\w*|debute\w*|entree?|arrivee?|en poste|{_ASSISTANT})\b"
    r"[^.;?!\d]{0,25}$"
)
_TRAINING = re.compile(r"\b(?:formation|cqp|fae|vae|cours|stage|ecole|session|modules?|ifsi)\b")
_SENTENCE_END = re.compile(r"[.;!?\n]\s")
_CORRECTS = re.compile(
    r"\W*(?:(?:non|pardon|oups|erreur|finalement|plutot|en fait|j'ai dit|c'etait|desolee?)\b)"
)
_FILLERS = re.compile(
    r"(?:\W|\b(?:et|si|plutot|c'etait|c'est|le|du|au|en|oui|non|euh|depuis|fin|debut|mi|environ|pas"
    r"|courant|date|de|a|l|ou|jour|mois|annee|pardon|jcrois|je|crois|pense|merci|stp|svp|ok|ah"
    r"|alors|donc|attends|attendez|exactement|pile|desolee?|bah|ben|hein|voila|lui|elle|moi)\b)*"
)
_BESIDE = re.compile(r"\bp\s?\d\d\b|\btemps\b|\betp\b")
"""Values of the aid, beside which a date needs no word of its own: « P93, 1er décembre 2024 »."""
_NEAR = re.compile(rf"\b(?:{_OF_THE_CONTRACT})[^,;.?!]{{0,25}}$")
_MONTHS_A_YEAR = 12


def read(text: str, today: datetime.date | None) -> Iterator[Entity]:
    """The dates of a view's text; relative ones only when `today` is known."""
    taken = Taken()
    for patterns, value_of in _SAID:
        for pattern in patterns:
            for match in pattern.finditer(text):
                before = text[: match.start()]
                if _ends_there(before):
                    if taken.take(match):
                        yield Entity(NOT_OURS, None, *match.span())
                    continue
                limit = _LIMIT_BEFORE.search(before)
                found = None if limit else value_of(match)
                if found and taken.take(match):
                    slot, value = found
                    if slot == "annee_contrat" and not _dates_a_year(text, match):
                        continue
                    yield from _if_ours(text, Entity(slot, value, *match.span()))
    for reader in (_anniversaries, _lengths, _last_months, _named_days):
        yield from reader(text, taken, today)


def _ends_there(before: str) -> bool:
    """A word of signature after that of the end takes the date back: « le délai, embauchée en »."""
    end = _END_BEFORE.search(before)
    if end is None:
        return False
    return not re.search(rf"\b(?:{_OF_THE_CONTRACT})", before[end.start() :])


def calendar(text: str) -> list[str]:
    """Every day (« 2026-09-03 ») and month (« 2026-09 ») that a view's text names, whatever is said
    of it, in reading order."""
    return [value for _, value in _calendar(text)]


def _calendar(text: str) -> list[tuple[int, str]]:
    taken, found = Taken(), []
    for patterns, value_of in _DATED:
        for pattern in patterns:
            for match in taken.free(pattern, text):
                _, value = value_of(match) or ("", "")
                found.append((match.start(), str(value)))
    return sorted(found)


def hired_since(text: str, today: datetime.date) -> str | None:
    """« Je suis AM depuis 14 mois », « j'ai été prise en juin 2025 »: the day or the month when an
    assistant says to have begun, in words that date no contract of a doctor."""
    for match in _LENGTH.finditer(text):
        around = text[max(0, match.start() - _REACH) : match.end() + _REACH]
        if _IN_POST.search(around):
            return _ago(match, today)[1][: len("AAAA-MM")]
    begun = (value for start, value in _calendar(text) if _began(text[:start]))
    return next(begun, None)


def _began(before: str) -> bool:
    """« Ma formation a commencé en mars » is no hiring."""
    match = _BEGAN.search(before)
    return match is not None and not _TRAINING.search(before[max(0, match.start() - _REACH) :])


def _if_ours(text: str, entity: Entity, *, strict: bool = False) -> Iterator[Entity]:
    ours = _is_ours(text, entity.start, entity.end, strict)
    if ours:
        yield entity
    elif ours is False:
        yield Entity(NOT_OURS, None, entity.start, entity.end)


def _is_ours(text: str, start: int, end: int, strict: bool) -> bool | None:
    """The nearest word before tells what is dated, else the nearest after; a date alone answers a
    question on the contract. None when nothing tells."""
    if (itself := _ANCHOR.search(text[start:end])) and itself["contract"]:
        return True
    begins = max((m.end() for m in _SENTENCE_END.finditer(text[:start])), default=0)
    before = list(_ANCHOR.finditer(text[begins:start]))
    stop = _SENTENCE_END.search(text, end)
    after = _ANCHOR.search(text[end : stop.start() if stop else len(text)])
    nearest = before[-1] if before else after
    if nearest:
        return bool(nearest["contract"])
    if _FILLERS.fullmatch(text[:start] + " " + text[end:]):
        return True
    if strict:
        return None
    anywhere = list(_ANCHOR.finditer(text))
    contract = any(match["contract"] for match in anywhere)
    if contract or _CORRECTS.match(text) or _BESIDE.search(text):
        return True
    return bool(re.search(r"\bdepuis\s+(?:le\s+)?$", text[:start])) or None


def _dates_a_year(text: str, match: re.Match[str]) -> bool:
    """« j'ai signé, j'aurai quoi en 2029 ? »: a year alone is that of the contract when the word
    stands near, or when it is the whole answer."""
    before = text[: match.start()]
    alone = _FILLERS.fullmatch(before + " " + text[match.end() :])
    asks = re.match(r"\W*et\b", text)
    return bool((alone and not asks) or _NEAR.search(before) or _NEAR.search(match.group()[:-4]))


def _day(match: re.Match[str]) -> tuple[str, str]:
    try:
        day = datetime.date(_year(match), _month(match["m"]), int(match["d"]))
    except ValueError:
        return "date_impossible", match.group()
    return "date_contrat", day.isoformat()


def _month_said(match: re.Match[str]) -> tuple[str, str]:
    return "mois_contrat", f"{_year(match)}-{_month(match['m']):02}"


def _sept_said(match: re.Match[str]) -> tuple[str, str]:
    month = f"{_year(match)}-09"
    return (
        ("date_contrat", f"{month}-{int(match['d']):02}") if match["d"] else ("mois_contrat", month)
    )


def _day_without_year(match: re.Match[str]) -> tuple[str, str] | None:
    """Without its year a day says nothing, but that it does not exist (29 February may)."""
    try:
        datetime.date(_CENTURY, _month(match["m"]), int(match["d"]))
    except ValueError:
        return "date_impossible", match.group().rstrip()
    return None


def _year_said(match: re.Match[str]) -> tuple[str, int]:
    return "annee_contrat", int(match["y"])


_Readers = tuple[
    tuple[tuple[re.Pattern[str], ...], Callable[[re.Match[str]], tuple[str, str | int] | None]], ...
]
_DATED: _Readers = ((_DAYS, _day), (_MONTHS_SAID, _month_said), ((_SEPT,), _sept_said))
"""Days and months with their year."""
_SAID: _Readers = (
    *_DATED,
    ((_DAY_WITHOUT_YEAR,), _day_without_year),
    ((_YEARS_SAID,), _year_said),
)


def _anniversaries(text: str, taken: Taken, today: datetime.date | None) -> Iterator[Entity]:
    """« ça fera 3 ans en mars »: the next month of March, less three years."""
    for match in taken.free(_ANNIVERSARY, text):
        slot, value = NOT_OURS, None
        if today:
            month = _month(match["m"])
            year = today.year + (month < today.month) - _number(match["n"])
            slot, value = "mois_contrat", f"{year}-{month:02}"
            if match["d"]:
                slot, value = "date_contrat", f"{value}-{int(match['d']):02}"
        yield from _if_ours(text, Entity(slot, value, *match.span()), strict=True)


def _lengths(text: str, taken: Taken, today: datetime.date | None) -> Iterator[Entity]:
    """« depuis 2 ans », « il y a 18 mois »."""
    for match in taken.free(_LENGTH, text):
        slot, value = NOT_OURS, None
        if today:
            slot, value = _ago(match, today)
        yield from _if_ours(text, Entity(slot, value, *match.span()), strict=True)


def _ago(match: re.Match[str], today: datetime.date) -> tuple[str, str]:
    number, unit = _number(match["n"]), match["unit"]
    if unit.startswith("j"):
        return "date_contrat", (today - datetime.timedelta(days=number)).isoformat()
    if unit.startswith("s"):
        return "mois_contrat", f"{today - datetime.timedelta(weeks=number):%Y-%m}"
    months = number if unit == "mois" else number * _MONTHS_A_YEAR
    if match["half"]:
        months += 0 if unit == "mois" else _MONTHS_A_YEAR // 2
    return "mois_contrat", _months_before(today, months + int(match["more"] or 0))


def _last_months(text: str, taken: Taken, today: datetime.date | None) -> Iterator[Entity]:
    """« en mars dernier », « depuis janvier »: the last such month."""
    for match in taken.free(_LAST, text):
        slot, value = NOT_OURS, None
        if today:
            month = _month(match["m"] or match["since"])
            slot, value = "mois_contrat", f"{today.year - (month > today.month)}-{month:02}"
        yield from _if_ours(text, Entity(slot, value, *match.span()), strict=True)


def _named_days(text: str, taken: Taken, today: datetime.date | None) -> Iterator[Entity]:
    """« signé hier », « signé l'année dernière »: said of a signature in so many words, for these
    words mostly place what is asked (« combien cette année ? »)."""
    for match in _NAMED.finditer(text):
        contract = re.search(r"\bcontrat\s+$", text[: match.start()])
        if not (match["verb"] or contract) or not taken.take(match):
            continue
        start, end = match.span("when")
        if today is None:
            yield Entity(NOT_OURS, None, start, end)
        else:
            yield Entity(*_named(match["when"], today), start, end)


def _named(when: str, today: datetime.date) -> tuple[str, str | int]:
    if "annee" in when or "l'an " in when:
        shift = 1 if "prochain" in when else 0 if when.startswith("cette") else -1
        return "annee_contrat", today.year + shift
    if "mois" in when:
        shift = 1 if "dernier" in when else -1 if "prochain" in when else 0
        return "mois_contrat", _months_before(today, shift)
    days = {"hier": 1, "avant-hier": 2, "demain": -1, "apres-demain": -2}.get(when, 0)
    return "date_contrat", (today - datetime.timedelta(days=days)).isoformat()


def _months_before(today: datetime.date, months: int) -> str:
    year, month = divmod(today.year * _MONTHS_A_YEAR + today.month - 1 - months, _MONTHS_A_YEAR)
    return f"{year}-{month + 1:02}"


def _number(said: str) -> int:
    return int(said) if said.isdigit() else 1


def _month(said: str) -> int:
    if said.isdigit():
        return int(said)
    return _SHORT.get(said) or _MONTHS.index(said) + 1


def _year(match: re.Match[str]) -> int:
    year = int(match["y"])
    return year if year > _CENTURY else _CENTURY + year
