"""« C'est quoi la ZIP ? », « SISA ? »: a word of the glossary, when only its meaning is asked.

A message that asks anything else beside it (« la ZIP change quoi au montant ? », « la différence
entre CQP et FAE ») is none: it is left to what was understood of it.
"""

from __future__ import annotations

from assistant_am.dialogue.exchange import Exchange
from assistant_am.dialogue.part import Part, source_note
from assistant_am.dialogue.repetition import fresh
from assistant_am.dialogue.subjects import subject_answer
from assistant_am.dialogue.supposition import starting_from, supposes
from assistant_am.french.fold import words
from assistant_am.knowledge import Knowledge, Term, fill
from assistant_am.rendering.blocks import text_blocks

_ASKS = (
    *("quoi", "koi", "kwa", "quoa", "koa", "ckoi", "cquoi", "kesako", "kezako", "quesaco"),
    *("veut dire", "veu dire", "veulent dire", "signifie", "signifient", "signification"),
    *("definition", "definir", "definis", "definissez", "explique", "expliquez", "sigle"),
    *("qu est ce", "quest ce", "kes ce", "keske", "kesk", "qu es ce"),
)
"""One of these asks for a meaning."""
_AROUND = frozenset(
    {
        *(
            "c",
            "ce",
            "cest",
            "se",
            "est",
            "es",
            "ca",
            "sa",
            "cela",
            "que",
            "qu",
            "ke",
            "k",
            "quest",
        ),
        *("le", "la", "les", "l", "un", "une", "des", "de", "du", "d", "moi", "nous", "me"),
        *("veut", "veu", "veulent", "dire", "mot", "terme", "abreviation", "exactement", "juste"),
        *("donc", "alors", "et", "mais", "euh", "ok", "bonjour", "bonsoir", "bjr", "slt", "salut"),
        *("svp", "stp", "merci", "pardon", "dsl", "desole", "s", "il", "te", "plait", "vous"),
    }
)
"""Words that may stand beside it without asking anything more."""


def definition_part(ex: Exchange) -> Part | None:
    """What the word means, then the subject that says more; None when more than that is asked."""
    term = term_asked(ex.world.knowledge, ex.turn.text) or _term_alone(ex)
    if term is None:
        return None
    # « la ZIP » is named here, not told of the person; a case only supposed ends as it would have.
    ex.memory = starting_from(ex.before, ex.turn, supposes(ex.turn, ex.before))
    if term.text is None:
        return fresh(ex, subject_answer(ex, term.fiche, ex.turn.text))
    knowledge = ex.world.knowledge
    sources = [knowledge.sources[key] for key in term.sources]
    fiche = knowledge.fiches[term.fiche]
    part = Part(
        (*text_blocks(fill(term.text, knowledge)), source_note(sources)),
        ex.world.buttons([fiche.id, *fiche.next][:4]),
        subject=fiche.id,
        cited={"sources": list(term.sources)},
    )
    return fresh(ex, part)


def term_asked(knowledge: Knowledge, text: str) -> Term | None:
    """The only word of the glossary in a message that asks what it means, and nothing else."""
    found = _term_and_rest(knowledge, text)
    if found is None:
        return None
    term, rest = found
    said = f" {' '.join(rest)} "
    return term if any(f" {cue} " in said for cue in _ASKS) else None


def _term_alone(ex: Exchange) -> Term | None:
    """« SISA ? » opens a conversation, or follows another word: elsewhere it may be a value."""
    if "?" not in ex.turn.text or ex.before.pending or ex.before.guided:
        return None
    knowledge = ex.world.knowledge
    if ex.before.subject is not None and _term_and_rest(knowledge, ex.before.message) is None:
        return None
    found = _term_and_rest(knowledge, ex.turn.text)
    return found[0] if found else None


def _term_and_rest(knowledge: Knowledge, text: str) -> tuple[Term, list[str]] | None:
    """The word of the glossary and the words around it, if none of them asks anything else."""
    found = _split(knowledge, words(text))
    beside = _AROUND | {word for cue in _ASKS for word in cue.split()}
    return found if found and beside.issuperset(found[1]) else None


def _split(knowledge: Knowledge, said: list[str]) -> tuple[Term, list[str]] | None:
    """The word of the glossary, in its longest spelling, and what stands around it."""
    spelled = [
        (spelling, term) for term in knowledge.glossary for spelling in map(words, term.spellings)
    ]
    for spelling, term in sorted(spelled, key=lambda each: -len(each[0])):
        size = len(spelling)
        for start in range(len(said) - size + 1):
            if said[start : start + size] == spelling:
                return term, said[:start] + said[start + size :]
    return None
