"""Place in the national distribution: « P92 », « top 5 % », « patientèle moyenne » → `tranche`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant_am.meaning.entity import Entity
from assistant_am.reading.spans import Taken

_WORD = r"(?:p(?:er|re|our|or|ours|ers)?[cs]enti[lm]\w*|centile\w*|percentil\w*)"
_MARK = r"(?:ieme|iem|eme|em|er|e)?"
_FIGURE = r"\d{1,3}(?:[.,]\d+)?"
_P = r"\bp[\s._°-]{0,2}"
_VALUE = (
    rf"(?:{_P}(?P<a>{_FIGURE})(?![\d/])"
    rf"|(?<![\d,.])(?P<b>{_FIGURE})\s?{_MARK}\s*{_WORD}"
    rf"|\b{_WORD}\s*(?:(?:n\s?[o°]|d[eu']|est|c'est|a|au|:|=)\s*)*(?P<c>{_FIGURE})"
    r"|\btranche\s*(?:(?:de|a|:|=|>=|≥)\s*)*(?P<d>\d{2}(?:[.,]\d+)?)(?!\d|\s*(?:%|ans?\b|patient|mois)))"
)
_PERCENTILE = re.compile(_VALUE)
_TO = r"\s*(?:-|–|/|a|et|au)\s*(?:le\s+)?"
_NO_UNIT = r"(?![\w/%]|[.,]\d|\s*(?:%|h\b|etp|patient|ans?\b|mt\b))"
_RANGE = re.compile(
    rf"(?:\bentre\s+(?:le\s+)?)?{_P}(?P<a>{_FIGURE}){_TO}{_P}(?P<b>{_FIGURE}){_NO_UNIT}"
    rf"|\bentre\s+(?:le\s+)?{_P}(?P<c>{_FIGURE}){_TO}(?P<d>{_FIGURE}){_NO_UNIT}"
    rf"|{_P}(?P<e>\d{{2}})\s*[-–/]\s*(?P<f>\d{{2}}){_NO_UNIT}"
    rf"|(?<![\d,.])(?P<g>{_FIGURE})\s?{_MARK}{_TO}(?P<h>{_FIGURE})\s?{_MARK}\s*{_WORD}"
    rf"|\b{_WORD}\s*(?:de\s+)?entre\s+(?:le\s+)?(?P<i>{_FIGURE})\s*{_MARK}{_TO}"
    rf"(?P<j>{_FIGURE})\s*{_MARK}{_NO_UNIT}"
)
_PASSES = re.compile(r"\b(?:pass\w*|mont\w*|gliss\w*|saut\w*)\s+d[eu]\s+$")
"""« Passer de P89 à P90 »: one, then the other."""
_BELOW = re.compile(
    r"(?:<|moins d[eu]|sous|en[\s-]*dessous d[eu]|inferieur\w* (?:a|au|aux))\s*"
    r"(?:le\s+|les\s+|mon\s+)?$"
)
_NOT_REACHED = re.compile(
    r"(?:\bpas (?:encore )?(?:au|a|le)|\bn'atteins? pas(?: le| les)?)\s*(?:le\s+)?$"
)
_ABOVE = re.compile(
    r"(?:>=?|≥|plus d[eu]|au[\s-]*dessus d[eu]|au[\s-]*dela d[eu]"
    r"|superieur\w* (?:a|au)|depass\w*(?: le)?)"
    r"\s*(?:le\s+)?$"
)
_ABOVE_AFTER = re.compile(r"^\s*(?:\+|et plus|et au[\s-]*dela|ou plus)")
_TOP = re.compile(
    r"\btop\s*(?P<n>\d{1,2})\s?(?:%|pour[\s-]?(?:cents?\b|100\b))"
    r"|(?<!\d)(?P<m>\d{1,2})\s?%\s+(?:des\s+\w+\s+)?(?:les plus|ayant le plus|avec le plus)"
)
_PANEL = r"(?:patient\w*le\w*|pat\b\.?|file active)"
_WORDED = (
    (
        re.compile(rf"\b(?:tres|ultra|hyper)\s+(?:forte?|grosse?|grande?|importante?)\s+{_PANEL}"),
        "p95_plus",
    ),
    (
        re.compile(
            rf"{_PANEL}\s+(?:est\s+)?"
            r"(?:moyenne|normale|standard|classique|ordinaire|mediane|habituelle|dans la moyenne)"
        ),
        "p30_p89",
    ),
)
_HIGHEST = 100
_LOWEST_LIMIT = 30
_TOP_BAND = 95
_JUST_BELOW = 0.5
_TOP_SHARE = _HIGHEST - _TOP_BAND
_LIMITS = (
    (_LOWEST_LIMIT, "sous_p30"),
    (90, "p30_p89"),
    (_TOP_BAND, "p90_p94"),
    (_HIGHEST + 1, "p95_plus"),
)


def band_of(percentile: float) -> str:
    """Band of a percentile between 0 and 100; the limits belong to the band they open."""
    return next(band for limit, band in _LIMITS if percentile < limit)


def read(text: str) -> Iterator[Entity]:
    """`tranche`; a figure above 100 is given as it was said (« p150 »): the rules refuse it. What
    leaves several bands open (« moins de P95 », « entre P85 et P92 ») is not read."""
    taken = Taken()
    for match in _RANGE.finditer(text):
        low, high = (_number(each) for each in match.groups() if each)
        if _PASSES.search(text[: match.start()]):
            continue
        if low < high and taken.take(match):
            whole = _named(high) if high > _HIGHEST else band_of(low)
            if high > _HIGHEST or whole == band_of(high - _JUST_BELOW):
                yield Entity("tranche", whole, *match.span())
    for match in taken.free(_PERCENTILE, text):
        value = _number(match["a"] or match["b"] or match["c"] or match["d"])
        before = text[: match.start()]
        missed = _NOT_REACHED.search(before) if value == _LOWEST_LIMIT else None
        if missed:
            yield Entity("tranche", band_of(0), missed.start(), match.end())
            continue
        band = _band(value, before, text[match.end() :])
        if band:
            yield Entity("tranche", band, *match.span())
    for match in _TOP.finditer(text):
        if int(match["n"] or match["m"]) <= _TOP_SHARE:
            yield Entity("tranche", "p95_plus", *match.span())
    for pattern, band in _WORDED:
        for match in pattern.finditer(text):
            yield Entity("tranche", band, *match.span())


def _number(figure: str) -> float:
    return float(figure.replace(",", "."))


def _named(value: float) -> str:
    return f"p{value:g}" if value > _HIGHEST else band_of(value)


def _band(value: float, before: str, after: str) -> str | None:
    """None when « plus de P30 » or « moins de P95 » leaves several bands open."""
    if value > _HIGHEST:
        return _named(value)
    if _BELOW.search(before):
        return band_of(0) if value <= _LOWEST_LIMIT else None
    if _ABOVE.search(before) or _ABOVE_AFTER.match(after):
        return band_of(value) if value >= _TOP_BAND else None
    return band_of(value)
