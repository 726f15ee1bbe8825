"""What the words of a question on amounts ask beside its values: unit, years, changes, a cost.

« ramené au mois », « depuis le début », « en 2027 », « mi-temps la 1re année puis temps plein ».
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from assistant_am.aid import Unit
from assistant_am.french.fold import fold
from assistant_am.french.numbers import view

_MONTHS = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre",
    "octobre", "novembre", "decembre",
)  # fmt: skip
_MONTH = re.compile(
    r"\b(?:par|au|chaque|du|le) mois\b|/ ?mois\b|\bmensuel\w*|\bmensualis\w*|divise\w* par 12\b"
)
_PAY = re.compile(r"\bbrut\w*|\bsalaires?\b|\bpay\w*|\bremuner\w*")
_PERCENT = re.compile(r"\b(?:en|quel|de) (?:%|pour ?cents?|pour ?100|pourcents?|pourcentages?)")
_BEGUN = re.compile(
    r"depuis (?:le (?:debut|depart)|la signature|l'embauche)"
    r"|\bdeja (?:pu )?(?:recu|touche|percu|encaisse|eu|verse)\w*"
    r"|(?:recu|touche|percu|encaisse|verse)\w* jusqu'(?:ici|a present|a maintenant|a aujourd'hui)"
)
_TO_COME = re.compile(
    r"\b(?:reste\w*|encore)\b[^,;.?!]{0,12}\ba (?:venir|toucher|percevoir|recevoir|verser)\b"
    r"|\bqui (?:va|vont) encore\b"
)
_CALENDAR = re.compile(
    r"(?P<from>\b(?:a partir d[eu']|a compter d[eu']|des)\s*)?"
    rf"(?:\b(?:en|pour|sur|l'annee|jusqu'en)\s+)?(?:(?P<month>{'|'.join(_MONTHS)})\s+)?"
    r"(?P<year>20\d\d)\b"
)
_SIGNED = re.compile(r"(?:sign\w*|contrat|embauch\w*|recrut\w*|commenc\w*|debut\w*)[^,;.?!]{0,25}$")
_OF_THE_SCALE = re.compile(r"\b(?:avant|apres|depuis) (?:le )?(?:\d{1,2} )?$")
_FIRST_YEARS = re.compile(r"\bles (?P<n>\d{1,2}) (?:1e|1eres?|1res?|premieres?)\b")
_PLUS = re.compile(
    r"\b(?:an|annee)s? ?\d{1,2} ?(?:\+|plus) ?(?:l'|la )?(?:an|annee)? ?\d{1,2}\b"
    r"|\b\d ?(?:re|e|er|ere|eme)\b ?(?:annee)? ?(?:\+|plus) ?(?:la )?\d ?(?:e|eme)\b"
)
_BEFORE = re.compile(
    r"\bjuste avant\b|\bla precedente\b|\bannee precedente\b|\b(?:celle|annee) d'avant\b"
)
_AFTER = re.compile(
    r"^\W*(?:et )?(?:puis|apres|ensuite)\W*$"
    r"|\bjuste apres\b|\bla suivante\b|\bannee suivante\b|\b(?:celle|annee) d'apres\b"
)
_COST = re.compile(
    r"\bcout\w* (?:tout compris|charge\w*|total|complet|employeur|annuel)"
    r"|\btout compris\b|\bcharges? (?:comprises?|incluses?)\b|\bcharge\b"
    r"|\b(?:me|m'|nous|te|lui) ?(?:cout\w*|revien\w*)|\brevien\w* a\b"
)
_LEFT = re.compile(
    r"\breste\w*\b[^,;.?!]{0,20}\b(?:charge|poche|payer|debourser|sortir)\b|\bde ma poche\b"
)
_THEN = re.compile(r"\b(?:puis|ensuite|et apres|avant de passer|pour passer|et passe\w* a)\b")
_PASSING = re.compile(
    r"\bpass\w* (?:d'un|d'une|d'|de|du) (?P<before>.{2,30}?) (?:a|vers|au) (?P<after>.+)"
)
_SOMEBODY_ELSE = re.compile(r"\b(?:dr|docteure?|associee?|confrere|consoeur|collegue)s?\b")
_POST = re.compile(
    r"(?P<half>\bmi[ -]?temps\b|\b0[.,]5 ?etp)|(?P<both>\b2 ?etp\b|\b2 temps[ -]pleins?)"
    r"|(?P<one>\b1[.,]5 ?etp)|(?P<full>\btemps[ -]?(?:plein|complet)|\bplein[ -]temps|\b1 ?etp\b)"
)
_POSTS = {"half": 0.5, "full": 1.0, "one": 1.5, "both": 2.0}
_BAND = re.compile(r"\bp ?(?P<p>\d{2})\b")
_RANK = re.compile(
    r"\b(?P<n>\d{1,2}) ?(?:re|er|ere|e|eme|nde?)\b(?! ?am\b| ?assistant)|\ban (?P<m>\d)\b"
)
_NEXT = re.compile(
    r"\b(?:des|a partir de|en|a|pour|la|l') ?(?:la |l')?(?:annee |an )?(?P<n>\d{1,2})"
    r" ?(?:re|ere|e|eme|nde?)\b"
    r"|\b(?:en|des l'|a partir de l'|a l') ?(?:annee|an) (?P<m>\d)\b"
)
_SPELL = re.compile(r"\b(?P<n>\d{1,2}) (?:ans?|annees?|1e|1eres?|1res?|premieres?)\b")
_DECEMBER, _LAST_DAY = 12, 31


@dataclass(frozen=True)
class Asked:
    """`period` is "begun", "to_come", or None; `since` and `until` bound a calendar period;
    `shift` is −1 for « celle d'avant »; `changes` are French inputs by the contract year from
    which they hold, the first of them from year 1; `cost`: the amount told is a cost."""

    unit: Unit | None = None
    period: str | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None
    first_years: int | None = None
    adds_up: bool = False
    shift: int = 0
    cost: bool = False
    left: bool = False
    changes: tuple[tuple[int, dict[str, object]], ...] = ()


def read_asked(text: str) -> Asked:
    """From the text of a message."""
    seen = fold(view(text).text)
    since, until = _calendar(seen)
    changes = _changes(seen)
    first = None if changes else _FIRST_YEARS.search(seen)
    return Asked(
        unit=_unit(seen),
        period="begun" if _BEGUN.search(seen) else "to_come" if _TO_COME.search(seen) else None,
        since=since,
        until=until,
        first_years=int(first["n"]) if first else None,
        adds_up=bool(_PLUS.search(seen)),
        shift=-1 if _BEFORE.search(seen) else 1 if _AFTER.search(seen) else 0,
        cost=bool(_COST.search(seen)),
        left=bool(_LEFT.search(seen)),
        changes=changes,
    )


def _unit(seen: str) -> Unit | None:
    if _PERCENT.search(seen):
        return "percent"
    return "month" if _MONTH.search(seen) and not _PAY.search(seen) else None


def _calendar(seen: str) -> tuple[datetime.date | None, datetime.date | None]:
    """« en 2027 », « à partir de mars 2027 »; not the year in which the contract was signed."""
    for match in _CALENDAR.finditer(seen):
        before = seen[: match.start()]
        if (
            _SIGNED.search(before)
            or _OF_THE_SCALE.search(before)
            or re.search(r"\d ?$|/ ?$|\b(?:barem\w*|convention|juin) $", before)
        ):
            continue
        year = int(match["year"])
        month = _MONTHS.index(match["month"]) + 1 if match["month"] else None
        if match["month"] is None and not re.match(r".*\b(?:en|pour|l'annee|de|d')", match.group()):
            continue
        first = datetime.date(year, month or 1, 1)
        if match["from"]:
            return first, None
        if month is None:
            return first, datetime.date(year, _DECEMBER, _LAST_DAY)
        return first, first
    return None, None


def _changes(seen: str) -> tuple[tuple[int, dict[str, object]], ...]:
    """« mi-temps la 1re année puis temps plein »: the second post from the year after.

    A year has to be told: « mi-temps, puis temps plein ? » asks about two cases. Two doctors are
    no change either.
    """
    if _SOMEBODY_ELSE.search(seen):
        return ()
    passing = _PASSING.search(seen)
    cut = _THEN.search(seen)
    if passing:
        before, after = passing["before"], passing["after"]
    elif cut:
        before, after = seen[: cut.start()], seen[cut.end() :]
    else:
        return ()
    first, then = _inputs(before), _inputs(after)
    changed = {key: value for key, value in then.items() if first.get(key, value) != value}
    named = _NEXT.search(after)
    ranks = [int(m["n"] or m["m"]) for m in _RANK.finditer(before)]
    ranks += [int(m["n"]) for m in _SPELL.finditer(before)]
    since = int(named["n"] or named["m"]) if named else max(ranks, default=0) + 1
    if not changed or since == 1:
        return ()
    return (1, {key: first[key] for key in changed}), (since, changed)


def _inputs(part: str) -> dict[str, object]:
    """The last post and band of a clause."""
    found: dict[str, object] = {}
    for match in _POST.finditer(part):
        found["quotite"] = next(value for kind, value in _POSTS.items() if match[kind])
    for match in _BAND.finditer(part):
        found["tranche"] = f"p{match['p']}"
    return found
