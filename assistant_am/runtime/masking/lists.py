"""Numbers that are listed, not cut out of one: days, hours, counts."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

STEP_OF_COUNTS = 12
STEP_OF_AMOUNTS = 500
"""The four groups of a card go up by less than this once in ten thousand."""
_DAYS = 31
_HOURS = 24
_QUARTERS = (0, 15, 30, 45)
_UNIT = re.compile(
    r"\s?(?:[%€]|(?:euros?|ans|ann[ée]es|mois|semaines|jours|heures|h|patients|etp|points)\b)",
    re.IGNORECASE,
)


def is_list(pairs: Sequence[int], run: Sequence[int]) -> bool:
    """Whether these numbers of one or two figures are listed in the `run` that they are part of.

    Of all telephone numbers, one in a thousand would be taken for a list.
    """
    are_days = max(pairs) <= _DAYS and (len(run) > len(pairs) or goes_by_steps(pairs, _DAYS))
    return are_days or goes_by_steps(pairs, STEP_OF_COUNTS) or _are_hours(run)


def goes_by_steps(numbers: Sequence[int], longest: int) -> bool:
    """Always up, or always down, never by more than `longest`."""
    steps = [after - before for before, after in itertools.pairwise(numbers)]
    return all(0 < step <= longest for step in steps) or all(-longest <= step < 0 for step in steps)


def has_unit(text: str, end: int) -> bool:
    """« 04 18 52 37 61 patients »."""
    return bool(_UNIT.match(text, end))


def _are_hours(run: Sequence[int]) -> bool:
    """« 09 00 12 30 14 00 18 45 »."""
    opening_and_closing = 4
    return (
        len(run) > opening_and_closing
        and len(run) % 2 == 0
        and all(hour <= _HOURS for hour in run[::2])
        and all(minute in _QUARTERS for minute in run[1::2])
    )
