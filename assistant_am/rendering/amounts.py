"""Estimates of the aid as blocks: the figure first, then its condition, then the source."""

from __future__ import annotations

from collections.abc import Iterable

from assistant_am.aid import Assessment, Case, Difference, Estimate, Reason, YearAmount
from assistant_am.french.format import euros, long_date, number, uncapitalised, year_rank
from assistant_am.rendering.bands import exceptions, general_amount, rank_of
from assistant_am.rendering.blocks import Block, Bullets, Paragraph, Table

BANDS = {
    "sous_p30": "sous P30",
    "p30_p89": "P30 à P89",
    "p90_p94": "P90 à P94",
    "p95_plus": "P95 et plus",
}
FTES = {
    0.5: "un mi-temps (0,5 ETP)",
    1.0: "un temps plein (1 ETP)",
    1.5: "deux AM, 1,5 ETP au total",
    2.0: "deux AM, 2 ETP au total",
}
_SHORT_FTES = {0.5: "Mi-temps", 1.0: "Temps plein", 1.5: "1,5 ETP", 2.0: "2 ETP"}
_SCALES = {
    "ancien": "ancien barème (avant juin 2024)",
    "nouveau": "nouveau barème (convention 2024)",
}
_ALWAYS_TOLD = (
    "BAND_NOT_YET",
    "SECOND_TOTAL",
    "FIRST_ASSISTANT_ONLY",
    "GENERAL_ROW",
    "GUARANTEED_YEAR",
    "MODULATION",
    "TOP_BAND_MODULATION",
)


def estimate_blocks(
    estimate: Estimate, *, total: bool = False, conditions: bool = False
) -> tuple[Block, ...]:
    """The answer to « combien ? ».

    `total`: the sum is what was asked. `conditions`: say the conditions still open, because the
    person spoke of some of them.
    """
    if estimate.status == "not_eligible":
        return refusal_blocks(estimate)
    blocks: list[Block] = []
    if total and len(estimate.years) > 1:
        blocks.append(_total(estimate))
    if len(estimate.years) == 1:
        blocks += _one_year(estimate, estimate.years[0])
    else:
        blocks += _table(estimate, total)
    blocks += [
        Paragraph(notice.sentence_fr) for notice in estimate.warnings if notice.code in _ALWAYS_TOLD
    ]
    if conditions and estimate.assessment.status == "to_confirm":
        blocks += open_conditions(estimate.assessment)
    return tuple(blocks)


def refusal_blocks(estimate: Estimate) -> tuple[Block, ...]:
    """Why there is no aid, what would change it, and what remains possible with one assistant."""
    blocks: list[Block] = list(_reasons(estimate.assessment.reasons))
    fallback = estimate.fallback
    if fallback and fallback.years:
        amounts = [year for year in fallback.years if year.max_eur is not None]
        if amounts:
            year = amounts[-1]
            blocks.append(
                Paragraph(
                    "L'aide d'un seul AM à temps plein reste possible : "
                    f"{euros(year.max_eur or 0)} par an au maximum en {rank_of(year)}."
                )
            )
        else:
            blocks.append(Paragraph("L'aide d'un seul AM à temps plein reste possible."))
    return tuple(blocks)


def eligibility_blocks(assessment: Assessment) -> tuple[Block, ...]:
    """The answer to « ai-je droit à l'aide ? »."""
    if assessment.status == "not_eligible":
        return tuple(_reasons(assessment.reasons))
    met = [reason for reason in assessment.conditions if reason.state == "met"]
    said = " ".join(reason.sentence_fr for reason in met)
    if assessment.status == "eligible":
        opening = "**Oui, a priori** : les conditions connues sont remplies."
    else:
        opening = "**Oui, c'est possible**, sous réserve de ce qui reste à vérifier."
    blocks: list[Block] = [Paragraph(f"{opening} {said}".strip())]
    if assessment.status == "to_confirm":
        blocks += open_conditions(assessment)
    return tuple(blocks)


def open_conditions(assessment: Assessment) -> list[Block]:
    """Conditions that are not known yet, each once."""
    sentences = [reason.sentence_fr for reason in assessment.reasons if reason.state == "unknown"]
    if not sentences:
        return []
    if len(sentences) == 1:
        return [Paragraph(f"Sous réserve : {uncapitalised(sentences[0])}")]
    return [Paragraph("Sous réserve de ces conditions :"), Bullets(tuple(sentences))]


