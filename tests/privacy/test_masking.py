"""What identifies is hidden; what the aid is computed from is not."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from assistant_am.runtime.masking import CARD, E_MAIL, IBAN, MASKS, NIR, NUMBER, PHONE, mask
from assistant_am.runtime.masking.lists import is_list

GAPS = st.sampled_from(["", " ", ".", "-", "\u00a0", "\u202f"])
WORDS = st.sampled_from(["", "mon numéro est ", "appelez-moi au ", "(", "c'est : "])
AFTER = st.sampled_from(["", ".", ", merci", " et je suis à mi-temps", ")"])


def digits(count: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=count, max_size=count)


def pairs(number: str, gap: str) -> str:
    return gap.join(number[i : i + 2] for i in range(0, len(number), 2))


@given(WORDS, st.sampled_from("123456789"), digits(8), GAPS, AFTER)
def test_a_french_telephone_number_is_hidden(before, kind, rest, gap, after):
    listed = [int(pair) for pair in pairs(f"0{kind}{rest}", " ").split()]
    assume("numéro" in before or "appelez" in before or not gap or not is_list(listed, listed))
    assert mask(before + pairs(f"0{kind}{rest}", gap) + after) == before + PHONE + after


@given(st.sampled_from(["+33", "0033", "+33 ", "0033 ", "+33 (0)"]), digits(8), GAPS)
def test_so_is_one_with_the_country(country, rest, gap):
    assert mask(f"tél. {country}6{gap}{pairs(rest, gap)}") == f"tél. {PHONE}"


@pytest.mark.parametrize(
    "typed", ["06 123 456 78", "06 12 345 678", "0612 34 56 78", "06/12/34/56/78"]
)
def test_so_is_one_cut_otherwise(typed):
    assert mask(f"au {typed}") == f"au {PHONE}"


def test_so_is_one_of_a_neighbour():
    assert mask("mon portable : +32 475 12 34 56") == f"mon portable : {PHONE}"


def nir_key(number: str) -> str:
    value = int(number.replace("2A", "19").replace("2B", "18"))
    return f"{97 - value % 97:02d}"


@given(
    st.sampled_from("12"),
    digits(2),
    st.integers(1, 12),
    st.sampled_from(["53", "75", "2A", "2B", "97", "99"]),
    digits(3),
    digits(3),
    st.sampled_from(["", " ", ".", "-"]),
    st.booleans(),
)
def test_a_nir_is_hidden(sex, year, month, department, commune, order, gap, with_key):
    fields = [sex, year, f"{month:02d}", department, commune, order]
    if with_key or not gap:
        fields.append(nir_key("".join(fields)))
    hidden = mask(f"mon NIR est {gap.join(fields)} voilà")
    assert hidden in {f"mon NIR est {NIR} voilà", f"mon NIR est {NUMBER} voilà"}


def iban(country: str, account: str) -> str:
    turned = "".join(str(int(c, 36)) for c in f"{account}{country}00")
    return f"{country}{98 - int(turned) % 97:02d}{account}"


@given(
    st.sampled_from(["DE", "ES", "FR", "BE", "LU"]),
    st.integers(12, 23).flatmap(digits),
    st.booleans(),
    st.booleans(),
    AFTER,
)
@example("DE", "52258925037435388", False, False, " et je suis à mi-temps")
def test_an_iban_is_hidden(country, account, by_four, low, after):
    number = iban(country, account)
    if by_four:
        number = " ".join(number[i : i + 4] for i in range(0, len(number), 4))
    assert mask(f"iban {number.lower() if low else number}{after}") == f"iban {IBAN}{after}"


def test_a_french_iban_with_a_typing_mistake_is_hidden_as_well():
    assert mask("FR76 3000 6000 0112 3456 7890 188") == IBAN


@pytest.mark.parametrize(
    "typed", ["4111 1111 1111 1111", "5500-0055-5555-5559", "3782 822463 10005"]
)
def test_a_card_is_hidden(typed):
    assert mask(f"carte {typed} svp") == f"carte {CARD} svp"


@pytest.mark.parametrize("typed", ["4111111111111111", "18001751234564512"])
def test_a_long_number_in_one_piece_is_hidden_whatever_it_is(typed):
    assert mask(f"le {typed}") == f"le {NUMBER}"


@pytest.mark.parametrize(
    "typed",
    ["jean.dupont@free.fr", "J-P_D+am @ cabinet.medical.fr", "moi(at)orange.fr", "é.a@b.c,fr"],
)
def test_an_address_is_hidden(typed):
    assert mask(f"écrivez à {typed} !") == f"écrivez à {E_MAIL} !"


@st.composite
def amounts(draw: st.DrawFn) -> str:
    """« 19 000 14 000 », « 1801 », « 38 000 € »: as people type them."""
    gap = draw(st.sampled_from([" ", "\u00a0", "\u202f", ""]))
    values = draw(st.lists(st.integers(10, 999_999), min_size=1, max_size=6))
    # Four numbers of four figures, and nothing between them, may well be a card.
    between = " " if gap or len(values) < 4 else ", "
    return between.join(f"{value:,}".replace(",", gap) for value in values)


@given(amounts(), st.sampled_from(["", " €", " euros", " brut", " patients"]))
@example("19 000 14 000", "")
@example("18 010 14 000 11 000", "")
@example("38 000 25 500 19 000 12 750", " €")
@example("100 10 10 100 100", " €")
def test_amounts_stay(typed, unit):
    assert mask(f"entre {typed}{unit} par an") == f"entre {typed}{unit} par an"


@given(
    st.dates(),
    st.sampled_from(["%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d", "%d %m %Y"]),
    amounts(),
)
def test_dates_stay_even_before_an_amount(day, form, amount):
    if day.year < 1900 or day.year > 2099:
        day = day.replace(year=2000 + day.year % 100, day=min(day.day, 28))
    text = f"signé le {day.strftime(form)} pour {amount} €, à {day.strftime(form)}"
    assert mask(text) == text


@pytest.mark.parametrize(
    "typed",
    [
        "P92", "97,5e percentile", "0.5 ETP", "2024 2025 2026 2027", "3500 4000 4500 5000",
        "15, 112, 114 ou 3114", "de 2000 à 3000 patients", "Dr A P92, Dr B P60", "01.02.2025 10h",
        "le 01 09 2025 14 000", "2 fois 1801,80 €", "53000 Laval", "100 200 300 400 500",
    ],
)  # fmt: skip
def test_what_the_aid_needs_stays(typed):
    assert mask(typed) == typed


@given(st.text(st.sampled_from("0123456789 .-/+@abFR()€,"), max_size=80))
def test_masking_twice_changes_nothing_more(text):
    once = mask(text)
    assert mask(once) == once


@given(st.text(max_size=60))
def test_text_without_digit_or_address_stays(text):
    plain = re.sub(r"[\d@＠﹫]|(?i:at)", "", text)
    assert mask(plain) == plain


def test_masks_hold_no_digit_that_could_be_read_as_a_value():
    assert not any(character.isdigit() for kind in MASKS for character in kind)


@pytest.mark.parametrize(
    "piece", ["a", "1 ", "a@", "FR76 1", "+3 ", "a.b-", "06 ", "1 80 01 ", "06 12 ", "zéro "]
)
def test_a_long_text_is_read_in_time_proportional_to_its_length(piece):
    """A pattern that goes back over the text would take hours here."""
    mask(piece * 50_000)
