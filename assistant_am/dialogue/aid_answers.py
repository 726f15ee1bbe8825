"""Answers computed by the aid module: amount, eligibility, budget, steps, reverse look-up."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from assistant_am import aid
from assistant_am.dialogue.absorb import Said
from assistant_am.dialogue.memory import DOCTOR_SLOTS
from assistant_am.dialogue.part import Part, source_note
from assistant_am.dialogue.world import World, situation_for_aid
from assistant_am.french.format import euros, listing, year_rank
from assistant_am.rendering import amounts, links, practice
from assistant_am.rendering.blocks import Block, Bullets, Paragraph, SourceNote, Suggestion, Table

SUBJECT_AMOUNT = "montant_aide"
SUBJECT_ELIGIBILITY = "conditions_aide"
SUBJECT_BUDGET = "budget"
_REMARK = "Montant indicatif : seule votre CPAM décide."
_HALF = 0.5
TWO = 2
STEPS = Suggestion("Détail du calcul", "Montrez-moi le détail du calcul")
REFINE = Suggestion("Préciser ma situation", "Estimer mon aide")


def amount_part(world: World, situation: Mapping[str, Any], said: Said) -> Part:
    """The maximum of the aid for what is known, compared when two values were given."""
    try:
        return _amount(world, situation, said)
    except aid.InvalidInput as error:
        return refused_input(world, error)


def _amount(world: World, situation: Mapping[str, Any], said: Said) -> Part:
    operation = said.operation
    inputs = situation_for_aid(situation)
    if operation == "tableau" and "annee" not in said.values:
        inputs.pop("annee", None)
    if operation == "total":
        inputs = _over_years(inputs)
    estimates = [
        estimate_for(world, {**inputs, **variation}) for variation in _variations(said.compared)
    ]
    first = estimates[0]
    spoke_of_conditions = not DOCTOR_SLOTS.isdisjoint(situation)
    if len(estimates) == TWO:
        blocks = amounts.comparison_blocks(first, estimates[1], aid.difference(first, estimates[1]))
    elif operation == "difference" and len(first.years) > 1:
        blocks = amounts.years_difference_blocks(first)
    else:
        total = operation == "total" or "horizon" in inputs
        blocks = amounts.estimate_blocks(first, total=total, conditions=spoke_of_conditions)
        for estimate in estimates[1:]:
            blocks = (*blocks, *amounts.estimate_blocks(estimate, total=total))
    drawn = len(estimates) == 1 and bool(first.years)
    shown = (links.picture_of(first),) if drawn and len(first.years) > 1 else ()
    printed = (links.page_of(first),) if drawn else ()
    return Part(
        blocks=(*blocks, *shown, sources_of(world, estimates), *printed),
        suggestions=_next_amounts(situation, first),
        subject=SUBJECT_AMOUNT,
        cited=cited_by(estimates),
    )


def everyone_part(
    world: World, situations: Mapping[str, Mapping[str, Any]], asked: Mapping[str, Any], total: bool
) -> Part:
    """The amounts of several doctors by name, and their sum.

    `asked` holds the contract year or the horizon that the question is about; `total` asks for the
    sum over the years.
    """
    # The year asked of one doctor is not that of the others, unless each has told his own.
    told = all("annee" in situation for situation in situations.values()) and not asked
    dropped = ("horizon",) if told else ("annee", "horizon")
    estimates = {}
    for name, situation in situations.items():
        own = {k: v for k, v in situation.items() if k not in dropped}
        try:
            estimates[name] = estimate_for(world, {**situation_for_aid(own), **asked})
        except aid.InvalidInput as error:
            return replace(refused_input(world, error), doctor=name)
    found = list(estimates.values())
    over_years = Suggestion("Sur 5 ans", "et au total sur 5 ans ?")
    return Part(
        blocks=(*practice.practice_blocks(estimates, total=total), sources_of(world, found)),
        suggestions=(
            Suggestion("La 1re année", "et en 1re année ?") if "horizon" in asked else over_years,
            *(
                Suggestion(f"Seulement le {name}", f"et pour le {name} ?")
                for name in estimates
                if name.startswith("Dr ")
            ),
        ),
        subject=SUBJECT_AMOUNT,
        cited=cited_by(found),
    )


def eligibility_part(world: World, situation: Mapping[str, Any]) -> Part:
    """May this doctor have the aid?"""
    try:
        assessment = aid.assess(
            _case(world, situation_for_aid(situation)), world.parameters, world.today
        )
    except aid.InvalidInput as error:
        return refused_input(world, error)
    sources = _unique(reason.source for reason in assessment.conditions)
    return Part(
        blocks=(
            *amounts.eligibility_blocks(assessment),
            _note(world, sources, "Seule votre CPAM décide."),
        ),
        suggestions=(
            Suggestion("Quel montant ?", "Quel est le montant de l'aide ?"),
            REFINE,
            *world.buttons(["engagements"]),
        ),
        subject=SUBJECT_ELIGIBILITY,
        cited={"sources": sources, "divergences": ["B-4", "B-5"]},
    )


def second_assistant_part(world: World, situation: Mapping[str, Any]) -> Part:
    """What is missing for a second assistant, and what it would bring."""
    try:
        case = _case(world, situation_for_aid(situation))
        found = aid.second_assistant(case, world.parameters, world.today)
    except aid.InvalidInput as error:
        return refused_input(world, error)
    refused = [reason.sentence_fr for reason in found.missing if reason.state == "not_met"]
    unknown = [reason.sentence_fr for reason in found.missing if reason.state == "unknown"]
    blocks: list[Block] = []
    if refused:
        blocks.append(Paragraph("**Non, pas d'aide pour un deuxième AM dans cette situation.**"))
        blocks.append(Bullets(tuple(refused)))
    else:
        blocks.append(
            Paragraph(
                f"**C'est possible à partir de la {year_rank(found.from_year)} de contrat**, "
                "si toutes les conditions sont remplies."
            )
        )
    if unknown:
        blocks.append(Paragraph("Reste à vérifier :"))
        blocks.append(Bullets(tuple(unknown)))
    sources = _unique(reason.source for reason in found.conditions)
    return Part(
        blocks=(*blocks, _note(world, sources, "Seule votre CPAM décide.")),
        suggestions=(
            Suggestion("Montant, 1,5 ETP", "option 1,5 ETP, 3e année : quel montant ?"),
            Suggestion("Montant, 2 ETP", "option 2 ETP, 3e année : quel montant ?"),
        ),
        subject="second_assistant",
        cited={"sources": sources, "divergences": ["B-15", "B-17"]},
    )


def budget_part(world: World, situation: Mapping[str, Any]) -> Part:
    """Employer's cost, aid and what remains, when a gross salary is known."""
    inputs = situation_for_aid(situation)
    inputs.setdefault("quotite", 1.0)
    try:
        found = aid.budget(_case(world, inputs), world.parameters, world.today)
    except aid.InvalidInput as error:
        return refused_input(world, error)
    fte, cost = found.employer_cost[0]
    blocks: list[Block] = [
        Paragraph(
            f"**Environ {euros(cost)} par an** de coût employeur pour {amounts.FTES[fte]}, avec un "
            f"salaire brut de {euros(found.gross_salary)} par mois à temps plein."
        )
    ]
    if found.years:
        rows = tuple(
            (
                year_rank(year.year, and_following=year.and_following),
                euros(year.net[0].aid_eur),
                euros(year.net[0].net_eur),
            )
            for year in found.years
        )
        blocks.append(
            Table(("Année de contrat", "Aide maximale", "Reste à charge"), rows, "Par an")
        )
    else:
        blocks += amounts.refusal_blocks(found.estimate)
    blocks += [Paragraph(notice.sentence_fr) for notice in found.warnings]
    blocks.append(
        Paragraph(
            f"C'est une estimation ({found.model_fr}). "
            f"Elle ne compte pas : {listing(found.left_out_fr)}."
        )
    )
    sources = _unique([found.source, *(cited_by([found.estimate])["sources"])])
    return Part(
        blocks=(*blocks, _note(world, sources, _REMARK)),
        suggestions=(Suggestion("Le montant de l'aide", "Quel est le montant de l'aide ?"), STEPS),
        subject=SUBJECT_BUDGET,
        cited={"sources": sources, "divergences": []},
    )


