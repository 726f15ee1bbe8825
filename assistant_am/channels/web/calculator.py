"""The calculator's card and the calendar of a contract, by the same address as an estimate."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from assistant_am.aid import InvalidInput
from assistant_am.channels.web.agenda import calendar_of
from assistant_am.channels.web.errors import WebError, field_error
from assistant_am.channels.web.estimates import Asked, projected, read_asked
from assistant_am.dialogue.calculator import Control, Option, card_of
from assistant_am.dialogue.world import World
from assistant_am.rendering.links import calendar_path, page_path

Given = list[tuple[str, str]]


class Calculator:
    """Answers at once: an estimate takes some milliseconds."""

    def __init__(self, world: Callable[[], World], today: Callable[[], date] = date.today) -> None:
        self._world = world
        self._today = today

    def card(self, query: str, given: Given) -> dict[str, Any]:
        """The card of these inputs; raises what `read_asked` does."""
        world, asked = self._asked(query, given)
        try:
            card = card_of(world, asked.case)
        except InvalidInput as error:
            raise field_error(error.field, error.message_fr) from error
        return {
            "champs": [_control(control) for control in card.controls],
            "retenu": [{"valeur": each.value, "titre": each.say} for each in card.kept],
            "blocs": [block.as_json() for block in card.blocks],
            "phrase": card.say,
            "calcule_le": asked.day.isoformat(),
            "page": page_path(asked.case, asked.day),
            "agenda": calendar_path(asked.case, asked.day) if asked.case.contract_date else None,
        }

    def calendar(self, query: str, given: Given) -> bytes:
        """An iCalendar file; raises what `read_asked` does, champ_invalide without a day of the
        contract, introuvable when the aid is refused."""
        world, asked = self._asked(query, given)
        if asked.case.contract_date is None:
            raise field_error("date_contrat", "il faut cette date pour faire un calendrier.")
        try:
            # The days of the whole contract, whatever year the amount was asked of.
            whole = replace(asked, case=replace(asked.case, contract_years=()))
            estimate = projected(whole, world.parameters).estimate
        except InvalidInput as error:
            raise field_error(error.field, error.message_fr) from error
        if not estimate.years:
            raise WebError("introuvable", "L'aide est refusée dans cette situation.")
        return calendar_of(world, estimate)

    def _asked(self, query: str, given: Given) -> tuple[World, Asked]:
        world = self._world()
        asked = read_asked(query, given, world.parameters, self._today())
        return replace(world, today=asked.day), asked


def _control(control: Control) -> dict[str, Any]:
    return {
        "cle": control.key,
        "nom": control.label,
        "choix": _options(control.options),
        "valeur": control.value,
    }


def _options(options: Iterable[Option]) -> list[dict[str, str]]:
    return [{"valeur": option.value, "titre": option.label} for option in options]
