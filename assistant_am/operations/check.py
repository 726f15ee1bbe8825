"""Check what people edit: knowledge, phrases, words, sentences, messages, conversations."""

from __future__ import annotations

import datetime
import os
from collections import Counter
from collections.abc import Container, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from assistant_am import aid
from assistant_am.dialogue.acts import ACTS
from assistant_am.dialogue.world import World, load_world
from assistant_am.files.errors import KnowledgeError, Problem
from assistant_am.files.shelves import Shelves
from assistant_am.files.strict_yaml import read as read_yaml
from assistant_am.french.fold import words
from assistant_am.knowledge import Fiche, Knowledge, due_soon, read_checked, stale
from assistant_am.knowledge import load as load_knowledge
from assistant_am.knowledge.compare import (
    answers_touched,
    changed_facts,
    dated_values,
    forgotten,
    lost_marks,
)
from assistant_am.knowledge.fact_checks import doubts
from assistant_am.knowledge.file_names import unread, unread_of_site
from assistant_am.knowledge.parameter_files import problems as parameter_problems
from assistant_am.knowledge.sentences import (
    Sentence,
    few_sentences,
    read_sentences,
    sentence_problems,
)
from assistant_am.knowledge.site_changes import conflicts, site_changes
from assistant_am.operations.last_commit import former_knowledge
from assistant_am.operations.project import Project
from assistant_am.runtime.settings import WebSettings, WrongSetting
from assistant_am.site import with_site
from assistant_am.understanding import conversations
from assistant_am.understanding.conversations import (
    GENERAL,
    LabelledConversation,
    read_aliases,
    read_conversations,
)
from assistant_am.understanding.examples import read_messages

WORD_LISTS = (
    ("lexique/politesse.yml", "politesse"),
    ("lexique/entites.yml", "entites"),
    ("lexique/urgences.yml", "urgences"),
)
SENTENCES = Path("data") / "nlu"
MESSAGES = Path("data") / "messages"
CONVERSATIONS = Path("data") / "conversations"
KEPT_APART = Path("tests") / "kept_apart" / "conversations"
"""Labelled conversations: those learnt, and those that only measure."""
_OWN_WORDS = 10
"""From so many words on, nobody types the same message twice by chance."""


@dataclass(frozen=True)
class Report:
    """Mistakes that stop, warnings that do not, what changed since the last commit, counts."""

    problems: tuple[str, ...]
    warnings: tuple[str, ...]
    counts: dict[str, int]
    changes: tuple[str, ...] = ()


def check(project: Project, today: datetime.date) -> Report:
    """Read everything as the bot would; no Rasa, one second or two."""
    with former_knowledge(project.root) as before:
        return check_against(project, today, before, os.environ)


def check_against(
    project: Project,
    today: datetime.date,
    before: Path | None,
    environment: Mapping[str, str],
) -> Report:
    """The same, compared with another folder of knowledge, if there is one."""
    folder, site = project.knowledge, project.site
    told = [
        *unread(folder, project.root / SENTENCES),
        *unread_of_site(site, folder),
        *parameter_problems(folder, today, site),
    ]
    world: World | None = None
    try:
        world = load_world(folder, today, site)
    except KnowledgeError as error:
        # A slip of a parameter has been told, in better words.
        slips = {problem.file for problem in told}
        told += [problem for problem in error.problems if problem.file not in slips]
    problems = _shown(project, [*dict.fromkeys(told), *_word_lists(folder)])
    counts: dict[str, int] = {}
    sentences: list[Sentence] = []
    try:
        sentences = read_sentences(*with_site(project.root / SENTENCES, site))
        counts["phrases d'entraînement"] = len(sentences)
        if world is not None:
            hidden = {f"demander_{key}": key for key in world.knowledge.hidden}
            intents = {**world.fiche_by_intent, **hidden}
            problems += _shown(project, sentence_problems(sentences, intents, ACTS, intents))
    except KnowledgeError as error:
        problems += _shown(project, error.problems)
    gone: list[Problem] = []
    if world is not None:
        problems += _shown(project, _messages(project, world, counts))
        problems += _shown(project, _conversations(project, world, counts, gone))
    warnings: list[str] = [*_shown(project, gone)]
    changes: list[str] = []
    laid = site_changes(folder, site)
    counts |= {"entrées du site": len(laid)} if laid else {}
    warnings += _shown(project, conflicts(laid))
    if before is not None:
        unclear = {problem.file for problem in told}
        refused, replaced = _overwritten(project, before, unclear)
        problems += refused
        warnings += replaced
    if world is not None and before is not None:
        changes = _since(project, before, world, today, warnings)
        changes += _parameters_since(project, before, world, today)
    if world is not None:
        knowledge = world.knowledge
        counts |= {
            "fiches": len(knowledge.fiches),
            "faits": len(knowledge.facts),
            "divergences": len(knowledge.disagreements),
            "sources": len(knowledge.sources),
        }
        problems += _shown(project, _two_places(folder, world, today))
        for key, message in doubts(knowledge, today):
            warnings += _shown(project, _at_fact(project, key, [message]))
        warnings += _shown(project, few_sentences(sentences))
        warnings += _retention(project, knowledge.site, environment)
        warnings += _reviews(knowledge, today)
    return Report(tuple(problems), tuple(warnings), counts, tuple(changes))


