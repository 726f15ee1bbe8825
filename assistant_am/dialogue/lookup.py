"""« 19 000, 14 000, 11 000, c'est quoi ? », « ameli écrit 36 000 »: what amounts somebody read are,
in the present scale and in the one before June 2024."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from assistant_am import aid
from assistant_am.dialogue.absorb import Said
from assistant_am.dialogue.aid_answers import (
    REFINE,
    SUBJECT_AMOUNT,
    amount_part,
    cited_by,
    estimate_for,
    net_cost_part,
    pay_part,
    sources_of,
)
from assistant_am.dialogue.amount_query import answered, situation_of
from assistant_am.dialogue.asked import Asked, read_asked
from assistant_am.dialogue.part import Part
from assistant_am.dialogue.world import World, situation_for_aid
from assistant_am.french.fold import fold
from assistant_am.french.format import euros
from assistant_am.reading.figures import A_MONTHLY_PAY
from assistant_am.rendering.answers import answer_blocks
from assistant_am.rendering.blocks import Block, Paragraph, Suggestion, text_blocks
from assistant_am.rendering.cited import apart_blocks

_HALF = 0.5
_MONTHS = 12
_AS_LARGE_AS_AN_AID = 9000
"""Euros: below, the figure is something else."""
_APART = re.compile(
    r"\b(?:ecarts?|differences?|decalage|(?:de|en) (?:plus|moins)|perd\w*|gagn\w*|mieux|d'ecart)\b"
)
_PAY = re.compile(
    r"\b(?:bruts?|nets?|salaires?|paye\w*|paie\w*|remuner\w*|gagn\w*|mois|mensuel\w*|smic|propos\w*"
    r"|offr\w*|offert\w*|embauch\w*)\b|/ ?mois\b"
)
_SHORT_OF = re.compile(
    r"\b(?:recu|touche|percu|eu|verse\w*|encaisse\w*)\s+(?:\w+\s+)?que\b|\bau lieu d\w*|\bmanqu\w*"
)
_MOST_APART = 2


def is_published(world: World, eur: int) -> bool:
    """Does this amount stand in one of the scales?"""
    return any(each.places for each in _looked_up(world, [eur], {}).cited)


def lookup_part(
    world: World, cited: Sequence[int], situation: Mapping[str, Any], text: str = ""
) -> Part | None:
    """What the amounts somebody read are, for this situation, else in the published tables.

    A cost told (« 36 000 € me coûte tout compris ») leaves what remains to pay; a monthly pay is
    compared with the minimum wage. None when no amount means anything here.
    """
    asked = read_asked(text)
    if asked.cost and len(cited) == 1:
        cost = cited[0] * (_MONTHS if asked.unit == "month" else 1)
        return net_cost_part(world, situation, cost)
    try:
        answer = _looked_up(world, cited, situation)
    except aid.InvalidInput:
        answer = _looked_up(world, cited, {})
    short = _short_part(world, cited, situation, text)
    if short is not None:
        return short
    nowhere = not any(each.places for each in answer.cited)
    if len(cited) == 1 and _APART.search(fold(text)) and (nowhere or "ecart" in fold(text)):
        found = _apart_part(world, cited[0], situation)
        if found is not None:
            return found
    if nowhere:
        return _nowhere(world, cited, situation, answer, text)
    estimate = estimate_for(world, {"quotite": 1.0})
    return Part(
        blocks=(
            *_by_month(cited, asked),
            *answer_blocks(answer),
            *_shared(world, cited, answer),
            sources_of(world, [estimate]),
        ),
        suggestions=(
            Suggestion("Tous les montants", "Tous les montants, année par année"),
            REFINE,
        ),
        subject=SUBJECT_AMOUNT,
        cited=cited_by(world, [estimate]),
    )


def _apart_part(world: World, amount: int, situation: Mapping[str, Any]) -> Part | None:
    """« 12 000 d'écart à partir de la 3e »: between which two amounts, those of this situation
    first."""
    pairs = [p for p in aid.apart(amount, world.parameters) if _within(p, situation)]
    pairs = pairs or list(aid.apart(amount, world.parameters))
    if not pairs:
        return None
    pairs = [each for each in pairs if each.differs == pairs[0].differs]
    # The scale in force, where it has the difference too; one line where several bands agree.
    now = [each for each in pairs if each.second.scale == "nouveau"]
    pairs = list({_same_amounts(each): each for each in reversed(now or pairs)}.values())[::-1]
    estimate = estimate_for(world, {"quotite": 1.0})
    return Part(
        blocks=(
            *apart_blocks(amount, pairs[:_MOST_APART], estimate.names),
            sources_of(world, [estimate]),
        ),
        suggestions=(Suggestion("Tous les montants", "Tous les montants, année par année"), REFINE),
        subject=SUBJECT_AMOUNT,
        cited=cited_by(world, [estimate]),
    )


def _same_amounts(pair: aid.Apart) -> tuple[object, ...]:
    return pair.first.fte, pair.first.year, pair.second.year, pair.first_eur


def _within(pair: aid.Apart, situation: Mapping[str, Any]) -> bool:
    """Are both amounts those of the post, the band and the year known?"""
    post, band = situation.get("quotite"), situation.get("tranche")
    years = situation.get("annee") or []
    places = (pair.first, pair.second)
    reached = [min(year, pair.first.year) if pair.first.and_following else year for year in years]
    return (
        (post is None or any(place.fte == post for place in places))
        and (band is None or any(place.band == band for place in places))
        and (not reached or any(place.year in reached for place in places))
    )


def _short_part(
    world: World, cited: Sequence[int], situation: Mapping[str, Any], text: str
) -> Part | None:
    """« Je n'ai reçu que 13 500 »: what is missing to the maximum of the year known."""
    if not _SHORT_OF.search(fold(text)) or len(situation.get("annee") or []) != 1:
        return None
    try:
        query = aid.Query("amount", (situation_of(world, situation_for_aid(situation)),))
        line = answered(world, query).lines[0]
    except aid.InvalidInput:
        return None
    low, high = line.total_range or (0, 0)
    received = min(cited)
    if not low or received >= low or (low != high and situation.get("tranche")):
        return None
    phrase = "manque_module" if line.years[0].modulated else "manque_recu"
    said = (
        world.phrase(phrase)
        .replace("[manque]", euros(low - received))
        .replace("[maximum]", euros(low))
        .replace("[recu]", euros(received))
    )
    return Part(
        blocks=(*text_blocks(said), sources_of(world, line.estimates)),
        suggestions=world.buttons(["contact_dam"]),
        subject=SUBJECT_AMOUNT,
        cited=cited_by(world, line.estimates),
    )


