"""Hides what identifies somebody in a text, before anything stores it.

E-mail addresses, French and foreign telephone numbers, the number of the social security (NIR),
bank accounts (IBAN) and cards, however they are cut and typed. Amounts, percentiles, dates, and
lists of days or of counts stay as they are: the aid is computed from them. A name cannot be told
from a word, and stays as well. Four numbers of four figures in a row that have a card's control
digit are taken for one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from assistant_am.runtime.masking import accounts, e_mails, nir, telephones
from assistant_am.runtime.masking.plain import Span, plain

E_MAIL = "[e-mail]"
IBAN = "[IBAN]"
NIR = "[NIR]"
CARD = "[carte]"
PHONE = "[téléphone]"
NUMBER = "[numéro]"
MASKS = (E_MAIL, IBAN, NIR, CARD, PHONE, NUMBER)

_LONG_NUMBER = re.compile(r"\d{13,}")
"""Without a gap: an account, a card or a NIR typed in a hurry, never an amount."""


def mask(text: str) -> str:
    """The text with each address and number that identifies somebody replaced by its kind.

    Masking twice changes nothing more.
    """
    for kind, spans in _KINDS:
        text = _hidden(text, spans(plain(text)), kind)
    return text


def _hidden(text: str, spans: Iterator[Span], kind: str) -> str:
    kept, last = [], 0
    for start, end in spans:
        kept += [text[last:start], kind]
        last = end
    return "".join([*kept, text[last:]])


def _long_numbers(text: str) -> Iterator[Span]:
    return (match.span() for match in _LONG_NUMBER.finditer(text))


_KINDS: Final[tuple[tuple[str, Callable[[str], Iterator[Span]]], ...]] = (
    (E_MAIL, e_mails.spans),
    (IBAN, accounts.ibans),
    (NIR, nir.spans),
    (CARD, accounts.cards),
    (PHONE, telephones.spelled),
    (PHONE, telephones.spans),
    (NUMBER, _long_numbers),
)
"""From the longest to the shortest, as the beginning of one may look like another."""
