#!/usr/bin/env python3
"""The same sentences learnt, the same sentences read: this assistant and others, in one run.

    .venv/bin/python benchmarks/comparaison.py --par-intention 10 --ecrire

Writes `resultats.json` and `tableau.md` into --sortie (by default var/comparaison), again after
each system; --ecrire puts the table into README.md. --par-intention learns from so many sentences
of each intent, for all systems: on all of them DIET takes hours on two cores.

Systems: ours (trained anew), char tf-idf + LinearSVC, the nearest training sentence by BM25, and
the NLU pipeline of `rasa init` (DIET), last because it takes longest.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import datetime
import json
import logging
import math
import os
import resource
import shutil
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from assistant_am.evaluation.metrics import classification, percentile, share  # noqa: E402
from assistant_am.evaluation.sets import KeptApart, read_kept_apart  # noqa: E402
from assistant_am.evaluation.validation import sample  # noqa: E402
from assistant_am.french.fold import fold, words  # noqa: E402
from assistant_am.knowledge.sentences import read_sentences  # noqa: E402

FALLBACK = "nlu_fallback"
PAGE = Path(__file__).with_name("README.md")
START, END = "<!-- tableau -->", "<!-- fin du tableau -->"
Reader = Callable[[str], str]

# Rasa 3.6's default pipeline for languages other than a missing one: `rasa init` leaves `pipeline:`
# empty, and Rasa writes this into it. ResponseSelector is left out: there is no retrieval intent.
RASA_INIT = """\
recipe: default.v1
language: fr
assistant_id: comparaison
pipeline:
- name: WhitespaceTokenizer
- name: RegexFeaturizer
- name: LexicalSyntacticFeaturizer
- name: CountVectorsFeaturizer
- name: CountVectorsFeaturizer
  analyzer: char_wb
  min_ngram: 1
  max_ngram: 4
- name: DIETClassifier
  epochs: {epochs}
- name: EntitySynonymMapper
- name: FallbackClassifier
  threshold: 0.3
  ambiguity_threshold: 0.1
"""


def ours(texts: Sequence[str], labels: Sequence[str], folder: Path) -> Reader:
    """Our component, its training included: cross-validation, noise, thresholds."""
    import yaml
    from rasa.shared.nlu.training_data.message import Message
    from rasa.shared.nlu.training_data.training_data import TrainingData

    from assistant_am.nlu.intent_classifier import FrenchIntentClassifier

    class Storage:
        @contextlib.contextmanager
        def write_to(self, resource: object) -> Iterator[Path]:
            folder.mkdir(parents=True, exist_ok=True)
            yield folder

        @contextlib.contextmanager
        def read_from(self, resource: object) -> Iterator[Path]:
            yield folder

    pipeline = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))["pipeline"]
    config = next(each for each in pipeline if each["name"].endswith("FrenchIntentClassifier"))
    examples = [Message({"text": a, "intent": b}) for a, b in zip(texts, labels, strict=True)]
    FrenchIntentClassifier(config, Storage(), None).train(TrainingData(examples))
    component = FrenchIntentClassifier.load(config, Storage(), None, None)

    def read(text: str) -> str:
        message = Message({"text": text})
        component.process([message])
        first = message.get("segments")[0]
        # An emergency is a reading of its own; « incompris » rejects, as Rasa's fallback does.
        return FALLBACK if first["bande"] == "incompris" else message.get("intent")["name"]

    return read


def char_svc(texts: Sequence[str], labels: Sequence[str], folder: Path) -> Reader:
    """Characters alone: tf-idf of 2 to 5 letters, no accents, linear SVM."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_pipeline
    from sklearn.svm import LinearSVC

    vectorizer = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(2, 5), preprocessor=fold, sublinear_tf=True, min_df=2
    )
    machine = make_pipeline(vectorizer, LinearSVC(random_state=1)).fit(list(texts), list(labels))
    return lambda text: str(machine.predict([text])[0])


def bm25_passages(texts: Sequence[str], labels: Sequence[str], folder: Path) -> Reader:
    """Subject of the nearest passage: each fiche's question, answers and details, as retrieval over
    the sources would do. It learns nothing, and knows nothing outside the subjects."""
    from assistant_am.knowledge import load

    fiches = load(ROOT / "knowledge").fiches.values()
    passages = [
        (passage, fiche.intent)
        for fiche in fiches
        for passage in (
            f"{fiche.question} {fiche.text}",
            *(variant.text for variant in fiche.variants),
            *([fiche.details] if fiche.details else []),
        )
    ]
    return bm25(*map(list, zip(*passages, strict=True)), folder)


