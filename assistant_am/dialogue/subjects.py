"""The answer to a subject: a fiche, or what the aid module computes for this situation."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from assistant_am.aid.vocabulary import GENERAL_PRACTICE
from assistant_am.dialogue import doctors, guided
from assistant_am.dialogue.absorb import (
    SECOND_ASSISTANT_FTES,
    Said,
    takes_second_back,
    wants_second,
)
from assistant_am.dialogue.aid_answers import (
    SCALES,
    SUBJECT_AMOUNT,
    SUBJECT_BUDGET,
    SUBJECT_SECOND,
    SUBJECT_UPKEEP,
    amount_part,
    budget_part,
    contract_year_part,
    eligibility_part,
    floor_part,
    pay_part,
    second_assistant_part,
    upkeep_part,
)
from assistant_am.dialogue.amount_query import years_asked
from assistant_am.dialogue.asked import read_asked
from assistant_am.dialogue.choices import speaker
from assistant_am.dialogue.cited_figures import figures_part
from assistant_am.dialogue.contract_year import (
    ask_the_day,
    day_in_the_month,
    named_by_its_month,
    scale_of_signature,
    year_now,
    year_of_month,
)
from assistant_am.dialogue.day_answers import rescaled_part
from assistant_am.dialogue.deadline import SUBJECT_DEADLINE, deadline_answer
from assistant_am.dialogue.diploma_answers import diploma_part
from assistant_am.dialogue.exchange import Exchange
from assistant_am.dialogue.fiches import fiche_part
from assistant_am.dialogue.lookup import lookup_part
from assistant_am.dialogue.memory import COMPARABLE, DOCTOR_SLOTS, Memory
from assistant_am.dialogue.panel import (
    SUBJECT_BANDS,
    SUBJECT_PANEL,
    band_part,
    panel_part,
    unchanged_part,
)
from assistant_am.dialogue.part import Part
from assistant_am.dialogue.right_asked import asks_plainly
from assistant_am.french.fold import fold
from assistant_am.french.numbers import view
from assistant_am.knowledge import Fiche, aspects
from assistant_am.reading.figures import A_MONTHLY_PAY, lost
from assistant_am.rendering.blocks import Paragraph

_VOLATILE = frozenset(
    {
        "annee",
        "horizon",
        "quotite",
        "tranche",
        "bareme",
        "patients",
        "objectifs_atteints",
        "premier_contrat_temps_plein",
    }
)
_OF_A_NUMBER = frozenset({"p30", "nombre"})
_GENERAL = "aide_generale"
_LENGTH = "duree_formation"
_RESCALED = "revalorisation"
_WAGE = "smic"
_OF_THE_RIGHT = frozenset({"specialites_exclues", "secteur_conventionnement", "specialistes"})
_OF_AMOUNTS = frozenset(
    {
        SUBJECT_AMOUNT, "aide_generale", "revalorisation", "duree_aide", "percentiles",
        SUBJECT_SECOND, "estimer_aide", "simulateur", "nouvel_installe",
    }
)  # fmt: skip
"""An amount cited after another subject (« les 38 000 d'un coup ? », how it is paid) is not
put to the test."""
_OF_THE_UPKEEP = frozenset({SUBJECT_UPKEEP, "modulation", "engagements"})
_ASKS_UPKEEP = re.compile(
    r"\b(?<!si l')(?<!si les )objectifs?\b[^.;?!]{0,20}"
    r"\b(?:tenu|atteint|rempli|respecte|garde|ok|bon)"
    r"|\b(?:tenus?|plancher|limite|marge|tolere\w*|trop|sous le|c'est bon|ca passe)\b"
)
_HIRES = re.compile(
    r"\b(?:prend(?:s|re|rais|rait|ra)?|prenais|embauch\w*|engag(?:e|es|er|eais)|recrut\w*)\b"
)
_ASKS_A_CHANGE = re.compile(
    r"\b(?:ca|cela) (?:change|joue|compte)|\bchange(?:rait)? (?:quoi|quelque|le|l'|mon|son)"
    r"|\bpareil\b|\bmeme (?:chose|montant|aide)\b|\bdifference\b"
)
_DEPARTURE = "depart_medecin"
_LEAVES = re.compile(
    r"\b(?:je|j'|il|elle|m'|s'|me|se|compte|veux|pense|vais|va)\s?(?:par[st]|partir\w*|arret\w*|cess\w*"
    r"|raccroch\w*|devisse\w*|(?:prends?|prendrai?) (?:ma|sa) retraite|retire\w*)\b"
    r"(?![^.;?!]*\b(?:objectif\w*|patient\w*|maintien\w*|maintenir|baiss\w*)\b)"
)
_FROM_THE_START = re.compile(
    r"\b(?:pour (?:commencer|debuter|demarrer)|(?<!comme )au (?:debut|depart|demarrage)"
    r"|dans un premier temps|d'abord|(?:je|j'y|on|il|elle|nous) (?:commenc|debut|demarr)\w+"
    r"|en (?:commenc|debut|demarr)\w+)\b"
)
_A_SHARE_OF_IT = re.compile(
    r"\b(?:moitie|prorata|proportion\w*|au pourcentage|comme (?:un )?mi[- ]temps)\b"
)
_THEN = re.compile(r"\W*(?:et\s+)?(?:puis|ensuite|apres|la suite)\W*$")
_NO_AMOUNT = "quotite_sans_montant"
"""A post that no source prices, remembered so as never to be computed as another."""
_ASKS_FLOOR = re.compile(
    r"\b(?:plancher|moins (?:10|dix)|descendre (?:a|jusqu'a)"
    r"|(?:peut|peux|pourr\w*|puis-je) (?:en )?perdre"
    r"|perdre combien|combien\b.{0,25}\bperdre|limite basse|pas passer sous)\b"
)
_SHORT = 6
"""Words: a longer message on a second assistant asks more than an option's amount."""
_TOLD_BESIDE = ("patients_avant", "actes_techniques")
"""Said for one answer about the right to the aid, not for the next one."""
_AT_THE_MINIMUM = re.compile(
    r"\b(?:au|avec le|avec un|sur (?:le|un)|sur la base du|base|payee?s? (?:le|un)) smic\b"
    r"|\bsmicard\w*"
)
_COUNTS_A_COST = re.compile(
    r"\b(?:reste\w*|charges?|cout\w*|budget\w*|compt\w*|partez|partons|prenez|calcul\w*"
    r"|debours\w*|revien\w*)\b"
)
_WHICH_YEAR = re.compile(r"\b(?:quelle annee|a quelle annee|en quelle annee)\b")
_SECOND_INPUTS = frozenset({"zip", "mep", "objectifs_atteints", "premier_contrat_temps_plein"})
_ELIGIBILITY_INPUTS = DOCTOR_SLOTS | {"tranche"}


def subject_answer(ex: Exchange, fiche_id: str, text: str, *, follows: bool = False) -> Part:
    """The answer to a subject, with the name of the doctor when one is at hand.

    `follows`: one thing was changed in the last question, so its years and comparison stay.
    """
    part = _about_subject(ex, fiche_id, text, follows)
    fiche = ex.world.knowledge.fiches[fiche_id]
    doctor = ex.memory.doctor
    if doctor is None or fiche.computation is None:
        return part
    ex.memory = replace(ex.memory, everyone=False)
    return doctors.about(doctor, part)


def _about_subject(ex: Exchange, fiche_id: str, text: str, follows: bool) -> Part:
    fiche = ex.world.knowledge.fiches[fiche_id]
    situation = ex.memory.situation
    concluded = conclusion(ex, fiche, text)
    if concluded is not None:
        return concluded
    second = wants_second(ex.memory, ex.said)
    match fiche.computation:
        case "montant":
            return _amount(ex, text, follows)
        case "budget":
            return budget_part(ex.world, situation, at_minimum=_at_the_minimum(ex, text))
        case "estimation":
            ex.memory = replace(ex.memory, guided=True, unknown=())
            return guided.guided_part(ex.world, ex.memory, ex.said)
        case "eligibilite" if second:
            return second_assistant_part(ex.world, situation, text)
        case "eligibilite" if not _names_a_point(ex, fiche, text) and (
            not _ELIGIBILITY_INPUTS.isdisjoint(situation)
        ):
            return _right(ex, text)
    if fiche_id == _GENERAL and _is_general(ex, fiche, text):
        return _general_right(ex, text)
    if fiche_id == SUBJECT_SECOND and takes_second_back(ex.before, ex.said):
        return _amount(ex, text, follows=False)
    if fiche_id == SUBJECT_SECOND and _names_an_option(ex.said) and len(text.split()) <= _SHORT:
        told = {**ex.said.values, "second_assistant": True}
        ex.said = replace(ex.said, values=told)
        return _amount(ex, text, follows=False)
    if fiche_id == SUBJECT_SECOND and not _SECOND_INPUTS.isdisjoint(situation):
        return second_assistant_part(ex.world, situation, text)
    return fiche_part(ex.world, fiche_id, for_fiche(ex), text)


def _names_a_point(ex: Exchange, fiche: Fiche, text: str) -> bool:
    """« Un remplaçant y a droit ? » has an answer of its own, whatever is known of the doctor."""
    return _ELIGIBILITY_INPUTS.isdisjoint(ex.said.slots) and bool(aspects(fiche, text))


def _pay(said: Mapping[str, Any], cited: Sequence[int]) -> float | None:
    """A gross pay told, or the only amount read somewhere that may be one."""
    if "salaire_brut" in said:
        return float(said["salaire_brut"])
    return float(cited[0]) if len(cited) == 1 and cited[0] in A_MONTHLY_PAY else None


def _paid(ex: Exchange, fiche: Fiche, cited: Sequence[int]) -> Part | None:
    """« 1 950 brut, c'est correct ? », on a fiche about pay."""
    pay = _pay(ex.said.values, cited)
    if pay is None or fiche.theme != "salaire" or fiche.computation is not None:
        return None
    return pay_part(ex.world, pay, ex.memory.situation)


def _right(ex: Exchange, question: str) -> Part:
    """May this doctor have the aid?"""
    situation = {k: v for k, v in ex.memory.situation.items() if k not in _TOLD_BESIDE}
    told = {k: v for k, v in ex.said.values.items() if k in _TOLD_BESIDE}
    return eligibility_part(ex.world, {**situation, **told}, question)


def _right_asked(ex: Exchange, fiche: Fiche, text: str) -> Part | None:
    """Of a doctor who tells what decides, or of whom it is known: has he a right to the aid?"""
    told = {
        slot
        for slot in _ELIGIBILITY_INPUTS & ex.said.slots
        if ex.memory.situation.get(slot) == ex.said.values.get(slot)
    }
    # « Ophtalmo, secteur 1 ? » is no question on the sector alone.
    several = fiche.id in _OF_THE_RIGHT and len(told) > 1
    # « C'est fichu ? » of a panel to keep up is about the objective.
    elsewhere = fiche.id == SUBJECT_SECOND or fiche.id in _OF_THE_UPKEEP
    part = None
    if several or (told and not elsewhere and asks_plainly(text)):
        part = _right(ex, text)
    elif fiche.id == _GENERAL and ex.about_self and _is_general(ex, fiche, text):
        part = _general_right(ex, text)
    named = ex.memory.doctor if fiche.computation is None else None
    return doctors.about(named, part) if part and named else part


def _general_right(ex: Exchange, question: str) -> Part:
    """« Y a-t-il un coup de pouce ? »: may this doctor have it, then what it is."""
    part = _right(ex, question)
    rule = fiche_part(ex.world, _GENERAL, {}, "").blocks[0]
    if not isinstance(rule, Paragraph):
        return part
    what = Paragraph(rule.text.partition(". ")[0] + ".")
    return replace(part, blocks=(*part.blocks[:1], what, *part.blocks[1:]))


def conclusion(ex: Exchange, fiche: Fiche, text: str) -> Part | None:
    """What the figures told decide by themselves: an amount, a cost, a pay, a panel, a day."""
    situation = ex.memory.situation
    of_the_aid = fiche.theme in ("aide", "conditions")
    cited = ex.turn.values("montant_cite")
    cost = fiche.id == SUBJECT_BUDGET and read_asked(text).cost
    # « On me réclame les 66 000 encaissés ? » names a point of its fiche, not an amount to look up.
    elsewhere = fiche.computation is None and bool(aspects(fiche, text))
    if cited and (cost or (fiche.id in _OF_AMOUNTS and not elsewhere)):
        found = lookup_part(ex.world, cited, situation, text)
        if found is not None:
            return found
    if (own := diploma_part(ex, fiche, text) or _paid(ex, fiche, cited)) is not None:
        return own
    if fiche.id == _WAGE and _at_the_minimum(ex, text):
        return budget_part(ex.world, situation, at_minimum=True)
    if (panel := _panel(ex, fiche, text)) is not None:
        return panel
    if fiche.id in _OF_THE_UPKEEP and (kept := _upkeep(ex, fiche, text)):
        return kept
    if of_the_aid and (right := _right_asked(ex, fiche, text)):
        return right
    if (timed := _of_a_day(ex, fiche, text) or _of_a_length(ex, fiche, text)) is not None:
        return timed
    dated = "date_contrat" in situation or year_of_month(ex.world, situation) is not None
    if of_the_aid and dated and _WHICH_YEAR.search(fold(text)):
        return contract_year_part(ex.world, situation)
    return None


def _of_a_day(ex: Exchange, fiche: Fiche, text: str) -> Part | None:
    """Until when to be trained, since when on the present scale."""
    if fiche.id == SUBJECT_DEADLINE:
        return deadline_answer(ex, text)
    if fiche.id != _RESCALED or not (signed := _signed(ex.memory.situation)):
        return None
    rule = fiche_part(ex.world, fiche.id, for_fiche(ex), text)
    return rescaled_part(ex.world, signed, rule)


def _of_a_length(ex: Exchange, fiche: Fiche, text: str) -> Part | None:
    """The figures that the message cites; or, for who has no bac, the training after the level that
    it asks for."""
    if fiche.computation is not None:
        return None
    known = for_fiche(ex)
    rule = fiche_part(ex.world, fiche.id, known, text)
    figures = figures_part(ex.world, fiche, text, rule, follows=ex.before.subject == fiche.id)
    if figures is not None or fiche.id != _LENGTH or known.get("profil") != "sans_bac":
        return figures
    return replace(rule, blocks=(Paragraph(ex.world.phrase("duree_apres_niveau")), *rule.blocks))


def _panel(ex: Exchange, fiche: Fiche, text: str) -> Part | None:
    """« 880 patients ? », put against the threshold; the number published is that of general
    practitioners, nobody else's. « 1 200, ça change ? », after 1 020: not above it both times."""
    situation, said = ex.memory.situation, ex.said.values
    known_before, now = ex.before.situation.get("patients"), said.get("patients")
    of_the_aid = fiche.theme in ("aide", "conditions") and not situation.get("age_65")
    if of_the_aid and known_before and now and _ASKS_A_CHANGE.search(fold(text)):
        same = unchanged_part(ex.world, int(known_before), int(now), situation)
        if same is not None:
            return same
    if fiche.id == SUBJECT_BANDS and aspects(fiche, text) & _OF_A_NUMBER:
        known = for_fiche(ex)
        other = known.get("specialite") not in (None, GENERAL_PRACTICE)
        return band_part(ex.world, text, known) if other else None
    if fiche.id != SUBJECT_PANEL or "patients" not in said or situation.get("age_65"):
        return None
    counts = [int(each) for each in ex.turn.values("patients")]
    compared = panel_part(ex.world, counts, {**situation, **said})
    return doctors.about(ex.memory.doctor, compared) if compared and ex.memory.doctor else compared


def _upkeep(ex: Exchange, fiche: Fiche, text: str) -> Part | None:
    """« Là j'en suis à 830, objectif tenu ? », of a doctor of 65 whose former panel is known."""
    told = {**ex.memory.situation, **ex.said.values}
    before, now = told.get("patients_avant"), told.get("patients")
    fewer = lost(view(text).text)
    if fiche.id == SUBJECT_UPKEEP and _LEAVES.search(fold(text)) and _leaving_is_told(ex):
        return fiche_part(ex.world, _DEPARTURE, {**for_fiche(ex), "public": "medecin"}, text)
    asked = ex.said.slots & {"patients", "patients_avant"} or _ASKS_UPKEEP.search(fold(text))
    senior = told.get("age_65") or fiche.id == SUBJECT_UPKEEP
    if fewer is not None and now is not None and senior and fewer < int(now):
        # « Si j'en perds 146 ? », of 1 450: what would be left.
        return upkeep_part(ex.world, int(before or now), int(now) - fewer)
    if before is None and now is not None and senior and _ASKS_FLOOR.search(fold(text)):
        return floor_part(ex.world, int(now))
    if before is None or now is None or not asked or not senior:
        return None
    return upkeep_part(ex.world, int(before), int(now))


def _leaving_is_told(ex: Exchange) -> bool:
    """« Je pars à 62 ans » is about leaving, not about the age that changes the objective."""
    said = ex.said.slots & {"patients", "patients_avant", "age_65"}
    return _DEPARTURE in ex.world.knowledge.fiches and not said


def _at_the_minimum(ex: Exchange, text: str) -> bool:
    """« Comptez au SMIC »; what an AM earns at least is another question."""
    folded = fold(text)
    about_cost = ex.memory.subject == SUBJECT_BUDGET or _COUNTS_A_COST.search(folded)
    return bool(_AT_THE_MINIMUM.search(folded) and about_cost)


def _is_general(ex: Exchange, fiche: Fiche, text: str) -> bool:
    """« La caisse m'aiderait ? », of a doctor whose situation is known: no point of the fiche (who
    pays, in exchange for what) is named."""
    known = not _ELIGIBILITY_INPUTS.isdisjoint(ex.memory.situation)
    return known and not aspects(fiche, text)


def _signed(situation: Mapping[str, Any]) -> str | None:
    """Day, else month, of signature or of hiring."""
    return situation.get("date_contrat") or situation.get("mois_contrat")


def _amount(ex: Exchange, text: str, follows: bool) -> Part:
    """« Et à temps plein ? » keeps the years and the comparison; a new question does not."""
    said = ex.said
    ex.memory = _with_post_without_amount(ex)
    if _starts_anew(said, text):
        ex.memory = ex.memory.with_situation({"annee": None, "horizon": None})
    operation = said.operation or (ex.before.operation if follows else None)
    compared = said.compared
    taken_back = takes_second_back(ex.before, said)
    if follows and not compared and ex.before.compared and not taken_back:
        compared = {
            slot: values for slot, values in ex.before.compared.items() if slot not in said.values
        }
    if not compared and operation == "difference":
        compared = _supposed_and_told(ex)
    one = (ex.memory.situation.get("quotite") or 0) <= 1
    if wants_second(ex.memory, said) and one:
        # « et avec un deuxième AM ? »: both options, half-time and full-time.
        compared = compared or {"quotite": list(SECOND_ASSISTANT_FTES)}
    changed = {
        slot: ex.before.situation[slot]
        for slot in COMPARABLE
        if slot in said.values and ex.before.situation.get(slot) not in (None, said.values[slot])
    }
    ex.memory = replace(ex.memory, compared=dict(compared), operation=operation, replaced=changed)
    if (
        operation == "total"
        and (ex.memory.situation.get("quotite") or 0) > 1
        and "horizon" not in said.values
    ):
        # « au total » of two assistants is the option's amount, not a sum over years.
        operation = None
    now = year_now(ex.world, ex.memory.situation, said, ex.turn.text)
    if now is not None:
        ex.memory = ex.memory.with_situation({"annee": [now] if now else None, "horizon": None})
    ex.memory = ex.memory.with_situation(years_asked(ex.memory.situation, said, text))
    situation, day = ex.memory.situation, None
    if "date_contrat" not in situation and "bareme" not in situation:
        month = situation.get("mois_contrat")
        day = day_in_the_month(ex.world, situation, month) if month else None
        scale = scale_of_signature(ex.world, situation, situation)
        if day is not None:
            situation = {**situation, "date_contrat": day.isoformat()}
        elif scale == "?":
            question = ask_the_day(month or situation["annee_contrat"])
            return Part(question, SCALES, subject=SUBJECT_AMOUNT)
        elif scale is not None:
            situation = {**situation, "bareme": scale}
    part = amount_part(ex.world, situation, Said(said.values, compared, operation), text)
    if day is not None:
        part = replace(part, blocks=named_by_its_month(part.blocks, day))
    if not is_priced(ex, said.values.get("quotite", 1)) and _A_SHARE_OF_IT.search(fold(text)):
        part = replace(part, blocks=(*part.blocks, Paragraph(ex.world.phrase("quotite_sans_part"))))
    return part


def _starts_anew(said: Said, text: str) -> bool:
    """« Et si j'en prends un à mi-temps ? », « à mi-temps pour commencer ? » are asked of a
    contract from its first year on; « puis » of the years after."""
    if not said.slots.isdisjoint({"annee", "horizon"}):
        return False
    folded = fold(text)
    hired = "quotite" in said.slots and "second_assistant" not in said.values
    begins = (hired and _HIRES.search(folded)) or _FROM_THE_START.search(folded)
    return bool(begins or _THEN.match(folded))


def _with_post_without_amount(ex: Exchange) -> Memory:
    """« Et sur 80 % ? », then « payée comme quoi ? »: still of that post, priced by no source."""
    told, before = ex.said.values.get("quotite"), ex.before.situation.get(_NO_AMOUNT)
    if told is not None or "quotite" in ex.said.slots:
        priced = told is None or is_priced(ex, told)
        return ex.memory.with_situation({_NO_AMOUNT: None if priced else told})
    if before is None or ex.said.operation == "tableau" or wants_second(ex.memory, ex.said):
        return ex.memory.with_situation({_NO_AMOUNT: None})
    return ex.memory.with_situation({"quotite": before})


def is_priced(ex: Exchange, post: Any) -> bool:
    """Does a source give the amount of such a post?"""
    return isinstance(post, int | float) and float(post) in ex.world.parameters.tables


def _names_an_option(said: Said) -> bool:
    """« et 1,5 ? », « et P93 ? », of a second assistant."""
    return "tranche" in said.slots or said.values.get("quotite", 0) in SECOND_ASSISTANT_FTES


def _supposed_and_told(ex: Exchange) -> dict[str, list[Any]]:
    """« Ça fait combien de différence ? », after « et si je passe à P95 »: that and what is so."""
    told = ex.before.situation if ex.before.told is None else ex.before.told
    supposed = {**ex.before.situation, **ex.said.values}
    return {
        slot: [told[slot], supposed[slot]]
        for slot in COMPARABLE
        if slot in told and slot in supposed and told[slot] != supposed[slot]
    } or {
        slot: [former, supposed[slot]]
        for slot, former in ex.before.replaced.items()
        if slot in supposed and supposed[slot] != former
    }


def for_fiche(ex: Exchange) -> dict[str, Any]:
    """What is known of the person, and of this question; not the years of another one."""
    lasting = {k: v for k, v in ex.memory.situation.items() if k not in _VOLATILE}
    who = speaker(ex.memory)
    return {**({"public": who} if who == "medecin" else {}), **lasting, **ex.said.values}
