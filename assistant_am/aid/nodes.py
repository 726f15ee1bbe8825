"""A value of a parameter file with its place: each reader refuses what it does not expect."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar, cast

from assistant_am.files.errors import KnowledgeError
from assistant_am.files.strict_yaml import Document, KeyPath

T = TypeVar("T")


@dataclass(frozen=True)
class Node:
    """A value of a document. Readers raise KnowledgeError."""

    document: Document
    path: KeyPath = ()

    @property
    def value(self) -> Any:
        data = self.document.data
        for key in self.path:
            data = data[key]
        return data

    def error(self, message: str) -> KnowledgeError:
        return KnowledgeError([self.document.problem(self.path, message)])

    def mapping(self) -> dict[Any, Node]:
        value = self.value
        if not isinstance(value, dict) or not value:
            raise self.error("écrivez ici des lignes « clé: valeur ».")
        return {key: self._below(key) for key in value}

    def record(self, keys: Collection[str], optional: Collection[str] = ()) -> dict[str, Node]:
        """A mapping whose keys are known; keys are never guessed from a misspelling."""
        fields = self.mapping()
        allowed = ", ".join([*keys, *optional])
        unknown = (
            node.error(f"clé inconnue « {key} ». Clés possibles : {allowed}.")
            for key, node in fields.items()
            if key not in keys and key not in optional
        )
        missing = (
            self.error(f"il manque la clé « {key} » : ajoutez-la.")
            for key in keys
            if key not in fields
        )
        refuse([*unknown, *missing])
        return fields

    def items(self) -> list[Node]:
        value = self.value
        if not isinstance(value, list) or not value:
            raise self.error("écrivez ici une liste entre crochets.")
        return [self._below(index) for index in range(len(value))]

    def text(self) -> str:
        value = self.value
        if not isinstance(value, str) or not value.strip():
            raise self.error("écrivez ici un texte (entre guillemets s'il contient « : »).")
        return value.strip()

    def number(self) -> float:
        value = self.value
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise self.error(f"« {value} » n'est pas un nombre : écrivez-le en chiffres seuls.")
        if value < 0:
            raise self.error(f"{value} est négatif : corrigez le nombre.")
        return value

    def whole(self) -> int:
        value = self.number()
        if not isinstance(value, int):
            raise self.error(f"{value} doit être un nombre entier.")
        return value

    def day(self) -> date:
        return self.as_day(self.value)

    def as_day(self, value: Any) -> date:
        """A day, of this value or of its key."""
        if isinstance(value, datetime) or not isinstance(value, date):
            raise self.error(f"« {value} » n'est pas une date : écrivez AAAA-MM-JJ.")
        return value

    def _below(self, key: Any) -> Node:
        return Node(self.document, (*self.path, key))


def every(reads: Iterable[Callable[[], T]]) -> list[T]:
    """All that is read, or one KnowledgeError with the problems of every reading."""
    errors: list[KnowledgeError] = []
    found = [kept(read, errors) for read in reads]
    refuse(errors)
    return cast(list[T], found)


def kept(read: Callable[[], T], errors: list[KnowledgeError]) -> T | None:
    """What is read; None when it is wrong, which joins the errors."""
    try:
        return read()
    except KnowledgeError as error:
        errors.append(error)
        return None


def refuse(errors: Iterable[KnowledgeError]) -> None:
    """Raise the problems of all of them, if there are any."""
    problems = dict.fromkeys(problem for error in errors for problem in error.problems)
    if problems:
        raise KnowledgeError(problems)
