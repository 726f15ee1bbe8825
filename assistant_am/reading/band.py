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
_TITLE_BEFORE = re.compile(r"\b(?:dre?|docteure?|doct)\b\.?\s+$")
_WHOLE = 100
"""Per cent."""
_MEDIAN = "p50"
_LARGEST = "p95_plus"
"""The name of the band, whose limit is not read here."""
_WORDED = (
    (
        re.compile(rf"\b(?:tres|ultra|hyper)\s+(?:forte?|grosse?|grande?|importante?)\s+{_PANEL}"),
        _LARGEST,
    ),
    (
        re.compile(
            rf"{_PANEL}\s+(?:est\s+)?"
            r"(?:moyenne|normale|standard|classique|ordinaire|mediane|habituelle|dans la moyenne)"
        ),
        _MEDIAN,
    ),
)

_WHO_IS = (
    r"(?:\b(?:suis[- ]?je|ai[- ]je|sommes[- ]nous|est[- ]il|est[- ]elle|je sui[st]?"
    r"|jsuis|chuis?|chui"
    r"|j'suis|je serai[st]?|j'y suis|(?:je|il|elle|on) (?:doit|dois|devrai[st]) etre"
    r"|(?:il|elle|on|nous) (?:est|sera|serait|sommes|serions)|je (?:fais|pense etre|dois faire)"
    r"|atteins?|atteint|c'est|ce serait|est[- ]ce|(?:percentile|tranche|patientele|file active) "
    r"(?:est|serait)|(?:ca|cela|ca me|cela me) (?:fait|ferait|donne|met|place|classe|situe|vaut)"
    r"|correspond\w*|equivaut|egale?)\b|=)"
)
_SMALL = (
    r"(?:\s*\b(?:a|au|aux|le|la|les|l|un|du|de|d|ds|dans|en|sur|bien|deja|plutot|vraiment|moins|plus"
    r"|sous|alors|donc|que je|j'y|encore|environ|presque|peut-etre|peut etre|percentile|tranche"
    r"|top|p ?\d\d,? ou)\b){0,5}\s*$"
)
_INVERTED = re.compile(
    r"\b(?:suis[- ]?je|ai[- ]je|sommes[- ]nous|est[- ](?:il|elle|ce|on)|atteins[- ]je)\b"
)
_HOW_MANY = re.compile(r"\bcombien (?:de |d')?(?:patient|malade|mt\b|medecins? traitants?)")
_ASKED_BEFORE = re.compile(rf"{_WHO_IS}{_SMALL}")
_SUPPOSED = re.compile(r"\b(?:si|quand|lorsque|combien|montants?|quoi|sachant)\b|s'(?:il|elle)\b")
_ASKED_AFTER = re.compile(
    r"\s*(?:%|\+)?(?:[\s,]*\b(?:non|nan|hein|ou pas|ou non|alors|donc|deja|du coup|n'est-ce pas"
    r"|c'est ca|c'est sur|a votre avis|vous croyez|tu crois|et plus|ou plus"
    r"|ou (?:a |au |en |les |dans les )?p ?\d\d|avec (?:ca|(?:mes )?\d[\d ]*(?:patient\w*)?)))*"
    r"[\s,.]*(?:\?|\b(?<=non)$|(?<=ou pas)$|(?<=hein)$)"
)


def is_asked(text: str, start: int, end: int) -> bool:
    """« Suis-je au P30 ? », « 2 850 = P90, non ? »: whether the band at this place of a folded text
    is one that the person asks about, and does not tell. « Si je suis P92 ? » supposes it."""
    begins = max(text.rfind(mark, 0, start) for mark in ".;!?\n") + 1
    before = text[begins:start]
    if _HOW_MANY.search(before):
        return True
    if _SUPPOSED.search(before):
        return False
    put = text if text.rstrip().endswith("?") or not _INVERTED.search(before) else f"{text}?"
    return bool(_ASKED_BEFORE.search(before) and _ASKED_AFTER.match(put, end))


def read(text: str) -> Iterator[Entity]:
    """`tranche`: a percentile (« p92 ») or a part of the distribution (« <p30 », « >=p95 »,
    « p85-p92 », « !p30 » when it is not reached). The limits of the bands are not known here:
    `aid.told` decides."""
    taken = Taken()
    for match in _RANGE.finditer(text):
        low, high = (_number(each) for each in match.groups() if each)
        if _PASSES.search(text[: match.start()]):
            continue
        if low < high and taken.take(match):
            yield Entity("tranche", f"p{low:g}-p{high:g}", *match.span())
    for match in taken.free(_PERCENTILE, text):
        value = _number(match["a"] or match["b"] or match["c"] or match["d"])
        before, start = text[: match.start()], match.start()
        if value > _WHOLE and _TITLE_BEFORE.search(before):
            # « Dr P 900 »: doctor P, and his patients.
            continue
        side = ""
        if missed := _NOT_REACHED.search(before):
            side, start = "!", missed.start()
        elif _BELOW.search(before):
            side = "<"
        elif _ABOVE.search(before) or _ABOVE_AFTER.match(text[match.end() :]):
            side = ">="
        yield Entity("tranche", f"{side}p{value:g}", start, match.end())
    for match in _TOP.finditer(text):
        top = int(match["n"] or match["m"])
        yield Entity("tranche", f">=p{_WHOLE - top}", *match.span())
    for pattern, part in _WORDED:
        for match in pattern.finditer(text):
            yield Entity("tranche", part, *match.span())


def _number(figure: str) -> float:
    return float(figure.replace(",", "."))
