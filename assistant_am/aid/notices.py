"""Warnings that go with amounts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from assistant_am.french import format as fr

from .case import Case
from .parameter_model import AmountTable, Parameters
from .patients import is_below_p30
from .results import Notice, YearAmount
from .vocabulary import GENERAL_ROW, TOP_BAND

_PAGE = "ameli_bdr"


def amount_notices(
    case: Case, params: Parameters, today: date, years: Sequence[YearAmount], table: AmountTable
) -> tuple[Notice, ...]:
    """`table` is the one of the largest number of full-time equivalents asked for."""
    return (
        Notice(
            "INDICATIVE",
            "Montant maximal, indicatif et non contractuel : seule votre CPAM décide. ameli.fr "
            "propose aussi un simulateur.",
            _PAGE,
        ),
        *_about_scale(case, params, years),
        *_about_band(case, params, today, years, table),
        *_about_second_assistant(years, table),
        *_about_objectives(case, params, years),
    )


def _about_scale(case: Case, params: Parameters, years: Sequence[YearAmount]) -> Iterator[Notice]:
    effect = params.agreement_start.dated_latest
    if case.scale is None and case.contract_date is None:
        yield Notice(
            "SCALE_ASSUMED",
            "Barème de la convention 2024. Si votre contrat a été signé avant le "
            f"{fr.long_date(effect.value)}, donnez sa date : chaque année suit le barème en "
            "vigueur à sa date anniversaire.",
            effect.reference.source,
        )
    several = len(years) > 1
    ahead = tuple(y.year for y in years if y.begun is False or (y.begun is None and several))
    if ahead:
        yield Notice("CONSTANT_SCALE", "Années à venir : à barème constant.", None, ahead)


def _about_band(
    case: Case, params: Parameters, today: date, years: Sequence[YearAmount], table: AmountTable
) -> Iterator[Notice]:
    if is_below_p30(case, params, today):
        yield Notice(
            "GENERAL_ROW",
            f"Le tableau n'a pas de ligne sous P{params.p30.at(today)} : les montants sont ceux "
            "de la ligne générale, sous réserve de l'accord de votre CPAM.",
            _PAGE,
        )
    if case.band is None or case.band == TOP_BAND or is_below_p30(case, params, today):
        return
    raised = _first_raised_rank(table, case, today)
    before = tuple(y.year for y in years if raised is not None and y.year < raised)
    if raised is not None and before:
        yield Notice(
            "BAND_NOT_YET",
            f"La majoration des patientèles P{params.p90.at(today)} à P{params.p95.at(today) - 1} "
            f"commence en {fr.year_rank(raised)}.",
            _PAGE,
            before,
        )


def _first_raised_rank(table: AmountTable, case: Case, today: date) -> int | None:
    """First line on which the band has more than the general row."""
    if case.band is None:
        return None
    for rank in table.ranks:
        own, general = (table.at(band, rank, today) for band in (case.band, GENERAL_ROW))
        if own and general and own.value > general.value:
            return rank
    return None


def _about_second_assistant(years: Sequence[YearAmount], table: AmountTable) -> Iterator[Notice]:
    if not table.has_second_assistant:
        return
    yield Notice(
        "SECOND_TOTAL",
        "Montant au total pour les deux AM : il ne s'ajoute pas à l'aide du premier.",
        _PAGE,
    )
    alone = tuple(y.year for y in years if all(a.fte != table.fte for a in y.possible))
    if alone:
        yield Notice(
            "FIRST_ASSISTANT_ONLY",
            f"Un deuxième AM n'est aidé qu'à partir de la {fr.year_rank(table.ranks[0])}, sur le "
            "nouveau barème : avant, c'est le montant d'un seul AM à temps plein.",
            _PAGE,
            alone,
        )


def _about_objectives(
    case: Case, params: Parameters, years: Sequence[YearAmount]
) -> Iterator[Notice]:
    modulated = tuple(y.year for y in years if y.modulated)
    guaranteed = params.guaranteed_year.dated_latest
    if modulated:
        first = fr.year_rank(params.modulation_year.latest)
        yield Notice(
            "MODULATION",
            f"Dès la {first}, l'aide est modulée selon vos objectifs (formule à demander à "
            "votre CPAM).",
            _PAGE,
            modulated,
        )
        if case.band == TOP_BAND:
            yield Notice(
                "TOP_BAND_MODULATION",
                "La page ne dit pas si ce montant fixe est lui aussi modulé.",
                _PAGE,
                modulated,
            )
    if case.newly_installed and guaranteed.value in {y.year for y in years}:
        yield Notice(
            "GUARANTEED_YEAR",
            f"Nouvellement installé : la {fr.year_rank(guaranteed.value)} est garantie en entier.",
            guaranteed.reference.source,
            (guaranteed.value,),
        )
