"""Every button of every answer may be pressed: breadth first, from fifty openings, in process."""

from __future__ import annotations

import datetime
from collections import deque
from pathlib import Path

import pytest

from assistant_am.assistant import Assistant, Conversation
from assistant_am.assistant.loading import load_assistant
from assistant_am.dialogue.memory import Memory

ROOT = Path(__file__).resolve().parents[2]
OPENINGS = (
    "bonjour", "c'est quoi un assistant médical", "comment devenir AM", "je suis aide-soignante",
    "j'ai pas le bac", "la formation dure combien", "c'est quoi la FAE", "combien coûte le CQP",
    "qui paie la formation", "salaire débutant", "salaire avec 10 ans d'ancienneté",
    "où se former", "trouver un employeur", "que fait un AM dans la journée",
    "peut-il faire une prise de sang", "secret médical", "télétravail possible ?",
    "aide temps plein", "aide mi-temps P92 en 3e année", "aide temps plein sur 5 ans",
    "option 2 ETP", "option 1,5 ETP en 4e année", "estimer mon aide", "combien en 2027",
    "contrat signé en 2021, temps plein", "contrat du 15 mars 2023, mi-temps, combien cette année",
    "différence entre mi-temps et temps plein", "combien par mois à P95", "38 000 c'est quoi",
    "ameli écrit 36 000", "suis-je éligible, généraliste secteur 1, 900 patients",
    "radiologue, j'ai droit à l'aide ?", "secteur 2 sans OPTAM", "700 patients, c'est bon ?",
    "médecin de 66 ans", "je m'installe cette année", "deux assistants, possible ?",
    "Dr Martin P92 mi-temps et Dr Petit P60 temps plein", "objectifs pas atteints",
    "quand est versée l'aide", "l'aide est imposable ?", "combien me coûte un AM payé 2 100 brut",
    "mon assistante démissionne", "partager un assistant à trois médecins", "maison de santé",
    "contact DAM", "d'où viennent vos infos", "par où commencer", "un résumé pour ma réunion",
    "je veux parler à quelqu'un",
)  # fmt: skip
pytestmark = pytest.mark.e2e

DEPTH = 3
MODEL = ROOT / "models" / "assistant-am.tar.gz"


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    loaded = load_assistant(ROOT, MODEL)
    return Assistant(loaded.world, loaded.listener, datetime.date(2026, 11, 30))


@pytest.fixture(scope="module")
def pressed(assistant):
    """(path, turn) of each button, each pressed once after each subject."""
    queue = deque((Memory(), (opening,)) for opening in OPENINGS)
    seen: set[tuple[str, str | None]] = set()
    found = []
    while queue:
        memory, path = queue.popleft()
        state = (path[-1], memory.subject)
        if state in seen:
            continue
        seen.add(state)
        conversation = Conversation(assistant, memory)
        turn = conversation.say(path[-1])
        found.append((path, turn))
        if len(path) <= DEPTH:
            reply = turn.response.reply
            for button in (*reply.suggestions, *reply.choices):
                queue.append((conversation.memory, (*path, button.say)))
    return found


def test_there_are_buttons_to_press(pressed):
    assert len(pressed) > 8 * len(OPENINGS)


def test_no_button_is_refused(assistant, pressed):
    """The assistant understands its own words."""
    phrases = assistant.world.script.phrases
    refusals = tuple(phrases[key][:30] for key in ("incompris", "incompris_encore", "hors_sujet"))
    refused = [" > ".join(path) for path, turn in pressed if turn.text.startswith(refusals)]
    assert refused == []


def test_no_button_asks_what_was_just_answered(pressed):
    """Pressed again at once, a button would give the same text."""
    again = [
        " > ".join(path)
        for path, turn in pressed
        for button in turn.response.reply.suggestions
        if button.say == path[-1]
    ]
    assert again == []