def _word_lists(folder: Path) -> list[Problem]:
    found: list[Problem] = []
    for name, schema in WORD_LISTS:
        try:
            read_checked(folder, name, schema)
        except KnowledgeError as error:
            found += error.problems
    return found


def _reviews(knowledge: Knowledge, today: datetime.date) -> list[str]:
    """Sources to read again, late or soon."""
    return [
        f"source à relire depuis le {source.review_by} : {source.title} ({source.id})"
        for source in stale(knowledge, today)
    ] + [
        f"source à relire avant le {source.review_by} : {source.title} ({source.id})"
        for source in due_soon(knowledge, today)
    ]


def _two_places(folder: Path, world: World, today: datetime.date) -> list[Problem]:
    """Values that stand in `faits/` for sentences and in `parametres/` for amounts."""
    figures = world.parameters
    found = []
    for key, parameter in (
        ("smic_mensuel", figures.minimum_wage),
        ("seuil_p30_mg", figures.gp_threshold),
        ("tolerance_65", figures.upkeep_tolerance),
        ("convention_effet", figures.agreement_start),
        ("percentiles_reference", figures.percentile_date),
        ("honoraires_cliniques_min", figures.clinical_share),
        ("honoraires_periode", figures.clinical_months),
        ("age_65", figures.upkeep_age),
        ("nouvel_installe_premier_delai", figures.new_doctor_percentile_delay),
        ("nouvel_installe_second_delai", figures.new_doctor_delay),
        ("tiers_temps_fermeture", figures.third_time_closed_on),
        ("delai_formation", figures.training_delay),
    ):
        fact = world.knowledge.facts.get(key)
        if fact and fact.value != parameter.at(today):
            message = (
                f"{parameter.at(today)} ici, {fact.value} dans knowledge/faits/ ({key}) : "
                "changez les deux."
            )
            found.append(Problem(folder / "parametres" / f"{parameter.id}.yml", 0, message))
    return found


def _overwritten(
    project: Project, before: Path, unclear: Container[Path]
) -> tuple[list[str], list[str]]:
    """What is gone (refused) or was replaced (warned of): dated values, marks of phrases."""
    refused: list[Problem] = []
    warned: list[Problem] = []
    for file in sorted((before / "parametres").glob("*.yml")):
        now = project.root / "knowledge" / "parametres" / file.name
        if now in unclear:
            continue
        try:
            was, document = read_yaml(file), read_yaml(now)
        except KnowledgeError:
            # A file that cannot be read is told of elsewhere.
            continue
        if was.data != document.data:
            for problem, stops in dated_values(was.data, document):
                (refused if stops else warned).append(problem)
    with suppress(KnowledgeError):
        document = read_yaml(project.root / "knowledge" / "phrases.yml")
        refused += lost_marks(read_yaml(before / "phrases.yml").data, document)
    return _shown(project, refused), _shown(project, warned)


def _since(
    project: Project, before: Path, world: World, today: datetime.date, warnings: list[str]
) -> list[str]:
    """Facts that changed, one line each; what they left behind joins the warnings."""
    try:
        former = load_knowledge(before, project.site)
    except KnowledgeError:
        return []
    changed = changed_facts(former, world.knowledge)
    for each in changed:
        told = forgotten(each, world.knowledge, today)
        warnings += _shown(project, _at_fact(project, each.after.id, told))
    return [each.said for each in changed]


def _parameters_since(
    project: Project, before: Path, world: World, today: datetime.date
) -> list[str]:
    """Parameters that changed, one line each, with the sentences that say otherwise now."""
    try:
        former = aid.load(before, project.site)
    except KnowledgeError:
        return []
    said = [_sentences(each, today) for each in (former, world.parameters)]
    return [
        answers_touched(name, *said)
        for name, each in world.parameters.by_file.items()
        if former.by_file.get(name) != each
    ]


def _sentences(parameters: aid.Parameters, day: datetime.date) -> dict[str, str]:
    sayings = aid.Sayings.on(parameters, day)
    return {key: sayings.shown(key) for key in parameters.phrases}


def _at_fact(project: Project, key: str, messages: Iterable[str]) -> list[Problem]:
    """What is told of a fact, at the line where it stands."""
    shelves = Shelves(project.knowledge, project.site)
    for name in shelves.names("faits"):
        document = shelves.document(name)
        if document is not None and (key,) in document.lines:
            return [document.problem((key,), message) for message in messages]
    return []