def steps_part(world: World, situation: Mapping[str, Any]) -> Part:
    """How the last amount was computed."""
    try:
        estimate = estimate_for(world, situation_for_aid(situation))
    except aid.InvalidInput as error:
        return refused_input(world, error)
    if not estimate.steps:
        return Part(
            amounts.refusal_blocks(estimate), subject=SUBJECT_AMOUNT, cited=cited_by([estimate])
        )
    known = amounts.assumptions(estimate.case)
    opening = f"Calcul pour {known} :" if known else "Calcul, sans précision sur votre situation :"
    return Part(
        blocks=(
            Paragraph(opening),
            Bullets(amounts.step_lines(estimate)),
            sources_of(world, [estimate]),
        ),
        suggestions=(REFINE,),
        subject=SUBJECT_AMOUNT,
        cited=cited_by([estimate]),
    )


def refused_input(world: World, error: aid.InvalidInput) -> Part:
    """An impossible value: why, and the same question again where there is one for it."""
    fields = getattr(error, "fields", (error.field,))
    asked = not isinstance(error, aid.OutsideRules) and fields[-1] in world.questions
    return Part(
        blocks=(Paragraph(error.message_fr),),
        subject=SUBJECT_AMOUNT,
        forget=tuple(fields),
        pending=fields[-1] if asked else None,
    )


