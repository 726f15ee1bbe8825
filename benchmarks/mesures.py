"""How often the first request of a turn is read right, by kind of turn."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from assistant_am.evaluation.metrics import Share, share
from assistant_am.understanding.conversations import NOT_COVERED
from assistant_am.understanding.examples import Example
from assistant_am.understanding.reader import FOLLOWS

QUESTIONS, LATER, FIRST, THREE, ACTS = (
    "questions", "suites", "premiers messages", "parmi trois", "actes",
)  # fmt: skip
NAMES = (QUESTIONS, LATER, FIRST, THREE, ACTS)
_OFFERED = 3


def figures(
    turns: Sequence[Example], rankings: Sequence[Sequence[str]], subjects: Collection[str]
) -> dict[str, Share]:
    """`rankings`: the labels read in each turn, best first."""

    def right(chosen: Callable[[Example], bool], most: int = 1) -> Share:
        return share(
            not set(turn.requests[0]).isdisjoint(ranking[:most])
            for turn, ranking in zip(turns, rankings, strict=True)
            if chosen(turn)
        )

    def asks(turn: Example) -> bool:
        labels = {label for request in turn.requests for label in request}
        return NOT_COVERED in labels or not labels.isdisjoint(subjects)

    return {
        QUESTIONS: right(asks),
        LATER: right(lambda turn: asks(turn) and turn.kinds[FOLLOWS]),
        FIRST: right(lambda turn: asks(turn) and not turn.context.message),
        THREE: right(asks, _OFFERED),
        ACTS: right(lambda turn: not asks(turn)),
    }


def percent(value: float) -> str:
    """As French writes it."""
    return f"{100 * value:.1f} %".replace(".", ",")


def line(measured: dict[str, Share]) -> str:
    """The figures in one line."""
    return ", ".join(f"{name} {percent(each.ratio)}" for name, each in measured.items())