def comparison_blocks(
    first: Estimate, second: Estimate, difference: Difference
) -> tuple[Block, ...]:
    """Two situations side by side, the gap first."""
    names = _names(first, second)
    if first.status == "not_eligible" or second.status == "not_eligible":
        refused = first if first.status == "not_eligible" else second
        return refusal_blocks(refused)
    comparable = [
        year
        for year in difference.years
        if year.first_eur is not None and year.second_eur is not None
    ]
    if len(comparable) == 1 and len(first.years) == 1:
        year = comparable[0]
        return (
            _gap(year.first_eur or 0, year.second_eur or 0, names, first, second),
            *_notes(second),
        )
    rows = tuple(
        (year_rank(a.year, and_following=a.and_following), _cell(a), _cell(b))
        for a, b in zip(first.years, second.years, strict=False)
    )
    table = Table(("Année de contrat", *names), rows, "Montants maximaux, par an")
    opening = (
        f"Par an, au maximum, {_common(first)} :" if _common(first) else "Par an, au maximum :"
    )
    return (Paragraph(opening), table, *exceptions([first, second]), *_notes(second))


def years_difference_blocks(estimate: Estimate) -> tuple[Block, ...]:
    """The change from the first to the last of the years asked."""
    first, last = estimate.years[0], estimate.years[-1]
    if estimate.status == "not_eligible" or not first.amounts or not last.amounts:
        return estimate_blocks(estimate)
    lines = []
    for fte in sorted({amount.fte for amount in first.possible}):
        start, end = general_amount(first, fte), general_amount(last, fte)
        lines.append(
            f"**{_signed(end - start)} par an** pour {FTES[fte]} : "
            f"{euros(start)} en {rank_of(first)}, {euros(end)} en {rank_of(last)}."
        )
    blocks: list[Block] = (
        [Paragraph(" ".join(lines))] if len(lines) == 1 else [Bullets(tuple(lines))]
    )
    return (*blocks, *exceptions([estimate]), *_notes(estimate))


def short_fte(fte: float) -> str:
    """0.5 → "Mi-temps"."""
    return _SHORT_FTES[fte]


def step_lines(estimate: Estimate) -> tuple[str, ...]:
    """The computation, one line a step: what was read, and where."""
    lines = []
    for step in estimate.steps:
        value = step.value
        if step.unit.startswith("euros") and not isinstance(value, str):
            shown = f"{euros(value)} par an" if step.unit == "euros_par_an" else euros(value)
        else:
            shown = str(value)
        lines.append(f"{step.label_fr} : {shown}")
    return tuple(lines)


def assumptions(case: Case) -> str:
    """What is taken for granted, so that it can be corrected: « mi-temps, P90 à P94 »."""
    parts = []
    if case.fte is not None:
        parts.append(FTES[case.fte])
    if case.band is not None:
        parts.append(BANDS[case.band])
    if case.contract_date is not None:
        parts.append(f"contrat du {long_date(case.contract_date)}")
    if case.scale is not None:
        parts.append(_SCALES[case.scale])
    return ", ".join(parts)


def _one_year(estimate: Estimate, year: YearAmount) -> list[Block]:
    ftes = sorted({amount.fte for amount in year.possible})
    context = f"en {rank_of(year)} de contrat{_qualifiers(estimate.case, year)}"
    if len(ftes) == 1:
        return [Paragraph(_by_band(year, ftes[0], f"pour {FTES[ftes[0]]} {context}"))]
    return [
        Paragraph(f"Montants maximaux par an {context} :"),
        Bullets(tuple(_by_band(year, fte, f"pour {FTES[fte]}") for fte in ftes)),
    ]


def _by_band(year: YearAmount, fte: float, context: str) -> str:
    amounts = {a.band: a.max_eur for a in year.possible if a.fte == fte}
    values = list(dict.fromkeys(amounts.values()))
    if len(values) == 1:
        return f"**{euros(values[0])} par an au maximum** {context}."
    general, large, top = (amounts.get(band) for band in ("p30_p89", "p90_p94", "p95_plus"))
    if general is None or large is None or top is None:
        listed = " ; ".join(f"{euros(value)} ({BANDS[band]})" for band, value in amounts.items())
        return f"{listed} par an au maximum {context}."
    if general == large:
        return (
            f"**{euros(general)} par an au maximum** {context}. "
            f"Exception : {euros(top)} à partir du P95 (montant fixe chaque année)."
        )
    return (
        f"**{euros(general)} par an au maximum** {context} (P30 à P89) ; "
        f"{euros(large)} de P90 à P94 ; {euros(top)} à partir du P95."
    )


