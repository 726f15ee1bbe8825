"""What a schema cannot say: references between files, and figures that must not be hand-written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from assistant_am.french.fold import words
from assistant_am.knowledge.errors import Problem
from assistant_am.knowledge.model import Fiche, Knowledge
from assistant_am.knowledge.strict_yaml import Document, KeyPath
from assistant_am.knowledge.text import PLACEHOLDER

_SPACE = "[ \u00a0\u202f]"
_HAND_WRITTEN = re.compile(
    rf"(?<![\w{{.])\d[\d.,\u00a0\u202f ]*{_SPACE}?"
    r"(?:€|euros?\b|%|h\b|heures?\b|mois\b|ans?\b|patients?\b|postes?\b|contrats?\b)"
    rf"|\b\d{{1,2}}(?:er)?{_SPACE}(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|"
    rf"octobre|novembre|décembre){_SPACE}\d{{4}}"
    r"|\b0\d(?:[ .\u00a0]\d\d){4}\b|\b[\w.]+@[\w.]+\b|https?://\S+|\bwww\.\S+",
    re.IGNORECASE,
)

Places = Mapping[tuple[str, str], Problem]


def problems(
    knowledge: Knowledge, documents: Mapping[str, Document], places: Places
) -> list[Problem]:
    """Every broken reference and every hand-written figure, with its file and line."""
    return [
        *_fact_problems(knowledge, places),
        *_disagreement_problems(knowledge, places),
        *_contact_problems(knowledge, places),
        *_intent_problems(knowledge, documents),
        *(
            problem
            for fiche in knowledge.fiches.values()
            for problem in _fiche_problems(fiche, knowledge, documents)
        ),
        *_term_problems(knowledge, documents),
    ]


def _unknown(ids: Iterable[str], known: Iterable[str], what: str, place: Problem) -> list[Problem]:
    return [
        Problem(place.file, place.line, f"{what} « {key} » est inconnu : corrigez ou ajoutez-le.")
        for key in ids
        if key not in known
    ]


def _fact_problems(knowledge: Knowledge, places: Places) -> list[Problem]:
    found = []
    for fact in knowledge.facts.values():
        cited = [fact.source, *fact.also, *(other.source for other in fact.others)]
        found += _unknown(cited, knowledge.sources, "la source", places[("faits", fact.id)])
    return found


def _disagreement_problems(knowledge: Knowledge, places: Places) -> list[Problem]:
    found = []
    for entry in knowledge.disagreements.values():
        place = places[("divergences", entry.id)]
        cited = [*entry.prevailing, *(position.source for position in entry.positions)]
        found += _unknown(cited, knowledge.sources, "la source", place)
        for pattern in entry.never_say:
            try:
                re.compile(pattern)
            except re.error as error:
                message = f"« {pattern} » n'est pas une expression valide ({error})."
                found.append(Problem(place.file, place.line, message))
    return found


def _contact_problems(knowledge: Knowledge, places: Places) -> list[Problem]:
    found = []
    for contact in knowledge.contacts.values():
        cited = [contact.source] if contact.source else []
        found += _unknown(cited, knowledge.sources, "la source", places[("contacts", contact.id)])
    return found


def _intent_problems(knowledge: Knowledge, documents: Mapping[str, Document]) -> list[Problem]:
    return [
        documents[f"fiches/{fiche.id}.yml"].problem(
            ("intention",), f"l'intention doit être « demander_{fiche.id} »."
        )
        for fiche in knowledge.fiches.values()
        if fiche.intent != f"demander_{fiche.id}"
    ]


def _fiche_problems(
    fiche: Fiche, knowledge: Knowledge, documents: Mapping[str, Document]
) -> list[Problem]:
    found = []
    # A fiche that could not be read has been told of already: it is not unknown as well.
    fiches = {*knowledge.fiches, *(Path(name).stem for name in documents)}
    document = documents[f"fiches/{fiche.id}.yml"]

    def refer(
        path: tuple[str | int, ...], ids: Iterable[str], known: Iterable[str], what: str
    ) -> None:
        found.extend(_unknown(ids, known, what, document.problem(path, "")))

    refer(("sources",), fiche.sources, knowledge.sources, "la source")
    refer(("divergences",), fiche.disagreements, knowledge.disagreements, "la divergence")
    refer(("suite",), fiche.next, fiches, "la fiche")
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
    for path, text in _texts(fiche):
        found += _text_problems(document, path, text, knowledge)
    return found


def _term_problems(knowledge: Knowledge, documents: Mapping[str, Document]) -> list[Problem]:
    if not knowledge.glossary:
        return []
    found: list[Problem] = []
    document = documents["glossaire.yml"]
    fiches = {*knowledge.fiches, *(Path(name).stem for name in documents)}
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


def _texts(fiche: Fiche) -> Iterable[tuple[tuple[str | int, ...], str]]:
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
    document: Document, path: tuple[str | int, ...], text: str, knowledge: Knowledge
) -> list[Problem]:
    found = []
    for name in PLACEHOLDER.findall(text):
        key, _, rest = name.partition(".")
        if key == "site":
            if rest not in knowledge.site:
                message = f"{{{name}}} : « {rest} » n'est pas un réglage de site.yml."
                found.append(document.problem(path, message))
        elif key not in knowledge.facts or rest not in ("", "nombre"):
            message = f"{{{name}}} n'est pas un fait connu : ajoutez-le dans knowledge/faits/."
            found.append(document.problem(path, message))
    for match in _HAND_WRITTEN.finditer(PLACEHOLDER.sub("", text)):
        message = (
            f"« {match.group().strip()} » est écrit à la main : "
            "mettez la valeur dans knowledge/faits/ et écrivez {son_nom} ici."
        )
        found.append(document.problem(path, message))
    return found
