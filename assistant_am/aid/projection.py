"""Several years ahead."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from .amount import estimate
from .case import Case
from .parameter_model import Parameters
from .reading import read_fields
from .results import Projection
from .vocabulary import FRENCH_NAMES


def project(case: Case, params: Parameters, today: date, horizon: int) -> Projection:
    """Estimate of `horizon` consecutive years, from the first asked one (else from year 1).

    An option of two assistants shows one full-time assistant until the second is possible.

    Raises:
        InvalidInput: a horizon below 1 or above the limit; and what `estimate` raises.
    """
    read_fields({FRENCH_NAMES["horizon"]: horizon}, params)
    first = min(case.contract_years, default=1)
    years = tuple(range(first, first + horizon))
    asked = replace(case, contract_years=years, horizon=None)
    return Projection(horizon, estimate(asked, params, today))
