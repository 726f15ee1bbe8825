"""Propositions of a fiche: read, checked, and answered by « Oui », « Non » or neither."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from assistant_am.files.errors import KnowledgeError
from assistant_am.knowledge import Fiche, Proposition, decide, load, propositions

KNOWLEDGE = Path(__file__).resolve().parents[2] / "knowledge"


def proposition(truth: str, said: str = "sans le bac", **when: tuple) -> Proposition:
    return Proposition(f"on peut venir {said}", truth, "Le niveau 4 est demandé.", ("a",), when)


def fiche(*found: Proposition) -> Fiche:
    return Fiche("x", "demander_x", "X", "t", "X ?", "X.", ("a",), propositions=found,
                 aspects={"soir": ("le soir",)})  # fmt: skip


@pytest.mark.parametrize(
    ("truth", "polarity", "expected"),
    [
        ("oui", "affirmee", "Oui"),
        ("non", "affirmee", "Non"),
        ("oui", "niee", "Non"),
        ("non", "niee", "Oui"),
        ("selon", "affirmee", ""),
        ("selon", "niee", ""),
        ("non_dit", "affirmee", ""),
        ("non_dit", "niee", ""),
        ("oui", "", ""),
        ("non", "", ""),
    ],
)
def test_the_opening_word_is_derived(truth, polarity, expected):
    """It follows from what is true and from how it is asked; in doubt there is none."""
    asked = proposition(truth)
    assert expected == decide(fiche(asked), asked, polarity)


def test_a_proposition_of_another_fiche_is_refused():
    """Deciding with the wrong fiche is a programming error."""
    with pytest.raises(ValueError, match="no proposition of x"):
        decide(fiche(proposition("oui")), proposition("non"), "affirmee")


@pytest.mark.parametrize(
    ("expected", "situation", "asked"),
    [
        (["oui"], {}, "sans le bac ?"),
        (["oui", "non"], {"profil": "infirmier"}, ""),
        (["oui", "selon"], {}, "le soir ?"),
    ],
)
def test_only_those_that_hold_for_this_person_and_question(expected, situation, asked):
    """`when` is read as that of variants."""
    known = fiche(
        proposition("oui"),
        proposition("non", "infirmier", profil=("infirmier",)),
        proposition("selon", "le soir", aspect=("soir",)),
    )
    assert expected == [found.truth for found in propositions(known, situation, asked)]


def test_what_is_decided_for_this_person_prevails():
    """The same statement for everybody is set aside."""
    known = fiche(proposition("oui"), proposition("non", profil=("infirmier",)))
    assert [p.truth for p in propositions(known, {"profil": "infirmier"}, "")] == ["non"]
    assert [p.truth for p in propositions(known, {"profil": "bachelier"}, "")] == ["oui"]


FIRST = """propositions:
  - enonce: "on peut être payé sous le SMIC"
    vrai: non
    reponse: "Un AM ne peut pas gagner moins que le SMIC, {smic_mensuel} à temps plein."
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy whose fiche on the SMIC holds one proposition."""
    folder = Path(shutil.copytree(KNOWLEDGE, tmp_path / "knowledge"))
    file = folder / "fiches" / "smic.yml"
    text = re.sub(r"^propositions:\n(?:[ ].*\n)+", "", file.read_text(encoding="utf-8"), flags=re.M)
    file.write_text(text + FIRST, encoding="utf-8")
    return folder


def test_a_proposition_takes_the_sources_of_its_fiche(folder):
    """Unless it names its own."""
    read = load(folder).fiches["smic"]
    assert [(p.statement, p.truth, p.sources) for p in read.propositions] == [
        ("on peut être payé sous le SMIC", "non", read.sources)
    ]


@pytest.mark.parametrize(
    ("old", "new", "remedy"),
    [
        ("    vrai: non\n", "    vrai: faux\n", "Valeurs possibles : oui, non, selon, non_dit"),
        ("    vrai: non\n", "", "il manque « vrai »"),
        ("    vrai:", "    vraie: x\n    vrai:", "clé inconnue « vraie »"),
        ("    vrai:", "    sources: [urssaf]\n    vrai:", "la source « urssaf » est inconnu"),
        ("    vrai:", "    sources: []\n    vrai:", "aucune source, citez-en une"),
        ("    vrai:", "    quand: {aspect: x}\n    vrai:", "l'aspect « x » est inconnu"),
        ("    vrai:", "    quand: {prenom: x}\n    vrai:", "clé inconnue « prenom »"),
        ("{smic_mensuel}", "{smic_mensue}", "n'est pas un fait connu"),
        ("{smic_mensuel}", "1 900 €", "est écrit à la main"),
        ("propositions:\n", FIRST, "est déjà à la ligne"),
    ],
)
def test_a_mistake_is_told_at_its_line(folder, old, new, remedy):
    """As every mistake of a fiche."""
    file = folder / "fiches" / "smic.yml"
    head, _, tail = file.read_text(encoding="utf-8").rpartition("propositions:\n")
    file.write_text(head + ("propositions:\n" + tail).replace(old, new, 1), encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        load(folder)
    told = [p for p in caught.value.problems if remedy in p.message]
    assert len(told) == 1
    assert told[0].file == file
    assert told[0].line >= head.count("\n") + 1


def test_what_no_source_says_needs_somebody_to_ask(folder):
    """« non_dit » without `qui_sait` would leave the person alone."""
    file = folder / "fiches" / "smic.yml"
    text = file.read_text(encoding="utf-8").replace("vrai: non", "vrai: non_dit")
    file.write_text(re.sub(r"^qui_sait:.*\n", "", text, flags=re.M), encoding="utf-8")
    with pytest.raises(KnowledgeError, match="demande « qui_sait »"):
        load(folder)


def test_a_wrong_figure_that_people_believe_may_stand_in_a_false_statement(folder):
    """It is no fact; the answer, which is one, still takes its figures from `faits/`."""
    file = folder / "fiches" / "smic.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("payé sous le SMIC", "payé 1 700 €"), encoding="utf-8")
    assert "1 700 €" in load(folder).fiches["smic"].propositions[0].statement


@pytest.mark.parametrize(
    ("entry", "word"),
    [("reponse: |\n  ", "**Oui, bien sûr**"), ("reponse: |\n  ", "Si"), ('    reponse: "', "Non")],
)
def test_an_answer_does_not_open_with_a_typed_word(folder, entry, word):
    """Answer or statement: the word would be false for whoever asks the contrary."""
    file = folder / "fiches" / "smic.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(entry, f"{entry}{word} : ", 1), encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        load(folder)
    assert ["ouvre la réponse" in problem.message for problem in caught.value.problems] == [True]
