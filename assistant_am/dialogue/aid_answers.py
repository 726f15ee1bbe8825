"""Answers computed by the aid module: amount, eligibility, budget, steps, reverse look-up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from assistant_am import aid
from assistant_am.dialogue.absorb import Said
from assistant_am.dialogue.amount_query import answered, blocks_of, query_of, situation_of
from assistant_am.dialogue.choices import options
from assistant_am.dialogue.memory import AMOUNT_INPUTS
from assistant_am.dialogue.part import Part, source_note
from assistant_am.dialogue.right_asked import opening_word
from assistant_am.dialogue.world import World, situation_for_aid
from assistant_am.french.format import listing, year_rank
from assistant_am.rendering import amounts, links, practice
from assistant_am.rendering.blocks import Block, Bullets, Paragraph, SourceNote, Suggestion
from assistant_am.rendering.conclusions import (
    budget_blocks,
    contract_year_blocks,
    floor_blocks,
    pay_blocks,
    upkeep_blocks,
)

SUBJECT_AMOUNT = "montant_aide"
SUBJECT_ELIGIBILITY = "conditions_aide"
SUBJECT_BUDGET = "budget"
SUBJECT_SECOND = "second_assistant"
SUBJECT_UPKEEP = "medecin_65"
_REMARK = "Montant indicatif : seule votre CPAM décide."
_HALF = 0.5
_TECHNICAL = "actes_techniques"
"""Per cent of technical acts, told by a surgeon: an input without slot."""
_PAY_RANGES = (
    ("salaire_onisep_min", "salaire_onisep_max", "l'Onisep"),
    ("salaire_ame_min", "salaire_ame_max", "l'Assurance Maladie"),
)
_FORMER_PAY = ("ccn_grille_2019_min", "ccn_grille_2019_max")
STEPS = Suggestion("Détail du calcul", "Montrez-moi le détail du calcul")
REFINE = Suggestion("Préciser ma situation", "Estimer mon aide")
SCALES = (
    Suggestion("Ancien barème", "ancien barème"),
    Suggestion("Nouveau barème", "nouveau barème"),
)
"""For somebody who does not have the day of the contract at hand."""


def amount_part(world: World, situation: Mapping[str, Any], said: Said, text: str = "") -> Part:
    """The maximum of the aid for what is known: the query that the message puts, computed.

    `text` is the message: its unit, its calendar years, its changes of post are read there.
    """
    try:
        query = query_of(world, situation, said, text)
        return query_part(world, query, situation)
    except aid.InvalidInput as error:
        return refused_input(world, error)


def query_part(world: World, query: aid.Query, situation: Mapping[str, Any] | None = None) -> Part:
    """The answer to one typed query; raises aid.InvalidInput."""
    situation = situation or {}
    answer = answered(world, query)
    estimates = [estimate for line in answer.lines for estimate in line.estimates]
    first = estimates[0]
    drawn = len(estimates) == 1 and bool(first.years) and not query.situations[0].changes
    shown = (links.picture_of(first),) if drawn and len(first.years) > 1 else ()
    printed = (links.page_of(first),) if drawn else ()
    # Several doctors or posts side by side are not one form.
    single = len(query.situations) == 1 and not query.situations[0].changes
    changed = (links.calculator_of(query.situations[0].case),) if single else ()
    return Part(
        blocks=(
            *blocks_of(answer, situation),
            *shown,
            sources_of(world, estimates),
            *printed,
            *changed,
        ),
        suggestions=_next_amounts(situation, first, query),
        subject=SUBJECT_AMOUNT,
        cited=cited_by(world, estimates),
    )


def everyone_part(
    world: World, situations: Mapping[str, Mapping[str, Any]], asked: Mapping[str, Any], total: bool
) -> Part:
    """The amounts of several doctors by name, and their sum.

    `asked` holds the contract year or the horizon that the question is about; `total` asks for the
    sum over the years.
    """
    if not asked and not total and not any(AMOUNT_INPUTS & set(s) for s in situations.values()):
        return _right_of_each(world, situations)
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
    over_years = Suggestion(f"Sur {_span(world)}", _over_the_years(world))
    return Part(
        blocks=(*practice.practice_blocks(estimates, total=total), sources_of(world, found)),
        suggestions=(
            Suggestion("La 1re année", "et en 1re année ?") if "horizon" in asked else over_years,
            *_only(estimates),
        ),
        subject=SUBJECT_AMOUNT,
        cited=cited_by(world, found),
    )


def _only(names: Iterable[str]) -> tuple[Suggestion, ...]:
    return tuple(
        Suggestion(f"Seulement le {name}", f"et pour le {name} ?")
        for name in names
        if name.startswith("Dr ")
    )


def _right_of_each(world: World, situations: Mapping[str, Mapping[str, Any]]) -> Part:
    """« Lesquels seraient aidés ? »: a line for each doctor, with what decides."""
    assessments = {}
    for name, situation in situations.items():
        try:
            case = _case(world, _with_share(situation))
            assessments[name] = aid.assess(case, world.parameters, world.today)
        except aid.InvalidInput as error:
            return replace(refused_input(world, error), doctor=name)
    sources = _unique(reason.source for each in assessments.values() for reason in each.conditions)
    return Part(
        blocks=(
            *practice.right_blocks(assessments),
            *_unless_new(world, assessments.values()),
            _note(world, sources, "Seule votre CPAM décide."),
        ),
        suggestions=(
            Suggestion("Les montants", _over_the_years(world)),
            *_only(situations),
        ),
        subject=SUBJECT_ELIGIBILITY,
        cited={"sources": sources, "divergences": _disagreements(world, "conditions_aide")},
    )


def _unless_new(world: World, found: Iterable[aid.Assessment]) -> tuple[Block, ...]:
    """A panel too small is no refusal of a doctor who has just settled."""
    too_few = any(
        each.status == "not_eligible" and {"BELOW_P30"} == {reason.code for reason in each.reasons}
        for each in found
    )
    return (Paragraph(world.phrase("patientele_sauf")),) if too_few else ()


def eligibility_part(world: World, situation: Mapping[str, Any], question: str = "") -> Part:
    """May this doctor have the aid? The former panel of a doctor of 65, when told
    (`patients_avant`), is what the objective is judged by. `question` decides the opening word."""
    before = situation.get("patients_avant")
    if before is not None and situation.get("age_65") and situation.get("patients") is not None:
        return upkeep_part(world, int(before), int(situation["patients"]))
    try:
        assessment = aid.assess(_case(world, _with_share(situation)), world.parameters, world.today)
    except aid.InvalidInput as error:
        return refused_input(world, error)
    sources = _unique(reason.source for reason in assessment.conditions)
    return Part(
        blocks=(
            *amounts.eligibility_blocks(assessment, opening_word(question, assessment.status)),
            _note(world, sources, "Seule votre CPAM décide."),
        ),
        suggestions=(REFINE, *world.buttons(["contact_dam"]))
        if assessment.status == "not_eligible"
        else (
            Suggestion("Quel montant ?", "Quel est le montant de l'aide ?"),
            REFINE,
            *world.buttons(["engagements"]),
        ),
        subject=SUBJECT_ELIGIBILITY,
        cited={"sources": sources, "divergences": _disagreements(world, "conditions_aide")},
    )


def is_refused(world: World, situation: Mapping[str, Any]) -> bool:
    """Does what is known exclude this doctor from the aid?"""
    try:
        assessment = aid.assess(_case(world, _with_share(situation)), world.parameters, world.today)
    except aid.InvalidInput:
        return False
    return assessment.status == "not_eligible"


def second_assistant_part(world: World, situation: Mapping[str, Any], question: str = "") -> Part:
    """What is missing for a second assistant, and what it would bring."""
    try:
        case = _case(world, situation_for_aid(situation))
        found = aid.second_assistant(case, world.parameters, world.today)
    except aid.InvalidInput as error:
        return refused_input(world, error)
    refused = [reason.sentence_fr for reason in found.missing if reason.state == "not_met"]
    unknown = [reason for reason in found.missing if reason.state == "unknown"]
    blocks: list[Block] = []
    if refused:
        unknown = []
        word = opening_word(question, "not_eligible")
        said = amounts.opened(word, "Pas d'aide pour un deuxième AM dans cette situation")
        blocks.append(Paragraph(f"**{said}.**"))
        blocks.append(Bullets(tuple(refused)))
    else:
        ending = ", à ces conditions :" if unknown else " : les conditions connues sont remplies."
        year = year_rank(found.from_year)
        since = f"**C'est possible à partir de la {year} de contrat, pas avant**"
        blocks.append(Paragraph(since + ending))
    if unknown:
        fields = {field for reason in unknown if reason.rule_fr for field in reason.decided_by}
        of_the_first = [
            reason.brief_fr
            for reason in unknown
            if not reason.rule_fr and fields.isdisjoint(reason.decided_by)
        ]
        also = [f"le tout sous réserve {listing(of_the_first)}"] if of_the_first else []
        rules = [reason.rule_fr for reason in unknown if reason.rule_fr]
        blocks.append(Bullets((*rules, *also)))
    first = aid.assess(replace(case, fte=None), world.parameters, world.today)
    if refused and first.status != "not_eligible":
        mep = " Être MEP n'y change rien." if case.is_mep else ""
        blocks.append(Paragraph(f"L'aide à un premier AM reste possible.{mep}"))
    sources = _unique(reason.source for reason in found.conditions)
    return Part(
        blocks=(*blocks, _note(world, sources, "Seule votre CPAM décide.")),
        suggestions=(
            Suggestion("Montant, 1,5 ETP", "option 1,5 ETP, 3e année : quel montant ?"),
            Suggestion("Montant, 2 ETP", "option 2 ETP, 3e année : quel montant ?"),
        ),
        subject="second_assistant",
        cited={"sources": sources, "divergences": _disagreements(world, "second_assistant")},
    )


def budget_part(world: World, situation: Mapping[str, Any], *, at_minimum: bool = False) -> Part:
    """Employer's cost, aid and what remains, for the gross salary told; for the minimum wage of the
    day when none is, or when it is asked for (`at_minimum`)."""
    inputs = situation_for_aid(situation)
    supposed = "salaire_brut" not in inputs
    if supposed or at_minimum:
        inputs["salaire_brut"] = world.parameters.minimum_wage.dated(world.today).value
    posts = (inputs["quotite"],) if "quotite" in inputs else (1.0, _HALF)
    try:
        each = [
            aid.budget(_case(world, {**inputs, "quotite": post}), world.parameters, world.today)
            for post in posts
        ]
    except aid.InvalidInput as error:
        return refused_input(world, error)
    found = each[0]
    sources = _unique([found.source, *(cited_by(world, [found.estimate])["sources"])])
    other = (
        Suggestion("À temps plein ?", "et à temps plein ?")
        if posts[0] == _HALF
        else Suggestion("À mi-temps ?", "et à mi-temps ?")
    )
    return Part(
        blocks=(
            *budget_blocks(each),
            *([Paragraph(world.phrase("budget_au_smic"))] if supposed or at_minimum else []),
            _note(world, sources, ""),
        ),
        suggestions=(
            *((other,) if len(posts) == 1 else ()),
            Suggestion("Le montant de l'aide", "Quel est le montant de l'aide ?"),
            STEPS,
        ),
        subject=SUBJECT_BUDGET,
        cited={"sources": sources, "divergences": []},
    )


def upkeep_part(world: World, before: int, now: int) -> Part:
    """« 66 ans, 1 000 patients puis 880 »: is the objective of upkeep kept?"""
    try:
        kept = aid.tolerance(before, world.parameters, world.today)
    except aid.InvalidInput as error:
        return refused_input(world, error)
    conclusion = upkeep_blocks(kept, now, aid.Names.of(world.parameters))
    return _kept_part(world, kept, conclusion, SUBJECT_ELIGIBILITY)


def floor_part(world: World, panel: int) -> Part:
    """« 66 ans, 1 000 patients : combien puis-je en perdre ? »"""
    try:
        kept = aid.tolerance(panel, world.parameters, world.today)
    except aid.InvalidInput as error:
        return refused_input(world, error)
    return _kept_part(
        world, kept, floor_blocks(kept, aid.Names.of(world.parameters)), SUBJECT_UPKEEP
    )


def _kept_part(
    world: World, kept: aid.Tolerance, conclusion: tuple[Block, ...], subject: str
) -> Part:
    sources = [kept.source] if kept.source else []
    return Part(
        blocks=(*conclusion, _note(world, sources, "Seule votre CPAM décide.")),
        suggestions=world.buttons(["engagements"]),
        subject=subject,
        cited={"sources": sources, "divergences": _disagreements(world, SUBJECT_UPKEEP)},
    )


def contract_year_part(world: World, situation: Mapping[str, Any]) -> Part:
    """« Je suis en quelle année ? », from the day of the contract, else from its month."""
    by_month = "date_contrat" not in situation
    day = f"{situation['mois_contrat']}-01" if by_month else situation["date_contrat"]
    try:
        case = _case(world, situation_for_aid({**situation, "date_contrat": day}))
        rank, since, following = aid.contract_year(case, world.today)
    except aid.InvalidInput as error:
        return refused_input(world, error)
    return Part(
        blocks=contract_year_blocks(rank, since, following, by_month=by_month),
        suggestions=(
            Suggestion("L'aide de cette année", "combien cette année ?"),
            Suggestion("Les 5 premières années", "et sur les 5 premières années ?"),
        ),
        subject=SUBJECT_AMOUNT,
    )


def net_cost_part(world: World, situation: Mapping[str, Any], cost_eur: int) -> Part:
    """« 36 000 € me coûte tout compris »: what remains once the maximum is taken off."""
    inputs = {"quotite": 1.0, **situation_for_aid(situation)}
    try:
        query = aid.Query("left_to_pay", (situation_of(world, inputs),), cost_eur=cost_eur)
        return replace(query_part(world, query, situation), subject=SUBJECT_BUDGET)
    except aid.InvalidInput as error:
        return refused_input(world, error)


def pay_part(world: World, gross: float, situation: Mapping[str, Any] | None = None) -> Part:
    """« On m'offre 1 950 € brut »: against the minimum wage and the published ranges."""
    half = (situation or {}).get("quotite") == _HALF
    facts = world.knowledge.facts
    minimum = world.parameters.minimum_wage.dated(world.today)
    ranges = tuple((facts[low].value, facts[high].value, name) for low, high, name in _PAY_RANGES)
    lowest, highest = (facts[key] for key in _FORMER_PAY)
    grid = f"l'ancienne grille de {lowest.since.year}" if lowest.since else "l'ancienne grille"
    former = (lowest.value, highest.value, grid)
    sources = _unique(
        facts[key].source for key in ("smic_mensuel", "salaire_onisep_min", "salaire_ame_min")
    )
    return Part(
        blocks=(*pay_blocks(gross, minimum, ranges, former, half=half), _note(world, sources, "")),
        suggestions=world.buttons(["salaire_debutant", "budget"]),
        subject="salaire_debutant",
        cited={"sources": sources, "divergences": _disagreements(world, "salaire_debutant")},
    )


