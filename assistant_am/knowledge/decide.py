"""« Oui », « Non » or nothing: the word that opens the answer to a proposition."""

from __future__ import annotations

from typing import Literal

from assistant_am.knowledge.model import Fiche, Proposition, Truth

Polarity = Literal["affirmee", "niee", ""]
"""How a question puts the statement: as it stands (« c'est permis ? »), its contrary (« c'est
interdit ? »), or in a way that « oui » and « non » would not answer clearly."""

_ANSWERS: dict[tuple[str, str], Literal["Oui", "Non"]] = {
    ("oui", "affirmee"): "Oui",
    ("non", "affirmee"): "Non",
    ("oui", "niee"): "Non",
    ("non", "niee"): "Oui",
}


def decide(fiche: Fiche, proposition: Proposition, polarity: Polarity) -> Literal["Oui", "Non", ""]:
    """The opening word; none when the sources do not decide, or not for everybody.

    Raises ValueError when the proposition is another fiche's.
    """
    if proposition not in fiche.propositions:
        raise ValueError(f"{proposition.statement!r} is no proposition of {fiche.id}")
    return opening(proposition.truth, polarity)


def opening(truth: Truth, polarity: Polarity) -> Literal["Oui", "Non", ""]:
    """The opening word to a statement of this truth, put in this sense."""
    return _ANSWERS.get((truth, polarity), "")
