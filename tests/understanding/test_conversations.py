"""Labelled conversations: what they say is read, and every mistake comes with its remedy."""

from __future__ import annotations

import pytest

from assistant_am.files.errors import KnowledgeError
from assistant_am.understanding.conversations import read_aliases, read_conversations

FICHES = {"duree_formation", "montant_aide"}
GOOD = """
- id: A1
  persona: quelqu'un
  turns:
    - user: "c'est long ?"
      bot: "279 h"
      demandes:
        - {acte: question, sujet: [duree_formation, montant_aide], suite: true}
        - {acte: remercier}
      valeurs: {profil: bachelier}
    - user: "j'ai 1200 patients"
    - user: "et la cantine ?"
      demandes: [{acte: question, precise: "la cantine"}]
"""


@pytest.fixture
def written(tmp_path):
    def write(text, name="a.yml"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path

    return write


def mistakes(folder, **options):
    with pytest.raises(KnowledgeError) as raised:
        read_conversations(folder, FICHES, **options)
    return [str(problem).replace(f"{folder}/", "") for problem in raised.value.problems]


def test_what_a_turn_asks_and_tells(written):
    (conversation,) = read_conversations(written(GOOD), FICHES)
    first, second, third = conversation.turns
    assert [request.labels for request in first.requests] == [
        ("duree_formation", "montant_aide"),
        ("remercier",),
    ]
    assert first.asks
    assert first.follows
    assert first.values == {"profil": "bachelier"}
    assert (second.requests, second.asks) == ((), False)
    assert third.requests[0].labels == ("non_couvert",)


def test_every_mistake_of_every_file_is_said_with_its_line(written):
    written("- id: [\n", "b.yml")
    written("rien: du tout\n", "c.yml")
    folder = written(
        """
- id: A1
  turns:
    - user: "un"
      demandes:
        - {acte: question, sujet: cantine}
        - {acte: demander}
        - {sujet: montant_aide}
        - montant_aide
      valeur: {}
    - {bot: "deux"}
    - user: "trois"
      demandes: question
      valeurs: {age: 12}
- id: A2
  turns: "quatre"
- id: A1
  turns: []
"""
    )
    found = mistakes(folder)
    assert [line.partition(" : ")[0] for line in found] == [
        "a.yml:10", "a.yml:6", "a.yml:7", "a.yml:8", "a.yml:9", "a.yml:11", "a.yml:13",
        "a.yml:14", "a.yml:16", "b.yml:1", "c.yml:1", str(folder),
    ]  # fmt: skip
    assert "« cantine » n'est pas une fiche" in found[1]
    assert "A1 sert deux fois" in found[-1]


def test_an_alias_keeps_a_renamed_fiche_scorable(written):
    written("longueur: duree\nduree: duree_formation\ncantine: non_couvert\n", "alias.yml")
    folder = written(
        """
- id: A1
  turns:
    - user: "un"
      demandes: [{acte: question, sujet: [longueur, duree_formation]}]
    - user: "deux"
      demandes: [{acte: question, sujet: cantine}]
"""
    )
    (conversation,) = read_conversations(folder, FICHES)
    labels = [turn.requests[0].labels for turn in conversation.turns]
    assert labels == [("duree_formation",), ("non_couvert",)]
    assert read_conversations(folder / "a.yml", FICHES) == [conversation], "one file, same aliases"
    assert "« longueur » n'est pas une fiche" in mistakes(folder, aliases={})[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: b\nb: a\n", "alias.yml:1 : « b » ne mène à aucune fiche"),
        ("a: perdue\n", "alias.yml:1 : « perdue » ne mène à aucune fiche"),
        ("\nmontant_aide: duree_formation\n", "alias.yml:2 : « montant_aide » est encore"),
        ("- a\n", "alias.yml:1 : il faut des lignes"),
        ("a: [b]\n", "alias.yml:1 : « ['b'] » ne mène à aucune fiche"),
    ],
)
def test_a_wrong_alias_is_said(written, text, said):
    written(GOOD)
    folder = written(text, "alias.yml")
    assert mistakes(folder)[0].startswith(said)


def test_no_alias_file_is_no_alias(tmp_path):
    assert read_aliases(tmp_path, FICHES) == {}
