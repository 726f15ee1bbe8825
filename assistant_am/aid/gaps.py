"""What no source says, as far as it matters to the case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .case import Case
from .parameter_model import Parameters
from .results import Gap, YearAmount
from .vocabulary import GENERAL_PRACTICE


def eligibility_gaps(case: Case, params: Parameters) -> tuple[Gap, ...]:
    return tuple(_eligibility(case, params))


def amount_gaps(case: Case, params: Parameters, years: Iterable[YearAmount]) -> tuple[Gap, ...]:
    """Gaps of eligibility and of the amounts, each once."""
    return (*eligibility_gaps(case, params), *_amount(case, params, tuple(years)))


def tolerance_gaps() -> tuple[Gap, ...]:
    return (
        Gap(
            "UPKEEP_DATE",
            "Le jour où l'on compte la patientèle de départ, et celui où l'âge est apprécié, ne "
            "sont pas indiqués dans nos sources.",
        ),
    )


def _eligibility(case: Case, params: Parameters) -> Iterator[Gap]:
    if case.specialty not in (None, GENERAL_PRACTICE):
        yield Gap(
            "ACTIVE_FILE_THRESHOLD",
            "Les seuils de file active des spécialités ne sont pas publiés dans nos sources.",
        )
    if case.patient_count is not None:
        yield Gap(
            "PATIENTS_COUNTED",
            "Nos sources ne disent pas si les enfants comptent : prenez le nombre communiqué par "
            "votre CPAM.",
        )
    if case.newly_installed:
        yield Gap("NEW_DOCTOR", "« Nouvellement installé » n'est défini par aucune source.")
    if case.is_65_or_more:
        yield from tolerance_gaps()


def _amount(case: Case, params: Parameters, years: tuple[YearAmount, ...]) -> Iterator[Gap]:
    if any(year.modulated for year in years):
        yield Gap(
            "MODULATION",
            "La formule de modulation selon les objectifs, et le nombre de patients à atteindre, "
            "ne sont pas publiés dans nos sources.",
        )
    if case.band is None:
        bands = ", ".join(f"P{p.latest}" for p in (params.p50, params.p90, params.p95))
        yield Gap(
            "PERCENTILES",
            f"Les nombres de patients de {bands} ne figurent pas dans nos sources : demandez votre "
            "percentile à votre CPAM.",
        )
    if len(years) > params.modulation_year.latest:
        yield Gap(
            "DURATION",
            "La durée du contrat, son renouvellement et un changement de tranche, une "
            "absence ou un départ en cours de contrat ne sont pas décrits dans nos sources.",
        )
