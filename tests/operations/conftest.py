"""A tiny Rasa project, with which the real programs are quick."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant_am.operations.project import Project
from assistant_am.operations.training import training_fingerprint, write_record

FILES = {
    "config.yml": """
recipe: default.v1
assistant_id: essai
language: fr
pipeline:
  - name: WhitespaceTokenizer
  - name: CountVectorsFeaturizer
  - name: LogisticRegressionClassifier
policies:
  - name: RulePolicy
""",
    "domain.yml": """
version: "3.1"
intents: [metier, saluer]
actions: [action_repondre]
""",
    "data/nlu/essai.yml": """
version: "3.1"
nlu:
  - intent: metier
    examples: |
      - qu'est-ce qu'un assistant médical
      - c'est quoi ce métier
  - intent: saluer
    examples: |
      - bonjour
      - salut
""",
    "data/rules/essai.yml": """
version: "3.1"
rules:
  - rule: metier
    steps:
      - intent: metier
      - action: action_repondre
  - rule: saluer
    steps:
      - intent: saluer
      - action: action_repondre
""",
    "actions/__init__.py": "",
    "actions/repondre.py": """
from rasa_sdk import Action


class Repondre(Action):
    def name(self):
        return "action_repondre"

    def run(self, dispatcher, tracker, domain):
        button = {"title": "Le métier", "payload": "c'est quoi ce métier"}
        dispatcher.utter_message(text="Bonne question !", buttons=[button])
        return []
""",
    "endpoints.yml": """
action_endpoint:
  url: http://127.0.0.1:5055/webhook
tracker_store:
  type: SQL
  dialect: sqlite
  db: var/conversations.db
""",
    "credentials.yml": "rest: {}\n",
    "knowledge/fiches/metier.yml": "reponse: un métier\n",
    "knowledge/lexique/entites.yml": "quotite: {}\n",
    "assistant_am/nlu/tokenizer.py": "",
    "assistant_am/french/fold.py": "",
    "requirements/serve.txt": "rasa==3.6.21\n",
}


def _write(root: Path) -> Project:
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Project(root)


@pytest.fixture(scope="session")
def write_project() -> Callable[[Path], Project]:
    """Writes the files of a tiny project into a folder."""
    return _write


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A tiny project that was never trained."""
    return _write(tmp_path)


@pytest.fixture
def trained(project: Project) -> Project:
    """A tiny project whose model passes for trained; no server could load it."""
    project.model.parent.mkdir()
    project.model.write_bytes(b"a model, a hundred bytes long or so" * 3)
    write_record(project, training_fingerprint(project))
    return project
