"""What a schema cannot say: references between files, and figures that must not be hand-written."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant_am.files.errors import Problem
from assistant_am.files.strict_yaml import Document, KeyPath
from assistant_am.french.fold import words
from assistant_am.knowledge import fact_checks, text_checks
from assistant_am.knowledge.model import Fiche, Knowledge, Proposition, Variant

_MANY = 3
"""So many places of the same unknown name are told one by one; more of them, all at once."""

_EXAMPLE = re.compile("«[^»]*»")

Places = Mapping[tuple[str, str], Problem]


def problems(
    knowledge: Knowledge, documents: Mapping[str, Document], places: Places
) -> list[Problem]:
    """Every broken reference and every hand-written figure, with its file and line.

    What has neither a place nor a document is known and not looked at: an editor checks one entry.
    """
    # A fiche that could not be read has been told of already: it is not unknown as well.
    fiches = frozenset(
        {
            *knowledge.fiches,
            *knowledge.hidden,
            *(Path(name).stem for name in documents if name.startswith("fiches/")),
        }
    )
    found = [
        *_source_problems(knowledge, documents, places),
        *_fact_problems(knowledge, documents, places),
        *_disagreement_problems(knowledge, documents, places),
        *_contact_problems(knowledge, places),
        *_intent_problems(knowledge, documents),
        *_shared_names(knowledge, documents),
        *(
            problem
            for fiche in _written(knowledge, documents)
            for problem in _fiche_problems(fiche, knowledge, documents, fiches)
        ),
        *_term_problems(knowledge, documents, fiches),
    ]
    return _gathered(found)


def when_problems(
    knowledge: Knowledge,
    documents: Mapping[str, Document],
    heard: Mapping[str, Collection[str]],
) -> list[Problem]:
    """Values of `quand` that no message can give: the answer would never be said."""
    found = []
    for fiche in knowledge.fiches.values():
        document = documents[f"fiches/{fiche.id}.yml"]
        conditional: tuple[tuple[str, Sequence[Variant | Proposition]], ...] = (
            ("variantes", fiche.variants),
            ("propositions", fiche.propositions),
        )
        for room, parts in conditional:
            for index, part in enumerate(parts):
                path: KeyPath = (room, index, "quand")
                for slot, values in part.when.items():
                    unknown = [
                        value for value in values if slot in heard and value not in heard[slot]
                    ]
                    found += [
                        document.problem(
                            (*path, slot),
                            f"« {value} » n'est pas possible pour {slot}. "
                            f"Valeurs possibles : {', '.join(heard[slot])}.",
                        )
                        for value in unknown
                    ]
    return found


def phrase_problems(knowledge: Knowledge, documents: Iterable[Document]) -> list[Problem]:
    """Braces and figures of the bot's own phrases and questions; « … » holds examples to type."""
    return [
        document.problem(path, message)
        for document in documents
        for path, text in _strings(document.data)
        for _, message in text_checks.claimed(_EXAMPLE.sub("", text), knowledge)
    ]


def _strings(data: Any, path: KeyPath = ()) -> Iterable[tuple[KeyPath, str]]:
    if isinstance(data, str):
        yield path, data
    elif isinstance(data, dict | list):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from _strings(value, (*path, key))


def _gathered(problems: list[Problem]) -> list[Problem]:
    """A source taken away is missed in a hundred places: that is told once."""
    by_message: dict[str, list[Problem]] = {}
    for problem in dict.fromkeys(problems):
        by_message.setdefault(problem.message, []).append(problem)
    return [
        replace(same[0], message=f"{message} (à {len(same)} endroits)")
        if len(same) > _MANY
        else problem
        for message, same in by_message.items()
        for problem in (same[:1] if len(same) > _MANY else same)
    ]


def _written(knowledge: Knowledge, documents: Mapping[str, Document]) -> list[Fiche]:
    return [each for each in knowledge.fiches.values() if f"fiches/{each.id}.yml" in documents]


def _unknown(ids: Iterable[str], known: Iterable[str], what: str, place: Problem) -> list[Problem]:
    feminine = what.startswith("la ")
    unknown, it = ("inconnue", "la") if feminine else ("inconnu", "le")
    return [
        replace(place, message=f"{what} « {key} » est {unknown} : corrigez-{it} ou ajoutez-{it}.")
        for key in ids
        if key not in known
    ]


def _holding(
    documents: Mapping[str, Document], kind: str, place: Problem
) -> tuple[Document, KeyPath]:
    """The document, and the path in it, of the entry of a kind that stands at a place."""
    return next(
        (document, path)
        for name, document in documents.items()
        if name.startswith(kind)
        for path in document.lines
        if len(path) == 1 and document.problem(path, "") == place
    )


