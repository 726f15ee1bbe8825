"""The workshop without its pages: what is published, the draft over it, and publishing."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant_am.aid import Parameters
from assistant_am.atelier import amounts, answers, learnt
from assistant_am.atelier.answers import Answer, Pair
from assistant_am.atelier.differences import amount_title, sentence, title_of
from assistant_am.atelier.draft import Change, Draft
from assistant_am.atelier.history import History, Publication
from assistant_am.atelier.learnt import PHRASES
from assistant_am.atelier.storehouse import Entry, Place, Storehouse, place_of
from assistant_am.dialogue.script import Script
from assistant_am.dialogue.world import World, key_of, load_world
from assistant_am.files.errors import KnowledgeError, Problem
from assistant_am.knowledge import Knowledge
from assistant_am.knowledge.overlay import Mistake, mistakes, overlaid
from assistant_am.knowledge.sentences import Sentence
from assistant_am.knowledge.site_changes import is_overtaken, site_changes

Load = Callable[[Path, datetime.date, Path], World]


class Refused(Exception):
    """Nothing was published; `reasons` are French sentences."""

    def __init__(self, reasons: list[str]) -> None:
        self.reasons = reasons
        super().__init__("\n".join(reasons))


@dataclass(frozen=True)
class Difference:
    """One change of the draft in plain French, and the answers that it changes."""

    change: Change
    said: str
    pairs: tuple[Pair, ...]

    @property
    def full(self) -> str:
        """« CQP : 279 → 300 heures, 14 réponses changent »."""
        count = len(self.pairs)
        if not count:
            return self.said
        return f"{self.said}, {count} réponse{'s changent' if count > 1 else ' change'}"


@dataclass(frozen=True)
class Update:
    """An entry of the site, made from a shipped one that a new version has changed."""

    place: Place
    shipped: Entry | None
    ours: Entry | None


class Workshop:
    """The knowledge of one site and its draft, for all who are at work on it."""

    def __init__(
        self,
        knowledge: Path,
        site: Path,
        data: Path,
        today: Callable[[], datetime.date] = datetime.date.today,
        load: Load = load_world,
    ) -> None:
        """`site` is the folder written to; `data` keeps the draft and the history.

        Raises KnowledgeError.
        """
        self.storehouse = Storehouse(knowledge, site)
        self.draft = Draft(data / "brouillon.json", self.storehouse)
        self.history = History(data / "historique.jsonl")
        self.today = today
        self._load = load
        self._lock = threading.RLock()
        self._published = load(knowledge, today(), site)
        self._version = self.storehouse.version()
        self._touched: tuple[Knowledge, Place, list[Answer]] | None = None
        self._drafted: tuple[tuple[int, int], World] | None = None

    def published(self) -> World:
        """What the files say now; when somebody has just broken one by hand, what they said."""
        with self._lock:
            version = self.storehouse.version()
            if version != self._version:
                try:
                    self._published = self._read(self.storehouse.site)
                except KnowledgeError:
                    return self._published
                self._version = version
            return self._published

    def drafted(self) -> World:
        """What the assistant would be with the draft."""
        with self._lock:
            published = self.published()
            key = (self.draft.revision, self._version)
            if self._drafted is None or self._drafted[0] != key:
                self._drafted = (key, self._over(published, self.draft.changes()))
            return self._drafted[1]

    def knowledge_with(self, place: Place, entry: Entry) -> Knowledge:
        """The draft's knowledge with one entry as it is being typed; it has no mistake."""
        if place.kind == "phrases":
            return self.drafted().knowledge
        return overlaid(self.drafted().knowledge, place.kind, place.key, entry)

    def mistakes(self, place: Place, entry: Entry) -> list[Mistake]:
        """What `check` would say of an entry."""
        if place.kind == "phrases":
            return self._mistakes_of_phrases(place.key, entry[PHRASES])
        knowledge, schemas = self.drafted().knowledge, self.storehouse.schemas
        return mistakes(knowledge, schemas, place.kind, place.key, entry)

    def sentences(self) -> list[Sentence]:
        """All sentences, with those of the draft. Raises KnowledgeError."""
        drafted = {
            learnt.intent_of(each.place.key): each.after[PHRASES]
            for each in self.draft.changes()
            if each.place.kind == "phrases" and each.after is not None
        }
        shipped = self.storehouse.learnt.shipped
        kept = [
            each
            for each in self.storehouse.learnt.all()
            if each.intent not in drafted or each.file.parent == shipped
        ]
        return kept + [
            Sentence(text, intent, Path(), 0) for intent, texts in drafted.items() for text in texts
        ]

    def _mistakes_of_phrases(self, fiche: str, phrases: Sequence[str]) -> list[Mistake]:
        intent = learnt.intent_of(fiche)
        shipped = self.storehouse.learnt.shipped
        others = {
            key_of(each.text): each.intent
            for each in self.sentences()
            if each.intent != intent or each.file.parent == shipped
        }
        fiches = self.drafted().fiche_by_intent
        said: list[Mistake] = []
        for at, text in enumerate(phrases):
            message = learnt.unreadable(text)
            other = others.get(key_of(text))
            if not message and other is not None:
                known = self.drafted().knowledge.fiches.get(fiches.get(other, ""))
                where = f"de « {known.label} »" if known else "d'un autre sujet"
                where = "de ce sujet" if other == intent else where
                message = f"« {text} » est déjà une phrase {where} : changez-la."
            if not message and key_of(text) in map(key_of, phrases[:at]):
                message = f"« {text} » est écrite deux fois : gardez-en une."
            if message:
                said.append(Mistake((PHRASES,), message))
        return said

    def touched(self, knowledge: Knowledge, place: Place) -> list[Answer]:
        """The answers that an entry has a part in."""
        if place.kind == "faits":
            return list(answers.naming(knowledge, place.key))
        if place.kind == "fiches":
            fiche = knowledge.fiches.get(place.key)
            return list(answers.of_fiche(knowledge, fiche)) if fiche else []
        if place.kind == "sources":
            return list(answers.citing(knowledge, place.key))
        return list(answers.naming(knowledge, "site")) if place.kind == "site" else []

    def compared(self, place: Place, after: Knowledge) -> list[Pair]:
        """Each answer that an entry has a part in, as published and with `after`."""
        return answers.pairs(self._as_published(place), self.touched(after, place))

    def _as_published(self, place: Place) -> list[Answer]:
        """What an entry has a part in now: the same at each key that somebody types."""
        knowledge = self.published().knowledge
        known = self._touched
        if known is None or known[0] is not knowledge or known[1] != place:
            known = self._touched = (knowledge, place, self.touched(knowledge, place))
        return known[2]

    def differences(self) -> list[Difference]:
        """The draft, change by change."""
        return [self._difference(change) for change in self.draft.changes()]

    def publish(self, who: str, why: str) -> Publication:
        """Check the draft whole, write it, tell the history. Raises Refused."""
        with self._lock, self.draft.locked():
            overtaken = self.draft.overtaken()
            if overtaken:
                raise Refused(
                    [
                        f"{self.title(each.place)} a changé depuis : choisissez."
                        for each in overtaken
                    ]
                )
            found = self.differences()
            if not found:
                raise Refused(["Le brouillon est vide : il n'y a rien à publier."])
            changes = [each.change for each in found]
            published = self._write(changes, who, why, [each.full for each in found])
            for change in changes:
                self.draft.drop(change.place)
            return published

    def undo(self, number: int, who: str) -> Publication:
        """Publish the contrary of a publication. Raises Refused, KeyError."""
        with self._lock, self.draft.locked():
            past = self.history.find(number)
            if past is None:
                raise KeyError(number)
            now = datetime.datetime.now().isoformat(timespec="seconds")
            changed = [
                each for each in past.changes if self.storehouse.entry(each.place) != each.after
            ]
            if changed:
                raise Refused(
                    [
                        f"{self.title(each.place)} a encore changé depuis : "
                        "annulez d'abord la publication la plus récente, ou changez-la à la main."
                        for each in changed
                    ]
                )
            changes = [
                Change(each.place, each.after, each.before, who, now) for each in past.changes
            ]
            said = [self._difference(change).full for change in changes]
            return self._write(changes, who, f"Annule la publication n° {number}", said, number)

    def updates(self) -> list[Update]:
        """What a new version of the project has changed under the entries of the site."""
        laid = site_changes(self.storehouse.folder, self.storehouse.site)
        places = [place_of(each) for each in laid if is_overtaken(each)]
        return [
            Update(place, self.storehouse.shipped(place), self.storehouse.entry(place))
            for place in places
            if place is not None
        ]

    def settle(self, place: Place, who: str, *, ours: bool) -> None:
        """Hold on to the site's entry, which then knows the shipped one of today, or take that one.

        Raises KeyError, Refused.
        """
        with self._lock, self.draft.locked():
            found = next((each for each in self.updates() if each.place == place), None)
            if found is None:
                raise KeyError(place.key)
            if ours:
                self.storehouse.write({place: found.ours})
                return
            now = datetime.datetime.now().isoformat(timespec="seconds")
            change = Change(place, found.ours, found.shipped, who, now)
            said = [self._difference(change).full]
            self._write([change], who, "Prend ce que livre la mise à jour", said)

    def title(self, place: Place) -> str:
        """What people call an entry."""
        change = Change(place, None, self.draft.entry(place), "", "")
        if place.kind == "montants":
            name, *steps, _ = place.key.split("/")
            return amount_title(name, steps, self.published().parameters)
        return title_of(change, self.drafted().knowledge)

    def _read(self, site: Path) -> World:
        return self._load(self.storehouse.folder, self.today(), site)

    def _difference(self, change: Change) -> Difference:
        world = self.published()
        place, after = change.place, change.after
        pairs: list[Pair] = []
        has_answers = place.kind not in ("montants", "phrases")
        if has_answers and after is not None and not self.mistakes(place, after):
            knowledge = overlaid(self._with_added(world.knowledge), place.kind, place.key, after)
            pairs = [each for each in self.compared(place, knowledge) if each.differs]
        # An entry that the draft adds is called by its name, not by its key.
        named = self.drafted().knowledge
        return Difference(change, sentence(change, named, world.parameters), tuple(pairs))

    def _with_added(self, knowledge: Knowledge) -> Knowledge:
        """With the facts and sources that the draft adds: other changes of it may name them."""
        for each in self.draft.changes():
            if each.before is None and each.after and each.place.kind in ("sources", "faits"):
                knowledge = overlaid(knowledge, each.place.kind, each.place.key, each.after)
        return knowledge

    def _write(
        self, changes: list[Change], who: str, why: str, said: list[str], undoes: int | None = None
    ) -> Publication:
        wanted: Mapping[Place, Entry | None] = {each.place: each.after for each in changes}
        with self.storehouse.rehearsed(wanted) as copy:
            try:
                world = self._read(copy)
            except KnowledgeError as error:
                raise Refused([_shown(each, copy) for each in error.problems]) from error
            self._require_sentences(changes, world, copy)
        # A crash between these lines leaves the draft: publishing it again ends the work.
        self.storehouse.write(wanted)
        self._published, self._version = world, self.storehouse.version()
        when = datetime.datetime.now().isoformat(timespec="seconds")
        return self.history.add(who, when, why, said, changes, undoes)

    def _require_sentences(self, changes: list[Change], world: World, copy: Path) -> None:
        """A fiche without a sentence, a sentence said twice; raises Refused."""
        if not any(each.place.kind in ("phrases", "fiches") for each in changes):
            return
        try:
            found = learnt.problems(self.storehouse.learnt.all(copy), world.knowledge)
        except KnowledgeError as error:
            found = list(error.problems)
        if found:
            raise Refused([_shown(each, copy) for each in found])

    def _over(self, published: World, changes: tuple[Change, ...]) -> World:
        knowledge, parameters = published.knowledge, published.parameters
        for change in changes:
            place, after = change.place, change.after
            if place.kind == "montants":
                parameters = _with_line(parameters, place, after)
            elif after is not None and place.kind != "phrases":
                knowledge = overlaid(knowledge, place.kind, place.key, after)
        if knowledge is published.knowledge and parameters is published.parameters:
            return published
        wordings: dict[str, str] = {}
        for fiche in knowledge.fiches.values():
            for wording in (fiche.question, fiche.label):
                wordings.setdefault(key_of(wording), fiche.id)
        return replace(
            published,
            knowledge=knowledge,
            parameters=parameters,
            script=Script.load(self.storehouse.folder, knowledge, self.storehouse.site),
            fiche_by_intent={each.intent: each.id for each in knowledge.fiches.values()},
            fiche_by_wording=wordings,
        )


def _with_line(parameters: Parameters, place: Place, entry: Entry | None) -> Parameters:
    try:
        return amounts.with_line(parameters, place, entry)
    except (KeyError, StopIteration, ValueError):
        # A line of a table that the files no longer have: publishing will say so.
        return parameters


def _shown(problem: Problem, folder: Path) -> str:
    return str(problem).replace(f"{folder}/", "")
