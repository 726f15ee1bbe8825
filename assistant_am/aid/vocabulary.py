"""Words of the aid: the values shared by the French data and the English code.

Values are those of the glossary's table (`tranche`, `secteur`, …), so that a slot, a CSV cell, a
parameter file and a `Case` hold the same string. ``FRENCH_NAMES`` gives the French key of each
field of `Case`.
"""

from __future__ import annotations

from typing import Final, Literal

Band = Literal["sous_p30", "p30_p89", "p90_p94", "p95_plus"]
"""Place of the doctor's panel in the national distribution of their specialty."""

Scale = Literal["ancien", "nouveau"]
"""Table of amounts: before or since the 2024 medical agreement."""

Sector = Literal[
    "secteur_1",
    "secteur_2_optam",
    "secteur_2_optam_co",
    "secteur_2_hors_optam",
    "non_conventionne",
]

Specialty = Literal[
    "medecine_generale",
    "pediatrie",
    "orl",
    "gynecologie",
    "cardiologie",
    "autre_eligible",
    "radiologie",
    "radiotherapie",
    "stomatologie",
    "anesthesie",
    "anatomo_cytopathologie",
    "medecine_nucleaire",
    "chirurgie",
]

Status = Literal["eligible", "to_confirm", "not_eligible"]
State = Literal["met", "not_met", "unknown"]

BELOW_P30: Final[Band] = "sous_p30"
GENERAL_ROW: Final[Band] = "p30_p89"
"""Row of the table without any increase: also read for a new doctor still below P30."""
TOP_BAND: Final[Band] = "p95_plus"
PAID_BANDS: Final[tuple[Band, ...]] = ("p30_p89", "p90_p94", "p95_plus")
"""Bands that have amounts, in rising order."""

GENERAL_PRACTICE: Final[Specialty] = "medecine_generale"

FRENCH_NAMES: Final[dict[str, str]] = {
    "fte": "quotite",
    "contract_years": "annee",
    "horizon": "horizon",
    "band": "tranche",
    "patient_count": "patients",
    "scale": "bareme",
    "contract_date": "date_contrat",
    "specialty": "specialite",
    "sector": "secteur",
    "is_65_or_more": "age_65",
    "newly_installed": "nouvel_installe",
    "in_zip": "zip",
    "is_mep": "mep",
    "first_contract_full_time": "premier_contrat_temps_plein",
    "first_objectives_met": "objectifs_atteints",
    "attainment": "atteinte",
    "is_structure": "structure",
    "gross_salary": "salaire_brut",
}
"""Field of `Case` → French key of slots, options and CSV columns."""
