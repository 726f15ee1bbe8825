"""What the reading is learnt from: sentences by themselves, and turns of conversations."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant_am.understanding.conversations import TELLS, LabelledConversation
from assistant_am.understanding.encoder import NOTHING_BEFORE, Before
from assistant_am.understanding.reader import FOLLOWS, KINDS, OTHER, SEVERAL, SUPPOSES

_SEED = 20261130
SENTENCES_PER_LABEL = 60
"""Of a subject's sentences, as many as weigh no more than the conversations do."""
_WITHOUT_CONTEXT = 0.5
_TURN_WEIGHT = 2.0


@dataclass(frozen=True)
class Example:
    """A text with what came before it, and its right readings.

    `requests`: for each request the labels that are right, any of them; `kinds`: those known, by
    name.
    """

    text: str
    before: Before
    requests: tuple[tuple[str, ...], ...]
    kinds: Mapping[str, bool]
    weight: float = 1.0


def turn_examples(
    conversations: Sequence[LabelledConversation], questions: Mapping[str, str]
) -> Iterator[Example]:
    """Each turn with the subject and the message before it, as the bot will know them."""
    for conversation in conversations:
        subject, message = "", ""
        for turn in conversation.turns:
            requests = tuple(request.labels for request in turn.requests) or ((TELLS,),)
            kinds = {
                FOLLOWS: turn.follows,
                SUPPOSES: bool(turn.values.get("hypothese")),
                OTHER: turn.values.get("de") == "tiers",
                SEVERAL: len(requests) > 1,
            }
            before = Before(questions.get(subject, ""), message)
            yield Example(turn.text, before, requests, kinds, _TURN_WEIGHT)
            asked = [r.labels[0] for r in turn.requests if r.labels[0] in questions]
            subject, message = (asked[-1] if asked else subject), turn.text


def sentence_examples(
    sentences: Mapping[str, Sequence[str]],
    conversations: Sequence[LabelledConversation],
    questions: Mapping[str, str],
    per_label: int = SENTENCES_PER_LABEL,
) -> Iterator[Example]:
    """Sentences by label: half of them alone, half after something else, for a plain question is
    heard whatever came before; and pairs of them as one message."""
    dice = random.Random(_SEED)
    texts = [turn.text for conversation in conversations for turn in conversation.turns]
    subjects = sorted(questions)
    found: list[Example] = []
    for label in sorted(sentences):
        given = list(sentences[label])
        for text in dice.sample(given, min(per_label, len(given))):
            before = NOTHING_BEFORE
            if texts and dice.random() >= _WITHOUT_CONTEXT:
                before = Before(questions[dice.choice(subjects)], dice.choice(texts))
            found.append(Example(text, before, ((label,),), {SEVERAL: False}))
    yield from found
    for _ in range(len(found) // 10):
        one, other = dice.choice(found), dice.choice(found)
        if one.requests != other.requests:
            link = dice.choice((" et ", " ? ", ". ", ", ", "\n", " ? et "))
            text = one.text.rstrip(" ?.!") + link + other.text
            yield Example(text, one.before, one.requests + other.requests, {SEVERAL: True})


def all_kinds(example: Example) -> list[float]:
    """1, 0 or NaN for each kind."""
    return [float(example.kinds[kind]) if kind in example.kinds else float("nan") for kind in KINDS]
