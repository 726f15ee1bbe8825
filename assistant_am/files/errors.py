"""Errors of the knowledge files: each one names the file, the line and the remedy, in French."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Problem:
    """One mistake in a knowledge file; `line` counts from 1, 0 when it concerns the whole file."""

    file: Path
    line: int
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else str(self.file)
        return f"{place} : {self.message}"


class KnowledgeError(Exception):
    """The knowledge cannot be used as it is; `problems` holds every mistake, not the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
