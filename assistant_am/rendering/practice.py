"""Several doctors side by side: the total first, a row for each, and why one has nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from assistant_am.aid import Assessment, Estimate, PracticeYear, YearAmount, add_years
from assistant_am.french.format import euros, listing, uncapitalised, year_rank
from assistant_am.rendering.amount_words import in_words
from assistant_am.rendering.blocks import Block, Bullets, Paragraph, Table

_TOTAL = "Total"
_SEVERAL = 3
_NUMBERED = re.compile(r"Médecin \d")
_NOTHING = "pas d'aide"


def practice_blocks(estimates: Mapping[str, Estimate], *, total: bool) -> tuple[Block, ...]:
    """The answer to « et au total ? » for doctors by name.

    `total`: over the years asked, instead of year by year.
    """
    paid = {name: each for name, each in estimates.items() if each.years}
    refused = [name for name in estimates if name not in paid]
    if not paid:
        return tuple(_why(name, estimates[name]) for name in refused)
    years = add_years(list(paid.values()))
    blocks: list[Block]
    if not years and all(len(each.years) == 1 for each in paid.values()):
        blocks = _each_in_its_year(paid)
    elif total and all(each.total_range for each in paid.values()):
        blocks = _over_the_years(paid)
    else:
        blocks = _year_by_year(paid, years, refused)
    blocks += [_why(name, estimates[name]) for name in refused]
    blocks.append(
        Paragraph("L'aide est versée à chaque médecin, selon l'année de son propre contrat.")
    )
    return tuple(blocks)


def right_blocks(assessments: Mapping[str, Assessment]) -> tuple[Block, ...]:
    """Who has a right to the aid, with what decides or remains open: how many, then a line for
    each doctor, one for all those alike."""
    possible = sum(each.status != "not_eligible" for each in assessments.values())
    alike: dict[str, list[str]] = {}
    for name, each in assessments.items():
        alike.setdefault(_right(each), []).append(name)
    lines = tuple(f"**{_together(names)} : {right}" for right, names in alike.items())
    if len(assessments) < _SEVERAL:
        return (Bullets(lines),)
    aids = "Aucune aide" if not possible else f"{possible} aide{'s' * (possible > 1)} au plus"
    each_one = ", une par médecin" if possible > 1 else ""
    opening = f"**{aids} pour ces {len(assessments)} médecins**{each_one}."
    return (Paragraph(opening), Bullets(lines))


def _together(names: Sequence[str]) -> str:
    """« Médecin 1, Médecin 2 et Dr A » → « Médecin 1, médecin 2 et Dr A »."""
    return listing((names[0], *(_lower_unless_title(name) for name in names[1:])))


def _right(assessment: Assessment) -> str:
    if assessment.status == "not_eligible":
        reasons = " ".join(reason.sentence_fr for reason in assessment.reasons)
        return f"pas droit à l'aide.** {_of_somebody(reasons)}"
    if assessment.status == "eligible":
        return "possible**, les conditions connues sont remplies."
    open_ones = dict.fromkeys(_of_him(reason.brief_fr) for reason in assessment.reasons)
    return f"possible**, sous réserve {listing(open_ones)}."


def _of_somebody(sentence: str) -> str:
    """« En l'atteignant, vous rempliriez cette condition » is said of a colleague."""
    return re.sub(r"\bvous rempliriez cette condition\b", "la condition serait remplie", sentence)


def _of_him(brief: str) -> str:
    """« de votre secteur » → « de son secteur »."""
    brief = re.sub(r"\bvotre (?=secteur|type|année)", "son ", brief)
    return re.sub(r"\bvotre (?!CPAM)", "sa ", brief)


def _described(name: str, estimate: Estimate, *others: str) -> str:
    """« Dr A (mi-temps, P90 à P94) »."""
    case, names = estimate.case, estimate.names
    known = [
        *([in_words(case.fte)] if case.fte is not None else []),
        *([names.band(case.band)] if case.band is not None else []),
        *others,
    ]
    return f"{name} ({', '.join(known)})" if known else name


