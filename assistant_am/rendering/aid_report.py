"""An estimate as plain text, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from assistant_am.aid import Budget, Estimate, Notice, Step
from assistant_am.files.source import Source
from assistant_am.french import format as fr

from . import aid_words as words


def report(estimate: Estimate, budget: Budget | None = None) -> str:
    """Sentence, steps, budget, warnings, what no source says, sources."""
    return "\n".join(_lines(estimate, budget))


def step_text(step: Step) -> str:
    value = fr.euros(step.value) if isinstance(step.value, (int, float)) else step.value
    unit = " par an" if step.unit == "euros_par_an" else ""
    return f"{step.label_fr} : {value}{unit}"


def source_text(source: Source) -> str:
    address = f" {source.url}" if source.url else ""
    return f"{source.short}, « {source.title} »{address}"


def notice_text(notice: Notice) -> str:
    if not notice.years:
        return notice.sentence_fr
    ranks = fr.listing(fr.ordinal(year) for year in notice.years)
    return f"{notice.sentence_fr} ({ranks}{fr.NBSP}année{'s' if len(notice.years) > 1 else ''})"


def _lines(estimate: Estimate, budget: Budget | None) -> Iterator[str]:
    yield words.headline(estimate)
    yield from _section("Étapes", (step_text(step) for step in estimate.steps))
    if budget:
        yield from _section("Budget", _budget_lines(budget))
    if estimate.status == "to_confirm":
        open_conditions = (reason.sentence_fr for reason in estimate.assessment.reasons)
        yield from _section("Conditions à vérifier", open_conditions)
    notices = estimate.warnings + (budget.warnings if budget else ())
    yield from _section("À savoir", (notice_text(n) for n in notices + estimate.assessment.infos))
    yield from _section("Ce que nos sources ne disent pas", _gaps(estimate))
    yield from _section("Sources", (source_text(source) for source in estimate.sources))
    yield ""
    yield f"Calculé le {fr.long_date(estimate.made_on)}. Seule votre CPAM décide."


def _gaps(estimate: Estimate) -> Iterator[str]:
    return (gap.sentence_fr for gap in estimate.not_specified)


def _section(title: str, lines: Iterator[str]) -> Iterator[str]:
    content = list(lines)
    if content:
        yield ""
        yield f"{title} :"
        yield from (f"  - {line}" for line in content)


def _budget_lines(budget: Budget) -> Iterator[str]:
    salary = fr.euros(budget.gross_salary)
    yield f"Salaire brut à temps plein : {salary} par mois ({budget.model_fr})"
    for fte, cost in budget.employer_cost:
        yield f"Coût employeur, {fr.fte(fte)} : {fr.euros(cost)} par an"
    names = budget.estimate.names
    for year in budget.years:
        name = fr.year_rank(year.year, and_following=year.and_following)
        for net in year.net:
            yield (
                f"Reste à charge estimé, {name}, {fr.fte(net.fte)}, {names.band(net.band)} : "
                f"{fr.euros(net.net_eur)} par an"
            )
    yield f"Non compris : {' ; '.join(budget.left_out_fr)}"
