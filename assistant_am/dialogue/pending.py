"""Read the answer to the question that the bot has just put."""

from __future__ import annotations

import re
from typing import Any

from assistant_am.dialogue.absorb import Said
from assistant_am.french.fold import fold
from assistant_am.meaning import Meaning

_BOOLEANS = frozenset({"zip", "mep", "premier_contrat_temps_plein", "objectifs_atteints"})
_NUMBER_ALONE = re.compile(r"^\D{0,12}?(-?\d{1,3}(?:[ .]?\d{3})*(?:[.,]\d+)?)\D{0,12}$")
_THOUSANDS = re.compile(r" |\.(?=\d{3}(?!\d))")
_HUNDRED = 100
_YES = re.compile(
    r"^\s*(?:oui|ouais|yes|yep|ok|exact\w*|tout a fait|bien sur|affirmatif|c'est ca)\b"
)
_NO = re.compile(r"^\s*(?:non|nan|nope|pas du tout|negatif|aucun\w*)\b")


def answered(pending: str, turn: Meaning, label: str, said: Said) -> dict[str, Any] | None:
    """Inputs that the message gives for the pending question; None when it gives none.

    « oui », « 3 », « 92 » are answers only because a question is pending. Values are checked by
    the computation, which refuses impossible ones with a reason.
    """
    if pending in said.values:
        return {}
    text = fold(turn.text)
    yes = label == "affirmer" or bool(_YES.match(text))
    no = label == "nier" or bool(_NO.match(text))
    if pending in _BOOLEANS and (yes or no):
        return {pending: yes and not no}
    if pending == "optam":
        if "secteur" in said.values:
            return {}
        if yes or no:
            return {"secteur": "secteur_2_optam" if yes else "secteur_2_hors_optam"}
    if pending == "specialite" and re.search(r"\bautres?\b", text):
        return {"specialite": "autre_eligible"}
    number = _NUMBER_ALONE.match(text)
    if number and not said.slots:
        return _number(pending, _value(number.group(1)), money="€" in text or "euro" in text)
    return None


def _value(digits: str) -> float:
    """« 1 100 », « 1.100 », « 1,5 », « 1.5 »."""
    return float(_THOUSANDS.sub("", digits).replace(",", "."))


def _number(pending: str, value: float, *, money: bool) -> dict[str, Any] | None:
    """Numbers, as values read in a message are: they are compared and computed with."""
    whole = int(value)
    if pending == "salaire_brut":
        return {"salaire_brut": value}
    if money:
        return None
    match pending:
        case "annee":
            return {"annee": [whole]}
        case "tranche" if value > _HUNDRED:
            # No percentile: this person counts patients.
            return {"patients": whole}
        case "tranche":
            return {"tranche": format(value, "g")}
        case "quotite":
            return {"quotite": value}
        case "secteur" if value in (1, 2):
            return {"secteur": f"secteur_{whole}"}
    return None
