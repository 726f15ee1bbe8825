"""What a message says of a situation; the table is `messages.yml`, written from the user's side."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import yaml

from assistant_am import aid
from assistant_am.dialogue.decided import of_entity
from assistant_am.knowledge import read_checked
from assistant_am.reading.situation import Reader

ROOT = Path(__file__).resolve().parents[2]
TABLE = yaml.safe_load((Path(__file__).parent / "messages.yml").read_text(encoding="utf-8"))
PARAMETERS = aid.load(ROOT / "knowledge")
CASES = [
    (message, expected) for messages in TABLE.values() for message, expected in messages.items()
]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(read_checked(ROOT / "knowledge", "lexique/entites.yml", "entites"))


@pytest.mark.parametrize(("message", "expected"), CASES, ids=[message for message, _ in CASES])
def test_a_message_says_this_and_nothing_more(reader, message, expected):
    """Each value is read once, and nothing is read that the person did not say."""
    said = {}
    read = reader.read(message)
    for decided in (decided for entity in read for decided in of_entity(entity, PARAMETERS)):
        if not decided.denied:
            said.setdefault(decided.slot, []).append(decided.value)
    wanted = {
        slot: value if isinstance(value, list) else [value] for slot, value in expected.items()
    }
    assert wanted == said


@pytest.mark.parametrize(
    ("message", "slot", "words"),
    [
        ("Cœur de cible : la deuxième année !", "annee", "deuxième"),
        ("J’ai mille deux cents patients", "patients", "mille deux cents patients"),
        ("à mi-temps, s’il vous plaît", "quotite", "mi-temps"),
        ("au quatre-vingt-douzième percentile", "tranche", "quatre-vingt-douzième percentile"),
        ("Je suis INFIRMIÈRE à Nîmes", "profil", "INFIRMIÈRE"),
    ],
)
def test_offsets_point_at_the_words_as_typed(reader, message, slot, words):
    """Offsets are those of the message as typed, whatever its accents, ligatures and capitals."""
    entity = next(entity for entity in reader.read(message) if entity.slot == slot)
    assert words == message[entity.start : entity.end]


@pytest.mark.parametrize(
    "message", ["", " ", "?", "😀😀", "\u202f", "p", "€", "1/0 etp", "0" * 900]
)
def test_odd_messages_are_read_without_harm(reader, message):
    """An empty or odd message raises nothing."""
    assert isinstance(reader.read(message), list)


@pytest.mark.parametrize(
    "message",
    ["patients " * 110, "1 000 " * 160, "pas de " * 140, "(" * 1000, "2e et " * 160],
    ids=lambda text: text[:7],
)
def test_a_long_message_is_read_fast(reader, message):
    """A message of a thousand characters made to be slow is read within a second."""
    start = time.perf_counter()
    reader.read(message)
    assert time.perf_counter() - start < 1
