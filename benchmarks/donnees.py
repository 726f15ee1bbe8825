"""The project's data, its conversations in a fixed order, one in twelve of them never learnt."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant_am.knowledge import load
from assistant_am.knowledge.sentences import read_sentences
from assistant_am.understanding.conversations import LabelledConversation, read_conversations
from assistant_am.understanding.examples import Example, read_messages, turn_examples
from assistant_am.understanding.subjects import Subject, learnt_subjects
from assistant_am.understanding.training import TrainingSet

ROOT = Path(__file__).resolve().parents[1]
CONVERSATIONS = ROOT / "data" / "conversations"
VECTORS = ROOT / ".cache" / "encodeur" / "mesures.npz"
ORDER = (
    "aide", "candidats", "medecins", "messageries", "candidats_2", "coordination", "difficultes",
    "medecins_2", "messageries_2", "patients_salaries", "aide_vecue", "recits", "tous_les_jours",
    "ordinaires", "melees", "cas_chiffres", "etudes", "visites", "vies", "a_cote", "detours",
    "passants", "embuches", "employeurs", "decouvertes",
    "evenements", "metier", "cabinet", "praticiens", "gens", "parcours", "marges",
    "tres_courts", "aide_au_jour", "metier_au_jour", "longs_debuts", "portraits", "moments",
    "plusieurs", "a_qui", "oui_ou_non", "chiffres_a_soi", "apres_coup", "de_biais",
    "rencontres", "instants", "deux_a_la_fois", "reactions", "recits_suivis", "tous_les_mots",
)  # fmt: skip
"""Files as they were split when the encoder was made. New files come after these: the weights are
to be fitted on conversations that the encoder in place has not learnt."""
_APART, _EVERY = 3, 12


@dataclass(frozen=True)
class Data:
    """What is learnt, and the conversations left out."""

    learnt: TrainingSet
    left_out: Sequence[LabelledConversation]


def read(*, everything: bool = False) -> Data:
    """`everything`: no conversation is left out. Raises KnowledgeError."""
    subjects = read_subjects()
    conversations = _conversations(subjects)
    apart = [] if everything else conversations[_APART::_EVERY]
    names = {each.id for each in apart}
    learnt = [each for each in conversations if each.id not in names]
    messages = read_messages(ROOT / "data" / "messages")
    return Data(TrainingSet(subjects, _sentences(subjects), learnt, messages), apart)


def read_subjects() -> dict[str, Subject]:
    """The subjects as they are learnt, by id. Raises KnowledgeError."""
    return learnt_subjects(load(ROOT / "knowledge").fiches)


def turns(conversation: LabelledConversation, subjects: Collection[str]) -> Iterator[Example]:
    """The turns of a conversation as the assistant meets them, with the subjects answered so far
    as the labels say."""
    answered: tuple[str, ...] = ()
    for example in turn_examples([conversation], subjects):
        yield replace(example, context=replace(example.context, answered=answered))
        label = example.requests[0][0]
        if label in subjects and label not in answered:
            answered += (label,)


def _conversations(subjects: Mapping[str, Subject]) -> list[LabelledConversation]:
    files = {file.stem: file for file in sorted(CONVERSATIONS.glob("*.yml"))}
    files.pop("alias", None)
    order = [*ORDER, *(name for name in files if name not in ORDER)]
    return [
        each
        for name in order
        if name in files
        for each in read_conversations(files[name], subjects)
    ]


def _sentences(subjects: Mapping[str, Subject]) -> dict[str, list[str]]:
    label_of = {subject.intent: key for key, subject in subjects.items()}
    found: dict[str, list[str]] = {}
    for sentence in read_sentences(ROOT / "data" / "nlu"):
        found.setdefault(label_of.get(sentence.intent, sentence.intent), []).append(sentence.text)
    return found
