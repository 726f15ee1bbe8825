"""French typography, to the no-break space."""

from __future__ import annotations

from datetime import date

import pytest

from assistant_am.french import format as fr


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (fr.euros(38000), "38\u00a0000\u00a0€"),
        (fr.euros(0), "0\u00a0€"),
        (fr.euros(2315.35), "2\u00a0315,35\u00a0€"),
        (fr.euros(1801.8), "1\u00a0801,80\u00a0€"),
        (fr.euros(1823.0), "1\u00a0823\u00a0€"),
        (fr.euros(-500), "\u2212500\u00a0€"),
        (fr.number(0.5), "0,5"),
        (fr.number(30000), "30\u00a0000"),
        (fr.number(5.56), "5,56"),
        (fr.number(4, 2), "4,00"),
        (fr.percent(3.7, 2), "3,70\u00a0%"),
        (fr.percent(10), "10\u00a0%"),
        (fr.fte(1.5), "1,5\u00a0ETP"),
        (fr.long_date(date(2024, 6, 22)), "22\u00a0juin\u00a02024"),
        (fr.long_date(date(2023, 5, 1)), "1er\u00a0mai\u00a02023"),
        (fr.ordinal(1), "1re"),
        (fr.ordinal(10), "10e"),
        (fr.year_rank(3), "3e\u00a0année"),
        (fr.year_rank(3, and_following=True), "3e\u00a0année et suivantes"),
        (fr.listing(["a"]), "a"),
        (fr.listing(["a", "b", "c"]), "a, b et c"),
        (fr.listing(["a", "b"], "ou"), "a ou b"),
    ],
)
def test_text_is_written_the_french_way(text: str, expected: str) -> None:
    assert text == expected
