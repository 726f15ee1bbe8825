"""Load `knowledge/` into plain objects, or say everything that is wrong with it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from assistant_am.files import schema, strict_yaml
from assistant_am.files.errors import KnowledgeError, Problem
from assistant_am.files.shelves import Shelves
from assistant_am.files.source import day, source
from assistant_am.knowledge import backing, checks, fact_checks, file_names
from assistant_am.knowledge.locality import settled
from assistant_am.knowledge.model import (
    Contact,
    Disagreement,
    Fact,
    Fiche,
    Knowledge,
    OtherStatement,
    Proposition,
    Term,
    Variant,
)


def load(folder: Path, site: Path | None = None) -> Knowledge:
    """Read and check the knowledge folder, the entries of the site's folder in their place.

    Raises KnowledgeError with every problem found: unknown or duplicate key, missing source,
    date that is not ISO, unknown reference, figure written by hand in a fiche.
    """
    reader = _Reader(Shelves(folder, site))
    sources = reader.mapping(["sources.yml"], "sources", source)
    facts = reader.mapping(reader.files("faits"), "faits", _fact)
    contacts = reader.mapping(["contacts.yml"], "contacts", _contact)
    disagreements = reader.listing(reader.files("divergences"), "divergences", _disagreement)
    fiches = reader.fiches()
    settings = reader.site()
    glossary = reader.glossary()
    entities = reader.read("lexique/entites.yml", "entites")
    words = [reader.read(f"{name}.yml", name) for name in ("phrases", "questions")]
    hidden = frozenset(reader.hidden)
    knowledge = settled(
        Knowledge(sources, facts, disagreements, contacts, fiches, {}, glossary, hidden=hidden),
        settings,
    )
    problems = list(dict.fromkeys(reader.problems))
    if reader.references_are_sound:
        problems += checks.problems(knowledge, reader.documents, reader.places)
        if entities:
            problems += checks.when_problems(knowledge, reader.documents, entities.data)
        problems += checks.phrase_problems(knowledge, filter(None, words))
    if problems:
        raise KnowledgeError(problems)
    terms = tuple(term for term in glossary if term.fiche not in hidden)
    return backing.as_answered(replace(knowledge, glossary=terms))


def read_document(
    folder: Path, name: str, schema_name: str, site: Path | None = None
) -> strict_yaml.Document:
    """One more file of the folder, checked against its schema; raises KnowledgeError."""
    document = Shelves(folder, site).document(name)
    assert document is not None, "only fiches are hidden"
    found = schema.problems(document, folder / "schema" / f"{schema_name}.schema.json")
    if found:
        raise KnowledgeError(found)
    return document


def read_checked(folder: Path, name: str, schema_name: str, site: Path | None = None) -> Any:
    """Data of such a file, for who needs no line numbers; raises KnowledgeError."""
    return read_document(folder, name, schema_name, site).data


class _Reader:
    """Reads the files one after the other and keeps the problems of all of them."""

    def __init__(self, shelves: Shelves) -> None:
        self.shelves = shelves
        self.problems: list[Problem] = []
        self.hidden: set[str] = set()
        self.documents: dict[str, strict_yaml.Document] = {}
        self.places: dict[tuple[str, str], Problem] = {}

    @property
    def references_are_sound(self) -> bool:
        """False when a file that others refer to is wrong: they would seem wrong as well."""
        return all(problem.file.parent.name == "fiches" for problem in self.problems)

    def files(self, room: str) -> list[str]:
        """The files of a room; those whose name is that of a copy are told and left aside."""
        names = []
        for name in self.shelves.names(room):
            file = self.shelves.where(name)
            message = file_names.odd(file.name)
            if message:
                self.problems.append(Problem(file, 0, message))
            else:
                names.append(name)
        return names

    def read(self, name: str, schema_name: str) -> strict_yaml.Document | None:
        file = self.shelves.where(name)
        try:
            document = self.shelves.document(name)
        except KnowledgeError as error:
            self.problems.extend(error.problems)
            self.documents[name] = strict_yaml.Document(file, None, {})
            return None
        if document is None:
            return None
        schema_file = self.shelves.folder / "schema" / f"{schema_name}.schema.json"
        found = schema.problems(document, schema_file)
        told = {problem.line for problem in found}
        found += [
            document.problem(path, message)
            for path, message in fact_checks.leading_zero(document.typed)
            if document.line(path) not in told
        ]
        self.problems.extend(found)
        self.documents[name] = document
        return None if found else document

    def mapping(
        self, names: Iterable[str], kind: str, build: Callable[[str, Mapping[str, Any]], Any]
    ) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for name in names:
            document = self.read(name, kind)
            if document is None:
                continue
            for key, entry in document.data.items():
                place = document.problem((key,), "")
                self._keep(result, kind, key, place, partial(build, key, entry))
        return result

    def listing(
        self, names: Iterable[str], kind: str, build: Callable[[Mapping[str, Any]], Any]
    ) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for name in names:
            document = self.read(name, kind)
            if document is None:
                continue
            for index, entry in enumerate(document.data):
                place = document.problem((index,), "")
                self._keep(result, kind, entry["id"], place, partial(build, entry))
        return result

    def fiches(self) -> dict[str, Fiche]:
        result: dict[str, Fiche] = {}
        for name in self.files("fiches"):
            document = self.read(name, "fiche")
            if document is None and name not in self.documents:
                self.hidden.add(Path(name).stem)
            if document:
                key = document.data["id"]
                self.documents[f"fiches/{key}.yml"] = document
                place = document.problem(("id",), "")
                self._keep(result, "fiche", key, place, partial(_fiche, document.data))
                if Path(name).stem != key:
                    message = (
                        f"le fichier doit s'appeler {key}.yml, comme l'id de la fiche ; sinon, "
                        "corrigez l'id."
                    )
                    self.problems.append(document.problem(("id",), message))
        return {key: self._without_hidden(fiche) for key, fiche in result.items()}

    def _without_hidden(self, fiche: Fiche) -> Fiche:
        """What shipped fiches propose next is not the site's mistake when it is hidden."""
        if self.hidden.isdisjoint((*fiche.next, *fiche.ellipses.values())):
            return fiche
        following = tuple(key for key in fiche.next if key not in self.hidden)
        ellipses = {k: v for k, v in fiche.ellipses.items() if v not in self.hidden}
        return replace(fiche, next=following, ellipses=ellipses)

    def site(self) -> dict[str, Any]:
        document = self.read("site.yml", "site")
        return dict(document.data) if document else {}

    def glossary(self) -> tuple[Term, ...]:
        document = self.read("glossaire.yml", "glossaire")
        return tuple(_term(entry) for entry in document.data) if document else ()

    def _keep(
        self,
        result: dict[str, Any],
        kind: str,
        key: str,
        place: Problem,
        build: Callable[[], Any],
    ) -> None:
        if key in result:
            other = self.places[(kind, key)]
            where = f"{other.file.parent.name}/{other.file.name}:{other.line}"
            message = f"« {key} » existe déjà ({where}) : changez l'un des deux."
            self.problems.append(Problem(place.file, place.line, message))
            return
        self.places[(kind, key)] = place
        try:
            result[key] = build()
        except ValueError:
            message = f"une date de « {key} » est impossible : corrigez-la."
            self.problems.append(Problem(place.file, place.line, message))


