"""What the computation gives back: plain objects, with figures, reasons and sources.

Nothing here is laid out for a screen: `assistant_am.rendering` does that. Amounts are whole euros
per contract year and always *maxima*; sentences (`sentence_fr`) are short French ones.
Source ids are those of `knowledge/sources.yml` (see `Parameters.sources`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assistant_am.files.source import Source

from .case import Case
from .names import Names
from .vocabulary import Band, Scale, State, Status


@dataclass(frozen=True)
class Reason:
    """State of one condition, with what would change it when it is not met."""

    code: str
    """`SECTOR`, `SPECIALTY_EXCLUDED`, `BELOW_P30`, … one for each way a condition can turn out."""
    condition: str
    """`sector`, `specialty`, `patients`, `applicant`, `second_zip`, `second_specialty`,
    `second_mep`, `second_first_contract`, `second_objectives`, `second_year`."""
    state: State
    source: str | None
    sentence_fr: str
    brief_fr: str
    """What the condition is about, to follow "sous réserve": "de votre secteur"."""
    decided_by: tuple[str, ...] = ()
    """Unknown fields of `Case` that would settle the condition."""
    rule_fr: str = ""
    """What must hold for a second assistant, to follow "il faut": "exercer en zone…"."""


@dataclass(frozen=True)
class Notice:
    """An information or a warning. `years` names the contract years it is about, () = all."""

    code: str
    sentence_fr: str
    source: str | None = None
    years: tuple[int, ...] = ()


@dataclass(frozen=True)
class Gap:
    """Something that matters here and that no source says."""

    code: str
    sentence_fr: str


@dataclass(frozen=True)
class Assessment:
    """Can this doctor have the aid? Any condition `not_met` refuses, else any `unknown` waits."""

    status: Status
    conditions: tuple[Reason, ...]
    """Every condition, met ones included, in the order of the rules."""
    infos: tuple[Notice, ...]
    not_specified: tuple[Gap, ...]

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Conditions that refuse, or, when none does, those still open."""
        refused = tuple(c for c in self.conditions if c.state == "not_met")
        return refused or tuple(c for c in self.conditions if c.state == "unknown")


@dataclass(frozen=True)
class BandAmount:
    """A maximum in euros for one band and one number of full-time equivalents."""

    band: Band
    fte: float
    max_eur: int


@dataclass(frozen=True)
class YearAmount:
    """Possible maxima of one contract year, in euros per year."""

    year: int
    and_following: bool
    """The amount is that of this year and all later ones (last line of the table)."""
    scale: Scale
    scale_reason_fr: str
    starts_on: date | None
    """Anniversary that opens the year; `None` when the contract date is unknown."""
    begun: bool | None
    """The year has begun; `None` when the contract date is unknown."""
    possible: tuple[BandAmount, ...]
    decided_by: tuple[str, ...]
    """Unknown fields of `Case` that decide between the possible amounts; () when one is left."""
    modulated: bool
    """The aid of this year depends on the objectives, by a rule that no source gives."""

    @property
    def amounts(self) -> tuple[int, ...]:
        """Distinct possible maxima, rising."""
        return tuple(sorted({p.max_eur for p in self.possible}))

    @property
    def max_eur(self) -> int | None:
        """The maximum, when a single one is possible."""
        return self.amounts[0] if len(self.amounts) == 1 else None


@dataclass(frozen=True)
class Step:
    """One step of the computation: what was read or added, where, and according to whom."""

    label_fr: str
    value: float | str
    unit: str
    """`euros_par_an`, `euros`, `date`, `texte`."""
    parameter: str | None
    """Name of the file in `knowledge/parametres/`, without `.yml`; `None` for a sum."""
    source: str | None
    note: str | None = None
    """Where in the source."""


@dataclass(frozen=True)
class Estimate:
    """The maximum of the aid for the years asked, or the reasons for a refusal.

    With `assessment.status == "not_eligible"`, `years`, `totals` and `steps` are empty: no amount
    is promised. `fallback` then holds the estimate for one full-time assistant when only the
    second assistant is refused.
    """

    case: Case
    made_on: date
    names: Names
    assessment: Assessment
    years: tuple[YearAmount, ...]
    totals: tuple[BandAmount, ...]
    """Sum over the years for each possible band and FTE; () for a single year."""
    steps: tuple[Step, ...]
    warnings: tuple[Notice, ...]
    not_specified: tuple[Gap, ...]
    sources: tuple[Source, ...]
    """Sources of the amounts, of the scale and of the warnings, each once."""
    fallback: Estimate | None = None

    @property
    def status(self) -> Status:
        return self.assessment.status

    @property
    def total_eur(self) -> int | None:
        """Sum of the years when a single one is possible (the amount itself for one year)."""
        low, high = self.total_range or (None, None)
        return low if low == high else None

    @property
    def total_range(self) -> tuple[int, int] | None:
        """Smallest and largest possible sum; `None` without amount, or without a stated period."""
        sums = self.totals or (self.years[0].possible if len(self.years) == 1 else ())
        amounts = [total.max_eur for total in sums]
        return (min(amounts), max(amounts)) if amounts else None

    @property
    def decided_by(self) -> tuple[str, ...]:
        """Unknown fields of `Case` that would narrow the result, in the order to ask them."""
        fields = (name for year in self.years for name in year.decided_by)
        return tuple(dict.fromkeys(fields))


@dataclass(frozen=True)
class Projection:
    """An estimate over consecutive years, at a constant scale for those to come."""

    horizon: int
    estimate: Estimate


@dataclass(frozen=True)
class SecondAssistant:
    """When a second assistant could be aided, and what is missing."""

    from_year: int
    """Rank of the first contract year in which the option exists."""
    conditions: tuple[Reason, ...]
    missing: tuple[Reason, ...]
    """Conditions not met or unknown."""


@dataclass(frozen=True)
class Tolerance:
    """Patients a doctor of 65 or more may lose without missing the objective."""

    initial_patients: int
    min_patients: int
    """Smallest panel that keeps the objective."""
    percent: float
    source: str | None
    not_specified: tuple[Gap, ...]


@dataclass(frozen=True)
class NetCost:
    """What remains to pay for one possible amount of the aid, in euros per year."""

    band: Band
    fte: float
    aid_eur: int
    net_eur: int
    """Never below 0."""
    surplus_eur: int
    """Part of the maximum above the estimated cost: no source says what becomes of it."""


@dataclass(frozen=True)
class BudgetYear:
    """Cost and remainder of one contract year."""

    year: int
    and_following: bool
    employer_cost: tuple[tuple[float, int], ...]
    """(FTE, cost in euros per year), one for each possible FTE."""
    net: tuple[NetCost, ...]


@dataclass(frozen=True)
class Budget:
    """Employer's cost, aid and remainder: an estimate, from the Urssaf's public model."""

    gross_salary: float
    """€ a month for full time."""
    estimate: Estimate
    years: tuple[BudgetYear, ...]
    """Empty when the aid is refused (the cost alone is in `employer_cost`)."""
    employer_cost: tuple[tuple[float, int], ...]
    """(FTE, cost in euros per year)."""
    model_fr: str
    """Name, version and date of the model."""
    interpolation_error_eur: float
    """Largest measured difference with the model, in euros per month and contract."""
    left_out_fr: tuple[str, ...]
    warnings: tuple[Notice, ...]
    source: str | None
