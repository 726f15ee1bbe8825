"""Labelled conversations: what people typed, and what each turn asks (`data/conversations/`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from assistant_am.files.errors import KnowledgeError, Problem
from assistant_am.files.strict_yaml import Document, KeyPath
from assistant_am.files.strict_yaml import read as read_yaml

_T = TypeVar("_T")

QUESTION = "question"
NOT_COVERED = "non_couvert"
"""A question about our field that no fiche answers."""
TELLS = "aucune"
"""What a turn without request is learnt as: it tells something, or reacts."""
ACTS = {
    "source": "demander_source",
    "fraicheur": "demander_fraicheur",
    "contester": "contester",
    "plus": "demander_plus",
    "pourquoi": "demander_pourquoi",
    "calcul": "demander_calcul",
    "rappel_situation": "rappel_situation",
    "annuler": "annuler",
    "recommencer": "recommencer",
    "effacer": "effacer_donnees",
    "saluer": "saluer",
    "remercier": "remercier",
    "conge": "prendre_conge",
    "robot": "robot",
    "capacites": "capacites",
    "contact_humain": "contact_humain",
    "affirmer": "affirmer",
    "nier": "nier",
    "ne_sait_pas": "ne_sait_pas",
    "frustration": "frustration",
    "insulte": "insulter",
    "hors_sujet": "hors_sujet",
    "autre_metier": "autre_metier",
    "autre_aide": "autre_aide",
    "avis_medical": "avis_medical",
    "urgence": "urgence",
    "urgence_suicide": "urgence_suicide",
    "langue_etrangere": "langue_etrangere",
    "reponse": "reponse",
}
"""Acts of the labels, with the intention that `data/nlu/` and the dialogue know them by."""
VALUES = frozenset(
    {
        "quotite", "annee", "annee_relative", "horizon", "tranche", "patients", "date_contrat",
        "bareme", "specialite", "secteur", "age_65", "nouvel_installe", "zip", "mep",
        "objectifs_atteints", "second_assistant", "salaire_brut", "profil", "public", "medecin",
        "medecins", "de", "hypothese", "nie",
    }
)  # fmt: skip
"""Keys of `valeurs`. The last four are no values: several doctors each with his own, of whom it is
said (`tiers`), whether it is only supposed, the slots denied."""
ALIASES = "alias.yml"
"""File beside the conversations that says what became of a fiche: old id → id of today."""
_TURN_KEYS = frozenset({"user", "bot", "demandes", "valeurs"})
_CONVERSATION_KEYS = frozenset({"id", "persona", "turns"})
_REQUEST_KEYS = frozenset({"acte", "sujet", "suite", "operation", "precise", "point", "sens"})
GENERAL = "general"
"""Point of a turn that asks its subject as a whole: the general answer is the right one."""


@dataclass(frozen=True)
class LabelledRequest:
    """One request of a turn: any of `labels` (subjects or an act) is a right reading, best first.

    `act` is that of the file; `follows` when the turn alone would not say what is asked. `point` is
    the one of the first subject that is asked, by its key. The file's `sens: niee`, where the
    contrary of its statement is asked, is not learnt.
    """

    act: str
    labels: tuple[str, ...]
    follows: bool = False
    operation: str | None = None
    point: str = ""


@dataclass(frozen=True)
class LabelledTurn:
    """What a person typed, its requests in order (none: it only tells something), its values."""

    text: str
    requests: tuple[LabelledRequest, ...]
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def asks(self) -> bool:
        return any(request.act == QUESTION for request in self.requests)

    @property
    def follows(self) -> bool:
        return any(request.follows for request in self.requests)


@dataclass(frozen=True)
class LabelledConversation:
    """The turns of one person, in order."""

    id: str
    turns: tuple[LabelledTurn, ...]


def read_conversations(
    folder: Path, subjects: Collection[str], aliases: Mapping[str, str] | None = None
) -> list[LabelledConversation]:
    """Read every file of a folder, or one file.

    `subjects` are the fiches; `aliases` says what became of those renamed or merged, by default as
    `alias.yml` beside the conversations does. Raises KnowledgeError with every mistake: file,
    line, remedy.
    """
    problems: list[Problem] = []
    if aliases is None:
        beside = folder if folder.is_dir() else folder.parent
        aliases = _collect(problems, lambda: read_aliases(beside, subjects)) or {}
    found: list[LabelledConversation] = []
    for file in _files(folder):
        document = _collect(problems, partial(read_yaml, file))
        if document is not None:
            reader = _Reader(document, subjects, aliases)
            found += reader.conversations()
            problems += reader.problems
    twice = [name for name, count in Counter(each.id for each in found).items() if count > 1]
    problems += [Problem(folder, 0, f"l'id {name} sert deux fois : changez-le.") for name in twice]
    if problems:
        raise KnowledgeError(problems)
    return found


def read_aliases(folder: Path, subjects: Collection[str]) -> dict[str, str]:
    """Old ids of fiches with their id of today, from `alias.yml`; none when there is no such file.

    Raises KnowledgeError.
    """
    file = folder / ALIASES
    if not file.exists():
        return {}
    document = read_yaml(file)
    entries = {} if document.data is None else document.data
    if not isinstance(entries, dict):
        raise KnowledgeError([document.problem((), "il faut des lignes « ancien_id: nouvel_id ».")])
    problems: list[Problem] = []
    found: dict[str, str] = {}
    for old, new in entries.items():
        path: KeyPath = (old,)
        target, known = str(new), {old}
        while target in entries and target not in known:
            known.add(target)
            target = str(entries[target])
        if old in subjects:
            text = f"« {old} » est encore une fiche : enlevez la ligne."
            problems.append(document.problem(path, text))
        elif target not in subjects and target != NOT_COVERED:
            text = f"« {new} » ne mène à aucune fiche : corrigez-le, ou {NOT_COVERED}."
            problems.append(document.problem(path, text))
        else:
            found[str(old)] = target
    if problems:
        raise KnowledgeError(problems)
    return found


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return [folder]
    return [file for file in sorted(folder.glob("*.yml")) if file.name != ALIASES]


def _collect(problems: list[Problem], read: Callable[[], _T]) -> _T | None:
    """What `read` gives, or None with its mistakes added to `problems`."""
    try:
        return read()
    except KnowledgeError as error:
        problems += error.problems
        return None


@dataclass
class _Reader:
    """Reads one file, and notes every mistake with its line."""

    document: Document
    subjects: Collection[str]
    aliases: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)

    def conversations(self) -> Iterator[LabelledConversation]:
        if not isinstance(self.document.data, list):
            self._wrong((), "une liste de conversations est attendue.")
            return
        for place, entry in enumerate(self.document.data):
            path: KeyPath = (place,)
            if not self._keys(path, entry, _CONVERSATION_KEYS, needed={"id", "turns"}):
                continue
            listed = self._list((*path, "turns"), entry["turns"])
            turns = (self._turn((*path, "turns", i), each) for i, each in enumerate(listed))
            yield LabelledConversation(str(entry["id"]), tuple(t for t in turns if t))

    def _turn(self, path: KeyPath, entry: Any) -> LabelledTurn | None:
        if not self._keys(path, entry, _TURN_KEYS, needed={"user"}):
            return None
        asked = self._list((*path, "demandes"), entry.get("demandes") or [])
        requests = (self._request((*path, "demandes", i), each) for i, each in enumerate(asked))
        found = tuple(request for request in requests if request)
        return LabelledTurn(str(entry["user"]), found, self._values(path, entry.get("valeurs")))

    def _request(self, path: KeyPath, entry: Any) -> LabelledRequest | None:
        if not self._keys(path, entry, _REQUEST_KEYS, needed={"acte"}):
            return None
        act = str(entry["acte"])
        follows, operation = bool(entry.get("suite")), entry.get("operation")
        if act in ACTS:
            return LabelledRequest(act, (ACTS[act],), follows, operation)
        if act != QUESTION:
            text = f"l'acte « {act} » est inconnu : {QUESTION}, ou l'un de {', '.join(ACTS)}."
            self._wrong((*path, "acte"), text)
            return None
        named = entry.get("sujet") or NOT_COVERED
        given = [str(each) for each in (named if isinstance(named, list) else [named])]
        labels = tuple(dict.fromkeys(self.aliases.get(each, each) for each in given))
        unknown = [each for each in labels if each != NOT_COVERED and each not in self.subjects]
        if unknown:
            text = (
                f"le sujet « {unknown[0]} » n'est pas une fiche : corrigez-le, mettez "
                f"{NOT_COVERED}, ou dites dans {ALIASES} ce que la fiche est devenue."
            )
            self._wrong((*path, "sujet"), text)
            return None
        return LabelledRequest(act, labels, follows, operation, str(entry.get("point") or ""))

    def _values(self, path: KeyPath, entry: Any) -> Mapping[str, Any]:
        if not entry:
            return {}
        return entry if self._keys((*path, "valeurs"), entry, VALUES, needed=set()) else {}

    def _list(self, path: KeyPath, entry: Any) -> list[Any]:
        if isinstance(entry, list):
            return entry
        self._wrong(path, f"« {path[-1]} » est une liste : commencez chaque ligne par un tiret.")
        return []

    def _keys(self, path: KeyPath, entry: Any, allowed: frozenset[str], needed: set[str]) -> bool:
        if not isinstance(entry, dict):
            self._wrong(path, "des lignes « clé: valeur » sont attendues ici.")
            return False
        for key in sorted(set(entry) - allowed, key=str):
            self._wrong((*path, key), f"la clé « {key} » est inconnue : enlevez-la.")
        missing = sorted(key for key in needed if entry.get(key) is None)
        for key in missing:
            self._wrong(path, f"il manque la clé « {key} » : ajoutez-la.")
        return not missing

    def _wrong(self, path: KeyPath, message: str) -> None:
        self.problems.append(self.document.problem(path, message))
