"""What is learnt of a subject: its fiche's words, each weighing as much as it is rare."""

from __future__ import annotations

from assistant_am.knowledge.model import Fiche, Proposition, Variant
from assistant_am.understanding.subjects import learnt_subjects, stems


def fiche(name: str, text: str, **more) -> Fiche:
    return Fiche(name, f"demander_{name}", name, "formation", f"{name} ?", text, (), **more)


def test_every_text_of_a_fiche_counts():
    """Answer, details, variants, propositions and the words of its aspects."""
    given = fiche(
        "cout",
        "financement",
        details="commission",
        variants=(Variant({}, "hébergement", (), ()),),
        propositions=(Proposition("employeur rembourse", "oui", "totalement", ()),),
        aspects={"opco": ("plafond*",)},
    )
    found = learnt_subjects({"cout": given, "duree": fiche("duree", "heures")})["cout"]
    words = ("financement", "commission", "hebergement", "rembourse", "totalement", "plafond")
    for word in words:
        assert stems(word) <= set(found.weight_of), word


def test_a_word_of_all_subjects_weighs_nothing():
    """« formation » in every fiche tells none of them; « OPCO » in one does."""
    given = {"cout": fiche("cout", "formation opco"), "duree": fiche("duree", "formation heures")}
    weights = learnt_subjects(given)["cout"].weight_of
    assert weights["forma"] == 0 < weights["opco"]