def steps_part(world: World, situation: Mapping[str, Any]) -> Part:
    """How the last amount was computed."""
    try:
        estimate = estimate_for(world, situation_for_aid(situation))
    except aid.InvalidInput as error:
        return refused_input(world, error)
    if not estimate.steps:
        return Part(
            amounts.refusal_blocks(estimate),
            subject=SUBJECT_AMOUNT,
            cited=cited_by(world, [estimate]),
        )
    known = amounts.assumptions(estimate.case, estimate.names)
    opening = f"Calcul pour {known} :" if known else "Calcul, sans précision sur votre situation :"
    return Part(
        blocks=(
            Paragraph(opening),
            Bullets(amounts.step_lines(estimate)),
            sources_of(world, [estimate]),
        ),
        suggestions=(REFINE,) if estimate.decided_by else (),
        subject=SUBJECT_AMOUNT,
        cited=cited_by(world, [estimate]),
    )


def refused_input(world: World, error: aid.InvalidInput) -> Part:
    """An impossible value: why, and the same question again where there is one for it."""
    fields = getattr(error, "fields", (error.field,))
    question = world.questions.get(fields[-1])
    asked = None if isinstance(error, aid.OutsideRules) else question
    return Part(
        blocks=(Paragraph(error.message_fr),),
        suggestions=_possible(world, fields[-1]),
        choices=options(asked) if asked else (),
        subject=SUBJECT_AMOUNT,
        forget=tuple(fields),
        pending=asked.slot if asked else None,
    )