def _table(estimate: Estimate, total: bool) -> list[Block]:
    years = estimate.years
    ftes = sorted({amount.fte for year in years for amount in year.possible})
    case = estimate.case
    subject = f"pour {FTES[ftes[0]]}" if len(ftes) == 1 else "pour un AM"
    opening = f"Montants maximaux par an {subject}{_qualifiers(case, None)} :"
    header = (
        ("Année de contrat", *(_SHORT_FTES[fte] for fte in ftes))
        if len(ftes) > 1
        else (
            "Année de contrat",
            "Montant maximal par an",
        )
    )
    rows = tuple(
        (
            year_rank(year.year, and_following=year.and_following),
            *(euros(general_amount(year, fte)) for fte in ftes),
        )
        for year in years
    )
    caption = "Aide de l'Assurance Maladie, montants maximaux par an"
    return [
        *([] if total else [Paragraph(opening)]),
        Table(header, rows, caption),
        *exceptions([estimate]),
    ]


def _total(estimate: Estimate) -> Paragraph:
    count = len(estimate.years)
    span = (
        f"sur {count} ans"
        if estimate.years[0].year == 1
        else f"de la {rank_of(estimate.years[0])} à la {rank_of(estimate.years[-1])}"
    )
    lines = []
    for fte in sorted({total.fte for total in estimate.totals}):
        amounts = {t.band: t.max_eur for t in estimate.totals if t.fte == fte}
        values = list(dict.fromkeys(amounts.values()))
        context = f"{span} pour {FTES[fte]}{_qualifiers(estimate.case, None)}"
        if len(values) == 1:
            lines.append(f"**{euros(values[0])} au maximum** {context}.")
        else:
            first, *others = amounts.items()
            rest = " ; ".join(f"{euros(value)} ({BANDS[band]})" for band, value in others)
            lines.append(
                f"**{euros(first[1])} au maximum** {context} ({BANDS[first[0]]}) ; {rest}."
            )
    return Paragraph(" ".join(lines))


def _cell(year: YearAmount) -> str:
    first = year.possible[0]
    return euros(general_amount(year, first.fte))


def _qualifiers(case: Case, year: YearAmount | None) -> str:
    parts = []
    if case.band is not None:
        parts.append(f"patientèle {BANDS[case.band]}")
    if case.contract_date is not None:
        parts.append(f"contrat du {long_date(case.contract_date)}")
    scale = case.scale or (year.scale if year and year.scale == "ancien" else None)
    if scale is not None:
        parts.append(_SCALES[scale])
    return "".join(f", {part}" for part in parts)


def _gap(
    start: int, end: int, names: tuple[str, str], first: Estimate, second: Estimate
) -> Paragraph:
    year = first.years[0]
    percent = f", soit {_percent(start, end)}" if first.case.fte == second.case.fte else ""
    common = _common(first)
    context = f"{common}, " if common else ""
    return Paragraph(
        f"**{_signed(end - start)} par an**{percent} : {context}en {rank_of(year)}, "
        f"{euros(start)} au maximum ({names[0].lower()}) et {euros(end)} ({names[1].lower()})."
    )


def _percent(start: int, end: int) -> str:
    change = 100 * (end - start) / start
    return f"{'+' if change > 0 else ''}{number(change, 2)}\u00a0%"


def _signed(amount: int) -> str:
    return f"{euros(abs(amount))} de {'plus' if amount >= 0 else 'moins'}"


def _names(first: Estimate, second: Estimate) -> tuple[str, str]:
    a, b = first.case, second.case
    if a.fte != b.fte and a.fte is not None and b.fte is not None:
        return _SHORT_FTES[a.fte], _SHORT_FTES[b.fte]
    if a.scale != b.scale:
        return "Ancien barème", "Nouveau barème"
    if a.band != b.band and a.band and b.band:
        return BANDS[a.band], BANDS[b.band]
    return "Première situation", "Seconde situation"


def _common(estimate: Estimate) -> str:
    case = estimate.case
    return f"pour {FTES[case.fte]}" if case.fte is not None else ""


def _notes(estimate: Estimate) -> list[Block]:
    return [
        Paragraph(notice.sentence_fr)
        for notice in estimate.warnings
        if notice.code in ("MODULATION", "SECOND_TOTAL")
    ]


def _reasons(reasons: Iterable[Reason]) -> list[Block]:
    sentences = [reason.sentence_fr for reason in reasons]
    opening = "**Non, pas d'aide dans cette situation.**"
    if len(sentences) == 1:
        return [Paragraph(f"{opening} {sentences[0]}")]
    return [Paragraph(opening), Bullets(tuple(sentences))]
