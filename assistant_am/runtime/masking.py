"""Hides what identifies somebody in a text, before anything stores it.

E-mail addresses, French and foreign telephone numbers, the number of the social security (NIR),
bank accounts (IBAN) and cards. Amounts, percentiles, dates and years stay as they are: the aid is
computed from them. A name cannot be told from a word, and stays as well. Four numbers of four
figures in a row that have a card's control digit are taken for one.
"""

from __future__ import annotations

import re
from collections.abc import Callable

E_MAIL = "[e-mail]"
IBAN = "[IBAN]"
NIR = "[NIR]"
CARD = "[carte]"
PHONE = "[téléphone]"
NUMBER = "[numéro]"
MASKS = (E_MAIL, IBAN, NIR, CARD, PHONE, NUMBER)

_SPACE = " \u00a0\u2009\u202f"
_GAP = rf"[{_SPACE}.\-\u2011_]?"
_FREE = r"(?<![0-9A-Za-z])"
_END = r"(?![0-9A-Za-z])"

_MAIL = re.compile(
    r"(?<![\w.+%'-])[\w.+%'-]+[ ]?(?:@|\(at\)|\[at\])[ ]?[\w-]+(?:[.,][\w-]+)+", re.IGNORECASE
)
# Bank and branch (digits), account (digits and letters), key; one typing mistake stays personal.
_FRENCH_IBAN = re.compile(
    rf"{_FREE}FR{_GAP}\d\d(?:{_GAP}\d){{10}}(?:{_GAP}[0-9A-Z]){{11}}{_GAP}\d{_GAP}\d{_END}",
    re.IGNORECASE,
)
_SOME_IBAN = re.compile(rf"{_FREE}[A-Z]{{2}}\d\d(?:{_GAP}[0-9A-Z]){{11,30}}{_END}", re.IGNORECASE)
# Sex, year, month (20 and more: unknown), department, commune, order, and the key at times.
_NIR = re.compile(
    rf"{_FREE}[1-478]{_GAP}\d\d{_GAP}(?:0[1-9]|1[0-2]|[2-9]\d){_GAP}(?:\d\d|2[AB]){_GAP}"
    rf"\d{{3}}{_GAP}\d{{3}}(?P<key>{_GAP}\d\d)?{_END}",
    re.IGNORECASE,
)
_NIR_GAPS = 5
"""Those of a number typed field by field, the first digit alone: no amounts are cut that way."""
_CARD = re.compile(
    rf"{_FREE}(?:[2-6]\d{{3}}(?:[{_SPACE}.\-]\d{{4}}){{3}}|3[47]\d\d[{_SPACE}.\-]\d{{6}}"
    rf"[{_SPACE}.\-]\d{{5}}){_END}"
)
_PHONE = re.compile(
    rf"(?<![\d+])(?:(?:\+|00){_GAP}33{_GAP}(?:\(0\))?{_GAP}0?[1-9]|0[1-9])(?:{_GAP}\d){{8}}(?!\d)"
    r"|(?<!\d)0[1-9](?:/\d\d){4}(?!\d)"
)
_FOREIGN_PHONE = re.compile(
    rf"(?<![\w+])\+[1-9]\d{{0,2}}(?:{_GAP}\(?\d\)?){{8,12}}(?!\d| ?(?:€|euro))"
)
_BY_TWO = re.compile(r"\d\d(\D?)\d\d(?:\1\d\d){3}")
_DATE = re.compile(r"\d\d(\D)\d\d\1(?:19|20)\d\d(?!\d)")
_DIGIT_BEFORE = re.compile(rf"\d{_GAP}$")
_DIGIT_AFTER = re.compile(rf"{_GAP}\d")
_LONG_NUMBER = re.compile(r"\d{13,}")
"""Without a gap: an account, a card or a NIR typed in a hurry, never an amount."""


def mask(text: str) -> str:
    """The text with each address and number that identifies somebody replaced by its kind.

    Masking twice changes nothing more.
    """
    text = _MAIL.sub(E_MAIL, text)
    text = _FRENCH_IBAN.sub(IBAN, text)
    text = _SOME_IBAN.sub(_iban, text)
    text = _NIR.sub(_when(_is_nir, NIR), text)
    text = _CARD.sub(_when(_is_card, CARD), text)
    text = _PHONE.sub(_when(_is_phone, PHONE), text)
    text = _FOREIGN_PHONE.sub(PHONE, text)
    return _LONG_NUMBER.sub(NUMBER, text)


def _when(holds: Callable[[re.Match[str]], bool], kind: str) -> Callable[[re.Match[str]], str]:
    return lambda match: kind if holds(match) else match[0]


def _bare(text: str) -> str:
    return re.sub(r"[^0-9A-Za-z]", "", text).upper()


def _iban(match: re.Match[str]) -> str:
    """The beginning whose control number is right, for words may follow: up to the last figure."""
    found = match[0]
    for end in range(1, len(found) + 1):
        is_whole = end == len(found) or not found[end].isalnum()
        figures_follow = re.match(r"\W*\w*\d", found[end:])
        if is_whole and not figures_follow and _is_iban(_bare(found[:end])):
            return IBAN + found[end:]
    return found


def _is_iban(account: str) -> bool:
    """ISO 7064, MOD 97-10."""
    shortest, longest = 15, 34
    if not (shortest <= len(account) <= longest and account.isascii()):
        return False
    turned = account[4:] + account[:4]
    return int("".join(str(int(character, 36)) for character in turned)) % 97 == 1


def _is_nir(match: re.Match[str]) -> bool:
    bare = _bare(match[0])
    if match["key"]:
        number = bare[:-2].replace("2A", "19").replace("2B", "18")
        if 97 - int(number) % 97 == int(bare[-2:]):
            return True
    # Else it may be « 100 10 10 100 100 ».
    return len(match[0]) - len(bare) == _NIR_GAPS + bool(match["key"])


def _is_card(match: re.Match[str]) -> bool:
    groups = re.split(r"\D", match[0])
    if sum(group.endswith("0") for group in groups) >= len(groups) - 1:
        return False  # « 3500 4000 4500 5000 » are salaries
    if all(group[:2] in ("19", "20") for group in groups):
        return False  # years
    digits = [int(digit) for digit in reversed("".join(groups))]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0  # Luhn


def _is_phone(match: re.Match[str]) -> bool:
    if _DATE.match(match[0]):
        return False
    if match[0][0] != "0" or _BY_TWO.fullmatch(match[0]):
        return True
    # Cut otherwise than by two, it may be the middle of « 18 010 14 000 11 000 ».
    start, end = match.span()
    before = _DIGIT_BEFORE.search(match.string[max(0, start - 2) : start])
    return not before and not _DIGIT_AFTER.match(match.string, end)