def _nowhere(
    world: World,
    cited: Sequence[int],
    situation: Mapping[str, Any],
    answer: aid.Answer,
    text: str,
) -> Part | None:
    """A monthly pay is compared with the published ones; an amount as large as an aid is said to
    be in no scale, with the amounts of this situation."""
    if len(cited) == 1 and cited[0] in A_MONTHLY_PAY and _PAY.search(fold(text)):
        return pay_part(world, cited[0], situation)
    if min(cited) < _AS_LARGE_AS_AN_AID:
        return None
    found = amount_part(world, situation, Said({}, {}, None))
    return replace(found, blocks=(*answer_blocks(answer), *found.blocks))


def _looked_up(world: World, cited: Sequence[int], situation: Mapping[str, Any]) -> aid.Answer:
    inputs = situation_for_aid(situation)
    # Several amounts are those of several years, whichever was asked about before.
    years = aid.Years("table") if len(cited) > 1 else aid.Years()
    scale = inputs.pop("bareme", None)
    if scale == "nouveau":
        # The former scale is compared with this one in any case.
        inputs["bareme"] = scale
    query = aid.Query("reverse", (situation_of(world, inputs),), years, cited=tuple(cited))
    return answered(world, query)


def _by_month(cited: Sequence[int], asked: Asked) -> tuple[Block, ...]:
    """« 22 000 l'an, ramené au mois ? »."""
    if asked.unit != "month" or len(cited) != 1:
        return ()
    month = euros(round(cited[0] / _MONTHS, 2))
    return (
        Paragraph(f"**{month} par mois** au maximum : {euros(cited[0])} par an divisés par 12."),
    )


def _shared(world: World, cited: Sequence[int], answer: aid.Answer) -> tuple[Block, ...]:
    """« Deux fois 19 000, donc 38 000 »: two half-time contracts, each of its own doctor."""
    halves = {
        each.euros for each in answer.cited if any(place.fte == _HALF for place in each.places)
    }
    twice = [amount for amount in halves if 2 * amount in cited]
    if not twice:
        return ()
    said = aid.Sayings.on(world.parameters, world.today)
    return (Paragraph(said.say("deux_mi_temps")),)
