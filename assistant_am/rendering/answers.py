"""The answer to a query on amounts as blocks: the figure asked for first, then what it is made of.

One function for each quantity; what no source settles is said once, last.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant_am.aid import AmountGap, Answer, Band, Line, Names, Path, YearAmount
from assistant_am.french.format import euros, long_date, number, percent, uncapitalised, year_rank
from assistant_am.rendering import amount_words as words
from assistant_am.rendering.amounts import open_in_brief, refusal_blocks
from assistant_am.rendering.bands import exceptions, general, rank_of
from assistant_am.rendering.blocks import Block, Bullets, Paragraph, Reserve, Table
from assistant_am.rendering.cited import cited_blocks

_MONTHS = 12
_HUNDRED = 100
_COLUMNS = 3
_ALWAYS_TOLD = (
    "BAND_NOT_YET",
    "SECOND_TOTAL",
    "FIRST_ASSISTANT_ONLY",
    "GUARANTEED_YEAR",
)
_RESERVES = ("GENERAL_ROW", "MODULATION", "TOP_BAND_MODULATION")
_CHANGE = (
    "Changement en cours de contrat : calculé d'après le barème, année par année ; aucune source "
    "ne dit comment il est appliqué, votre CPAM le dira."
)
_SCHEDULE = "Nos sources ne donnent pas le calendrier des versements."


def answer_blocks(answer: Answer, *, conditions: bool = False) -> tuple[Block, ...]:
    """`conditions`: say those still open, because the person spoke of some of them."""
    if answer.query.quantity == "reverse":
        return cited_blocks(answer)
    refused = next((line.refused for line in answer.lines if line.refused), None)
    if refused is not None and (len(answer.lines) < _COLUMNS or not answer.paid):
        return refusal_blocks(refused)
    several = len(answer.lines) > 1
    match answer.query.quantity:
        case "total" if several:
            blocks = _sums(answer)
        case "total":
            blocks = _total(answer)
        case "difference" if several:
            blocks = _between_situations(answer)
        case "difference":
            blocks = _between_years(answer)
        case "left_to_pay":
            blocks = [block for line in answer.lines for block in _left_to_pay(answer, line)]
        case "highest" | "lowest":
            blocks = _extremes(answer)
        case _ if several:
            blocks = _side_by_side(answer)
        case _:
            blocks = _amount(answer, answer.lines[0])
    blocks += _notes(answer)
    assessed = answer.lines[0].estimates[0].assessment
    if conditions and assessed.status == "to_confirm":
        blocks.append(open_in_brief(assessed))
    return tuple(blocks)


def _amount(answer: Answer, line: Line) -> list[Block]:
    return _one_year(answer, line) if len(line.years) == 1 else _table(answer, line)


def _one_year(answer: Answer, line: Line) -> list[Block]:
    year = line.years[0]
    context = f"en {rank_of(year)} de contrat{_begins(answer, year)}{_qualified(answer, line)}"
    per = "par mois" if answer.query.unit == "month" else "par an"
    made_of = f" ({euros(general(line)[0].amounts[0])} par an, divisés par 12)"
    columns = general(line)
    lines = []
    for column in columns:
        cells = {p.band: _shown(answer, p.amounts[0]) for p in line.paths if p.fte == column.fte}
        about = f"pour {words.posts(line.situation, column.fte)}"
        if len(columns) == 1:
            about += f"{made_of if per == 'par mois' else ''} {context}"
        lines.append(words.by_band(cells, about, answer.names, per))
    if len(lines) == 1:
        return [Paragraph(lines[0])]
    return [Paragraph(f"Montants maximaux {per} {context} :"), Bullets(tuple(lines))]


def _shown(answer: Answer, amount: float) -> float:
    """The amount in the unit asked for, rounded to the cent."""
    return round(amount / _MONTHS, 2) if answer.query.unit == "month" else amount


def _begins(answer: Answer, year: YearAmount) -> str:
    """« (du 1er mars 2027) », when the years were asked by the calendar."""
    if answer.query.years.kind not in ("during", "now") or year.starts_on is None:
        return ""
    verb = "depuis le" if year.begun else "à partir du"
    return f" ({verb} {long_date(year.starts_on)})"


def _table(answer: Answer, line: Line) -> list[Block]:
    columns = general(line)
    per = "par mois" if answer.query.unit == "month" else "par an"
    about = words.posts(line.situation, columns[0].fte) if len(columns) == 1 else "un AM"
    opening = f"Montants maximaux {per} pour {about}{_qualified(answer, line)} :"
    names = [f"Maximum {per}"] if len(columns) == 1 else [words.short_fte(c.fte) for c in columns]
    rows = tuple(
        (
            rank_of(year).capitalize() + _begins(answer, year),
            *(euros(_shown(answer, column.amounts[place])) for column in columns),
        )
        for place, year in enumerate(line.years)
    )
    caption = f"Aide de l'Assurance Maladie, montants maximaux {per}"
    table = Table(("Année de contrat", *names), rows, caption)
    return [Paragraph(opening), table, *_others(answer, [line])]


def _others(answer: Answer, lines: Sequence[Line]) -> list[Block]:
    said = exceptions(lines, answer.names)
    if said and answer.query.unit == "month":
        said = f"Par an : {uncapitalised(said)}"
    return [Paragraph(said)] if said else []


def _total(answer: Answer) -> list[Block]:
    line = answer.lines[0]
    if len(line.years) == 1:
        # The sum of one year is its amount; two assistants « au total » are the option's.
        return _one_year(answer, line)
    span = _span(answer, line)
    lines = []
    for column in general(line):
        sums = {path.band: path.total for path in line.paths if path.fte == column.fte}
        about = f"{span} pour {words.posts(line.situation, column.fte)}{_qualified(answer, line)}"
        if answer.query.unit == "month":
            count = _MONTHS * len(line.years)
            months = {band: round(value / count, 2) for band, value in sums.items()}
            lines.append(words.by_band(months, f"en moyenne {about}", answer.names, "par mois"))
            continue
        lines.append(_sum_by_band(sums, about, answer.names))
    blocks: list[Block] = [Paragraph(lines[0])] if len(lines) == 1 else [Bullets(tuple(lines))]
    if len(lines) == 1:
        parts = words.sum_of(general(line)[0].amounts, line.years)
        blocks.append(Paragraph(f"Soit {parts}."))
    return blocks


def _sum_by_band(sums: Mapping[Band, int], about: str, names: Names) -> str:
    first, *_ = sums.values()
    opening = f"**{euros(first)} au maximum** {about}"
    if len(set(sums.values())) == 1:
        return f"{opening}."
    low = [band for band, value in sums.items() if value == first]
    rest = [f"{euros(v)} {names.of_band(band)}" for band, v in sums.items() if v != first]
    return f"{opening} ({names.bands(low)}) ; {' ; '.join(rest)}."


def _span(answer: Answer, line: Line) -> str:
    ranks = words.ranks(line.years)
    match answer.query.years.kind:
        case "begun":
            return f"depuis le début, {ranks}, année en cours comprise,"
        case "to_come":
            return f"encore à venir, {ranks},"
        case _:
            return ranks


def _between_years(answer: Answer) -> list[Block]:
    line = answer.lines[0]
    if len(line.years) == 1:
        return _one_year(answer, line)
    first, last = line.years[0], line.years[-1]
    gaps = answer.year_gaps
    lines = []
    for column in general(line):
        mine = {gap.path.band: gap for gap in gaps if gap.path.fte == column.fte}
        about = (
            f"pour {words.posts(line.situation, column.fte)}{_qualified(answer, line)} : "
            f"{euros(column.amounts[0])} en {rank_of(first)}, "
            f"{euros(column.amounts[-1])} en {rank_of(last)}"
        )
        lines.append(
            f"{_gap(answer, next(iter(mine.values())))} {about}.{_other_gaps(mine, answer.names)}"
        )
    return [Paragraph(lines[0])] if len(lines) == 1 else [Bullets(tuple(lines))]


def _gap(answer: Answer, gap: AmountGap, *, per: str = " par an", compare: bool = True) -> str:
    """« **5 000 € de moins par an**, soit −26,32 % »."""
    amount, unit = float(gap.euros), per
    if answer.query.unit == "month":
        amount, unit = round(gap.euros / _MONTHS, 2), " par mois"
    if not gap.euros:
        return "**Aucun écart**"
    if answer.query.unit == "percent":
        return f"**{words.signed_percent(gap.percent)}**, soit {words.signed(amount)}{unit},"
    rate = f", soit {words.signed_percent(gap.percent)}" if compare else ""
    return f"**{words.signed(amount)}{unit}**{rate}"


def _other_gaps(gaps: Mapping[Band, AmountGap], names: Names) -> str:
    """The other bands, where the gap is not the same."""
    first, *others = gaps.values()
    said = [
        f"{uncapitalised(names.of_band(gap.path.band))}, {words.signed(gap.euros)} "
        f"({euros(gap.first_eur)}, puis {euros(gap.second_eur)})"
        for gap in others
        if (gap.first_eur, gap.second_eur) != (first.first_eur, first.second_eur)
    ]
    return f" {_capitalised(' ; '.join(said))}." if said else ""


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _between_situations(answer: Answer) -> list[Block]:
    first, second = answer.lines[0], answer.lines[1]
    gaps = answer.gaps()
    years = dict.fromkeys(gap.year for gap in gaps)
    if len(years) != 1 or len(answer.lines) > _COLUMNS - 1:
        return _side_by_side(answer)
    names = _names(answer.lines, answer.names)
    found: dict[float, dict[Band, AmountGap]] = {}
    for gap in gaps:
        found.setdefault(gap.path.fte, {}).setdefault(gap.path.band, gap)
    same_post = first.situation.case.fte == second.situation.case.fte
    lines = []
    for fte, mine in found.items():
        gap = next(iter(mine.values()))
        about = f"pour {words.post(fte)}, " if same_post else ""
        lines.append(
            f"{_gap(answer, gap, compare=same_post)} : {about}"
            f"{_both_amounts(gap, first, second, names)}.{_other_gaps(mine, answer.names)}"
        )
    return [Paragraph(lines[0])] if len(lines) == 1 else [Bullets(tuple(lines))]


def _both_amounts(gap: AmountGap, first: Line, second: Line, names: Sequence[str]) -> str:
    """What is compared; this year is not the same contract year for contracts of two dates."""
    year = next(y for y in first.years if y.year == gap.year)
    other = next((y for y in second.years if y.year == gap.year), second.years[0])
    before, after = (uncapitalised(name) for name in names[:2])
    if year.year == other.year:
        return (
            f"en {rank_of(other)}, {euros(gap.first_eur)} au maximum ({before}) et "
            f"{euros(gap.second_eur)} ({after})"
        )
    return (
        f"{euros(gap.first_eur)} au maximum en {rank_of(year)} ({before}) et "
        f"{euros(gap.second_eur)} en {rank_of(other)} ({after})"
    )


def _side_by_side(answer: Answer) -> list[Block]:
    """One row for each situation, or for each year when both have the same."""
    lines = [line for line in answer.lines if line.paths]
    names = _names(answer.lines, answer.names)
    per = "par mois" if answer.query.unit == "month" else "par an"
    caption = f"Montants maximaux {per}"
    ranks = {tuple(year.year for year in line.years) for line in lines}
    if len(ranks) == 1 and len(lines) <= _COLUMNS and lines == list(answer.lines):
        rows = tuple(
            (
                _capitalised(rank_of(year)),
                *(euros(_shown(answer, general(line)[0].amounts[place])) for line in lines),
            )
            for place, year in enumerate(lines[0].years)
        )
        table = Table(("Année de contrat", *names), rows, caption)
        blocks: list[Block] = [Paragraph(f"{_common(lines)} :"), table]
        if answer.query.quantity == "difference" and len(lines) == _COLUMNS - 1:
            blocks.append(Paragraph(_gap_of_sums(answer)))
        return [*blocks, *_others(answer, lines)]
    rows = tuple(
        (name, _cells(answer, line) if line.paths else "pas d'aide")
        for name, line in zip(names, answer.lines, strict=True)
    )
    return [Table(("Situation", caption), rows, caption)]


def _cells(answer: Answer, line: Line) -> str:
    lowest = general(line)[0]
    return " ; ".join(
        f"{year_rank(year.year)} {euros(_shown(answer, amount))}"
        for year, amount in zip(line.years, lowest.amounts, strict=True)
    )


def _gap_of_sums(answer: Answer) -> str:
    gaps = answer.total_gaps()
    if not gaps or any(year.and_following for year in answer.lines[0].years):
        return "Écart année par année dans le tableau."
    gap = gaps[0]
    count = len(answer.lines[0].years)
    first, second = (line.situation.case.fte for line in answer.lines)
    shown = _gap(answer, gap, per="", compare=first == second)
    return f"{shown} sur {count} ans : {euros(gap.first_eur)} et {euros(gap.second_eur)}."


def _sums(answer: Answer) -> list[Block]:
    """The sum of each situation or doctor, and of all doctors."""
    names = _names(answer.lines, answer.names)
    rows = []
    for name, line in zip(names, answer.lines, strict=True):
        low, high = line.total_range or (0, 0)
        shown = _from_to(low, high) if line.paths else "pas d'aide"
        rows.append((f"{name}, {words.ranks(line.years)}" if line.paths else name, shown))
    doctors = all(line.situation.name for line in answer.lines)
    opening: list[Block] = []
    if doctors and answer.total_range:
        total = _from_to(*answer.total_range)
        rows.append(("Total", total))
        opening = [Paragraph(f"**{total} au maximum** en tout.")]
    return [*opening, Table(("Situation", "Total"), tuple(rows), "Montants maximaux")]


def _from_to(low: int, high: int) -> str:
    return euros(low) if low == high else f"{euros(low)} à {euros(high)}"


def _left_to_pay(answer: Answer, line: Line) -> list[Block]:
    cost = line.cost_eur or 0
    if line.refused:
        return list(refusal_blocks(line.refused))
    if len(line.years) > 1:
        columns = general(line)[:1]
        rows = tuple(
            (_capitalised(rank_of(year)), euros(aid), euros(max(0, cost - aid)))
            for year, aid in zip(line.years, columns[0].amounts, strict=True)
        )
        about = f"{words.posts(line.situation, columns[0].fte)}{_qualified(answer, line)}"
        opening = Paragraph(f"Pour {about}, avec un coût de {euros(cost)} par an :")
        header = ("Année de contrat", "Aide maximale", "Reste à payer")
        table = Table(header, rows, "Par an")
        return [opening, table, *_others(answer, [line])]
    lines = [_left(answer, line, path, cost) for path in general(line)]
    others = _left_on_other_bands(answer, line, cost)
    return [Paragraph(f"{' '.join(lines)}{others}")]


def _left(answer: Answer, line: Line, path: Path, cost: int) -> str:
    aid = path.amounts[0]
    about = (
        f"{euros(cost)} de coût moins {euros(aid)} d'aide maximale pour "
        f"{words.posts(line.situation, path.fte)} en {rank_of(line.years[0])}"
        f"{_qualified(answer, line)}"
    )
    if aid >= cost:
        return (
            f"**Rien ne reste à payer** au maximum de l'aide : {about}. Aucune source ne dit si "
            "l'aide est plafonnée au coût."
        )
    if answer.query.unit == "percent":
        share = percent(round(_HUNDRED * aid / cost, 2))
        return f"**L'aide couvre au plus {share} du coût** : {about}."
    if answer.query.unit == "month":
        left = euros(round((cost - aid) / _MONTHS, 2))
        return f"**Il reste {left} par mois** au moins à votre charge : {about}."
    return f"**Il reste {euros(cost - aid)} par an** au moins à votre charge : {about}."


def _left_on_other_bands(answer: Answer, line: Line, cost: int) -> str:
    lowest = {path.fte: path.amounts[0] for path in reversed(line.paths)}
    said = [
        f"{euros(max(0, cost - path.amounts[0]))} {answer.names.of_band(path.band)}"
        for path in line.paths
        if path.amounts[0] != lowest[path.fte]
    ]
    return f" Reste {' ; '.join(said)}." if said else ""


def _extremes(answer: Answer) -> list[Block]:
    found = answer.extremes
    assert found is not None
    most, least = (_where(answer, amount) for amount in reversed(found))
    high = f"{euros(_shown(answer, found[1]))} par {_unit(answer)}"
    low = f"{euros(_shown(answer, found[0]))} par {_unit(answer)}"
    if answer.query.quantity == "highest":
        return [
            Paragraph(f"**Au plus {high}** ({most}) ; le plus bas montant est {low} ({least}).")
        ]
    return [
        Paragraph(
            f"**Au moins {low}** avant modulation ({least}) ; le plus haut est {high} ({most})."
        )
    ]


def _unit(answer: Answer) -> str:
    return "mois" if answer.query.unit == "month" else "an"


def _where(answer: Answer, amount: int) -> str:
    """The first place with this amount: « temps plein, 1re année »."""
    for line in answer.lines:
        for path in line.paths:
            for year, value in zip(line.years, path.amounts, strict=True):
                if value == amount:
                    band = "" if line.situation.case.band else f", {answer.names.band(path.band)}"
                    name = f"{line.situation.name}, " if line.situation.name else ""
                    return f"{name}{words.in_words(path.fte)}, {rank_of(year)}{band}"
    raise AssertionError(amount)


def _names(lines: Sequence[Line], words_of: Names) -> tuple[str, ...]:
    cases = [line.situation.case for line in lines]
    if all(line.situation.name for line in lines):
        return tuple(line.situation.name for line in lines)
    varies = {
        name: len({getattr(case, name) for case in cases}) > 1 for name in ("fte", "scale", "band")
    }
    named = []
    for rank, (case, line) in enumerate(zip(cases, lines, strict=True), 1):
        parts = []
        if varies["fte"] and case.fte is not None:
            parts.append(words.short_fte(case.fte))
        if varies["scale"]:
            parts.append("Ancien barème" if case.scale == "ancien" else "Nouveau barème")
        if varies["band"] and case.band is not None:
            parts.append(words_of.band(case.band))
        changed = " avec changement" if line.situation.changes else ""
        named.append((", ".join(parts) or f"Cas {number(rank)}") + changed)
    return tuple(named)


def _common(lines: Sequence[Line]) -> str:
    ftes = {line.situation.case.fte for line in lines}
    fte = ftes.pop() if len(ftes) == 1 else None
    return f"Par an, au maximum{f', pour {words.post(fte)}' if fte is not None else ''}"


def _qualified(answer: Answer, line: Line) -> str:
    scales = {year.scale for year in line.years}
    only = scales.pop() if len(scales) == 1 else None
    return words.qualifiers(line.situation, answer.names, scale=only)


def _notes(answer: Answer) -> list[Block]:
    """What limits the amounts, each once."""
    notices = {
        notice.code: notice.sentence_fr
        for line in answer.lines
        for estimate in line.estimates
        for notice in estimate.warnings
    }
    said = [notices[code] for code in _ALWAYS_TOLD if code in notices]
    reserves = [notices[code] for code in _RESERVES if code in notices]
    if any(line.situation.changes for line in answer.lines):
        reserves.append(_CHANGE)
    if answer.query.years.kind in ("begun", "to_come"):
        reserves.append(_SCHEDULE)
    return [*map(Paragraph, said), *map(Reserve, reserves)]
