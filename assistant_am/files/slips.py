"""Slips: what a word processor or a hurried hand leaves in a YAML file, named at its own line.

Two kinds. Those of `sure` are wrong even where YAML reads on. Those of `likely` are right in most
places, and explain why YAML stopped: its own words (« mapping values are not allowed here ») help
nobody, and often come one line too late.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

Slip = tuple[int, str]
"""A line, counted from 1, and a sentence: what is wrong and what to do."""

_KEY = r"(?P<indent>[ ]*(?:-[ ]+)?)(?P<key>[\w-]+|\"[^\"]*\"|'[^']*')"
_LINE = re.compile(rf"^{_KEY}:(?:[ ]+(?P<value>\S.*?))?[ ]*$")
_BLOCK = re.compile(r":[ ]+[|>][+-]?\d*[ ]*(?:#.*)?$")
_NO_BREAK = "\u00a0\u202f\u2007\u2009\u200b\u3000"
_CURLY = "“”„‟"


def sure(text: str) -> list[Slip]:
    """What is wrong wherever it stands in the structure of a file."""
    found = [
        (number, message)
        for number, line in enumerate(text.split("\n"), start=1)
        if re.match(r"(?:<{7}|>{7})(?: |$)|={7}$", line)
        for message in [
            "deux versions du fichier se sont mélangées (<<<<<<<, =======, >>>>>>>) : gardez "
            "l'une des deux et effacez ces lignes."
        ]
    ]
    for number, line in _structure(text):
        found += [(number, message) for seen, message in _SURE if re.search(seen, line)]
    return found


def likely(text: str) -> list[Slip]:
    """What may have stopped the reading, by line."""
    found = []
    for number, line in _structure(text):
        told = [message for seen, message in _LIKELY if re.search(seen, line)]
        match = _LINE.match(line)
        if match and match["value"]:
            told += [message for look in _OF_VALUES if (message := look(match["value"]))]
        found += [(number, message) for message in told[:1]]
    return found or _shallow(text) or _misaligned(text) or _nameless(text)


def _structure(text: str) -> Iterator[Slip]:
    """Lines that are keys and values: neither comments nor texts after « | »."""
    depth: int | None = None
    for number, line in enumerate(text.split("\n"), start=1):
        stripped = line.strip()
        indent = len(line) - len(line.lstrip(" "))
        if depth is not None:
            if not stripped or indent > depth:
                continue
            depth = None
        if not stripped or stripped.startswith("#"):
            continue
        if _BLOCK.search(line):
            depth = indent
        yield number, line


_SURE = (
    (
        r"^[ ]*\t",
        "cette ligne commence par une tabulation : remplacez-la par des espaces, comme au-dessus.",
    ),
    (
        rf"^[ ]*[{_NO_BREAK}]",
        "cette ligne commence par une espace insécable : effacez-la et tapez des espaces "
        "ordinaires, comme au-dessus.",
    ),
    (
        rf"^[ ]*(?:- )?[\w-]+[{_NO_BREAK}\t]+:",
        "une espace insécable précède le deux-points : effacez-la, le deux-points suit le nom.",
    ),
    (
        rf"^[ ]*(?:- )?[\w-]+:[ ]*[{_NO_BREAK}\t]",
        "une espace insécable (ou une tabulation) suit le deux-points : effacez-la et tapez une "
        "espace ordinaire.",
    ),
    (
        rf"(?:[\w\"]:[ ]+|^[ ]*-[ ]+|[\[{{,][ ]*)[{_CURLY}]|^[ ]*[{_CURLY}]",
        "des guillemets courbes (“ ”), mis par Word, entourent ce texte : remplacez-les par des "
        'guillemets droits (").',
    ),
    (
        rf"^[^{_CURLY}\"]*:[ ][^{_CURLY}]*[{_CURLY}][ ]*$",
        "un guillemet courbe (”), mis par Word, finit ce texte : remplacez-le par un guillemet "
        'droit (").',
    ),
    (
        r"^[ ]*(?:- )?\w+:[ ]+«[^»]*»[ ]*$",
        "des guillemets français (« ») entourent tout le texte et seraient montrés : remplacez-les "
        'par des guillemets droits (").',
    ),
)

_LIKELY = (
    (r"^[ ]*(?:- )?[\w-]+:[^\s/]", "il manque une espace après le deux-points : ajoutez-la."),
    (
        r"^[ ]*[•·–—▪◦][ \t\u00a0]*\S",
        "cette ligne commence par une puce ou un tiret long de Word : tapez un tiret simple (-).",
    ),
    (r"\t", "une tabulation est dans cette ligne : remplacez-la par une espace."),
)


def _colon(value: str) -> str:
    if value[0] not in "\"'[{|>&*!" and re.search(r":(?:[ ]|$)", value):
        return (
            "un deux-points est dans la phrase : mettez tout le texte qui suit le premier "
            'deux-points entre guillemets droits (").'
        )
    return ""


def _quotes(value: str) -> str:
    quote = value[0]
    if quote not in "\"'":
        return ""
    rest = _after_quoted(value, quote)
    if rest is None:
        return f"le guillemet ({quote}) ouvert ici n'est pas fermé : fermez-le à la fin du texte."
    if rest.strip() and not rest.lstrip().startswith("#"):
        if quote == "'":
            return (
                "une apostrophe est dans un texte entre apostrophes : mettez-le entre guillemets "
                'droits (").'
            )
        return (
            "un guillemet droit (\") est au milieu d'un texte entre guillemets : remplacez ceux "
            "du milieu par « et »."
        )
    return ""


def _after_quoted(value: str, quote: str) -> str | None:
    """What follows the quoted text that begins the value; None when it is never closed."""
    inside = r'(?:[^"\\]|\\.)*' if quote == '"' else r"(?:[^']|'')*"
    match = re.match(f"{quote}{inside}{quote}", value)
    return value[match.end() :] if match else None


def _brackets(value: str) -> str:
    for opened, closed, name in (("[", "]", "crochet"), ("{", "}", "accolade")):
        if value.startswith(opened):
            if value.count(opened) > value.count(closed):
                return f"il manque « {closed} » : fermez ce qui est ouvert par « {opened} »."
            if not re.search(rf"\{closed}\s*(?:#.*)?$", value):
                return (
                    f"ce texte commence par « {opened} » ({name}), réservé aux listes : "
                    'mettez-le entre guillemets droits (").'
                )
    return ""


def _first_sign(value: str) -> str:
    if value[0] in "%@`&*!>|?," and not re.fullmatch(r"[|>][+-]?\d*", value):
        return (
            f"un texte ne peut pas commencer par « {value[0]} » : mettez-le entre guillemets "
            'droits (").'
        )
    return ""


_OF_VALUES: tuple[Callable[[str], str], ...] = (_quotes, _brackets, _first_sign, _colon)


def _nameless(text: str) -> list[Slip]:
    """Lines at the left that are no « nom: valeur »: a text that lost the spaces before it."""
    return [
        (
            number,
            "cette ligne n'est pas « nom: valeur » : si c'est la suite d'un texte, mettez devant "
            "deux espaces de plus que devant le nom de ce texte.",
        )
        for number, line in _structure(text)
        if not line.startswith((" ", "-", "[", "]", "{", "}", '"', "'")) and not _LINE.match(line)
    ]


def _shallow(text: str) -> list[Slip]:
    """Lines of a text after « | » that begin with fewer spaces than its first line."""
    found = []
    key = first = -1
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        indent = len(line) - len(line.lstrip(" "))
        if key >= 0 and indent > key:
            first = indent if first < 0 else first
            if indent < first:
                found.append(
                    (
                        number,
                        f"cette ligne commence par {indent} espace(s) : il en faut {first}, comme "
                        "aux autres lignes de ce texte.",
                    )
                )
            continue
        key, first = (indent if _BLOCK.search(line) else -1), -1
    return found


def _misaligned(text: str) -> list[Slip]:
    """The first line whose indentation is that of no line around it."""
    open_at = [0]
    may_deepen = False
    above = 0
    for number, line in _structure(text):
        indent = len(line) - len(line.lstrip(" "))
        if (indent > open_at[-1] and not may_deepen) or (
            indent < open_at[-1] and indent not in open_at
        ):
            return [
                (
                    number,
                    f"cette ligne est mal alignée : elle commence par {indent} espace(s), celle du "
                    f"dessus par {above}. Alignez-la sur ses voisines.",
                )
            ]
        open_at = [depth for depth in open_at if depth < indent] + [indent]
        item = re.match(r"[ ]*((?:-[ ]+)+)", line)
        if item:
            open_at.append(indent + len(item[1]))
        may_deepen = line.rstrip().endswith(":")
        above = indent
    return []
