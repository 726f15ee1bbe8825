"""A condition of the reference page, stated by the Assurance Maladie."""

from __future__ import annotations

from .results import Reason
from .vocabulary import State

_REFERENCE_PAGE = "ameli_bdr"


def reason(
    code: str,
    condition: str,
    state: State,
    sentence: str,
    *,
    brief: str,
    decided_by: tuple[str, ...] = (),
    rule: str = "",
) -> Reason:
    """`decided_by` is kept only while the condition is unknown."""
    fields = decided_by if state == "unknown" else ()
    return Reason(code, condition, state, _REFERENCE_PAGE, sentence, brief, fields, rule)
