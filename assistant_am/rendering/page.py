"""A projection as one printable page: inputs, amounts, steps, sources, warnings, date."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from pathlib import Path

from assistant_am.aid import Estimate, Projection, YearAmount
from assistant_am.french import format as fr

from . import aid_words as words
from .aid_report import notice_text, source_text, step_text
from .picture import svg

_STYLE = """
@page { size: A4; margin: 14mm; }
body { font: 15px/1.45 system-ui, "Segoe UI", Arial, sans-serif; color: #1a1a1a;
       max-width: 48rem; margin: 1.5rem auto; padding: 0 1rem; }
h1 { font-size: 1.4em; margin: 0 0 .6rem; } h2 { font-size: 1.05em; margin: 1.1rem 0 .3rem; }
.reponse { border-left: .3rem solid #0b4f8a; padding-left: .8rem; font-weight: 600; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; font-size: .85em; color: #444; }
th, td { border-bottom: 1px solid #ccc; padding: .25rem .5rem; text-align: left;
         vertical-align: top; }
.montant { text-align: right; }
svg { width: 100%; height: auto; } svg text { font-family: inherit !important; }
ul { margin: .2rem 0; padding-left: 1.2rem; } li { overflow-wrap: anywhere; }
footer { margin-top: 1rem; border-top: 1px solid #ccc; font-size: .85em; color: #444; }
@media (max-width: 30rem) { table { font-size: .85em; } th, td { padding: .25rem .2rem; } }
@media print { body { font-size: 10.5px; margin: 0; max-width: none; }
               svg { max-height: 75mm; } ul { columns: 2; column-gap: 2.4em; }
               section, svg, li { break-inside: avoid; } }
"""


def write(projection: Projection, path: Path) -> None:
    """Write the page; it needs no other file and no network."""
    path.write_text(render(projection), encoding="utf-8")


def render(projection: Projection) -> str:
    """HTML of the page; a refusal has its reasons, and no picture."""
    estimate = projection.estimate
    picture = f"<section>{svg(projection)}</section>" if estimate.years else ""
    open_conditions = estimate.assessment.reasons if estimate.status == "to_confirm" else ()
    notices = estimate.warnings + estimate.assessment.infos
    return f"""<!DOCTYPE html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Aide à l'emploi d'un assistant médical : estimation</title>
<style>{_STYLE}</style>
</head>
<body>
<main>
<h1>Aide à l'emploi d'une assistante médicale ou d'un assistant médical</h1>
<p class="reponse">{escape(words.headline(estimate))}</p>
{picture}
{_amounts(estimate)}
{_inputs(estimate)}
{_list("Étapes du calcul", (step_text(step) for step in estimate.steps))}
{_list("Conditions à vérifier", (reason.sentence_fr for reason in open_conditions))}
{_list("À savoir", (notice_text(notice) for notice in notices))}
{_list("Ce que nos sources ne disent pas", (gap.sentence_fr for gap in estimate.not_specified))}
{_list("Sources", (source_text(source) for source in estimate.sources))}
</main>
<footer>Calculé le {fr.long_date(estimate.made_on)}. Information indicative et non contractuelle,
sans lien avec l'Assurance Maladie : seule votre CPAM décide.</footer>
</body>
</html>
"""


def _amounts(estimate: Estimate) -> str:
    if not estimate.years:
        return ""
    # Counted from the day of the contract: known of all years or of none.
    start = '<th scope="col">Début</th>' if estimate.years[0].starts_on else ""
    rows = "".join(
        f'<tr><th scope="row">{words.year_name(year)}</th><td>{year.scale}</td>'
        f"{_start(year)}"
        f'<td class="montant">{words.amounts(year.possible, estimate.names)}</td></tr>'
        for year in estimate.years
    )
    return (
        "<section><h2>Montants</h2><table><caption>Montant maximal par an</caption>"
        '<thead><tr><th scope="col">Année de contrat</th><th scope="col">Barème</th>'
        f"{start}"
        '<th scope="col" class="montant">Maximum</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></section>"
    )


def _start(year: YearAmount) -> str:
    if year.starts_on is None:
        return ""
    # On a phone the year goes to the next line, not out of the page.
    return f"<td>{fr.long_date(year.starts_on).replace(chr(0xA0), ' ')}</td>"


def _inputs(estimate: Estimate) -> str:
    return _list(
        "Votre situation",
        (f"{label} : {value}" for label, value in words.inputs(estimate.case, estimate.names)),
    )


def _list(title: str, lines: Iterable[str]) -> str:
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<section><h2>{title}</h2><ul>{items}</ul></section>" if items else ""