def _year_by_year(
    paid: Mapping[str, Estimate], years: Sequence[PracticeYear], refused: Sequence[str]
) -> list[Block]:
    first = years[0]
    without = f" (hors {_spoken(refused)})" if refused else ""
    opening = (
        f"**{_between(first.low_eur, first.high_eur)} par an au maximum** en tout, "
        f"en {year_rank(first.year, and_following=first.and_following)}, "
        f"pour {_spoken(paid)}{without}."
    )
    kept = {year.year for year in years}
    rows = [
        (_described(name, each), *(_cell(year) for year in each.years if year.year in kept))
        for name, each in paid.items()
    ]
    sums = (_TOTAL, *(_between(year.low_eur, year.high_eur) for year in years))
    header = (
        "Médecin",
        *(year_rank(year.year, and_following=year.and_following) for year in years),
    )
    table = Table(header, (*rows, sums), "Montants maximaux par an")
    return [Paragraph(opening), table]


def _each_in_its_year(paid: Mapping[str, Estimate]) -> list[Block]:
    """« Dr A, 3e année ; Dr B, 1re année »."""
    sums, ranges = _sums(paid)
    rows = [
        (_described(name, each, year_rank(each.years[0].year)), ranges[name])
        for name, each in paid.items()
    ]
    header = ("Médecin", "Montant maximal par an")
    table = Table(header, (*rows, (_TOTAL, sums)), "Montants maximaux par an")
    return [Paragraph(f"**{sums} par an au maximum** en tout, pour {_spoken(paid)}."), table]


def _sums(paid: Mapping[str, Estimate]) -> tuple[str, dict[str, str]]:
    """The sum over the doctors, and what each one has, over the years of his estimate."""
    ranges = {name: each.total_range or (0, 0) for name, each in paid.items()}
    low = sum(each[0] for each in ranges.values())
    high = sum(each[1] for each in ranges.values())
    return _between(low, high), {name: _between(*each) for name, each in ranges.items()}


def _over_the_years(paid: Mapping[str, Estimate]) -> list[Block]:
    sums, ranges = _sums(paid)
    counts = {len(each.years) for each in paid.values()}
    span = f"sur {counts.pop()} ans" if len(counts) == 1 else "sur les années demandées"
    rows = [(_described(name, paid[name]), ranges[name]) for name in paid]
    table = Table(("Médecin", f"Total {span}"), (*rows, (_TOTAL, sums)), "Montants maximaux")
    opening = f"**{sums} au maximum {span}**, pour {_spoken(paid)}."
    return [Paragraph(opening), table]


def _spoken(names: Iterable[str]) -> str:
    """« le Dr A et votre associé », « l'anesthésiste et la gynécologue », « ces 3 médecins »."""
    names = list(names)
    if len(names) >= _SEVERAL and all(_NUMBERED.fullmatch(name) for name in names):
        return f"ces {len(names)} médecins"
    return listing(
        name[:1].lower() + name[1:]
        if name.startswith(("Votre ", *_ARTICLES))
        else f"le {_lower_unless_title(name)}"
        for name in names
    )


_ARTICLES = ("L'", "Le ", "La ")


def _lower_unless_title(name: str) -> str:
    return name if name.startswith("Dr ") else uncapitalised(name)


def _cell(year: YearAmount) -> str:
    return _between(year.amounts[0], year.amounts[-1])


def _between(low: int, high: int) -> str:
    return euros(low) if low == high else f"{euros(low)} à {euros(high)}"


def _why(name: str, estimate: Estimate) -> Paragraph:
    reasons = " ".join(reason.sentence_fr for reason in estimate.assessment.reasons)
    return Paragraph(f"{name} : {_NOTHING}. {reasons}")
