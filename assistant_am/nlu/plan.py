"""What of a message is classified in one batch: the whole, and each run of its clauses."""

from __future__ import annotations

from dataclasses import dataclass

from assistant_am.nlu.segmentation import Clause, clauses, without_connector

Span = tuple[int, int]
"""First and last clause of a run."""


@dataclass(frozen=True)
class Plan:
    """What to classify in one batch: the whole message, then each run of clauses (`spans`)."""

    text: str
    clauses: tuple[Clause, ...]
    spans: tuple[Span, ...]

    @property
    def texts(self) -> list[str]:
        return [self.text, *(self.words_of(span) for span in self.spans)]

    def words_of(self, span: Span) -> str:
        """A run as it is classified, without the « et » that links it."""
        start, end = self.clauses[span[0]].start, self.clauses[span[1]].end
        return without_connector(self.text[start:end])

    def sentences(self) -> list[Span]:
        """The runs that are whole sentences, in order."""
        found: list[Span] = []
        for place, clause in enumerate(self.clauses):
            if found and self.clauses[found[-1][0]].sentence == clause.sentence:
                found[-1] = (found[-1][0], place)
            else:
                found.append((place, place))
        return found


def plan(text: str) -> Plan:
    """Propose the questions of a message."""
    found = tuple(clauses(text))
    bare = Plan(text, found, ())
    if len(found) <= 1:
        return bare
    spans = tuple(
        (first, last)
        for start, end in bare.sentences()
        for first in range(start, end + 1)
        for last in range(first, end + 1)
    )
    return Plan(text, found, spans)
