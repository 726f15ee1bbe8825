"""A table of both: how people type what identifies them, and the lists that look like it."""

from __future__ import annotations

import pytest

from assistant_am.runtime.masking import CARD, E_MAIL, IBAN, NIR, NUMBER, PHONE, mask

TELEPHONES = [
    "(06) 11 22 33 48",
    "06  11  22  33  48",
    "06,11,22,33,48",
    "06, 11, 22, 33, 48",
    "06:11:22:33:48",
    "06·11·22·33·48",
    "06•11•22•33•48",
    "06–11–22–33–48",
    "06—11—22—33—48",
    "06 - 11 - 22 - 33 - 48",
    "06 / 11 / 22 / 33 / 48",
    "06\t11\t22\t33\t48",
    "06\n11\n22\n33\n48",
    "06\r\n11\r\n22\r\n33\r\n48",
    "06|11|22|33|48",
    "06*11*22*33*48",
    "06\u200b11\u200b22\u200b33\u200b48",
    "06\u00ad11\u00ad22\u00ad33\u00ad48",
    "06 11-22.33 48",
    "(06)(11)(22)(33)(48)",
    "0 6 1 2 3 4 5 6 7 8",
    "0-6-1-1-2-2-3-3-4-8",
    "0.6.1.1.2.2.3.3.4.8",
    "6 12 34 56 78",
    "7.12.34.56.78",
    "6-11-22-33-48",
    "33612345678",
    "33 6 12 34 56 78",
    "(33) 6 12 34 56 78",
    "+33 (6) 12 34 56 78",
    "(+33) 6 12 34 56 78",
    "+33(0)6 12 34 56 78",
    "+33  6  12  34  56  78",
    "00 33 6 12 34 56 78",
    "+33 06 12 34 56 78",
    "0 800 12 34 56",
    "0 800 123 456",
    "0800 123 456",
    "0 825 12 34 56",
    "0.892.12.34.56",
    "06 123 45 678",
    "061 234 5678",
    "０６ １２ ３４ ５６ ７８",
    "０６１２３４５６７８",
    "٠٦ ١٢ ٣٤ ٥٦ ٧٨",
    "०६१२३४५६७८",
    "O6 12 34 56 78",
    "o612345678",
    "O6.12.34.O5.7o",
    "06 12 34 56 7O",
    "01 23 45 67 89",
    "06 12 34 56 78",
    "zéro six douze trente-quatre cinquante-six soixante-dix-huit",
    "zero six, douze, trente quatre, cinquante six, soixante dix huit",
    "zéro six 12 34 56 78",
    "zéro sept zéro un vingt-deux zéro trois quarante",
    "+32 475 12 34 56",
    "0032 475 12 34 56",
    "+49 30 12 34 56 78",
    "+1 (514) 555-01-99",
]
NIRS = [
    "185 05 78 006 084 36",
    "18505 78006 08436",
    "1 85 05 78 006 084 91",
    "1  85  05  78  006  084  91",
    "1/85/05/78/006/084/91",
    "1,85,05,78,006,084,91",
    "1·85·05·78·006·084·91",
    "1–85–05–78–006–084–91",
    "1\t85\t05\t78\t006\t084\t91",
    "1\n85\n05\n78\n006\n084\n91",
    "1 8505 78 006 084 91",
    "1850578 006 084 91",
    "18505 78006 084 91",
    "2 85 05 2A 006 084 (27)",
    "1 85 05 78 006 084 (91)",
    "１ ８５ ０５ ７８ ００６ ０８４ ９１",
    "1 85 O5 78 OO6 O84 91",
    "185 05 78 006 084",
]
E_MAILS = [
    "x [at] y [dot] fr",
    "x arobase y.fr",
    "x＠y.fr",
    "x (at) y (dot) fr",
    "x(at)y(dot)fr",
    "x{at}y.fr",
    "x <at> y.fr",
    "x at y dot fr",
    "x @ y point fr",
    "x  @  y.fr",
    "x arobas y point fr",
    "x arobase y . fr",
    "jean point dupont arobase gmail point com",
    "jean tiret dupont arobase y point fr",
    "jean.dupont(arobase)free.fr",
    "jean.dupont [arobase] free [point] fr",
    "jean.dupont@gmail",
    "jean.dupont@gmail com",
    "JEAN.DUPONT@FREE.FR",
    "jean.dupont﹫free.fr",
    "ｊｅａｎ＠ｆｒｅｅ．ｆｒ",
    "0611223348@free.fr",
    "jean\u200b@free.fr",
]
OTHERS = {
    "5500 0000 0000 0004": CARD,
    "4000 0000 0000 0002": CARD,
    "4111  1111  1111  1111": CARD,
    "4111–1111–1111–1111": CARD,
    "4111\t1111\t1111\t1111": CARD,
    "４１１１ １１１１ １１１１ １１１１": CARD,
    "4111/1111/1111/1111": CARD,
    "FR76  3000  6000  0112  3456  7890  189": IBAN,
    "FR76\t3000\t6000\t0112\t3456\t7890\t189": IBAN,
    "FR76/3000/6000/0112/3456/7890/189": IBAN,
    "ＦＲ７６ ３０００ ６０００ ０１１２ ３４５６ ７８９０ １８９": IBAN,
    "١٢٣٤٥٦٧٨٩٠١٢٣٤": NUMBER,
}  # fmt: skip
KEPT = [
    # Days.
    "05 12 19 26 31",
    "01 02 03 04 05",
    "02 04 06 08 10 12",
    "05, 12, 19, 26, 31 mars",
    "05/12/19/26/31",
    "les 05 12 19 26 et 31",
    "05 12 19 26 02 09 16 23",
    "02 09 25 28 31",
    "09 08 07 06 05",
    "03 10 17 24 31 janvier, 07 14 21 28 février",
    # Hours.
    "08 30 12 30 14 00 18 00",
    "08:30 12:30 14:00 18:00",
    "de 08 45 à 12 15 et de 13 45 à 17 15",
    "09 00 12 30 14 00 18 45",
    # Counts.
    "05 10 20 30 40 %",
    "05 10 20 30 40",
    "05 15 25 35 45",
    "6 12 24 36 48 mois",
    "7 14 21 28 35 jours",
    "0 1 2 3 4 5 6 7 8 9",
    "01 23 45 67 89 %",
    "+33 25 19 12 06 04",
    "+45 50 55 60 65 70",
    "04 18 52 37 61 patients",
    "0,5 1 1,5 2 200 patients",
    "0, 5, 10, 15, 20, 25",
    # Amounts and dates.
    "2101 2102 2103 2104",
    "3500 4000 4500 5000",
    "2101, 2202, 2303, 2404",
    "38 000 28 000 22 000",
    "185 057 800 608 436",
    "100 10 10 100 100 10",
    "2 200 patients et 1 800",
    "+1 045 MT +1 514 FA",
    "01/09/2025, 12/10/2026",
    "01 09 2025\n12 10 2026",
    "du 01–09–2025 au 31–08–2026",
    "1 801,80 €, 2 118,00 €",
    "33 612 345 678 €",
    # Words.
    "un mi-temps @ 19 000 €",
    "qu'est-ce qu'une arobase ?",
    "je suis chez doctolib.fr",
    "le point est sur doctolib.fr",
    "zéro six mois un deux",
    "zéro ou un, deux, trois, quatre ou cinq assistants",
    "2o patients et 1O assistants",
]


