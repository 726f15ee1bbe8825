"""How well the questions of a message are told apart: `python benchmarks/decoupage.py`.

The 450 messages of `decoupage/messages.yml` served to choose the limits of
`assistant_am/nlu/question_search.py`; `tests/kept_apart/deux_questions.yml` only measures. A third
table counts the messages of one question that were cut by mistake.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import yaml

from assistant_am.evaluation.metrics import several_questions
from assistant_am.evaluation.reader import TrainedReader, load_reader
from assistant_am.evaluation.sets import read_kept_apart
from assistant_am.operations.project import Project

ROOT = Path(__file__).resolve().parents[1]
Message = tuple[str, tuple[str, ...]]


def main() -> None:
    """Print one line a set: all found, nothing invented, exactly and in order."""
    reader = load_reader(Project(ROOT))
    rows = yaml.safe_load((ROOT / "benchmarks/decoupage/messages.yml").read_text("utf-8"))
    tuned = [(row["texte"], tuple(row["sujets"])) for row in rows]
    kept = read_kept_apart(ROOT / "tests" / "kept_apart")
    print("| messages | tout trouvé | rien d'inventé | exactement, dans l'ordre |")
    print("| --- | ---: | ---: | ---: |")
    for count, name in ((1, "une question"), (2, "deux questions"), (3, "trois questions")):
        _line(reader, f"réglage, {name}", [each for each in tuned if len(each[1]) == count])
    _line(reader, "tenus à l'écart", [(each.text, each.subjects) for each in kept.several])
    single = [reader(each.text) for each in kept.subjects]
    cut = sum(len(read.answered) > 1 for read in single)
    print(f"\nPhrases d'une question coupées à tort ou en partie : {cut} sur {len(single)}.")


def _line(reader: TrainedReader, name: str, messages: Sequence[Message]) -> None:
    read = [reader(text) for text, _ in messages]
    found = [[intent.removeprefix("demander_") for intent in each.answered] for each in read]
    scores = several_questions([subjects for _, subjects in messages], found)
    cells = (scores.all_found, scores.none_invented, scores.exact)
    print(f"| {name} | " + " | ".join(f"{cell.count}/{cell.total}" for cell in cells) + " |")


if __name__ == "__main__":
    main()