def _retention(
    project: Project, site: Mapping[str, object], environment: Mapping[str, str]
) -> list[str]:
    """The chat announces one number of days, the purge keeps another."""
    try:
        days = WebSettings.from_environment(environment).retention_days
    except WrongSetting:
        return []
    if days is None or site.get("conservation_jours") == days:
        return []
    own = project.site / "knowledge" / "site.yml"
    file = own if own.exists() else project.knowledge / "site.yml"
    return [
        f"{project.shown(file)} annonce {site.get('conservation_jours')} jours de conservation et "
        f"AM_CONSERVATION_JOURS vaut {days} : retirez-le, ou donnez-leur le même nombre."
    ]


def _messages(project: Project, world: World, counts: dict[str, int]) -> list[Problem]:
    """Mistakes of the single messages: lines that cannot be read, labels that do not exist."""
    folders = with_site(project.root / MESSAGES, project.site)
    try:
        examples = [each for folder in folders for each in read_messages(folder)]
    except KnowledgeError as error:
        return list(error.problems)
    counts["messages d'entraînement"] = len(examples)
    labels = {
        *world.knowledge.fiches,
        *world.knowledge.hidden,
        *conversations.ACTS.values(),
        conversations.TELLS,
        conversations.NOT_COVERED,
    }
    # Every line is an example, else it would have been refused above.
    places = [
        (file, line)
        for folder in folders
        for file in sorted(folder.glob("*.jsonl"))
        for line, _ in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
    ]
    return [
        Problem(
            file,
            line,
            f"« {key} » vaut « {label} », qui n'est ni une fiche ni un acte : corrigez-le.",
        )
        for (file, line), example in zip(places, examples, strict=True)
        for key, label in (("s", example.requests[0][0]), ("l", example.context.subject))
        if label not in labels and (key == "s" or label)
    ]


def _conversations(
    project: Project, world: World, counts: dict[str, int], gone: list[Problem]
) -> list[Problem]:
    """Mistakes of the labelled conversations, learnt and kept apart; points that are no longer in
    their fiche join `gone`."""
    fiches = {*world.knowledge.fiches, *world.knowledge.hidden}
    problems: list[Problem] = []
    aliases: dict[str, str] = {}
    try:
        aliases = read_aliases(project.root / CONVERSATIONS, fiches)
    except KnowledgeError as error:
        problems += error.problems
    read: dict[Path, list[LabelledConversation]] = {}
    for folder in (CONVERSATIONS, KEPT_APART):
        try:
            read[folder] = [
                each
                for place in with_site(project.root / folder, project.site)
                for each in read_conversations(place, fiches, aliases)
            ]
        except KnowledgeError as error:
            problems += error.problems
    for folder, name in ((CONVERSATIONS, "apprises"), (KEPT_APART, "à part")):
        counts[f"conversations {name}"] = len(read.get(folder, ()))
    learnt = read.get(CONVERSATIONS, [])
    gone += _unknown_points(project.root / CONVERSATIONS, learnt, world.knowledge.fiches)
    if len(read) == len((CONVERSATIONS, KEPT_APART)):
        problems += _leaks(project.root / KEPT_APART, read[CONVERSATIONS], read[KEPT_APART])
    return problems


def _unknown_points(
    folder: Path, learnt: list[LabelledConversation], fiches: Mapping[str, Fiche]
) -> list[Problem]:
    """Turns that ask a point which their fiche does not have, or no longer."""
    known = {key: {each.key for each in fiche.propositions} for key, fiche in fiches.items()}
    asked = Counter(
        (request.labels[0], request.point)
        for conversation in learnt
        for turn in conversation.turns
        for request in turn.requests
        if request.point and request.point != GENERAL and request.labels[0] in known
    )
    return [
        Problem(
            folder,
            0,
            f"le point « {point} », demandé {count} fois, n'est pas dans la fiche {key} : sa "
            "réponse générale sera donnée. Rendez-lui cette « cle », ou changez les conversations.",
        )
        for (key, point), count in asked.items()
        if point not in known[key]
    ]


def _leaks(
    folder: Path, learnt: list[LabelledConversation], apart: list[LabelledConversation]
) -> list[Problem]:
    """Conversations kept apart that are learnt as well: they would measure nothing."""
    ids = {each.id for each in learnt}
    said = {key for each in learnt for turn in each.turns if (key := _own(turn.text))}
    return [
        Problem(
            folder,
            0,
            f"la conversation {each.id} est aussi dans {CONVERSATIONS} (même id, ou même long "
            "message) : enlevez-la d'un des deux dossiers, ou changez son id.",
        )
        for each in apart
        if each.id in ids or any(_own(turn.text) in said for turn in each.turns)
    ]


def _own(text: str) -> str | None:
    found = words(text)
    return " ".join(found) if len(found) >= _OWN_WORDS else None


def _shown(project: Project, problems: list[Problem] | tuple[Problem, ...]) -> list[str]:
    return [
        str(Problem(file=_relative(project, problem), line=problem.line, message=problem.message))
        for problem in problems
    ]


def _relative(project: Project, problem: Problem) -> Path:
    try:
        return problem.file.relative_to(project.root)
    except ValueError:
        return problem.file
