"""How many patients may a doctor of 65 or more lose?"""

from __future__ import annotations

from datetime import date

from .gaps import tolerance_gaps
from .parameter_model import Parameters
from .reading import read_fields
from .results import Tolerance
from .vocabulary import FRENCH_NAMES


def tolerance(initial_patients: int, params: Parameters, today: date) -> Tolerance:
    """Smallest panel that still counts as kept; losing exactly the tolerated share is kept.

    Raises:
        InvalidInput: an impossible number of patients.
    """
    read_fields({FRENCH_NAMES["patient_count"]: initial_patients}, params)
    dated = params.upkeep_tolerance.dated(today)
    # Integers: 0.9 × 1 000 in floating point may fall above 900.
    kept_share = 100 - dated.value
    return Tolerance(
        initial_patients=initial_patients,
        min_patients=-(-initial_patients * kept_share // 100),
        percent=dated.value,
        source=dated.reference.source,
        not_specified=tolerance_gaps(params, today),
    )
