"""Place in the national distribution: « P92 », « top 5 % », « patientèle moyenne » → `tranche`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant_am.reading.entity import Entity

_WORD = r"(?:p(?:er|re|our|or|ours|ers)?[cs]enti[lm]\w*|centile\w*|percentil\w*)"
_MARK = r"(?:ieme|iem|eme|em|er|e)?"
_VALUE = (
    rf"(?:\bp\s?-?(?P<a>\d{{1,3}}(?:[.,]\d+)?)(?![\d/])"
    rf"|(?<![\d,.])(?P<b>\d{{1,3}}(?:[.,]\d+)?)\s?{_MARK}\s*{_WORD}"
    rf"|\b{_WORD}\s*(?:n[o°]\s*|de\s+|entre\s+(?:le\s+)?|:\s*|=\s*)?(?P<c>\d{{1,3}}(?:[.,]\d+)?))"
)
_PERCENTILE = re.compile(_VALUE)
_BELOW = re.compile(
    r"(?:<|moins d[eu]|sous|en[\s-]*dessous d[eu]|inferieur\w* (?:a|au|aux)|"
    r"pas (?:encore )?(?:au|a|le)|"
    r"n'atteins? pas(?: le| les)?)\s*(?:le\s+|les\s+|mon\s+)?$"
)
_ABOVE = re.compile(
    r"(?:>=?|≥|plus d[eu]|au[\s-]*dessus d[eu]|au[\s-]*dela d[eu]"
    r"|superieur\w* (?:a|au)|depass\w*(?: le)?)"
    r"\s*(?:le\s+)?$"
)
_ABOVE_AFTER = re.compile(r"^\s*(?:\+|et plus|et au[\s-]*dela|ou plus)")
_RANGE_LINK = re.compile(r"^\s*(?:-|a|et|/|–)?\s*$")
_TOP = re.compile(
    r"\btop\s*(?P<n>\d{1,2})\s?%"
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
_TOP_BAND = 95
_TOP_SHARE = _HIGHEST - _TOP_BAND
_LIMITS = ((30, "sous_p30"), (90, "p30_p89"), (_TOP_BAND, "p90_p94"), (_HIGHEST + 1, "p95_plus"))


def band_of(percentile: float) -> str:
    """Band of a percentile between 0 and 100; the limits belong to the band they open."""
    return next(band for limit, band in _LIMITS if percentile < limit)


def read(text: str) -> Iterator[Entity]:
    """`tranche`; a figure above 100 is given as it was said (« p150 »): the rules refuse it."""
    matches = list(_PERCENTILE.finditer(text))
    skip = False
    for index, match in enumerate(matches):
        if skip:
            skip = False
            continue
        value = float((match["a"] or match["b"] or match["c"]).replace(",", "."))
        following = matches[index + 1] if index + 1 < len(matches) else None
        if following and _RANGE_LINK.match(text[match.end() : following.start()]):
            skip = True
            yield Entity("tranche", _named(value), match.start(), following.end())
            continue
        band = _band(value, text[: match.start()], text[match.end() :])
        if band:
            yield Entity("tranche", band, *match.span())
    for match in _TOP.finditer(text):
        if int(match["n"] or match["m"]) <= _TOP_SHARE:
            yield Entity("tranche", "p95_plus", *match.span())
    for pattern, band in _WORDED:
        for match in pattern.finditer(text):
            yield Entity("tranche", band, *match.span())


def _named(value: float) -> str:
    return f"p{value:g}" if value > _HIGHEST else band_of(value)


def _band(value: float, before: str, after: str) -> str | None:
    """None when « plus de P30 » or « moins de P95 » leaves several bands open."""
    if value > _HIGHEST:
        return _named(value)
    if _BELOW.search(before):
        return None if value == _TOP_BAND else band_of(max(0.0, value - 0.5))
    if _ABOVE.search(before) or _ABOVE_AFTER.match(after):
        return band_of(value) if value >= _TOP_BAND else None
    return band_of(value)