def bm25(texts: Sequence[str], labels: Sequence[str], folder: Path) -> Reader:
    """Intent of the nearest training sentence by BM25 (k1 1.5, b 0.75), words without accents."""
    documents = [Counter(words(text)) for text in texts]
    lengths = [sum(document.values()) for document in documents]
    mean = sum(lengths) / len(lengths)
    postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for i, document in enumerate(documents):
        for word, count in document.items():
            weight = count * 2.5 / (count + 1.5 * (0.25 + 0.75 * lengths[i] / mean))
            postings[word].append((i, weight))

    def read(text: str) -> str:
        scores: dict[int, float] = defaultdict(float)
        for word in words(text):
            rows = postings.get(word, ())
            rarity = math.log(1 + (len(documents) - len(rows) + 0.5) / (len(rows) + 0.5))
            for i, weight in rows:
                scores[i] += rarity * weight
        # No word in common: nothing to say.
        return labels[max(scores, key=lambda i: (scores[i], -i))] if scores else FALLBACK

    return read


def diet(epochs: int) -> Callable[[Sequence[str], Sequence[str], Path], Reader]:
    """The default pipeline of `rasa init`, trained by `rasa train nlu`."""

    def make(texts: Sequence[str], labels: Sequence[str], folder: Path) -> Reader:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        (folder / "config.yml").write_text(RASA_INIT.format(epochs=epochs), encoding="utf-8")
        (folder / "nlu.yml").write_text(_as_rasa(texts, labels), encoding="utf-8")
        environment = {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3"}
        command = [sys.executable, "-m", "rasa", "train", "nlu", "--config", "config.yml"]
        command += ["--nlu", "nlu.yml", "--out", "models", "--fixed-model-name", "diet"]
        with (folder / "journal.txt").open("w") as log:
            subprocess.run(command, cwd=folder, env=environment, stdout=log, stderr=log, check=True)
        import structlog
        from rasa.core.agent import Agent

        # Else Rasa writes every sentence that it reads.
        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
        agent = Agent.load(str(folder / "models" / "diet.tar.gz"))
        loop = asyncio.new_event_loop()

        def read(text: str) -> str:
            return str(loop.run_until_complete(agent.parse_message(text))["intent"]["name"])

        return read

    return make


def _as_rasa(texts: Sequence[str], labels: Sequence[str]) -> str:
    by_intent: dict[str, list[str]] = defaultdict(list)
    for text, label in zip(texts, labels, strict=True):
        by_intent[label].append(text)
    lines = ['version: "3.1"', "nlu:"]
    for intent, rows in by_intent.items():
        lines += [f"- intent: {intent}", "  examples: |", *(f"    - {row}" for row in rows)]
    return "\n".join(lines) + "\n"


def cpu_seconds() -> float:
    """Of this process and of those that it has waited for."""
    own, children = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def measure(reader: Reader, kept: KeptApart, known: Sequence[str]) -> dict[str, object]:
    """Right subject, what is out of scope put aside, questions of ours wrongly put aside."""
    from assistant_am.nlu.thresholds import OUTSIDE_INTENTS

    rejections = {*OUTSIDE_INTENTS, FALLBACK}
    names = set(known)
    expected = [
        each.label if each.label in names else f"demander_{each.label}" for each in kept.subjects
    ]
    times, read = [], []
    for sentence in kept.subjects:
        start = time.perf_counter()
        read.append(reader(sentence.text))
        times.append(1000 * (time.perf_counter() - start))
    scores = classification(expected, read)
    outside = [reader(each.text) for each in kept.outside]
    urgent = [(each, reader(each.text).startswith("urgence")) for each in kept.urgent]
    return {
        "sujets": [scores.accuracy.count, scores.accuracy.total],
        "macro_f1": scores.macro_f1,
        "rejets_a_tort": share(each in rejections for each in read).ratio,
        "hors_sujet_ecartes": share(each in rejections for each in outside).ratio,
        "urgences_vues": share(seen for each, seen in urgent if each.kind).ratio,
        "fausses_alertes": share(seen for each, seen in urgent if not each.kind).ratio,
        "ms_p50": percentile(times, 50),
        "ms_p95": percentile(times, 95),
    }


COLUMNS = (
    ("bon sujet", "sujets"), ("macro-F1", "macro_f1"), ("rejets à tort", "rejets_a_tort"),
    ("hors sujet écartés", "hors_sujet_ecartes"), ("urgences vues", "urgences_vues"),
    ("fausses alertes", "fausses_alertes"), ("entraînement, CPU", "cpu_s"), ("ms p50 / p95", "ms"),
)  # fmt: skip


def table(results: dict[str, dict[str, object]]) -> str:
    """The results as Markdown."""
    lines = ["| système | " + " | ".join(title for title, _ in COLUMNS) + " |"]
    lines.append("| --- |" + " ---: |" * len(COLUMNS))
    for name, row in results.items():
        cells = []
        for _, key in COLUMNS:
            if key == "sujets":
                count, total = row[key]  # type: ignore[misc]
                cells.append(_percent(count / total))
            elif key == "cpu_s":
                cells.append(f"{float(row[key]):.0f} s")  # type: ignore[arg-type]
            elif key == "ms":
                cells.append(f"{row['ms_p50']:.1f} / {row['ms_p95']:.1f}".replace(".", ","))
            else:
                cells.append(_percent(float(row[key])))  # type: ignore[arg-type]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _percent(value: float) -> str:
    return f"{100 * value:.1f} %".replace(".", ",")


def write_into(page: Path, written: str) -> None:
    """Put the table between the two marks of the page."""
    before, rest = page.read_text(encoding="utf-8").split(START)
    page.write_text(f"{before}{START}\n{written}{END}{rest.split(END)[1]}", encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sans-diet", action="store_true", help="sans le pipeline de rasa init")
    parser.add_argument("--epoques", type=int, default=100, help="époques de DIET")
    parser.add_argument("--par-intention", type=int, help="phrases apprises par intention")
    parser.add_argument("--ecrire", action="store_true", help="écrit le tableau dans README.md")
    parser.add_argument("--sortie", type=Path, default=ROOT / "var" / "comparaison")
    arguments = parser.parse_args()
    arguments.sortie.mkdir(parents=True, exist_ok=True)

    sentences = read_sentences(ROOT / "data" / "nlu")
    texts, labels = [each.text for each in sentences], [each.intent for each in sentences]
    if arguments.par_intention:
        rows = sample(labels, arguments.par_intention)
        texts, labels = [texts[row] for row in rows], [labels[row] for row in rows]
    kept = read_kept_apart(ROOT / "tests" / "kept_apart")
    systems = {
        "char tf-idf + LinearSVC": char_svc,
        "BM25, phrase d'entraînement la plus proche": bm25,
        "BM25, passage le plus proche": bm25_passages,
        "assistant-am": ours,
    }
    if not arguments.sans_diet:
        systems[f"pipeline de `rasa init` (DIET, {arguments.epoques} époques)"] = diet(
            arguments.epoques
        )
    results: dict[str, dict[str, object]] = {}
    for number, (name, make) in enumerate(systems.items()):
        print(f"{name}…", file=sys.stderr, flush=True)
        before = cpu_seconds()
        reader = make(texts, labels, arguments.sortie / f"systeme_{number}")
        trained = cpu_seconds() - before
        results[name] = {**measure(reader, kept, sorted(set(labels))), "cpu_s": trained}
        header = (
            f"{datetime.datetime.now():%Y-%m-%d %H:%M} : {len(texts)} phrases apprises, "
            f"{len(set(labels))} intentions ; {len(kept.subjects)} phrases de sujets, "
            f"{len(kept.outside)} hors sujet, {len(kept.urgent)} urgences ou ce qui y ressemble."
            "\n\n"
        )
        (arguments.sortie / "tableau.md").write_text(header + table(results), encoding="utf-8")
        (arguments.sortie / "resultats.json").write_text(
            json.dumps(results, ensure_ascii=False, indent=1), encoding="utf-8"
        )
    written = (arguments.sortie / "tableau.md").read_text(encoding="utf-8")
    print(written, end="")
    if arguments.ecrire:
        write_into(PAGE, written)
    return 0


if __name__ == "__main__":
    sys.exit(main())
