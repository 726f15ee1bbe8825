"""How bands and scales are called: « P90 à P94 », « avant juin 2024 », by the limits in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant_am.french import format as fr

from .parameter_model import Parameters
from .vocabulary import BELOW_P30, GENERAL_ROW, PAID_BANDS, TOP_BAND, Band, Scale


@dataclass(frozen=True)
class Names:
    """Made from the limits, so that a limit that changes changes every name."""

    p30: int
    p90: int
    p95: int
    upkeep_age: int
    """Years."""
    agreement: date
    """Day from which the new scale holds."""

    @classmethod
    def of(cls, params: Parameters) -> Names:
        return cls(
            p30=params.p30.latest,
            p90=params.p90.latest,
            p95=params.p95.latest,
            upkeep_age=params.upkeep_age.latest,
            agreement=params.agreement_start.latest,
        )

    def band(self, band: Band) -> str:
        """« P90 à P94 »."""
        if band == BELOW_P30:
            return f"sous P{self.p30}"
        if band == TOP_BAND:
            return f"P{self.p95} et plus"
        return _between(*self._limits(band))

    def of_band(self, band: Band) -> str:
        """« de P90 à P94 »."""
        if band == TOP_BAND:
            return f"à partir du P{self.p95}"
        return self.band(band) if band == BELOW_P30 else f"de {self.band(band)}"

    def bands(self, found: Sequence[Band]) -> str:
        """« P30 à P94 » for two neighbouring bands; "" for all that are paid."""
        if tuple(found) == PAID_BANDS:
            return ""
        if tuple(found) == PAID_BANDS[:-1]:
            return _between(self.p30, self.p95)
        return fr.listing(self.band(band) for band in found)

    @property
    def senior(self) -> str:
        """« 65 ans »."""
        return f"{self.upkeep_age} ans"

    @property
    def former(self) -> str:
        """« avant juin 2024 »."""
        return f"avant {fr.month_year(self.agreement)}"

    @property
    def convention(self) -> str:
        """« convention 2024 »."""
        return f"convention {self.agreement.year}"

    def scale(self, scale: Scale) -> str:
        """« ancien barème, d'avant juin 2024 »."""
        if scale == "ancien":
            return f"ancien barème, d'{self.former}"
        return f"nouveau barème, de la {self.convention}"

    def _limits(self, band: Band) -> tuple[int, int]:
        return (self.p30, self.p90) if band == GENERAL_ROW else (self.p90, self.p95)


def _between(low: int, high: int) -> str:
    """From a percentile to just below another."""
    return f"P{low} à P{high - 1}"