def _possible(world: World, field: str) -> tuple[Suggestion, ...]:
    """What could have been said instead of a value that cannot be."""
    longest = world.parameters.max_horizon.latest
    match field:
        case "horizon":
            return (Suggestion(f"Sur {longest} ans", f"et sur {longest} ans ?"),)
        case "patients":
            return world.questions["tranche"].choices
        case "date_contrat":
            return SCALES
        case _ if field in world.questions:
            return world.questions[field].choices
    return (REFINE,)


def _case(world: World, inputs: Mapping[str, Any]) -> aid.Case:
    case = aid.Case.from_french(
        {key: value for key, value in inputs.items() if key != _TECHNICAL}, world.parameters
    )
    share = inputs.get(_TECHNICAL)
    return replace(case, technical_percent=float(share)) if share is not None else case


def _with_share(situation: Mapping[str, Any]) -> dict[str, Any]:
    """The inputs of the right to the aid, with the share of technical acts when it was told."""
    share = situation.get(_TECHNICAL)
    return {**situation_for_aid(situation), **({} if share is None else {_TECHNICAL: share})}


def estimate_for(world: World, inputs: Mapping[str, Any]) -> aid.Estimate:
    """The estimate of these French inputs, today; raises aid.InvalidInput."""
    return aid.estimate(_case(world, inputs), world.parameters, world.today)


