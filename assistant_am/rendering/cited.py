"""« ameli écrit 36 000 », « c'est bien 38 000 ? »: what amounts somebody read are."""

from __future__ import annotations

from collections.abc import Sequence

from assistant_am.aid import GENERAL_ROW, Answer, Apart, Band, Cited, Line, Names, Place
from assistant_am.french.format import euros, listing, year_rank
from assistant_am.rendering import amount_words as words
from assistant_am.rendering.blocks import Block, Bullets, Paragraph

_NEW = "nouveau"
_TWO = 2


def cited_blocks(answer: Answer) -> tuple[Block, ...]:
    """A line for each amount: right here, or once, or of another case, or nowhere."""
    line = answer.lines[0] if answer.lines and _is_known(answer.lines[0]) else None
    lines = [f"{_verdict(each, line, answer.names)}." for each in answer.cited]
    blocks: list[Block] = []
    post = _only_post(answer.cited)
    if post is not None and line is None:
        blocks.append(Paragraph(f"Ces montants sont ceux d'**{words.post(post)}**."))
    blocks.append(Paragraph(lines[0]) if len(lines) == 1 else Bullets(tuple(lines)))
    two = [place.year for each in answer.cited for place in each.places if place.fte > 1]
    if two:
        blocks.append(
            Paragraph(
                "Pour deux AM, c'est le total des deux, et pas avant la "
                f"{year_rank(min(two))} de contrat."
            )
        )
    return tuple(blocks)


def apart_blocks(amount_eur: int, pairs: Sequence[Apart], names: Names) -> tuple[Block, ...]:
    """« 12 000 € d'écart »: between which two amounts."""
    said = [_apart(pair, names) for pair in pairs]
    opening = f"**{euros(amount_eur)} par an**, c'est l'écart entre"
    if len(said) == 1:
        return (Paragraph(f"{opening} {said[0]}."),)
    return (Paragraph(f"{opening} :"), Bullets(tuple(said)))


def _apart(pair: Apart, names: Names) -> str:
    first, second = pair.first, pair.second
    post = words.post(first.fte)
    year = year_rank(first.year, and_following=first.and_following)
    scale = "" if first.scale == _NEW else f", dans le barème d'{names.former}"
    larger, smaller = euros(pair.first_eur), euros(pair.second_eur)
    match pair.differs:
        case "band":
            bands = (names.band(first.band), names.band(second.band))
            return f"{bands[0]} ({larger}) et {bands[1]} ({smaller}), pour {post}, {year}{scale}"
        case "scale":
            band = names.band(first.band)
            return (
                f"le barème actuel ({larger}) et celui d'{names.former} ({smaller}), "
                f"pour {post}, {year} ({band})"
            )
        case "year":
            ranks = (year_rank(first.year), year_rank(second.year))
            band = names.band(first.band)
            years = f"la {ranks[0]} ({larger}) et la {ranks[1]} ({smaller})"
            return f"{years}, pour {post} ({band}){scale}"
        case _:
            other = words.post(second.fte)
            band = names.band(first.band)
            return f"{post} ({larger}) et {other} ({smaller}), {year} ({band}){scale}"


def _is_known(line: Line) -> bool:
    """Does the situation say enough to confirm or to correct an amount?"""
    case = line.situation.case
    years = line.situation.case.contract_years or case.contract_date
    return case.fte is not None and bool(years or case.scale or case.band)


def _verdict(cited: Cited, line: Line | None, names: Names) -> str:
    amount = f"**{euros(cited.euros)}**"
    if not cited.places:
        return f"{amount} n'est ni dans le barème actuel, ni dans celui d'{names.former}"
    if line is None:
        return f"{amount} : {_anywhere(cited.places, names)}"
    if cited.verdict == "right":
        where = _described(
            cited.own, names, bands=line.situation.case.band is None and _is_high(cited)
        )
        return f"{amount}, c'est exact : {where}{words.qualifiers(line.situation, names)}"
    if cited.verdict == "former_scale":
        where = _described(cited.own, names, bands=line.situation.case.band is not None)
        return f"{amount} était exact {names.former}, pour {where} ; {_instead(cited.own, line)}"
    return (
        f"{amount} n'est pas le montant de cette situation : c'est {_anywhere(cited.places, names)}"
    )


def _instead(own: Sequence[Place], line: Line) -> str:
    """« c'est aujourd'hui 38 000 € »."""
    at = own[0].year
    amounts = [
        path.amounts[place]
        for path in line.paths
        if path.band == own[0].band
        for place, year in enumerate(line.years)
        if year.year == at
    ]
    return f"c'est aujourd'hui {euros(amounts[0])}" if amounts else "il a changé depuis"


def _anywhere(places: Sequence[Place], names: Names) -> str:
    """The new scale first; « c'était » for the former one, with today's amount of its place."""
    new = [place for place in places if place.scale == _NEW]
    former = [place for place in places if place.scale != _NEW]
    if not new:
        return f"{_described(former, names)}, dans le barème d'{names.former}"
    if former:
        return f"{_described(new, names)} ; {names.former} : {_described(former, names)}"
    return _described(new, names)


def _is_high(cited: Cited) -> bool:
    """Is the amount that of the largest panels only?"""
    return all(place.band != GENERAL_ROW for place in cited.own)


def _described(places: Sequence[Place], names: Names, *, bands: bool = True) -> str:
    """« un temps plein (1 ETP), 1re année, de P30 à P94 »."""
    groups: dict[tuple[float, int | None], dict[Band, list[Place]]] = {}
    for place in places:
        by_band = groups.setdefault((place.fte, place.count), {})
        by_band.setdefault(place.band, []).append(place)
    said = []
    for (fte, count), by_band in groups.items():
        by_years: dict[str, list[Band]] = {}
        for band, found in by_band.items():
            by_years.setdefault(_years(found, count), []).append(band)
        for years, alike in by_years.items():
            said.append(
                f"{words.post(fte)}, {years}{_in_brackets(names.bands(alike) if bands else '')}"
            )
    return " ; ".join(said)


def _years(places: Sequence[Place], count: int | None) -> str:
    if count is not None:
        return f"total des {count} premières années"
    first, last = places[0], places[-1]
    if first.year == 1 and last.and_following and len(places) == last.year:
        return "chaque année"
    if len(places) > _TWO and last.year - first.year == len(places) - 1:
        return f"de la {year_rank(first.year)} à la {year_rank(last.year)}"
    return listing(year_rank(p.year, and_following=p.and_following) for p in places)


def _in_brackets(text: str) -> str:
    return f" ({text})" if text else ""


def _only_post(cited: Sequence[Cited]) -> float | None:
    """The post that all the amounts may be those of, when there is one and several amounts."""
    found = [{place.fte for place in each.places} for each in cited if each.places]
    common = set.intersection(*found) if found else set()
    return common.pop() if len(common) == 1 and len(cited) > 1 else None
