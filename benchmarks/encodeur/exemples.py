"""What one epoch learns from, drawn anew each time: sentences, pairs of them, messages, turns."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from assistant_am.meaning import NO_CONTEXT, Context
from assistant_am.understanding.examples import Example, turn_examples
from assistant_am.understanding.training import TrainingSet

_ALONE = 0.5
_AFTER_TURN, _AFTER_SUBJECT = 0.8, 0.5
_OTHER_SUBJECT, _NO_SUBJECT = 0.1, 0.05
_TURN_TIMES = 2
_LINKS = (" et ", " ? ", ". ", ", ", "\n", " ? et ", " ")
_NOISY = 0.25
_MISTYPED = 0.15
_SHORTEST = 4
_LETTERS = "aeiourstn"


def epoch(data: TrainingSet, per_label: int, dice: random.Random) -> list[Example]:
    """`per_label` sentences of each label and every tenth paired with another, each message once,
    each turn twice, in any order."""
    turns = list(turn_examples(data.conversations, data.subjects))
    sentences = _sentences(data, turns, per_label, dice)
    found = [*sentences, *_pairs(sentences, dice), *data.messages]
    names = sorted(data.subjects)
    for turn in turns * _TURN_TIMES:
        drawn = dice.random()
        subject = turn.context.subject
        if drawn < _OTHER_SUBJECT:
            subject = dice.choice(names)
        elif drawn < _OTHER_SUBJECT + _NO_SUBJECT:
            subject = ""
        found.append(replace(turn, context=replace(turn.context, subject=subject)))
    dice.shuffle(found)
    return found


def mistyped(text: str, dice: random.Random) -> str:
    """The text, one time in four with letters wrong, one time in four without accents."""
    if dice.random() < _NOISY:
        words = text.split(" ")
        text = " ".join(
            _slip(word, dice) if len(word) >= _SHORTEST and dice.random() < _MISTYPED else word
            for word in words
        )
    if dice.random() < _NOISY:
        apart = unicodedata.normalize("NFD", text)
        text = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return text


def _slip(word: str, dice: random.Random) -> str:
    """A letter inside the word left out, doubled, swapped with the next or replaced."""
    place = dice.randrange(1, len(word) - 1)
    before, letter, after = word[:place], word[place], word[place + 1 :]
    return before + dice.choice(
        (after, letter * 2 + after, after[0] + letter + after[1:], dice.choice(_LETTERS) + after)
    )


def _sentences(
    data: TrainingSet, turns: Sequence[Example], per_label: int, dice: random.Random
) -> list[Example]:
    """Half of them alone, half after something else: a plain question means the same."""
    every = [text for label in sorted(data.sentences) for text in data.sentences[label]]
    names = sorted(data.subjects)
    found: list[Example] = []
    for label in sorted(data.sentences):
        given = list(data.sentences[label])
        for text in dice.sample(given, min(per_label, len(given))):
            context = NO_CONTEXT
            if dice.random() >= _ALONE:
                other = dice.choice(turns)
                message = other.text if dice.random() < _AFTER_TURN else dice.choice(every)
                kept = dice.random() < _AFTER_SUBJECT
                subject = other.context.subject if kept else dice.choice(names)
                context = Context(subject, message, opening=other.context.opening)
            found.append(Example(text, context, ((label,),)))
    return found


def _pairs(sentences: Sequence[Example], dice: random.Random) -> list[Example]:
    """Two sentences as one message, a tenth as many as there are sentences."""
    drawn = [(dice.choice(sentences), dice.choice(sentences)) for _ in range(len(sentences) // 10)]
    return [
        Example(
            one.text.rstrip(" ?.!") + dice.choice(_LINKS) + other.text,
            one.context,
            one.requests + other.requests,
        )
        for one, other in drawn
        if one.requests != other.requests
    ]