def sources_of(world: World, estimates: Sequence[aid.Estimate]) -> SourceNote:
    """The line of sources under amounts."""
    sources = cited_by(world, estimates)["sources"]
    scaled = any(each.case.contract_date or each.case.scale for each in estimates)
    of_scale = world.parameters.agreement_start.dated_latest.reference.source
    # Where nobody asks of the scale, the table's own source says it all.
    kept = [each for each in sources if scaled or each != of_scale]
    return _note(world, kept or sources, _REMARK)


def _note(world: World, ids: Sequence[str], remark: str) -> SourceNote:
    known = [world.knowledge.sources[key] for key in ids if key in world.knowledge.sources]
    return source_note(known, remark)


def cited_by(world: World, estimates: Sequence[aid.Estimate]) -> dict[str, list[str]]:
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
    fiche = "second_assistant" if _second(estimates) else "revalorisation"
    return {"sources": sources[:3], "divergences": _disagreements(world, fiche)}


def _second(estimates: Sequence[aid.Estimate]) -> bool:
    return any((estimate.case.fte or 0) > 1 for estimate in estimates)


def _unique(items: Any) -> list[str]:
    return list(dict.fromkeys(items))


def _next_amounts(
    situation: Mapping[str, Any], estimate: aid.Estimate, query: aid.Query
) -> tuple[Suggestion, ...]:
    if estimate.status == "not_eligible":
        return (Suggestion("Les conditions", "Quelles sont les conditions pour avoir l'aide ?"),)
    found = []
    if len(estimate.years) == 1 and not query.situations[0].changes:
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


def _span(world: World) -> str:
    """« 5 ans »: as many years as are shown by default."""
    return f"{world.parameters.default_horizon.latest} ans"


def _over_the_years(world: World) -> str:
    return f"et au total sur {_span(world)} ?"


def _disagreements(world: World, fiche: str) -> list[str]:
    """Those of a fiche, by their ids: none when the site hides it."""
    found = world.knowledge.fiches.get(fiche)
    return list(found.disagreements) if found else []
