"""Bank accounts (IBAN) and cards, by their control digits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant_am.runtime.masking.lists import STEP_OF_AMOUNTS, goes_by_steps
from assistant_am.runtime.masking.plain import Span

_GAP = r"[\s./_·•\-]{0,3}"
"""No comma: amounts are listed with one, accounts and cards are not cut by it."""
_FREE = r"(?<![0-9A-Za-z])"
_END = r"(?![0-9A-Za-z])"
# Bank and branch (digits), account (digits and letters), key; one typing mistake stays personal.
_FRENCH_IBAN = rf"FR{_GAP}\d\d(?:{_GAP}\d){{10}}(?:{_GAP}[0-9A-Z]){{11}}{_GAP}\d{_GAP}\d"
_IBAN = re.compile(
    rf"{_FREE}(?:(?P<french>{_FRENCH_IBAN})|[A-Z]{{2}}\d\d(?:{_GAP}[0-9A-Z]){{11,30}}){_END}",
    re.IGNORECASE,
)
_CUT = _GAP.replace("{0,", "{1,")
_CARD = re.compile(
    rf"{_FREE}(?:[2-6]\d{{3}}(?:{_CUT}\d{{4}}){{3}}|3[47]\d\d{_CUT}\d{{6}}{_CUT}\d{{5}}){_END}"
)


def ibans(text: str) -> Iterator[Span]:
    for match in _IBAN.finditer(text):
        start, end = match.span()
        length = end - start if match["french"] else _length_of_iban(match[0])
        if length:
            yield start, start + length


def _length_of_iban(found: str) -> int:
    """Of the beginning whose control number is right, for words may follow: up to the last figure.

    0 means that none is right.
    """
    for end in range(1, len(found) + 1):
        is_whole = end == len(found) or not found[end].isalnum()
        figures_follow = re.match(r"\W*\w*\d", found[end:])
        if is_whole and not figures_follow and _is_iban(re.sub(r"[^0-9A-Za-z]", "", found[:end])):
            return end
    return 0


def _is_iban(account: str) -> bool:
    """ISO 7064, MOD 97-10."""
    shortest, longest = 15, 34
    if not (shortest <= len(account) <= longest and account.isascii()):
        return False
    turned = account[4:] + account[:4]
    return int("".join(str(int(character, 36)) for character in turned)) % 97 == 1


def cards(text: str) -> Iterator[Span]:
    return (match.span() for match in _CARD.finditer(text) if _is_card(match[0]))


def _is_card(found: str) -> bool:
    groups = re.findall(r"\d+", found)
    if _are_amounts(groups):
        return False
    digits = [int(digit) for digit in reversed("".join(groups))]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0  # Luhn


def _are_amounts(groups: list[str]) -> bool:
    """« 3500 4000 4500 5000 », « 2101 2102 2103 2104 », or years."""
    if any(group.startswith("0") for group in groups):
        return False
    rounded = sum(group.endswith("0") for group in groups) >= len(groups) - 1
    years = all(group[:2] in ("19", "20") for group in groups)
    return rounded or years or goes_by_steps([*map(int, groups)], STEP_OF_AMOUNTS)
