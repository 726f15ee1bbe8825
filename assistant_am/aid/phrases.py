"""The sentences of the computation, as `knowledge/calcul.yml` has them, filled from the limits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from assistant_am.french import format as fr

if TYPE_CHECKING:
    from .parameter_model import Parameters

_MARK = re.compile(r"\{(\w*)\}")

LIMITS = frozenset(
    {
        "p30", "p50", "p90", "p95", "bande_majoree", "seuil", "age", "tolerance", "part_clinique",
        "mois_honoraires", "delai_formation", "delai_percentile", "delai_objectif",
        "annee_modulation", "annee_garantie", "annee_deuxieme_am", "convention",
        "entree_en_vigueur", "date_percentiles", "secteurs", "secteurs_bref",
    }
)  # fmt: skip
"""What any sentence may say by its name."""

OWN: Mapping[str, frozenset[str]] = {
    "secteur_a_preciser": frozenset({"regle"}),
    "secteur_refuse": frozenset({"regle", "remede"}),
    "secteur_2": frozenset({"lesquels"}),
    "honoraires_insuffisants": frozenset({"actes_techniques"}),
    "contradiction": frozenset({"place", "tranche"}),
    "patientele_comptee": frozenset({"patients", "place"}),
    "patientele_comptee_sans_specialite": frozenset({"patients", "atteint"}),
    "patientele_insuffisante": frozenset({"minimum"}),
    "patientele_insuffisante_comptee": frozenset({"patients", "minimum"}),
    "deuxieme_inconnu": frozenset({"regle"}),
    "deuxieme_rempli": frozenset({"regle"}),
    "deuxieme_refuse": frozenset({"regle"}),
    "deuxieme_annee_inconnue": frozenset({"regle"}),
    "deuxieme_annee_trop_tot": frozenset({"regle", "debut"}),
    "deuxieme_annee_remplie": frozenset({"regle"}),
    "majoration": frozenset({"annee"}),
    "bareme_nouveau_demande": frozenset({"bareme"}),
    "bareme_sans_date": frozenset({"bareme"}),
    "bareme_ancien": frozenset({"debut"}),
    "bareme_nouveau": frozenset({"debut", "bareme"}),
    "budget_interpolation": frozenset({"ecart"}),
}
"""What a sentence says of the case besides."""


KEYS = frozenset(
    {
        "amenagements", "exercice_groupe", "formation", "mep_premier_am", "honoraires_verifies",
        "maintien_age", "maintien_patientele", "nouvel_installe", "nouvel_installe_seuil",
        "structure", "structure_bref", "secteur_regle", "secteur_bref", "secteur_a_preciser",
        "secteur_admis", "secteur_refuse", "secteur_remede", "secteur_remede_optam",
        "secteur_1", "secteur_1_bref", "secteur_2", "secteur_2_bref", "secteur_2_tout_bref",
        "secteur_2_optam", "secteur_2_optam_co", "secteur_2_hors_optam", "non_conventionne",
        "non_conventionne_bref", "specialite_bref", "specialite_a_preciser",
        "specialite_admise", "specialite_exclue", "honoraires_bref", "honoraires_insuffisants",
        "honoraires_exception", "contradiction", "patientele_bref", "patientele_minimale_bref",
        "file_active_bref", "patientele_atteinte", "patientele_comptee", "installation_recente",
        "installation_recente_bref", "patientele_insuffisante_comptee",
        "patientele_insuffisante", "minimum_generaliste", "minimum_specialiste",
        "patientele_a_preciser", "patientele_sans_specialite",
        "patientele_comptee_sans_specialite", "file_active", "deuxieme_zip",
        "deuxieme_zip_bref", "deuxieme_specialite", "deuxieme_specialite_bref", "deuxieme_mep",
        "deuxieme_mep_bref", "deuxieme_premier_contrat", "deuxieme_premier_contrat_bref",
        "deuxieme_objectifs", "deuxieme_objectifs_bref", "deuxieme_inconnu", "deuxieme_rempli",
        "deuxieme_refuse", "deuxieme_annee", "deuxieme_annee_bref", "deuxieme_annee_inconnue",
        "deuxieme_annee_trop_tot", "deuxieme_annee_remplie", "deuxieme_ancien_bareme",
        "indicatif", "bareme_suppose", "bareme_constant", "ligne_generale", "majoration",
        "deuxieme_total", "deux_mi_temps", "premier_am_seul", "modulation",
        "modulation_montant_fixe",
        "annee_garantie_entiere", "bareme_convention", "bareme_ancien_demande",
        "bareme_nouveau_demande", "bareme_sans_date", "bareme_ancien", "bareme_nouveau",
        "budget_estimation", "budget_interpolation", "aide_au_dela_du_cout",
        "budget_non_compris_primes", "budget_non_compris_anciennete",
        "budget_non_compris_formation", "budget_non_compris_impots", "non_dit_maintien",
        "non_dit_file_active", "non_dit_patients_comptes", "non_dit_nouvel_installe",
        "non_dit_modulation", "non_dit_percentiles", "non_dit_duree",
    }
)  # fmt: skip
"""Every sentence that the computation says."""


@dataclass(frozen=True)
class Phrase:
    """A sentence with names in braces, and the source that says it, if one does."""

    text: str
    source: str | None


@dataclass(frozen=True)
class Sayings:
    """The sentences, with the limits in force on a day."""

    phrases: Mapping[str, Phrase]
    limits: Mapping[str, str]

    @classmethod
    def on(cls, params: Parameters, day: date) -> Sayings:
        return cls(params.phrases, _limits(params, day))

    def say(self, key: str, **own: str) -> str:
        return _MARK.sub(lambda mark: {**self.limits, **own}[mark[1]], self.phrases[key].text)

    def shown(self, key: str) -> str:
        """The sentence with what any case has in common; the names of the case's own stay."""
        return _MARK.sub(lambda mark: self.limits.get(mark[1], mark[0]), self.phrases[key].text)

    def source(self, key: str) -> str | None:
        return self.phrases[key].source