def _source_problems(
    knowledge: Knowledge, documents: Mapping[str, Document], places: Places
) -> list[Problem]:
    return [
        _holding(documents, "sources", places[("sources", source.id)])[0].problem(
            (source.id, "a_revoir"),
            f"« {source.id} » serait à relire ({source.review_by}) avant d'avoir été consultée "
            f"({source.consulted}) : corrigez l'une des deux dates.",
        )
        for source in knowledge.sources.values()
        if ("sources", source.id) in places and source.review_by < source.consulted
    ]


def _fact_problems(
    knowledge: Knowledge, documents: Mapping[str, Document], places: Places
) -> list[Problem]:
    found: list[Problem] = []
    for fact in knowledge.facts.values():
        if ("faits", fact.id) not in places:
            continue
        document, _ = _holding(documents, "faits", places[("faits", fact.id)])
        found += fact_checks.problems(fact, document)
        for key, cited in (
            ("source", [fact.source]),
            ("aussi", list(fact.also)),
            ("autres", [other.source for other in fact.others]),
        ):
            place = document.problem((fact.id, key), "")
            found += _unknown(cited, knowledge.sources, "la source", place)
    return found


def _disagreement_problems(
    knowledge: Knowledge, documents: Mapping[str, Document], places: Places
) -> list[Problem]:
    found = []
    for entry in knowledge.disagreements.values():
        if ("divergences", entry.id) not in places:
            continue
        place = places[("divergences", entry.id)]
        cited = [*entry.prevailing, *(position.source for position in entry.positions)]
        found += _unknown(cited, knowledge.sources, "la source", place)
        # What answers show: the rest keeps the sources' own words.
        for _, message in text_checks.mistakes(entry.statement, knowledge):
            document, path = _holding(documents, "divergences", place)
            found.append(document.problem((*path, "a_dire"), message))
        for pattern in entry.never_say:
            try:
                re.compile(pattern)
            except re.error:
                message = f"« {pattern} » ne peut pas être cherché dans un texte : corrigez-le."
                found.append(replace(place, message=message))
    return found


def _contact_problems(knowledge: Knowledge, places: Places) -> list[Problem]:
    found = []
    for contact in knowledge.contacts.values():
        if ("contacts", contact.id) not in places:
            continue
        cited = [contact.source] if contact.source else []
        found += _unknown(cited, knowledge.sources, "la source", places[("contacts", contact.id)])
    return found


def _intent_problems(knowledge: Knowledge, documents: Mapping[str, Document]) -> list[Problem]:
    return [
        documents[f"fiches/{fiche.id}.yml"].problem(
            ("intention",), f"l'intention doit être « demander_{fiche.id} »."
        )
        for fiche in _written(knowledge, documents)
        if fiche.intent != f"demander_{fiche.id}"
    ]


def _shared_names(knowledge: Knowledge, documents: Mapping[str, Document]) -> list[Problem]:
    """Two buttons or two questions that read the same would lead to one answer."""
    found = []
    first: dict[str, str] = {}
    written = _written(knowledge, documents)
    known = [fiche for fiche in knowledge.fiches.values() if fiche not in written]
    for fiche in (*known, *written):
        for key, name in (("libelle", fiche.label), ("question", fiche.question)):
            other = first.setdefault(f"{key} {name.casefold()}", fiche.id)
            if other != fiche.id and fiche in written:
                message = f"« {name} » est déjà dans la fiche « {other} » : changez-en les mots."
                found.append(documents[f"fiches/{fiche.id}.yml"].problem((key,), message))
    return found


def _fiche_problems(
    fiche: Fiche,
    knowledge: Knowledge,
    documents: Mapping[str, Document],
    fiches: frozenset[str],
) -> list[Problem]:
    found = []
    document = documents[f"fiches/{fiche.id}.yml"]

    def refer(path: KeyPath, ids: Iterable[str], known: Iterable[str], what: str) -> None:
        found.extend(_unknown(ids, known, what, document.problem(path, "")))

    refer(("sources",), fiche.sources, knowledge.sources, "la source")
    refer(("divergences",), fiche.disagreements, knowledge.disagreements, "la divergence")
    refer(("suite",), fiche.next, fiches, "la fiche")
    found += _next_problems(fiche, document)
    refer(("qui_sait",), fiche.who_knows, knowledge.contacts, "le contact")
    refer(("relances",), fiche.ellipses.values(), fiches, "la fiche")
    for index, variant in enumerate(fiche.variants):
        path: KeyPath = ("variantes", index)
        refer(path, variant.sources, knowledge.sources, "la source")
        refer(path, variant.disagreements, knowledge.disagreements, "la divergence")
        refer(path, variant.when.get("aspect", ()), fiche.aspects, "l'aspect")
    found += _proposition_problems(fiche, knowledge, document)
    if not fiche.sources and not (fiche.unsaid or fiche.computation):
        message = "aucune source : citez-en une, ou dites « non_dit: true »."
        found.append(document.problem(("sources",), message))
    if fiche.unsaid and not fiche.who_knows:
        message = "ce que les sources ne disent pas doit dire « qui_sait »."
        found.append(document.problem((), message))
    for path, text in texts(fiche):
        found += _text_problems(document, path, text, knowledge)
    return found


