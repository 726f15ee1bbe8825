"""A projection as one printable page: inputs, amounts, steps, sources, warnings, date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path

from assistant_am.aid import Estimate, Projection, YearAmount
from assistant_am.files.source import Source
from assistant_am.french import format as fr

from . import aid_words as words
from .aid_report import notice_text
from .amounts import step_lines
from .page_style import STYLE


@dataclass(frozen=True)
class Around:
    """What surrounds a page that is served: who proposes it, and where one goes from it."""

    site: str = ""
    links: tuple[tuple[str, str], ...] = ()
    """(words, address)"""


def write(projection: Projection, path: Path) -> None:
    """Write the page; it needs no other file and no network."""
    path.write_text(render(projection), encoding="utf-8")


def render(projection: Projection, around: Around = Around()) -> str:
    """HTML of the page; a refusal has its reasons, and no amount."""
    estimate = projection.estimate
    open_conditions = estimate.assessment.reasons if estimate.status == "to_confirm" else ()
    notices = estimate.warnings + estimate.assessment.infos
    made_on = fr.long_date(estimate.made_on)
    return _page(
        "Aide à l'emploi d'une assistante médicale ou d'un assistant médical",
        f"""<p class="reponse">{escape(words.summary(estimate))}</p>
{_amounts(estimate)}
<div class="deux">
{_inputs(estimate)}
{_list("Étapes du calcul", step_lines(estimate))}
{_list("Conditions à vérifier", (reason.sentence_fr for reason in open_conditions))}
{_list("À savoir", (notice_text(notice) for notice in notices))}
{_list("Ce que nos sources ne disent pas", (gap.sentence_fr for gap in estimate.not_specified))}
{_sources(estimate.sources)}
</div>""",
        f"Calculé le {made_on}. Information indicative et non contractuelle, sans lien avec "
        "l'Assurance Maladie : seule votre CPAM décide.",
        around,
    )


def refusal(message: str, around: Around = Around()) -> str:
    """The page in place of an estimate that cannot be made."""
    return _page(
        "Estimation impossible",
        f'<p class="reponse">{escape(message)}</p>',
        "Corrigez cette donnée dans l'adresse, ou refaites l'estimation dans la discussion.",
        around,
    )


def _page(title: str, main: str, ending: str, around: Around) -> str:
    site = f"<p>Proposé par {escape(around.site)}</p>" if around.site else ""
    links = "".join(
        f'<a href="{escape(address)}">{escape(said)}</a>' for said, address in around.links
    )
    navigation = f"<nav>{links}</nav>" if links else ""
    return f"""<!DOCTYPE html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{escape(title)}</title>
<style>{STYLE}</style>
</head>
<body>
<header><strong>Assistant AM</strong>{site}</header>
<main>
<h1>{escape(title)}</h1>
{main}
</main>
{navigation}
<footer>{escape(ending)}</footer>
</body>
</html>
"""


def _amounts(estimate: Estimate) -> str:
    if not estimate.years:
        return ""
    # Counted from the day of the contract: known of all years or of none.
    start = '<th scope="col">Début</th>' if estimate.years[0].starts_on else ""
    former = any(year.scale == "ancien" for year in estimate.years)
    scale = '<th scope="col">Barème</th>' if former else ""
    highest = max(year.amounts[-1] for year in estimate.years)
    rows = "".join(
        f'<tr><th scope="row">{words.year_name(year)}</th>'
        f"{f'<td>{year.scale}</td>' if former else ''}"
        f"{_start(year)}"
        f"<td>{_bars(year, highest)}{words.amounts(year.possible, estimate.names)}"
        f"{_modulated(year)}</td></tr>"
        for year in estimate.years
    )
    return (
        "<section><h2>Montants</h2><table><caption>Montant maximal par an</caption>"
        f'<thead><tr><th scope="col">Année de contrat</th>{scale}{start}'
        '<th scope="col" class="montant">Maximum</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></section>"
    )


def _bars(year: YearAmount, highest: int) -> str:
    """A bar for the amount, or for the least and the most possible; the words say the same."""
    kind = ' class="module"' if year.modulated else ""
    bars = "".join(
        f'<svg aria-hidden="true"{kind}>'
        f'<rect width="{100 * amount / highest:.1f}%" height="100%" rx="2"/></svg>'
        for amount in sorted({year.amounts[0], year.amounts[-1]})
    )
    return f'<span class="barres">{bars}</span>'


def _modulated(year: YearAmount) -> str:
    return " <small>(modulé selon vos objectifs)</small>" if year.modulated else ""


def _start(year: YearAmount) -> str:
    if year.starts_on is None:
        return ""
    # On a phone the year goes to the next line, not out of the page.
    return f"<td>{fr.long_date(year.starts_on).replace(chr(0xA0), ' ')}</td>"


def _inputs(estimate: Estimate) -> str:
    return _list(
        "Votre situation",
        (f"{label}\u00a0: {value}" for label, value in words.inputs(estimate.case, estimate.names)),
    )


def _sources(sources: Iterable[Source]) -> str:
    return _items("Sources", (_source(source) for source in sources))


def _source(source: Source) -> str:
    named = escape(f"{source.short}, « {source.title} »")
    if not source.url:
        return named
    address = escape(source.url)
    return f'<a href="{address}" rel="noopener noreferrer">{named}</a>'


def _list(title: str, lines: Iterable[str]) -> str:
    return _items(title, (escape(line) for line in lines))


def _items(title: str, lines: Iterable[str]) -> str:
    items = "".join(f"<li>{line}</li>" for line in lines)
    return f"<section><h2>{title}</h2><ul>{items}</ul></section>" if items else ""
