"""Where TensorFlow is not installed, Rasa is imported, and what needs TensorFlow says so."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from assistant_am.operations.project import Project

ROOT = Project.here().root
SOURCE = ROOT / "stand_in" / "src"
RASA = Path(sysconfig.get_path("purelib")) / "rasa"

DIET = """
recipe: default.v1
language: fr
pipeline:
  - name: WhitespaceTokenizer
  - name: CountVectorsFeaturizer
  - name: DIETClassifier
    epochs: 1
"""
SENTENCES = """
version: "3.1"
nlu:
  - intent: bonjour
    examples: |
      - bonjour
      - salut
  - intent: merci
    examples: |
      - merci
      - merci beaucoup
"""


def modules_that_name_tensorflow():
    """Rasa's modules whose text names TensorFlow."""
    for path in sorted(RASA.rglob("*.py")):
        if "tensorflow" in path.read_text(encoding="utf-8"):
            yield ".".join(path.relative_to(RASA.parent).with_suffix("").parts)


def python(code: str, *folders: Path) -> str:
    """What a new interpreter prints, with ``folders`` before all that is installed."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, folders))}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def package(folder: Path, name: str) -> None:
    (folder / name).mkdir(parents=True)
    (folder / name / "__init__.py").write_text("REAL = True\n", encoding="utf-8")


def test_each_module_of_rasa_can_be_imported():
    names = list(modules_that_name_tensorflow())
    assert "rasa.nlu.classifiers.diet_classifier" in names
    for name in names:
        try:
            importlib.import_module(name)
        except ModuleNotFoundError as error:
            # An extra of Rasa that is never installed here.
            assert error.name == "transformers", name


def test_the_stand_in_comes_after_all_that_is_installed():
    found = python("import sys; print(*sys.path, sep='\\n')").splitlines()
    assert found.index(str(SOURCE)) > found.index(sysconfig.get_path("purelib"))


def test_an_installed_tensorflow_is_used(tmp_path):
    package(tmp_path, "tensorflow")
    code = "import sys, tensorflow; print(tensorflow.REAL, 'tensorflow_stand_in' in sys.modules)"
    assert python(code, tmp_path) == "True False"


def test_an_installed_keras_is_used_even_beside_the_stand_in(tmp_path):
    package(tmp_path, "keras")
    code = "import tensorflow, keras; print(tensorflow.__file__, keras.REAL)"
    assert python(code, tmp_path) == f"{SOURCE / 'tensorflow' / '__init__.py'} True"


def test_a_library_that_asks_whether_tensorflow_is_there_is_told_no():
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("tensorflow.experimental.dlpack")
    assert importlib.import_module("thinc.compat").has_tensorflow is False


def test_a_use_of_tensorflow_says_who_needs_what_and_where_it_is():
    tensorflow = importlib.import_module("tensorflow")
    with pytest.raises(ImportError, match=r"requirements/bench\.txt") as caught:
        tensorflow.random.set_seed(1)
    assert f"{__name__} a besoin de TensorFlow (tensorflow.random.set_seed)" in str(caught.value)


def test_training_diet_fails_in_words(tmp_path):
    (tmp_path / "config.yml").write_text(DIET, encoding="utf-8")
    (tmp_path / "nlu.yml").write_text(SENTENCES, encoding="utf-8")
    command = [sys.executable, "-m", "rasa", "train", "nlu", "--nlu", "nlu.yml"]
    done = subprocess.run(
        command,
        cwd=tmp_path,
        env={**os.environ, "RASA_TELEMETRY_ENABLED": "false", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "DIETClassifier a besoin de TensorFlow" in done.stderr
    assert "scripts/preparer.sh bench" in done.stderr
    assert not list(tmp_path.glob("models/*"))
