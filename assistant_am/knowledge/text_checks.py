"""Checks of what answers say: every figure comes from a fact, every brace is understood."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator

from assistant_am.knowledge.model import Knowledge
from assistant_am.knowledge.text import PARTS, PLACEHOLDER

_SPACE = "[ \u00a0\u202f]"
_MONTH = "(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)"
_UNIT = (
    r"(?:k?€|euros?\b|%|pour cent\b|h\b|heures?\b|jours?\b|semaines?\b|minutes?\b|mois\b|ans?\b"
    r"|patients?\b|postes?\b|contrats?\b|médecins?\b|points?\b)"
)
_LETTERS = (
    r"(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize"
    r"|vingt|trente|quarante|cinquante|soixante|cent|mille)"
)
HAND_WRITTEN = re.compile(
    rf"(?<![\w{{.])\d[\d.,\u00a0\u202f ]*{_SPACE}?{_UNIT}"
    rf"|\b\d{{1,2}}(?:er)?{_SPACE}{_MONTH}(?:{_SPACE}\d{{4}})?"
    r"|\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b"
    r"|(?:\b0|\+33[ .\u00a0]?)\d(?:[ .\u00a0\u202f-]?\d\d){4}\b"
    r"|\b[\w.-]+@[\w-]+\.\w+\b|https?://\S+|\bwww\.\S+",
    re.IGNORECASE,
)
"""Amounts, durations, dates, telephones and addresses: each has its line in `faits/`."""
_IN_LETTERS = re.compile(
    rf"\b{_LETTERS}(?:[ -]{_LETTERS})*{_SPACE}"
    r"(?:jours|semaines|heures|minutes|mois|ans|euros|patients|postes|pour cent)\b",
    re.IGNORECASE,
)
_OPENING_WORD = re.compile(r"\W*(oui\b|non\b|si(?=\s*[,.:;]))", re.IGNORECASE)
_BRACES = re.compile(r"\{\{+[^{}\n]*\}+|\{[^{}\n]*\}\}+|\{[^{}\n]*\}|[{}]")
_NOT_A_FACT = (
    (re.compile(r"<!--|</?[a-z]\w*[^<>\n]*>", re.IGNORECASE),
     "une balise de page web serait montrée telle quelle : effacez-la."),
    (re.compile(r"\[[^\]\n]+\]\([^)\n]*\)"),
     "un lien s'écrit par le nom d'un fait de type adresse_web, entre accolades."),
    (re.compile(r"^[ ]*[•·▪◦–—][ \t\u00a0]*\S.*", re.MULTILINE),
     "une puce de Word : commencez la ligne par un tiret simple et une espace (- )."),
    (re.compile(r"\t"), "une tabulation : remplacez-la par une espace."),
    (re.compile(r"[“”„]"), "des guillemets courbes : écrivez « et »."),
    (re.compile(r"\btoucher(?:ez|iez)\b", re.IGNORECASE),
     "rien n'est promis à personne : écrivez « le montant maximal est… »."),
    (re.compile(r"(?<!ancien )(?<!ex-)(?<!ancien\u00a0)Pôle[ \u00a0-][Ee]mploi"),
     "ce nom n'existe plus : écrivez « France Travail »."),
    (re.compile(r"l['’]État\s+(?:qui\s+)?(?:paie|paye|verse|finance|paiera|payera|versera)"),
     "ce n'est pas l'État qui paie l'aide : écrivez « l'Assurance Maladie »."),
)  # fmt: skip

Found = tuple[int, str]
"""A line of the text, counted from 0, and a sentence."""


def mistakes(text: str, knowledge: Knowledge) -> Iterator[Found]:
    """What a text that is shown must not hold."""
    yield from braces(text, knowledge)
    yield from wording(text)


def wording(text: str) -> Iterator[Found]:
    """What no text says, whatever is known."""
    yield from figures(text)
    for match in _IN_LETTERS.finditer(text):
        yield _line(text, match), _by_hand(match.group())
    for seen, message in _NOT_A_FACT:
        for match in seen.finditer(text):
            shown = match.group().strip()
            yield _line(text, match), f"« {shown} » : {message}" if shown else message
    for start, paragraph in _paragraphs(text):
        if paragraph.count("**") % 2:
            message = "un passage en gras (**) n'est pas fermé : ajoutez ** à la fin du passage."
            yield text.count("\n", 0, start), message


def answered(text: str, knowledge: Knowledge) -> Iterator[Found]:
    """The same, of an answer: « Oui » at its start would be false for whoever asks the contrary."""
    yield from mistakes(text, knowledge)
    match = _OPENING_WORD.match(text)
    if match:
        message = (
            f"« {match[1]} » ouvre la réponse : commencez par le fait. Ce mot dépend de la "
            "question posée, et se tire des « propositions »."
        )
        yield 0, message


def claimed(text: str, knowledge: Knowledge) -> Iterator[Found]:
    """The same, of a statement that people put to the test."""
    yield from braces(text, knowledge)
    yield from figures(text)


def figures(text: str) -> Iterator[Found]:
    """Figures typed by hand: they would be missed when the fact changes."""
    # Braces become as many letters: what surrounds them keeps its place.
    bare = PLACEHOLDER.sub(lambda match: "x" * len(match.group()), text)
    for match in HAND_WRITTEN.finditer(bare):
        yield _line(text, match), _by_hand(match.group())


def braces(text: str, knowledge: Knowledge) -> Iterator[Found]:
    """Braces that do not name a fact or a setting of the site."""
    for match in _BRACES.finditer(text):
        message = _brace(match.group(), knowledge)
        if message:
            yield _line(text, match), message


def _brace(shown: str, knowledge: Knowledge) -> str:
    if len(shown) == 1:
        return f"une accolade « {shown} » est seule : écrivez {{nom_du_fait}}, ou effacez-la."
    once = "{" + shown.strip("{}") + "}"
    if once != shown:
        return f"{shown} a des accolades en trop : écrivez {once}."
    name = shown[1:-1]
    key, _, rest = name.partition(".")
    if not PLACEHOLDER.fullmatch(shown):
        near = _near(name.strip().lower(), knowledge.facts)
        return (
            f"{shown} n'est pas compris : un nom de fait n'a ni espace, ni majuscule, "
            f"ni accent.{near}"
        )
    if key == "site":
        if rest in knowledge.site:
            return ""
        return (
            f"{shown} : « {rest} » n'est pas un réglage de site.yml : corrigez-le, ou "
            "remettez-le dans site.yml."
        )
    if key not in knowledge.facts:
        return (
            f"{shown} n'est pas un fait connu : corrigez-le, ou ajoutez-le dans "
            f"knowledge/faits/.{_near(key, knowledge.facts)}"
        )
    if rest not in ("", *PARTS):
        return (
            f"{shown} n'est pas compris : après « {key} », seuls « .nombre » (sans l'unité) et "
            "« .source » (le nom de la source) peuvent suivre."
        )
    return ""


def _near(name: str, known: Collection[str]) -> str:
    found = difflib.get_close_matches(name, known, n=1, cutoff=0.7)
    return f" Vouliez-vous {{{found[0]}}} ?" if found else ""


def _by_hand(shown: str) -> str:
    return (
        f"« {shown.strip()} » est écrit à la main : "
        "mettez la valeur dans knowledge/faits/ et écrivez {son_nom} ici."
    )


def _line(text: str, match: re.Match[str]) -> int:
    start = match.start() + len(match.group()) - len(match.group().lstrip())
    return text.count("\n", 0, start)


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for part in text.split("\n"):
        yield start, part
        start += len(part) + 1
