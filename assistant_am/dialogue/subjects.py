"""The answer to a subject: a fiche, or what the aid module computes for this situation."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from assistant_am.dialogue import doctors, guided
from assistant_am.dialogue.absorb import SECOND_ASSISTANT_FTES, Said, wants_second
from assistant_am.dialogue.aid_answers import (
    SUBJECT_AMOUNT,
    SUBJECT_BUDGET,
    amount_part,
    budget_part,
    contract_year_part,
    eligibility_part,
    pay_part,
    second_assistant_part,
    upkeep_part,
)
from assistant_am.dialogue.amount_query import years_asked
from assistant_am.dialogue.asked import read_asked
from assistant_am.dialogue.contract_year import (
    ask_the_day,
    day_in_the_month,
    scale_of_signature,
    year_now,
)
from assistant_am.dialogue.exchange import Exchange
from assistant_am.dialogue.fiches import fiche_part
from assistant_am.dialogue.lookup import lookup_part
from assistant_am.dialogue.memory import DOCTOR_SLOTS
from assistant_am.dialogue.part import Part
from assistant_am.french.fold import fold
from assistant_am.knowledge import Fiche

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
_SENIOR = "medecin_65"
_TOLD_BESIDE = ("patients_avant", "actes_techniques")
"""Said for one answer, not kept."""
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
    concluded = _conclusion(ex, fiche, text)
    if concluded is not None:
        return concluded
    second = wants_second(ex.memory, ex.said)
    match fiche.computation:
        case "montant":
            return _amount(ex, text, follows)
        case "estimation":
            ex.memory = replace(ex.memory, guided=True, unknown=())
            return guided.guided_part(ex.world, ex.memory, ex.said)
        case "eligibilite" if second:
            return second_assistant_part(ex.world, situation)
        case "eligibilite" if not _ELIGIBILITY_INPUTS.isdisjoint(situation):
            told = {k: v for k, v in ex.said.values.items() if k in _TOLD_BESIDE}
            return eligibility_part(ex.world, {**situation, **told})
        case "budget" if "salaire_brut" in situation:
            return budget_part(ex.world, situation)
    if fiche_id == "second_assistant" and not _SECOND_INPUTS.isdisjoint(situation):
        return second_assistant_part(ex.world, situation)
    return fiche_part(ex.world, fiche_id, for_fiche(ex), text)


def _conclusion(ex: Exchange, fiche: Fiche, text: str) -> Part | None:
    """What the figures told decide by themselves: an amount, a cost, a pay, a panel, a day."""
    situation, said = ex.memory.situation, ex.said.values
    of_the_aid = fiche.theme in ("aide", "conditions")
    cited = ex.turn.values("montant_cite")
    cost = fiche.id == SUBJECT_BUDGET and read_asked(text).cost
    if cited and (cost or (of_the_aid and fiche.id != SUBJECT_BUDGET)):
        found = lookup_part(ex.world, cited, situation, text)
        if found is not None:
            return found
    if "salaire_brut" in said and fiche.theme == "salaire" and fiche.computation is None:
        return pay_part(ex.world, float(said["salaire_brut"]), situation)
    if fiche.id == _SENIOR and {"patients", "patients_avant"} <= set(said):
        return upkeep_part(ex.world, int(said["patients_avant"]), int(said["patients"]))
    if of_the_aid and "date_contrat" in situation and _WHICH_YEAR.search(fold(text)):
        return contract_year_part(ex.world, situation)
    return None


def _amount(ex: Exchange, text: str, follows: bool) -> Part:
    """« Et à temps plein ? » keeps the years and the comparison; a new question does not."""
    said = ex.said
    operation = said.operation or (ex.before.operation if follows else None)
    compared = said.compared
    if follows and not compared and ex.before.compared:
        compared = {
            slot: values for slot, values in ex.before.compared.items() if slot not in said.values
        }
    if wants_second(ex.memory, said) and not ex.memory.situation.get("quotite"):
        # « et avec un deuxième AM ? »: both options, half-time and full-time.
        compared = compared or {"quotite": list(SECOND_ASSISTANT_FTES)}
    ex.memory = replace(ex.memory, compared=dict(compared), operation=operation)
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
    situation = ex.memory.situation
    if "date_contrat" not in situation and "bareme" not in situation:
        month = situation.get("mois_contrat")
        day = day_in_the_month(ex.world, situation, month) if month else None
        scale = scale_of_signature(ex.world, situation, situation)
        if day is not None:
            situation = {**situation, "date_contrat": day.isoformat()}
        elif scale == "?":
            return Part(ask_the_day(month or situation["annee_contrat"]), subject=SUBJECT_AMOUNT)
        elif scale is not None:
            situation = {**situation, "bareme": scale}
    return amount_part(ex.world, situation, Said(said.values, compared, operation), text)


def for_fiche(ex: Exchange) -> dict[str, Any]:
    """What is known of the person, and of this question; not the years of another one."""
    lasting = {k: v for k, v in ex.memory.situation.items() if k not in _VOLATILE}
    return {**lasting, **ex.said.values}
