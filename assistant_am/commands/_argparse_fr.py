"""argparse's own words in French: its translations go through gettext, for which it has none."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Final

_WORDS: Final[Mapping[str, str]] = {
    "usage: ": "usage : ",
    "options": "options",
    "optional arguments": "options",
    "positional arguments": "arguments",
    "subcommands": "commandes",
    "show this help message and exit": "affiche cette aide",
    "%(prog)s: error: %(message)s\n": "%(prog)s : erreur : %(message)s\n",
    "argument %(argument_name)s: %(message)s": "option %(argument_name)s : %(message)s",
    "unrecognized arguments: %s": "options inconnues : %s",
    "the following arguments are required: %s": "il manque : %s",
    "one of the arguments %s is required": "il faut l'une des options : %s",
    "not allowed with argument %s": "incompatible avec l'option %s",
    "ignored explicit argument %r": "valeur inattendue : %r",
    "expected one argument": "il manque une valeur",
    "expected at most one argument": "une valeur au plus",
    "expected at least one argument": "il manque au moins une valeur",
    "expected %s argument": "il faut %s valeur",
    "expected %s arguments": "il faut %s valeurs",
    "invalid %(type)s value: %(value)r": "valeur impossible : %(value)r",
    "invalid choice: %(value)r (choose from %(choices)s)": (
        "%(value)r n'est pas possible (choix : %(choices)s)"
    ),
    "ambiguous option: %(option)s could match %(matches)s": (
        "option ambiguë : %(option)s peut être %(matches)s"
    ),
    " (default: %(default)s)": " (par défaut : %(default)s)",
}


def install() -> None:
    """Put French in place of argparse's `_` and `ngettext`, the only door it leaves open."""
    argparse._ = _translate  # type: ignore[attr-defined]
    argparse.ngettext = _translate_number  # type: ignore[attr-defined]


def _translate(message: str) -> str:
    return _WORDS.get(message, message)


def _translate_number(singular: str, plural: str, count: int) -> str:
    # French takes the plural from 2 on, English for 0 as well.
    return _translate(singular if abs(count) < 2 else plural)  # noqa: PLR2004
