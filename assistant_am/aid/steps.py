"""The steps of a computation, each with its parameter and its source."""

from __future__ import annotations

from assistant_am.french import format as fr

from .contract_years import YearScale
from .names import Names
from .parameter_model import AmountTable, Dated, Parameters
from .results import BandAmount, Step
from .vocabulary import Band


def scale_step(rank: int, scale: YearScale, params: Parameters) -> Step:
    label = "Barème"
    if scale.starts_on is not None:
        label = f"Barème de la {fr.year_rank(rank)}"
    return Step(
        label_fr=label,
        value=scale.reason_fr,
        unit="texte",
        parameter=params.agreement_start.id,
        source=params.agreement_start.dated_latest.reference.source,
    )


def amount_step(table: AmountTable, band: Band, rank: int, dated: Dated[int], names: Names) -> Step:
    return Step(
        label_fr=(
            f"Montant maximal, {fr.year_rank(rank)}, {fr.fte(table.fte)}, {names.band(band)}"
        ),
        value=dated.value,
        unit="euros_par_an",
        parameter=table.id,
        source=dated.reference.source,
        note=dated.reference.note,
    )


def total_step(total: BandAmount, years: int, names: Names) -> Step:
    return Step(
        label_fr=f"Total sur {years} ans, {fr.fte(total.fte)}, {names.band(total.band)}",
        value=total.max_eur,
        unit="euros",
        parameter=None,
        source=None,
    )
