"""What the reading is learnt from: sentences by themselves, messages, turns of conversations."""

from __future__ import annotations

import json
import random
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant_am.files.errors import KnowledgeError, Problem
from assistant_am.meaning import NO_CONTEXT, Context
from assistant_am.understanding.conversations import TELLS, LabelledConversation
from assistant_am.understanding.reader import (
    EMERGENCIES,
    FOLLOWS,
    KINDS,
    OTHER,
    SUPPOSES,
)

_SEED = 20261130
_WITHOUT_CONTEXT = 0.5
_TURN_WEIGHT = 2.0


@dataclass(frozen=True)
class Example:
    """A text after what came before it, and its right readings.

    `requests`: for each request the labels that are right, any of them; `kinds`: those known, by
    name; `point`: the one asked of the first subject, by its key, where it was told.
    """

    text: str
    context: Context
    requests: tuple[tuple[str, ...], ...]
    kinds: Mapping[str, bool] = field(default_factory=dict)
    weight: float = 1.0
    point: str = ""


def turn_examples(
    conversations: Sequence[LabelledConversation], subjects: Collection[str]
) -> Iterator[Example]:
    """Each turn after the subject and the message before it, as the bot will know them."""
    for conversation in conversations:
        subject, message, opening = "", "", ""
        for turn in conversation.turns:
            requests = tuple(request.labels for request in turn.requests) or ((TELLS,),)
            kinds = {
                FOLLOWS: turn.follows,
                SUPPOSES: bool(turn.values.get("hypothese")),
                OTHER: turn.values.get("de") == "tiers",
            }
            context = Context(subject, message, opening=opening)
            point = turn.requests[0].point if turn.requests else ""
            yield Example(turn.text, context, requests, kinds, _TURN_WEIGHT, point)
            asked = [r.labels[0] for r in turn.requests if r.labels[0] in subjects]
            subject = asked[-1] if asked else subject
            opening = opening or message
            message = turn.text


def sentence_examples(
    sentences: Mapping[str, Sequence[str]],
    conversations: Sequence[LabelledConversation],
    subjects: Collection[str],
    per_label: int,
) -> list[Example]:
    """Sentences by label: half of them alone, half after something else, for a plain question is
    heard whatever came before; and pairs of them as one message."""
    dice = random.Random(_SEED)
    turns = list(turn_examples(conversations, subjects))
    names = sorted(subjects)
    found: list[Example] = []
    for label in sorted(sentences):
        given = list(sentences[label])
        wanted = len(given) if label in EMERGENCIES else min(per_label, len(given))
        for text in dice.sample(given, wanted):
            context = NO_CONTEXT
            if turns and dice.random() >= _WITHOUT_CONTEXT:
                other = dice.choice(turns)
                opening = other.context.opening
                context = Context(dice.choice(names), other.text, opening=opening)
            found.append(Example(text, context, ((label,),)))
    pairs = [(dice.choice(found), dice.choice(found)) for _ in range(len(found) // 10)]
    links = (" et ", " ? ", ". ", ", ", "\n", " ? et ")
    return found + [
        Example(
            one.text.rstrip(" ?.!") + dice.choice(links) + other.text,
            one.context,
            one.requests + other.requests,
        )
        for one, other in pairs
        if one.requests != other.requests
    ]


def read_messages(folder: Path) -> list[Example]:
    """Single messages with what came before them: `data/messages/*.jsonl`, one a line, with `s` the
    subject, `u` what was typed, and where something came before, `p` the message and `l` the
    subject. Raises KnowledgeError with every mistake."""
    problems: list[Problem] = []
    found: list[Example] = []
    for file in sorted(folder.glob("*.jsonl")):
        for line, text in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            try:
                entry = dict(json.loads(text))
                context = Context(entry.get("l", ""), entry.get("p", ""))
                found.append(Example(entry["u"], context, ((entry["s"],),)))
            except (ValueError, KeyError, TypeError) as error:
                problems.append(Problem(file, line, f"ligne illisible ({error}) : corrigez-la."))
    if problems:
        raise KnowledgeError(problems)
    return found


def all_kinds(example: Example) -> list[float]:
    """1, 0 or NaN for each kind."""
    return [float(example.kinds[kind]) if kind in example.kinds else float("nan") for kind in KINDS]