@pytest.mark.parametrize("typed", TELEPHONES)
def test_a_telephone_number_in_all_its_forms(typed):
    assert mask(f"au {typed} svp") == f"au {PHONE} svp"


@pytest.mark.parametrize("typed", NIRS)
def test_a_nir_in_all_its_forms(typed):
    assert mask(f"mon numéro : {typed} voilà") == f"mon numéro : {NIR} voilà"


@pytest.mark.parametrize("typed", E_MAILS)
def test_an_address_in_all_its_forms(typed):
    assert mask(f"écrivez à {typed} !") == f"écrivez à {E_MAIL} !"


@pytest.mark.parametrize(("typed", "kind"), OTHERS.items())
def test_accounts_and_cards_in_all_their_forms(typed, kind):
    assert mask(f"le {typed} svp") == f"le {kind} svp"


@pytest.mark.parametrize("typed", KEPT)
def test_lists_stay(typed):
    assert mask(f"c'est {typed} chez nous") == f"c'est {typed} chez nous"


@pytest.mark.parametrize(
    "said", ["mon numéro est", "tél :", "rappelez-moi au", "téléphone", "portable", "joignable au"]
)
def test_what_is_said_to_be_a_telephone_number_is_one(said):
    assert mask(f"{said} 01 02 03 04 05") == f"{said} {PHONE}"


def test_two_numbers_in_a_row_are_both_hidden():
    assert mask("06 12 34 56 78 06 98 76 54 32") == f"{PHONE} {PHONE}"


def test_what_is_around_stays_as_it_was_typed():
    typed = "Ｐ９２ à mi‑temps, ² et １８０１ €, "
    assert mask(f"{typed}06 12 34 56 78") == f"{typed}{PHONE}"
