"""Where a message may be cut into what it asks."""

from __future__ import annotations

import itertools

import pytest

from assistant_am.understanding.clauses import clauses


def cut(text: str) -> list[str]:
    return [text[each.start : each.end].strip() for each in clauses(text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("quel salaire ? et la durée ?", ["quel salaire ?", "et la durée ?"]),
        ("quel salaire et quelle durée", ["quel salaire", "et quelle durée"]),
        ("un salaire de 1.801,80 €", ["un salaire de 1.801,80 €"]),
        ("le salaire\nla durée", ["le salaire", "la durée"]),
        ("dis-moi l'aide mi-temps", ["dis-moi l'aide mi-temps"]),
        ("ok. combien ?", ["ok.", "combien ?"]),
        ("oui", ["oui"]),
        ("", [""]),
        ("?", ["?"]),
    ],
)
def test_cuts_stand_at_marks_and_links(text, parts):
    """Neither in a number nor in a word; a text without any is one part."""
    assert cut(text) == parts


def test_parts_are_in_order_and_few():
    """A long list is cut into a dozen parts at most, none over another."""
    found = clauses("salaire ? " * 40)
    assert len(found) == 12
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
