#!/usr/bin/env python3
"""The same texts learnt, the same conversations read: this assistant's reading and simple systems.

    .venv/bin/python benchmarks/comparaison.py --ecrire

All learn data/nlu, data/messages and data/conversations anew, and read the conversations of
tests/kept_apart, which nobody learns; the subject and the message before a turn are those of the
labels. --ecrire puts the table into README.md; --par-intention learns from so many sentences of
each label, beside the messages and the conversations.
"""

from __future__ import annotations

import argparse
import datetime
import math
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from assistant_am.evaluation.metrics import percentile  # noqa: E402
from assistant_am.french.fold import fold, words  # noqa: E402
from assistant_am.understanding.conversations import read_conversations  # noqa: E402
from assistant_am.understanding.examples import Example  # noqa: E402
from assistant_am.understanding.training import TrainingSet  # noqa: E402
from benchmarks import donnees, mesures  # noqa: E402

PAGE = Path(__file__).with_name("README.md")
START, END = "<!-- tableau -->", "<!-- fin du tableau -->"
Reader = Callable[[Example], list[str]]
"""Labels of the first request of a turn, best first."""
_SENTENCES = 120
"""Sentences of a label that the simple systems learn: as many as our own reading of words."""


def ours(data: TrainingSet) -> Reader:
    """The reading of config.yml."""
    import yaml

    from assistant_am.nlu.context_classifier import ContextClassifier
    from assistant_am.nlu.lexicon import lexicon
    from assistant_am.understanding.encoder import Encoder
    from assistant_am.understanding.ranking import FEATURES
    from assistant_am.understanding.reader import Limits
    from assistant_am.understanding.training import Settings, train

    pipeline = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))["pipeline"]
    own = next(each for each in pipeline if each["name"].endswith(ContextClassifier.__name__))
    config = {**ContextClassifier.get_default_config(), **own}
    settings = Settings(
        Limits(**{key: config[key] for key in vars(Limits())}),
        [config["weights"][name] for name in FEATURES],
        config["temperature"],
        config["words_temperature"],
    )
    reader = train(data, Encoder(), settings, donnees.VECTORS, lexicon().values)

    def read(turn: Example) -> list[str]:
        first = reader.read(turn.text, turn.context).requests[0]
        return list(dict.fromkeys([first.label, *(label for label, _ in first.ranking)]))

    return read


def char_svc(data: TrainingSet) -> Reader:
    """Characters alone: tf-idf of 2 to 5 letters, no accents, linear SVM."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_pipeline
    from sklearn.svm import LinearSVC

    vectorizer = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(2, 5), preprocessor=fold, sublinear_tf=True, min_df=2
    )
    machine = make_pipeline(vectorizer, LinearSVC(random_state=1)).fit(*_texts(data))

    def read(turn: Example) -> list[str]:
        scores = machine.decision_function([turn.text])[0]
        return [str(machine.classes_[i]) for i in scores.argsort()[::-1]]

    return read


def bm25(data: TrainingSet) -> Reader:
    """Labels of the nearest texts by BM25 (k1 1.5, b 0.75), words without accents."""
    texts, labels = _texts(data)
    documents = [Counter(words(text)) for text in texts]
    lengths = [sum(document.values()) for document in documents]
    mean = sum(lengths) / len(lengths)
    postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for i, document in enumerate(documents):
        for word, count in document.items():
            weight = count * 2.5 / (count + 1.5 * (0.25 + 0.75 * lengths[i] / mean))
            postings[word].append((i, weight))

    def read(turn: Example) -> list[str]:
        scores: dict[int, float] = defaultdict(float)
        for word in words(turn.text):
            rows = postings.get(word, ())
            rarity = math.log(1 + (len(documents) - len(rows) + 0.5) / (len(rows) + 0.5))
            for i, weight in rows:
                scores[i] += rarity * weight
        nearest = sorted(scores, key=lambda i: (-scores[i], i))
        return list(dict.fromkeys(labels[i] for i in nearest))

    return read


SYSTEMS = {
    "char tf-idf + LinearSVC": char_svc,
    "BM25, phrase apprise la plus proche": bm25,
    "assistant-am": ours,
}


def _texts(data: TrainingSet) -> tuple[list[str], list[str]]:
    """Texts of one request, each with its label."""
    single = [each for each in data.examples(_SENTENCES) if len(each.requests) == 1]
    return [each.text for each in single], [each.requests[0][0] for each in single]


def row(name: str, make: Callable[[TrainingSet], Reader], data: TrainingSet) -> str:
    """One system, trained and measured, as a line of the table."""
    print(f"{name}…", file=sys.stderr, flush=True)
    start = time.process_time()
    reader = make(data)
    trained = time.process_time() - start
    folder = ROOT / "tests" / "kept_apart" / "conversations"
    kept = read_conversations(folder, data.subjects)
    turns = [turn for each in kept for turn in donnees.turns(each, data.subjects)]
    rankings, times = [], []
    for turn in turns:
        start = time.perf_counter()
        rankings.append(reader(turn))
        times.append(1000 * (time.perf_counter() - start))
    measured = mesures.figures(turns, rankings, data.subjects)
    cells = [mesures.percent(each.ratio) for each in measured.values()]
    median, slow = percentile(times, 50), percentile(times, 95)
    cells += [f"{trained:.0f} s", f"{median:.1f} / {slow:.1f}".replace(".", ",")]
    return f"| {name} | {' | '.join(cells)} |"


def table(data: TrainingSet, lines: Sequence[str]) -> str:
    """The lines as Markdown, under what was learnt."""
    sentences = sum(map(len, data.sentences.values()))
    header = (
        f"{datetime.date.today()} : {sentences} phrases, {len(data.messages)} messages et "
        f"{len(data.conversations)} conversations à apprendre."
    )
    head = f"| système | {' | '.join(mesures.NAMES)} | entraînement, CPU | ms p50 / p95 |"
    return "\n".join(
        [header, "", head, "| --- |" + " ---: |" * (len(mesures.NAMES) + 2), *lines, ""]
    )


def write_into(page: Path, written: str) -> None:
    """Put the table between the two marks of the page."""
    before, rest = page.read_text(encoding="utf-8").split(START)
    page.write_text(f"{before}{START}\n{written}{END}{rest.split(END)[1]}", encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--par-intention", type=int, help="phrases apprises par intention")
    parser.add_argument("--ecrire", action="store_true", help="écrit le tableau dans README.md")
    arguments = parser.parse_args()
    data = donnees.read(everything=True).learnt
    if arguments.par_intention:
        dice, most = random.Random(1), arguments.par_intention
        fewer = {
            label: dice.sample(list(texts), min(most, len(texts)))
            for label, texts in data.sentences.items()
        }
        data = replace(data, sentences=fewer)
    written = table(data, [row(name, make, data) for name, make in SYSTEMS.items()])
    print(written, end="")
    if arguments.ecrire:
        write_into(PAGE, written)
    return 0


if __name__ == "__main__":
    sys.exit(main())