def _variations(compared: Mapping[str, list[Any]]) -> list[dict[str, Any]]:
    slots = list(compared)
    return [
        dict(zip(slots, values, strict=True)) for values in itertools.product(*compared.values())
    ][:4]


def _over_years(inputs: dict[str, Any]) -> dict[str, Any]:
    years = inputs.get("annee")
    if isinstance(years, list) and len(years) == 1 and "horizon" not in inputs:
        return {**{k: v for k, v in inputs.items() if k != "annee"}, "horizon": years[0]}
    return inputs


def _case(world: World, inputs: Mapping[str, Any]) -> aid.Case:
    return aid.Case.from_french(inputs, world.parameters)


def estimate_for(world: World, inputs: Mapping[str, Any]) -> aid.Estimate:
    """The estimate of these French inputs, today; raises aid.InvalidInput."""
    return aid.estimate(_case(world, inputs), world.parameters, world.today)


def sources_of(world: World, estimates: Sequence[aid.Estimate]) -> SourceNote:
    """The line of sources under amounts."""
    return _note(world, cited_by(estimates)["sources"], _REMARK)


def _note(world: World, ids: Sequence[str], remark: str) -> SourceNote:
    known = [world.knowledge.sources[key] for key in ids if key in world.knowledge.sources]
    return source_note(known, remark)


def cited_by(estimates: Sequence[aid.Estimate]) -> dict[str, list[str]]:
    """What « d'où ça vient ? » and « tu es sûr ? » answer from for these estimates."""
    sources = _unique(
        source
        for estimate in estimates
        for source in (
            *(step.source for step in estimate.steps),
            *(reason.source for reason in estimate.assessment.reasons),
        )
        if source
    )
    return {"sources": sources[:3], "divergences": ["B-15"] if _second(estimates) else ["B-14"]}


def _second(estimates: Sequence[aid.Estimate]) -> bool:
    return any((estimate.case.fte or 0) > 1 for estimate in estimates)


def _unique(items: Any) -> list[str]:
    return list(dict.fromkeys(items))


def _next_amounts(situation: Mapping[str, Any], estimate: aid.Estimate) -> tuple[Suggestion, ...]:
    found = []
    if estimate.status == "not_eligible":
        return (
            Suggestion("Les conditions", "Quelles sont les conditions pour avoir l'aide ?"),
            REFINE,
        )
    if len(estimate.years) == 1:
        found.append(Suggestion("Les 5 premières années", "et sur les 5 premières années ?"))
    quotite = situation.get("quotite")
    if quotite == _HALF:
        found.append(Suggestion("Et à temps plein ?", "et à temps plein ?"))
    elif quotite == 1 and estimate.years[-1].modulated:
        found.append(Suggestion("Avec un 2e AM ?", "et avec un deuxième AM ?"))
    elif quotite == 1:
        found.append(Suggestion("Et à mi-temps ?", "et à mi-temps ?"))
    found.append(STEPS)
    found.append(
        REFINE
        if estimate.decided_by
        else Suggestion("Coût pour l'employeur", "Quel est le coût pour l'employeur ?")
    )
    return tuple(found)
