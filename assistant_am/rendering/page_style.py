"""How the printable page looks: on a screen, light or dark, and on one sheet of paper."""

STYLE = """
@page { size: A4; margin: 10mm; }
:root { --accent: #0b6770; --text: #11262b; --muted: #47595f; --line: #d6e1e2; --page: #fff;
        --band: #f1f6f6; color-scheme: light dark; }
@media screen and (prefers-color-scheme: dark) {
  :root { --accent: #84d2d3; --text: #e8f0f1; --muted: #a7babf; --line: #2d3e43;
          --page: #0f181b; --band: #19262a; }
}
body { font: 16px/1.45 "Segoe UI", system-ui, Roboto, Arial, sans-serif; color: var(--text);
       background: var(--page); max-width: 60rem; margin: 0 auto; padding: 1rem; }
header { display: flex; flex-wrap: wrap; gap: 0 1rem; align-items: baseline;
         border-bottom: 1px solid var(--line); padding-bottom: .5rem; }
header strong { color: var(--accent); font-size: 1.1em; }
header p { margin: 0; color: var(--muted); }
h1 { font-size: 1.4em; line-height: 1.25; margin: 1rem 0 .6rem; }
h2 { font-size: 1.05em; margin: 1rem 0 .3rem; }
a { color: var(--accent); }
.reponse { background: var(--band); border-left: .3rem solid var(--accent);
           padding: .7rem .9rem; margin: 0; font-weight: 600; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; font-size: .875em; color: var(--muted); }
th, td { border-bottom: 1px solid var(--line); padding: .3rem .5rem .3rem 0; text-align: left;
         vertical-align: baseline; }
tbody th { white-space: nowrap; font-weight: 500; }
td:last-child, th.montant { width: 55%; font-variant-numeric: tabular-nums; }
.barres { display: block; }
.barres svg { display: block; width: 100%; height: 8px; margin-bottom: 2px;
              fill: var(--accent); forced-color-adjust: none; }
.barres .module { opacity: .65; }
small { color: var(--muted); }
ul { margin: .2rem 0; padding-left: 1.2rem; } li { overflow-wrap: anywhere; }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; margin-top: 1rem; }
nav a { display: inline-flex; align-items: center; min-height: 44px; }
footer { margin-top: 1rem; border-top: 1px solid var(--line); padding-top: .5rem;
         font-size: .875em; color: var(--muted); }
.deux { margin-top: 1rem; } .deux section { padding-bottom: .9rem; }
.deux h2 { margin: 0 0 .3rem; break-after: avoid; } li { break-inside: avoid; }
@media (min-width: 52rem) { .deux { columns: 2; column-gap: 2.5rem; } }
@media (max-width: 30rem) {
  thead { position: absolute; clip-path: inset(50%); }
  tbody tr { display: grid; grid-template-columns: 1fr auto auto; border-bottom: 1px solid; }
  tbody th, td { border: 0; } td:last-child { grid-column: 1 / -1; width: auto; }
}
@media print {
  :root { color-scheme: light; }
  body { font-size: 9pt; line-height: 1.22; max-width: none; padding: 0; }
  h1 { font-size: 1.3em; margin: .4rem 0 .3rem; } h2 { margin: .5rem 0 .1rem; }
  .reponse { padding: .3rem .6rem; } th, td { padding: .1rem .4rem .1rem 0; }
  .deux { columns: 2; column-gap: 8mm; margin-top: .5rem; }
  .deux section { padding-bottom: .4rem; } .deux h2 { margin: 0 0 .1rem; }
  footer { margin-top: .3rem; padding-top: .2rem; }
  .barres svg { height: 5px; print-color-adjust: exact; }
  nav { display: none; } a { color: inherit; }
}
"""
