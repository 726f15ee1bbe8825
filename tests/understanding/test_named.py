"""A profile that a message names is taken for somebody's own, or not, by the words around it."""

from __future__ import annotations

import pytest

from assistant_am.reading.situation import Reader
from assistant_am.understanding.conversations import LabelledConversation, LabelledTurn
from assistant_am.understanding.named import Named

VALUES = Reader({"profil": {"infirmier": ["infirmiere*"], "bachelier": ["bac"]}})
OWN = ("je suis {}", "moi {} depuis dix ans", "ma soeur est {}", "j'ai mon diplôme, {}, et vous ?")
NAMED = ("comme une {}", "elle veut faire {}", "c'est quoi une {} ?", "pas une {} mais")


def turns(forms: tuple[str, ...], told: bool) -> list[LabelledTurn]:
    return [
        LabelledTurn(form.format(name), (), values={"profil": value} if told else {})
        for form in forms
        for name, value in (("infirmière", "infirmier"), ("bac", "bachelier"))
    ]


@pytest.fixture(scope="module")
def named() -> Named:
    talk = LabelledConversation("a", tuple(turns(OWN, True) + turns(NAMED, False)) * 4)
    return Named.of([talk], VALUES)


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("bonjour je suis infirmière", True),
        ("ma soeur est infirmière", True),
        ("elle travaille comme une infirmière", False),
        ("c'est quoi une infirmière ?", False),
    ],
)
def test_the_words_around_decide(named, text, own):
    """Learnt on forms with a name, read with the same forms in other company."""
    (entity,) = VALUES.read(text)
    assert (named.odds(text, entity) > 0) is own


def test_without_examples_each_name_is_own():
    """A site without labelled conversations loses no profile."""
    (entity,) = VALUES.read("comme une infirmière")
    assert Named.of([], VALUES).odds("comme une infirmière", entity) >= 0