def _next_problems(fiche: Fiche, document: Document) -> list[Problem]:
    found = []
    for index, key in enumerate(fiche.next):
        if key == fiche.id or key in fiche.next[:index]:
            what = "propose d'y revenir" if key == fiche.id else f"propose deux fois « {key} »"
            message = f"la suite de « {fiche.id} » {what} : mettez une autre fiche."
            found.append(document.problem(("suite",), message))
    return found


def _term_problems(
    knowledge: Knowledge, documents: Mapping[str, Document], fiches: frozenset[str]
) -> list[Problem]:
    document = documents.get("glossaire.yml")
    if document is None:
        return []
    found: list[Problem] = []
    first: dict[str, int] = {}
    for index, term in enumerate(knowledge.glossary):
        place = document.problem((index,), "")
        found += _unknown(term.sources, knowledge.sources, "la source", place)
        found += _unknown([term.fiche], fiches, "la fiche", place)
        if term.text:
            found += _text_problems(document, (index, "sens"), term.text, knowledge)
        for spelling in term.spellings:
            key = " ".join(words(spelling))
            if first.setdefault(key, place.line) != place.line:
                message = f"« {spelling} » est déjà à la ligne {first[key]} : gardez l'un des deux."
                found.append(Problem(place.file, place.line, message))
    return found


def _proposition_problems(fiche: Fiche, knowledge: Knowledge, document: Document) -> list[Problem]:
    found: list[Problem] = []
    first: dict[str, int] = {}
    for index, proposition in enumerate(fiche.propositions):
        place = document.problem(("propositions", index), "")
        own = [key for key in proposition.sources if key not in fiche.sources]
        found += _unknown(own, knowledge.sources, "la source", place)
        found += _unknown(proposition.when.get("aspect", ()), fiche.aspects, "l'aspect", place)
        said = f"« {proposition.statement} »"
        if not proposition.sources and proposition.truth != "non_dit" and fiche.sources:
            message = f"{said} : aucune source, citez-en une, ou dites « vrai: non_dit »."
            found.append(Problem(place.file, place.line, message))
        if proposition.truth == "non_dit" and not fiche.who_knows:
            message = f"{said} : ce que les sources ne disent pas demande « qui_sait »."
            found.append(Problem(place.file, place.line, message))
        key = " ".join(words(proposition.statement)) + str(sorted(proposition.when.items()))
        if first.setdefault(key, place.line) != place.line:
            message = f"{said} est déjà à la ligne {first[key]} : gardez l'une des deux."
            found.append(Problem(place.file, place.line, message))
    return found


def texts(fiche: Fiche) -> Iterable[tuple[KeyPath, str]]:
    """Every text of a fiche that is shown, and where it stands."""
    yield ("reponse",), fiche.text
    if fiche.details:
        yield ("details",), fiche.details
    for index, variant in enumerate(fiche.variants):
        yield ("variantes", index, "reponse"), variant.text
    for index, proposition in enumerate(fiche.propositions):
        yield ("propositions", index, "reponse"), proposition.text
        # A wrong figure that people believe stands nowhere in faits/: it is no fact.
        if proposition.truth != "non":
            yield ("propositions", index, "enonce"), proposition.statement


def _text_problems(
    document: Document, path: KeyPath, text: str, knowledge: Knowledge
) -> list[Problem]:
    # People put a rounded number in letters to the test (« trente-cinq heures ? »): the statement
    # is theirs, and only its braces and figures are looked at.
    looks = {"enonce": text_checks.claimed, "reponse": text_checks.answered}
    look = looks.get(str(path[-1]), text_checks.mistakes)
    at = document.problem(path, "")
    # After « reponse: | », the text begins on the next line.
    first = at.line + 1 if "\n" in _raw(document, path) else at.line
    return [
        replace(at, line=first + offset, message=message)
        for offset, message in look(text, knowledge)
    ]


def _raw(document: Document, path: KeyPath) -> str:
    value: Any = document.data
    for key in path:
        value = value[key]
    return str(value)
