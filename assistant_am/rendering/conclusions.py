"""Conclusions for this person, the figure first: cost and remainder, panel kept, pay, year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from assistant_am.aid import GENERAL_ROW, Budget, BudgetYear, Names, NetCost, Tolerance
from assistant_am.aid.parameter_model import Dated
from assistant_am.french.format import (
    NBSP,
    euros,
    listing,
    long_date,
    month_year,
    number,
    ordinal,
    percent,
    year_rank,
)
from assistant_am.rendering.amount_words import in_words, post, short_fte
from assistant_am.rendering.amounts import refusal_blocks
from assistant_am.rendering.blocks import Block, Paragraph, Table

_HUNDRED = 100
_LEFT_OUT = "hors primes, formation et impôts"
_Range = tuple[float, float, str]
"""Lowest and highest gross pay, and who says it."""


def budget_blocks(budgets: Sequence[Budget]) -> tuple[Block, ...]:
    """Cost of the employer, then what remains each year once the maximum is taken off; side by
    side when several posts are possible."""
    budget = budgets[0]
    fte, cost = budget.employer_cost[0]
    others = "".join(
        f", {euros(price)} {_post(post)}"
        for each in budgets[1:]
        for post, price in each.employer_cost[:1]
    )
    opening = Paragraph(
        f"**Environ {euros(cost)} par an** de coût employeur {_post(fte)}{others} "
        f"({euros(budget.gross_salary)} brut{_full_time(0.0 if others else fte)})."
    )
    general = budget.estimate.names.band(GENERAL_ROW)
    band = f" ({general})" if budget.estimate.case.band is None else ""
    closing = Paragraph(f"Estimation Urssaf, aide maximale{band}, {_LEFT_OUT}.")
    if not budget.years:
        without = Paragraph(f"Estimation Urssaf, {_LEFT_OUT}.")
        return (opening, *refusal_blocks(budget.estimate), without)
    if others:
        return (opening, _posts_table(budgets), closing)
    rows = _alike((year, (euros(year.net[0].aid_eur), _left(year.net[0]))) for year in budget.years)
    header = ("Année de contrat", "Aide", "Reste")
    above = any(net.surplus_eur for year in budget.years for net in year.net[:1])
    capped = " Aucune source ne dit si l'aide est plafonnée au coût." if above else ""
    return (opening, Table(header, rows, "Par an"), Paragraph(closing.text + capped))


def _posts_table(budgets: Sequence[Budget]) -> Table:
    rows = _alike(
        (years[0], tuple(f"{euros(y.net[0].aid_eur)}, reste {_left(y.net[0])}" for y in years))
        for years in zip(*(each.years for each in budgets), strict=True)
    )
    names = (short_fte(each.employer_cost[0][0]) for each in budgets)
    return Table(("Année de contrat", *names), rows, "Aide maximale par an, et reste à payer")


def _alike(rows: Iterable[tuple[BudgetYear, tuple[str, ...]]]) -> tuple[tuple[str, ...], ...]:
    """A row for each year, or for the years one after the other whose cells are the same."""
    found = []
    for cells, group in groupby(rows, key=lambda row: row[1]):
        years = [year for year, _ in group]
        first = year_rank(years[0].year).split(NBSP)[0]
        rank = f"{first} à {_rank(years[-1])}" if len(years) > 1 else _rank(years[0])
        found.append((rank, *cells))
    return tuple(found)


def _post(fte: float) -> str:
    """« à mi-temps », « pour deux AM, 1,5 ETP au total »."""
    return f"à {in_words(fte)}" if fte <= 1 else f"pour {post(fte)}"


def _full_time(fte: float) -> str:
    return " par mois" if fte == 1 else " à temps plein"


def _rank(year: BudgetYear) -> str:
    return year_rank(year.year, and_following=year.and_following)


def _left(net: NetCost) -> str:
    return euros(net.net_eur)


def upkeep_blocks(kept: Tolerance, now: int, names: Names) -> tuple[Block, ...]:
    """Is the panel of an elder doctor kept?"""
    before = kept.initial_patients
    floor = number(kept.min_patients)
    change = _HUNDRED * (now - before) / before if before else 0.0
    moved = f"c'est {_signed(change)}"
    if now >= kept.min_patients:
        opening = "**L'objectif est atteint**"
        said = f"{moved}, et le plancher est {floor} (baisse de {percent(kept.percent)} tolérée)."
        ending = ""
    else:
        opening = "**L'objectif n'est pas atteint**"
        said = f"{moved}, sous le plancher de {floor} (baisse de {percent(kept.percent)} tolérée)."
        ending = f" À partir de {floor} patients, il le serait."
    gaps = " ".join(gap.sentence_fr for gap in kept.not_specified)
    panel = f"de {number(before)} à {number(now)} patients à {names.senior} et plus"
    text = f"{opening}, {panel} : {said}{ending}"
    return (Paragraph(text), Paragraph(gaps))


def floor_blocks(kept: Tolerance, names: Names) -> tuple[Block, ...]:
    """The smallest panel that an elder doctor may come down to."""
    lost = kept.initial_patients - kept.min_patients
    gaps = " ".join(gap.sentence_fr for gap in kept.not_specified)
    text = (
        f"**Le plancher est {number(kept.min_patients)} patients** pour "
        f"{number(kept.initial_patients)} au départ, à {names.senior} et plus : en perdre "
        f"{number(lost)} ({percent(kept.percent)} au plus) est toléré, un de plus ne l'est pas."
    )
    return (Paragraph(text), Paragraph(gaps))


def _signed(change: float) -> str:
    return f"{'+' if change > 0 else ''}{percent(round(change, 1))}"


def contract_year_blocks(
    rank: int, since: date, following: date, *, by_month: bool = False
) -> tuple[Block, ...]:
    """« Vous êtes dans la 2e année », with its days, or its months when no day was told."""
    told = _in_month if by_month else _on_day
    opens, next_one = told(since), told(following)
    if rank == 0:
        return (Paragraph(f"Le contrat n'a pas commencé : sa 1re année s'ouvre {opens}."),)
    return (
        Paragraph(
            f"**Vous êtes dans la {ordinal(rank)} année de contrat**, ouverte {opens} ; la "
            f"{ordinal(rank + 1)} commence {next_one}."
        ),
    )


def _on_day(day: date) -> str:
    return f"le {long_date(day)}"


def _in_month(day: date) -> str:
    """« en mars 2026 »."""
    return f"en {month_year(day)}"


def pay_blocks(
    gross: float,
    minimum: Dated[float],
    ranges: Sequence[_Range],
    former: _Range,
    *,
    half: bool,
) -> tuple[Block, ...]:
    """A gross monthly pay against the minimum wage, then the published ranges of beginners."""
    share = 0.5 if half and gross < minimum.value else 1.0
    floor = minimum.value * share
    time = "à mi-temps" if share < 1 else "à temps plein"
    smic = f"{euros(round(floor, 2))} brut {time} depuis le {long_date(minimum.since)}"
    told = listing(f"{number(low)} à {euros(high)} selon {who}" for low, high, who in ranges)
    if gross < floor:
        old = ""
        if former[0] <= gross <= former[1]:
            grid = f"{number(former[0])} à {euros(former[1])}"
            old = f" C'est un niveau de {former[2]} ({grid})."
        return (
            Paragraph(
                f"**{euros(gross)} brut est sous le SMIC** ({smic}) : un employeur ne peut pas "
                f"payer moins {time}.{old} Débutants : {told}."
            ),
        )
    full = gross / share
    place = listing(_against(full, each) for each in ranges)
    pro = f"l'équivalent de {euros(round(full, 2))} à temps plein, " if share < 1 else ""
    return (
        Paragraph(
            f"**{euros(gross)} brut est au-dessus du SMIC** ({smic}). Pour un débutant, c'est "
            f"{pro}{place}."
        ),
    )


def _against(gross: float, published: _Range) -> str:
    low, high, who = published
    where = "dans" if low <= gross <= high else "au-dessus de" if gross > high else "sous"
    return f"{where} la fourchette de {who} ({number(low)} à {euros(high)})"
