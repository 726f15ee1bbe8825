"""« Embauchée en septembre 2024, donc septembre 2026 ? »: until when to be trained."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from assistant_am.dialogue.day_answers import deadline_of, deadline_part
from assistant_am.dialogue.exchange import Exchange
from assistant_am.dialogue.fiches import fiche_part
from assistant_am.dialogue.part import Part
from assistant_am.french.fold import fold
from assistant_am.french.numbers import view
from assistant_am.reading import dates

SUBJECT_DEADLINE = "delai_formation"
_OVER = "délai dépassé"
"""What the fiche is asked of a deadline that is past, whatever the words of the question."""
_LENGTH = "duree_formation"
_IS_IT_ENOUGH = re.compile(
    r"\b(?:mois|temps|delai)\b[^.;!?]{0,20}\b(?:short|courts?|justes?|suffi\w*|assez|tendu|faisable"
    r"|jouable|possible)|\b(?:assez|suffisant|le temps)\b[^.;!?]{0,20}"
    r"\b(?:mois|temps|delai|finir)\b"
)
"""« 10 mois c'est court ? », once the deadline is known: how long the training is."""
_MONTH = len("AAAA-MM")
_IS_TODAY = re.compile(r"\b(?:on est|on sera|nous sommes|on arrive|on approche|aujourd'hui)\b")
_SIGNED = ("date_contrat", "mois_contrat")


def comes_back(ex: Exchange) -> bool:
    """« On est en novembre 26 là… », told after a deadline: another day than that of hiring."""
    hired = _hired(ex.before.situation)
    if ex.memory.subject != SUBJECT_DEADLINE or hired is None:
        return False
    return any(day != hired for day in dates.calendar(view(ex.turn.text).text))


def deadline_answer(ex: Exchange, text: str) -> Part | None:
    """The deadline of who tells when they were hired; None for anybody else."""
    hired = _hired(ex.memory.situation)
    if hired is None:
        since = dates.hired_since(view(text).text, ex.world.today)
        if since is None:
            return None
        day, month = _SIGNED
        ex.memory = ex.memory.with_situation({day if len(since) > _MONTH else month: since})
        hired = since
    if _hired(ex.before.situation) and _IS_IT_ENOUGH.search(fold(text)):
        return fiche_part(ex.world, _LENGTH, {**ex.memory.situation, **ex.said.values}, text)
    today = f"{ex.world.today:%Y-%m}"
    others = [
        day
        for day in dates.calendar(view(text).text)
        if not day.startswith((hired, today)) and not hired.startswith(day)
    ]
    over = deadline_of(ex.world, hired) < ex.world.today
    known = {**ex.memory.situation, **ex.said.values}
    rule = fiche_part(ex.world, SUBJECT_DEADLINE, known, _OVER if over else text)
    of_today = _IS_TODAY.search(fold(text)) or not others
    insisted = comes_back(ex) and bool(of_today or "?" not in text)
    named = others[-1] if others and "?" in text and not of_today else None
    return deadline_part(ex.world, hired, rule, named, insisted=insisted)


def _hired(situation: Mapping[str, Any]) -> str | None:
    """Day, else month, of hiring or of signature."""
    return next((str(day) for slot in _SIGNED if (day := situation.get(slot))), None)
