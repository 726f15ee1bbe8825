"""The situation of a doctor: what was said, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from .parameter_model import Parameters
from .reading import read_fields
from .vocabulary import FRENCH_NAMES, Band, Scale, Sector, Specialty


@dataclass(frozen=True)
class Case:
    """Inputs of the computation; `None` (or an empty tuple) means *unknown*.

    Health (handicap, illness) is no input and never will be: the aid's adjustments for it are
    an information, not a computation.
    """

    fte: float | None = None
    """Full-time equivalents asked for: 0.5, 1, or 1.5 and 2 with a second assistant."""
    contract_years: tuple[int, ...] = ()
    """Ranks of contract years, 1 being the first."""
    horizon: int | None = None
    """Number of years to show from the first; `contract_years` prevails in `estimate`."""
    band: Band | None = None
    patient_count: int | None = None
    """Patients who declared this doctor (general practice), or active file (other specialties)."""
    scale: Scale | None = None
    """Table named by the person; prevails over `contract_date`."""
    contract_date: date | None = None
    """Signature of the contract with the local fund: start of year 1."""
    specialty: Specialty | None = None
    sector: Sector | None = None
    is_65_or_more: bool | None = None
    newly_installed: bool | None = None
    in_zip: bool | None = None
    is_mep: bool | None = None
    first_contract_full_time: bool | None = None
    first_objectives_met: bool | None = None
    """Objectives of the first contract, a condition of the second assistant."""
    attainment: bool | None = None
    """Objectives of the contract asked about; unknown, `first_objectives_met` speaks for a
    contract with one assistant."""
    is_structure: bool | None = None
    """The applicant is a company (SISA, SCM, …), not a doctor."""
    technical_percent: float | None = None
    """Share of technical acts in the fees, told by a surgeon: no slot or column of its own."""
    gross_salary: float | None = None
    """Gross salary of the assistant, € a month, for full time (halved in a half-time contract)."""

    @classmethod
    def from_french(cls, values: Mapping[str, object], params: Parameters) -> Case:
        """Read French keys and values (slots, options, CSV cells), typed or as text.

        `None` and empty text are unknown. `tranche` also takes a percentile ("p92", 92).

        Raises:
            InvalidInput: unknown key, unreadable or impossible value.
            OutsideRules: a quotité that no source prices.
        """
        return cls(**read_fields(values, params))

    def as_french(self) -> dict[str, str]:
        """What is known, by French key and as text: `from_french` reads the same case from it."""
        return {
            french: _as_text(value)
            for field, french in FRENCH_NAMES.items()
            if (value := getattr(self, field)) not in (None, ())
        }


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, tuple):
        return ",".join(str(item) for item in value)
    return value.isoformat() if isinstance(value, date) else str(value)
