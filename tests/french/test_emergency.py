"""The emergency detector, with its real word list: alarms, and what is no alarm."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from assistant_am.french.dictionary import bare_french_words
from assistant_am.french.emergency import EmergencyDetector
from assistant_am.knowledge import read_checked

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def detect() -> EmergencyDetector:
    lexicon = read_checked(ROOT / "knowledge", "lexique/urgences.yml", "urgences")
    return EmergencyDetector(lexicon, bare_french_words())


@pytest.mark.parametrize(
    "message",
    [
        "mon père a une douleur dans la poitrine qui descend dans le bras",
        "Ma femme ne respire plus !",
        "il vient de faire un malaise dans la salle d'attente",
        "ma grand-mère a la bouche de travers et n'arrive plus à parler",
        "mon fils s'est étouffé avec une cacahuète",
        "elle saigne beaucoup ça s'arrête pas",
        "mon bébé convulse",
        "jai avalé de la javel",
        "il est inconscient par terre",
        "mon colegue a perdu connaissnce",
        "AU SECOURS IL RESPIRE PLUS",
        "combien dure la formation ? attendez, mon collègue s'est évanoui",
        "urgence",
    ],
)
def test_a_danger_to_life_is_seen(detect, message):
    """Somebody in danger is seen, whatever the spelling and whatever else is asked."""
    assert detect(message) == "vital"


@pytest.mark.parametrize(
    "message",
    [
        "je veux en finir avec la vie",
        "j'ai envie de me suicider",
        "jveux mourir",
        "je vais me tuer",
    ],
)
def test_a_person_who_wants_to_die_is_seen_apart(detect, message):
    """Suicide has a number of its own."""
    assert detect(message) == "suicide"


@pytest.mark.parametrize(
    "message",
    [
        "on m'a dit que c'était mort pour moi sans le bac",
        "combien gagne un assistant médical ?",
        "comment se forme-t-on aux gestes et soins d'urgence (AFGSU) ?",
        "j'ai un besoin urgent de recruter",
        "la paperasse m'étouffe",
        "je veux en finir avec la paperasse",
        "je suis mort de fatigue",
        "l'assistant médical prend-il la tension ?",
        "mon dossier ne bouge plus depuis deux mois",
        "la CPAM ne répond pas",
        "quelle formation sur la prévention du suicide ?",
        "que fait l'AM pendant la consultation ?",
        "",
        "15",
    ],
)
def test_ordinary_questions_raise_no_alarm(detect, message):
    """Questions on the job, the aid and the training are no emergency."""
    assert detect(message) is None


def test_a_long_message_is_read_at_once(detect):
    """A message of a thousand characters is read in half a second."""
    start = time.perf_counter()
    detect("mal poitrine pas plus " * 45)
    assert time.perf_counter() - start < 0.5


def test_an_empty_pattern_is_refused():
    """A pattern without words would be found everywhere."""
    lexicon = {"expressions": [{"genre": "vital", "motifs": [" "]}], "exceptions": [],
               "immediat": [], "urgence_seule": [], "sosies": []}  # fmt: skip
    with pytest.raises(ValueError):
        EmergencyDetector(lexicon)
