"""An estimate as JSON data with French keys, for programs."""

from __future__ import annotations

from typing import Any

from assistant_am.aid import FRENCH_NAMES, BandAmount, Budget, Estimate, Reason, YearAmount

from .aid_report import notice_text
from .aid_words import STATUS_KEYS


def as_json(estimate: Estimate, budget: Budget | None = None) -> dict[str, Any]:
    """`max_eur` and `total_eur` are null when several amounts are possible, or none."""
    data: dict[str, Any] = {
        "statut": STATUS_KEYS[estimate.status],
        "motifs": [_reason(reason) for reason in estimate.assessment.reasons],
        "montants": [_year(year) for year in estimate.years],
        "total_eur": estimate.total_eur,
        "etapes": [
            {
                "libelle": step.label_fr,
                "valeur": step.value,
                "unite": step.unit,
                "parametre": step.parameter,
                "source": step.source,
            }
            for step in estimate.steps
        ],
        "avertissements": [notice_text(notice) for notice in estimate.warnings],
    }
    if budget:
        data["budget"] = _budget(budget)
    return data


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        "code": reason.code,
        "etat": "non_rempli" if reason.state == "not_met" else "inconnu",
        "phrase": reason.sentence_fr,
        "source": reason.source,
    }


def _year(year: YearAmount) -> dict[str, Any]:
    data: dict[str, Any] = {"annee": year.year, "max_eur": year.max_eur}
    if year.max_eur is None:
        data["possibles"] = [_possible(amount) for amount in year.possible]
        data["decide_par"] = [FRENCH_NAMES[name] for name in year.decided_by]
    return data


def _possible(amount: BandAmount) -> dict[str, Any]:
    return {"quotite": amount.fte, "tranche": amount.band, "max_eur": amount.max_eur}


def _budget(budget: Budget) -> dict[str, Any]:
    return {
        "salaire_brut": budget.gross_salary,
        "cout_employeur_eur_par_an": [
            {"quotite": fte, "cout_eur": cost} for fte, cost in budget.employer_cost
        ],
        "annees": [
            {
                "annee": year.year,
                "restes": [
                    {
                        "quotite": net.fte,
                        "tranche": net.band,
                        "aide_max_eur": net.aid_eur,
                        "reste_a_charge_eur": net.net_eur,
                    }
                    for net in year.net
                ],
            }
            for year in budget.years
        ],
        "modele": budget.model_fr,
        "non_compris": list(budget.left_out_fr),
        "avertissements": [notice_text(notice) for notice in budget.warnings],
    }
