"""The training sentences: enough of them, no two alike, none that is used to measure."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import yaml
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.preprocessing import normalize

from assistant_am.dialogue.acts import ACTS
from assistant_am.files.errors import KnowledgeError
from assistant_am.french.fold import words
from assistant_am.knowledge import load
from assistant_am.knowledge.sentences import Sentence, read_sentences, sentence_problems

ROOT = Path(__file__).resolve().parents[2]
TOO_CLOSE = 0.9
BLOCK = 1000
FEWEST = 50


@pytest.fixture(scope="module")
def sentences() -> list[Sentence]:
    return read_sentences(ROOT / "data" / "nlu")


@pytest.fixture(scope="module")
def messages() -> list[tuple[str, str, str, bool]]:
    """Single messages that are learnt: where each stands, its label, its words, and whether one
    came before it."""
    found = []
    for file in sorted((ROOT / "data" / "messages").glob("*.jsonl")):
        for line, text in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            entry = json.loads(text)
            found.append((f"{file.name}:{line}", entry["s"], entry["u"], "p" in entry))
    return found


def is_formula(label: str, text: str, follows: bool = False) -> bool:
    """« oui », « merci beaucoup », or « et après ? » behind another message: three words at most,
    which have no other wording."""
    return (follows or label in ACTS) and len(words(text)) <= 3


def plain(text: str) -> str:
    return " ".join(words(text)) or text


def close_pairs(left: list[str], right: list[str]) -> list[tuple[int, int]]:
    """Pairs whose character trigrams, without accents, have a cosine of 0.9 or more."""
    vectorizer = CountVectorizer(
        analyzer="char", ngram_range=(3, 3), lowercase=False, dtype=np.float32
    )
    vectorizer.fit([*map(plain, left), *map(plain, right), "   "])
    rows = normalize(vectorizer.transform(map(plain, left)))
    columns = normalize(vectorizer.transform(map(plain, right))).T.tocsc()
    found = []
    for start in range(0, rows.shape[0], BLOCK):
        product = (rows[start : start + BLOCK] @ columns).tocoo()
        near = product.data >= TOO_CLOSE - 1e-6
        found += [
            (start + int(i), int(j))
            for i, j in zip(product.row[near], product.col[near], strict=True)
        ]
    return found


def kept_apart() -> list[str]:
    """The wordings that only measure: texts of the lists, and of the « texte » of entries."""
    found = []
    for file in sorted((ROOT / "tests" / "kept_apart").glob("*.yml")):
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
        for entries in data.values() if isinstance(data, dict) else [data]:
            found += [e["texte"] if isinstance(e, dict) else e for e in entries]
    return found


def test_no_sentence_has_two_meanings(sentences):
    """A sentence stands once, under one intent, and each intent is a fiche's or an act."""
    fiches = load(ROOT / "knowledge").fiches.values()
    intents = {fiche.intent for fiche in fiches}
    assert [str(each) for each in sentence_problems(sentences, intents, ACTS, intents)] == []


def test_every_fiche_has_fifty_sentences(sentences, messages):
    """A subject that is asked in few ways, alone or in a conversation, is understood in few."""
    counts = Counter(sentence.intent for sentence in sentences)
    fiches = load(ROOT / "knowledge").fiches
    counts.update(fiches[label].intent for _, label, _, _ in messages if label in fiches)
    intents = [fiche.intent for fiche in fiches.values()]
    assert {intent: counts[intent] for intent in intents if counts[intent] < FEWEST} == {}


def test_no_two_sentences_are_nearly_the_same(sentences):
    """A near-duplicate teaches nothing and makes every measure too good."""
    texts = [sentence.text for sentence in sentences]
    near = [f"{texts[i]} <> {texts[j]}" for i, j in close_pairs(texts, texts) if i < j]
    assert near == []


def test_what_measures_was_never_learnt(sentences):
    """No evaluation wording is among the training sentences.

    Formulas of three words at most (« oui », « merci beaucoup ») have no other wording: they are
    in both, and say nothing of how well the bot understands.
    """
    learnt = [each.text for each in sentences if not is_formula(each.intent, each.text)]
    apart = kept_apart()
    assert len(apart) > 1000
    assert [f"{learnt[i]} <> {apart[j]}" for i, j in close_pairs(learnt, apart)] == []


def test_no_message_measures(messages):
    """No evaluation wording is among the single messages that are learnt, formulas aside."""
    learnt = [(each[0], each[2]) for each in messages if not is_formula(*each[1:])]
    assert len(learnt) > 5000
    apart = kept_apart()
    near = close_pairs([text for _, text in learnt], apart)
    assert [f"{': '.join(learnt[i])} <> {apart[j]}" for i, j in near] == []


def test_no_two_messages_of_a_label_are_nearly_the_same(messages):
    """Said twice, it weighs twice; the same words may ask two things after two messages."""
    texts = [text for _, _, text, _ in messages]
    near = [(messages[i], messages[j]) for i, j in close_pairs(texts, texts) if i < j]
    told = [f"{one[0]} {one[2]} <> {two[0]} {two[2]}" for one, two in near if one[1] == two[1]]
    assert told == []


def test_the_measure_sees_what_it_must():
    """The measure ignores case, accents and punctuation, and tells different questions apart."""
    left = ["Combien dure la formation ?", "quel est le salaire"]
    right = ["combien dure la formation", "COMBIEN DURE LA FORMATÎON", "qui paie le salaire"]
    assert sorted(close_pairs(left, right)) == [(0, 0), (0, 1)]


@pytest.mark.parametrize(
    ("old", "new", "remedy"),
    [
        ("nlu:", "phrases:", "il manque « nlu: »"),
        ("    - b", "    b", "chaque phrase commence par un tiret"),
        ("examples:", "exemples:", "une entrée contient"),
        ("intent: x", "intent: [x", "il manque « ] »"),
    ],
)
def test_a_mistake_in_a_file_is_told(tmp_path, old, new, remedy):
    """The error begins with file:line and says what to do."""
    text = 'version: "3.1"\nnlu:\n- intent: x\n  examples: |\n    - a\n    - b\n'
    assert old in text
    file = tmp_path / "x.yml"
    file.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=remedy) as caught:
        read_sentences(tmp_path)
    assert str(caught.value).startswith(f"{file}:")


@pytest.mark.parametrize(
    ("texts", "remedy"),
    [
        ([("Un", "a"), ("un !", "b")], "est déjà à"),
        ([("un", "a"), ("deux", "c"), ("trois", "b")], "n'a pas de fiche : créez"),
        ([("un", "a")], "n'a aucune phrase : créez data/nlu/b.yml"),
    ],
)
def test_sentences_and_fiches_must_agree(texts, remedy):
    """The same sentence twice, an intent without fiche, a fiche without sentences are told."""
    given = [Sentence(text, f"demander_{i}", Path("x.yml"), 1) for text, i in texts]
    both = {"demander_a", "demander_b"}
    assert [remedy in str(each) for each in sentence_problems(given, both, set(), both)].count(True)
