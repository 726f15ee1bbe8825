"""What people asked and did not get: grouped by likeness, shown without anybody in it.

What fewer than three persons said is counted, not shown, unless the site has set otherwise. What
was done of a group is kept by fingerprints of its texts: no words of a conversation are kept here.
"""

from __future__ import annotations

import datetime
import hashlib
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from assistant_am.atelier.kept import read_json, write_json
from assistant_am.dialogue.world import key_of
from assistant_am.operations.report.groups import FEW, Discretion, Group, group_questions
from assistant_am.operations.report.turns import Asked, Question, Talk

FRESH_SECONDS = 60
"""Conversations are read again after so long."""
_DECISION_DAYS = 400

Sort = Literal["incompris", "pouce", "sans_fiche"]
SORTS: dict[Sort, str] = {
    "incompris": "Pas compris",
    "pouce": "Réponse jugée inutile (pouce en bas)",
    "sans_fiche": "« Nos sources ne le disent pas »",
}


@dataclass(frozen=True)
class Post:
    """What a site has kept: conversations, and answers thought useless.

    `useless` tells whether somebody gave a 👎 to the answer of a message.
    """

    talks: Sequence[Talk]
    useless: Callable[[Asked], bool]
    discretion: Discretion


@dataclass(frozen=True)
class Item:
    """One group: its texts as they may be shown, and the answer that was given.

    `answer` is the answer that several got; `subjects` are the fiches that answered.
    """

    id: str
    sort: Sort
    size: int
    persons: int
    texts: tuple[tuple[str, int], ...]
    whole: tuple[str, ...]
    """Texts of which no word is hidden."""
    answer: str
    subjects: tuple[str, ...]
    keys: frozenset[str]


@dataclass(frozen=True)
class Letters:
    """What is to be done, what was done with, and how many groups are not shown."""

    waiting: tuple[Item, ...]
    settled: tuple[tuple[Item, str], ...]
    hidden: int


class Inbox:
    """`rare`: the site shows what one or two persons said as well. Reading raises what `read`
    raises."""

    def __init__(self, read: Callable[[], Post], file: Path, *, rare: bool = False) -> None:
        self._read = read
        self._file = file
        self.rare = rare
        self._lock = threading.Lock()
        self._known: tuple[float, tuple[list[Item], int]] | None = None

    def letters(self) -> Letters:
        items, hidden = self._items()
        done = self._decisions()
        waiting, settled = [], []
        for item in items:
            decided = [done[key]["quoi"] for key in item.keys if key in done]
            if len(decided) == len(item.keys):
                settled.append((item, decided[0]))
            else:
                waiting.append(item)
        return Letters(tuple(waiting), tuple(settled), hidden)

    def group(self, name: str) -> Item | None:
        """A group by its id; None when there is none (any more)."""
        if not name:
            return None
        items, _ = self._items()
        return next((each for each in items if each.id == name), None)

    def settle(self, name: str, what: str, who: str) -> None:
        """Note what was done of a group, if there is one."""
        item = self.group(name)
        if item is None:
            return
        today = datetime.date.today()
        oldest = (today - datetime.timedelta(days=_DECISION_DAYS)).isoformat()
        with self._lock:
            done = {k: v for k, v in self._decisions().items() if v["jour"] >= oldest}
            note = {"quoi": what, "qui": who, "jour": today.isoformat()}
            write_json(self._file, {**done, **dict.fromkeys(item.keys, note)})

    def take_back(self, name: str) -> None:
        """Put a group among those that wait again."""
        item = self.group(name)
        with self._lock:
            done = self._decisions()
            kept = {k: v for k, v in done.items() if item is None or k not in item.keys}
            write_json(self._file, kept)

    def said_by_people(self, name: str, phrases: Iterable[str]) -> list[str]:
        """A sentence for each phrase that is still what somebody typed."""
        item = self.group(name)
        if item is None:
            return []
        return [
            f"« {each} » est ce qu'une personne a écrit : dites-le avec vos mots."
            for each in phrases
            if _fingerprint(each) in item.keys
        ]

    def _decisions(self) -> dict[str, dict[str, str]]:
        return dict(read_json(self._file, {}))

    def _items(self) -> tuple[list[Item], int]:
        with self._lock:
            now = time.monotonic()
            if self._known is None or now - self._known[0] > FRESH_SECONDS:
                self._known = (now, self._made(self._read()))
            return self._known[1]

    def _made(self, post: Post) -> tuple[list[Item], int]:
        picks: dict[Sort, tuple[Sequence[Talk], Callable[[Question], bool]]] = {
            "incompris": (post.talks, lambda question: question.is_missed),
            "pouce": (_disliked(post), lambda question: True),
            "sans_fiche": (post.talks, lambda question: question.is_uncovered),
        }
        items: list[Item] = []
        hidden = 0
        for sort, (talks, pick) in picks.items():
            groups = group_questions(talks, pick)
            shown = [each for each in groups if self.rare or not each.is_small]
            hidden += len(groups) - len(shown)
            answers = _Answers(talks)
            items += [self._item(sort, each, post.discretion, answers) for each in shown]
        return sorted(items, key=lambda each: (-each.persons, -each.size)), hidden

    def _item(self, sort: Sort, group: Group, discretion: Discretion, answers: _Answers) -> Item:
        texts = [text for text, _ in group.texts]
        keys = frozenset(_fingerprint(text) for text in texts)
        name = hashlib.sha256(f"{sort}\n{min(keys)}".encode()).hexdigest()[:16]
        shown: Counter[str] = Counter()
        for text, count in group.texts:
            shown[text if self.rare else discretion.shown(text)] += count
        whole = [each for each in texts if self.rare or discretion.is_whole(each)]
        answer, subjects = answers.to(texts, few=1 if self.rare else FEW)
        return Item(
            name,
            sort,
            group.size,
            group.persons,
            tuple(shown.items()),
            tuple(whole),
            answer,
            subjects,
            keys,
        )


class _Answers:
    """What was answered to each question, and to how many persons."""

    def __init__(self, talks: Iterable[Talk]) -> None:
        self._given: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(
            lambda: defaultdict(set)
        )
        self._subjects: defaultdict[str, set[str]] = defaultdict(set)
        for talk in talks:
            for asked in talk.asked:
                for question in asked.questions:
                    key = key_of(question.text)
                    self._given[key][asked.answer].add(talk.id)
                    if asked.subject:
                        self._subjects[key].add(asked.subject)

    def to(self, texts: Iterable[str], *, few: int) -> tuple[str, tuple[str, ...]]:
        """The answer that most got, if so many did: an answer may say somebody's situation; and
        the fiches."""
        given: defaultdict[str, set[str]] = defaultdict(set)
        subjects: set[str] = set()
        for text in texts:
            key = key_of(text)
            subjects |= self._subjects[key]
            for answer, who in self._given[key].items():
                given[answer] |= who
        best = max(given, key=lambda each: len(given[each]), default="")
        return best if best and len(given[best]) >= few else "", tuple(sorted(subjects))


def _disliked(post: Post) -> list[Talk]:
    """The same conversations with only the messages whose answer somebody thought useless."""
    found = []
    for talk in post.talks:
        asked = tuple(each for each in talk.asked if post.useless(each))
        if asked:
            found.append(replace(talk, asked=asked))
    return found


def _fingerprint(text: str) -> str:
    return hashlib.sha256(key_of(text).encode()).hexdigest()[:20]
