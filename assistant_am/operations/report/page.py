"""The report as one HTML page: no script, no other file, no network."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from assistant_am.french import format as fr
from assistant_am.operations.report.figures import Figures
from assistant_am.operations.report.groups import FEW, Discretion, Group
from assistant_am.operations.report.picture import weeks_svg

_MOST_GROUPS = 40
_MOST_TEXTS = 8
_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, "Segoe UI", Arial, sans-serif; max-width: 58rem;
       margin: 1.5rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid #8886; padding: .3rem .5rem; text-align: left;
         vertical-align: top; }
th + th, td:not(:first-child):not(.texte) { text-align: right; white-space: nowrap; }
th.texte { text-align: left !important; }
.figures { display: flex; flex-wrap: wrap; gap: .5rem 2rem; padding: 0; list-style: none; }
.figures b { font-size: 1.5rem; display: block; }
.picture { background: #fff; color: #000; border-radius: .5rem; padding: .5rem; }
svg { width: 100%; height: auto; } ul { margin: 0; padding-left: 1.1rem; }
.note { color: #767676; } @media print { body { max-width: none; margin: 0; } }
"""


def page(figures: Figures, discretion: Discretion, *, texts: bool) -> str:
    """`texts`: show every wording, also of a single person (masked, but names are not known)."""
    return f"""<!DOCTYPE html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Assistant AM : rapport</title>
<style>{_STYLE}</style>
</head>
<body>
<h1>L'assistant, du {fr.long_date(figures.start)} au {fr.long_date(figures.end)}</h1>
{_totals(figures)}
<div class="picture">{weeks_svg(figures.weeks)}</div>
<h2>Questions non comprises</h2>
{_groups(figures.groups, discretion, texts=texts)}
<h2>Questions comprises, qu'aucune fiche ne dit</h2>
{_groups(figures.uncovered, discretion, texts=texts)}
<h2>Sujets demandés</h2>
{_subjects(figures)}
<h2>Estimations laissées en route</h2>
{_unfinished(figures)}
{_reasons(figures, texts=texts)}
<h2>Sources à relire</h2>
{_sources(figures)}
<p class="note">Une « personne » est une conversation. Rien ici ne désigne quelqu'un : adresses et
numéros sont masqués avant d'être enregistrés, un mot n'est montré que s'il est courant ou écrit par
{FEW} personnes au moins, et les questions de moins de {FEW} personnes ne sont que comptées.
{"<b>Ce rapport montre tous les textes (--textes) : ne le diffusez pas.</b>" if texts else ""}</p>
</body>
</html>
"""


def _totals(figures: Figures) -> str:
    shown = (
        (figures.persons, "personnes"),
        (figures.total("messages"), "messages"),
        (figures.total("missed"), "non compris"),
        (figures.total("unsure"), "où des sujets ont été proposés"),
        (figures.total("incidents"), "incidents"),
        (figures.total("emergencies"), "urgences médicales signalées"),
    )
    items = "".join(f"<li><b>{number}</b> {label}</li>" for number, label in shown)
    return f'<ul class="figures">{items}</ul>'


def _groups(groups: Sequence[Group], discretion: Discretion, *, texts: bool) -> str:
    shown = [group for group in groups if texts or not group.is_small][:_MOST_GROUPS]
    rows = [
        (
            _wordings(group, discretion, texts=texts),
            group.size,
            group.persons,
        )
        for group in shown
    ]
    rest = [group for group in groups if group not in shown]
    others = sum(group.size for group in rest)
    note = f'<p class="note">Et {others} autres, en {len(rest)} groupes.</p>' if rest else ""
    if not rows:
        return note or "<p>Aucune.</p>"
    return _table(("Questions proches", "fois", "personnes"), rows) + note


def _wordings(group: Group, discretion: Discretion, *, texts: bool) -> str:
    if not texts:
        return escape(discretion.shown(group.texts[0][0]))
    items = "".join(f"<li>{escape(text)}</li>" for text, _ in group.texts[:_MOST_TEXTS])
    return f"<ul>{items}</ul>"


def _subjects(figures: Figures) -> str:
    rows = [
        (escape(each.label), each.answers, each.persons, each.useful, each.useless)
        for each in figures.subjects
    ]
    header = ("Sujet", "réponses", "personnes", "utile", "pas utile")
    return _table(header, rows) if rows else "<p>Aucun.</p>"


def _unfinished(figures: Figures) -> str:
    rows = [(escape(question), count) for question, count in figures.unfinished]
    return _table(("Dernière question posée", "personnes"), rows) if rows else "<p>Aucune.</p>"


def _reasons(figures: Figures, *, texts: bool) -> str:
    if not figures.reasons:
        return ""
    title = "<h2>Pourquoi « pas utile »</h2>"
    if not texts:
        count = len(figures.reasons)
        return f'{title}<p class="note">{count} raisons écrites : « --textes » les montre.</p>'
    items = "".join(
        f"<li>{escape(subject)} : {escape(reason)}</li>" for subject, reason in figures.reasons
    )
    return f"{title}<ul>{items}</ul>"


def _sources(figures: Figures) -> str:
    lines = [
        f"{source.title} : depuis le {fr.long_date(source.review_by)}" for source in figures.stale
    ]
    lines += [f"{source.title} : le {fr.long_date(source.review_by)}" for source in figures.soon]
    if not lines:
        return "<p>Aucune dans les soixante jours qui viennent.</p>"
    return f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>"


def _table(header: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in header)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
