"""Read the answer to the question that the bot has just put."""

from __future__ import annotations

import re
from typing import Any

from assistant_am.dialogue.absorb import Said
from assistant_am.french.fold import fold
from assistant_am.meaning import Meaning

_BOOLEANS = frozenset({"zip", "mep", "premier_contrat_temps_plein", "objectifs_atteints"})
_NUMBER_ALONE = re.compile(r"^\D{0,12}?(-?\d{1,3}(?:[ .]?\d{3})*(?:[.,]\d+)?)\D{0,12}$")
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
        return _number(pending, number.group(1).replace(" ", ""))
    return None


def _number(pending: str, digits: str) -> dict[str, Any] | None:
    match pending:
        case "annee":
            return {"annee": [int(float(digits.replace(",", ".")))]}
        case "tranche":
            return {"tranche": digits}
        case "quotite" | "salaire_brut":
            return {pending: digits}
        case "secteur" if digits in ("1", "2"):
            return {"secteur": f"secteur_{digits}"}
    return None