def unknown_marks(key: str, text: str) -> list[str]:
    """Names in braces that this sentence cannot say; a brace without its pair is « { »."""
    known = LIMITS | OWN.get(key, frozenset())
    bare = [brace for brace in "{}" if brace in _MARK.sub("", text)]
    return [*(mark for mark in _MARK.findall(text) if mark not in known), *bare]


def _limits(params: Parameters, day: date) -> dict[str, str]:
    first_open = min(table.ranks[0] for table in params.second_assistant)
    p90, p95 = params.p90.at(day), params.p95.at(day)
    agreement = params.agreement_start.latest
    limits = {
        "p30": str(params.p30.at(day)),
        "p50": str(params.p50.at(day)),
        "p90": str(p90),
        "p95": str(p95),
        "bande_majoree": f"P{p90} à P{p95 - 1}",
        "seuil": fr.number(params.gp_threshold.at(day)),
        "age": str(params.upkeep_age.at(day)),
        "tolerance": fr.percent(params.upkeep_tolerance.at(day)),
        "part_clinique": fr.percent(params.clinical_share.at(day)),
        "mois_honoraires": str(params.clinical_months.at(day)),
        "delai_formation": str(params.training_delay.at(day)),
        "delai_percentile": str(params.new_doctor_percentile_delay.at(day)),
        "delai_objectif": str(params.new_doctor_delay.at(day)),
        "annee_modulation": fr.year_rank(params.modulation_year.latest),
        "annee_garantie": fr.year_rank(params.guaranteed_year.latest),
        "annee_deuxieme_am": fr.year_rank(first_open),
        "convention": str(agreement.year),
        "entree_en_vigueur": fr.long_date(agreement),
        "date_percentiles": fr.long_date(params.percentile_date.at(day)),
    }
    admitted = params.sectors.at(day)
    limits["secteurs"], limits["secteurs_bref"] = _sectors(params.phrases, admitted)
    return limits


def _sectors(phrases: Mapping[str, Phrase], admitted: tuple[str, ...]) -> tuple[str, str]:
    """« au secteur 1 et au secteur 2 avec l'OPTAM ou l'OPTAM-CO », « 1, ou 2 avec OPTAM »."""
    whole, brief = [], []
    second = [each for each in admitted if each.startswith("secteur_2")]
    for sector in admitted:
        if sector not in second:
            whole.append(phrases[sector].text)
            brief.append(phrases[f"{sector}_bref"].text)
        elif sector == second[0]:
            which = fr.listing((phrases[each].text for each in second), "ou")
            whole.append(phrases["secteur_2"].text.replace("{lesquels}", which))
            open_to_all = "secteur_2_hors_optam" in second
            brief.append(phrases["secteur_2_tout_bref" if open_to_all else "secteur_2_bref"].text)
    return fr.listing(whole), ", ou ".join(brief)