def _term(entry: Mapping[str, Any]) -> Term:
    return Term(
        spellings=(entry["mot"], *entry.get("autres", ())),
        fiche=entry["fiche"],
        text=entry.get("sens"),
        sources=tuple(entry.get("sources", ())),
    )


def _optional_day(value: Any) -> datetime.date | None:
    return None if value is None else day(value)


def _statements(entries: Iterable[Mapping[str, Any]]) -> tuple[OtherStatement, ...]:
    return tuple(OtherStatement(entry["source"], entry["dit"]) for entry in entries)


def _fact(key: str, entry: Mapping[str, Any]) -> Fact:
    return Fact(
        id=key,
        label=entry["libelle"],
        value=entry["valeur"],
        unit=entry["unite"],
        source=entry["source"],
        since=_optional_day(entry.get("date")),
        until=_optional_day(entry.get("jusqu_au")),
        also=tuple(entry.get("aussi", ())),
        others=_statements(entry.get("autres", ())),
    )


def _contact(key: str, entry: Mapping[str, Any]) -> Contact:
    return Contact(
        id=key,
        name=entry["nom"],
        purpose=entry["pour_quoi"],
        source=entry.get("source"),
        phone=entry.get("telephone"),
        email=entry.get("courriel"),
        url=entry.get("adresse_web"),
        departments=tuple(entry.get("departements", ())),
    )


def _disagreement(entry: Mapping[str, Any]) -> Disagreement:
    return Disagreement(
        id=entry["id"],
        topic=entry["sujet"],
        positions=_statements(entry["positions"]),
        retained=entry["retenu"],
        prevailing=tuple(entry["prevaut"]),
        reason=entry["raison"],
        statement=entry["a_dire"],
        never_say=tuple(entry["ne_pas_dire"]),
    )


def _when(entry: Mapping[str, Any]) -> dict[str, tuple[Any, ...]]:
    return {
        key: tuple(value) if isinstance(value, list) else (value,)
        for key, value in entry.get("quand", {}).items()
    }


def _proposition(entry: Mapping[str, Any], sources: Iterable[str]) -> Proposition:
    return Proposition(
        statement=entry["enonce"].strip(),
        truth=entry["vrai"],
        text=entry["reponse"].strip(),
        sources=tuple(entry.get("sources", sources)),
        when=_when(entry),
        wordings=tuple(entry.get("autrement", ())),
        key=entry.get("cle", ""),
    )


def _variant(entry: Mapping[str, Any]) -> Variant:
    return Variant(
        when=_when(entry),
        text=entry["reponse"].strip(),
        sources=tuple(entry["sources"]),
        disagreements=tuple(entry.get("divergences", ())),
    )


def _fiche(entry: Mapping[str, Any]) -> Fiche:
    details = entry.get("details")
    return Fiche(
        id=entry["id"],
        intent=entry["intention"],
        label=entry["libelle"],
        theme=entry["theme"],
        question=entry["question"],
        text=entry["reponse"].strip(),
        sources=tuple(entry["sources"]),
        disagreements=tuple(entry.get("divergences", ())),
        variants=tuple(_variant(variant) for variant in entry.get("variantes", ())),
        propositions=tuple(
            _proposition(proposition, entry["sources"])
            for proposition in entry.get("propositions", ())
        ),
        details=details.strip() if details else None,
        next=tuple(entry.get("suite", ())),
        offers_profiles=entry.get("profils", False),
        who_knows=tuple(entry.get("qui_sait", ())),
        ellipses=dict(entry.get("relances", {})),
        aspects={key: tuple(words) for key, words in entry.get("aspects", {}).items()},
        unsaid=entry.get("non_dit", False),
        computation=entry.get("calcul"),
    )


BUILDERS: Mapping[str, Callable[[str, Mapping[str, Any]], Any]] = {
    "faits": _fact,
    "sources": source,
    "contacts": _contact,
    "fiches": lambda _, entry: _fiche(entry),
}
"""What turns a checked entry, by its kind, into its object; each may raise ValueError on a date."""
