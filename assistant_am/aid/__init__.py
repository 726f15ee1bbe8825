"""The aid to doctors who hire a medical assistant: pure computation, sourced and dated.

    params = load(Path("knowledge"))
    case = Case.from_french({"quotite": "0,5", "annee": 2, "tranche": "p92"}, params)
    estimate(case, params, date(2026, 11, 22)).years[0].max_eur

Unknown inputs are allowed everywhere: the result is then the set of possible amounts and the
inputs that decide between them. No figure of the domain stands in this package.
"""

from .amount import estimate
from .answer import answer, contract_year
from .apart import Apart, apart
from .budget import budget
from .case import Case
from .contract_years import current_rank, start_of_year
from .eligibility import assess
from .errors import AidError, Contradiction, InvalidInput, OutsideRules
from .names import Names
from .parameter_model import Parameters
from .parameters import load
from .phrases import Sayings
from .practice import Practice, PracticeLine, PracticeYear, add_years, estimate_practice
from .projection import project
from .query import (
    AmountGap,
    Answer,
    Change,
    Cited,
    Line,
    Path,
    Place,
    Quantity,
    Query,
    Situation,
    Unit,
    Years,
)
from .results import (
    Assessment,
    BandAmount,
    Budget,
    BudgetYear,
    Estimate,
    NetCost,
    Notice,
    Projection,
    Reason,
    Step,
    Tolerance,
    YearAmount,
)
from .second_assistant import second_assistant
from .tolerance import tolerance
from .vocabulary import (
    FRENCH_NAMES,
    GENERAL_ROW,
    PAID_BANDS,
    TOP_BAND,
    Band,
    Scale,
    Sector,
    Specialty,
    State,
    Status,
)

__all__ = [
    "FRENCH_NAMES",
    "GENERAL_ROW",
    "PAID_BANDS",
    "TOP_BAND",
    "AidError",
    "AmountGap",
    "Answer",
    "Apart",
    "Assessment",
    "Band",
    "BandAmount",
    "Budget",
    "BudgetYear",
    "Case",
    "Change",
    "Cited",
    "Contradiction",
    "Estimate",
    "InvalidInput",
    "Line",
    "Names",
    "NetCost",
    "Notice",
    "OutsideRules",
    "Parameters",
    "Path",
    "Place",
    "Practice",
    "PracticeLine",
    "PracticeYear",
    "Projection",
    "Quantity",
    "Query",
    "Reason",
    "Sayings",
    "Scale",
    "Sector",
    "Situation",
    "Specialty",
    "State",
    "Status",
    "Step",
    "Tolerance",
    "Unit",
    "YearAmount",
    "Years",
    "add_years",
    "answer",
    "apart",
    "assess",
    "budget",
    "contract_year",
    "current_rank",
    "estimate",
    "estimate_practice",
    "load",
    "project",
    "second_assistant",
    "start_of_year",
    "tolerance",
]
