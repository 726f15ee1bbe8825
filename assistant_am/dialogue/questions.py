"""The answer to one question of a message, from what was understood and what came before."""

from __future__ import annotations

from dataclasses import replace

from assistant_am.dialogue import explain, followup, guided, smalltalk
from assistant_am.dialogue.about_answer import act_answer
from assistant_am.dialogue.acts import ABOUT_THE_ANSWER, RESETS
from assistant_am.dialogue.aid_answers import SUBJECT_AMOUNT, SUBJECT_BUDGET
from assistant_am.dialogue.exchange import FEW_WORDS, NAMED, SURE, Exchange
from assistant_am.dialogue.part import Part
from assistant_am.dialogue.subjects import subject_answer
from assistant_am.dialogue.turn import Segment
from assistant_am.rendering.blocks import Suggestion

_PLAUSIBLE = 0.08
_RATHER = 0.1
_CLEAR = 0.6
_ACT = 0.5
_OURS = 0.8
_TOLD = 0.4
_HERS = 0.15
_RIVAL = 0.2
_RESET_BUTTONS = {
    "recommencer": Suggestion("Recommencer", "recommencer"),
    "effacer_donnees": Suggestion("Effacer mes données", "efface mes données"),
}


def names_a_subject(ex: Exchange) -> bool:
    """« et avec une infirmière ? » after no subject that varies with it: the words decide."""
    segment = ex.turn.segments[0]
    subject = ex.world.fiche_by_intent.get(segment.intent)
    if subject is None or segment.band != SURE or segment.confidence < NAMED:
        return False
    last = ex.world.knowledge.fiches.get(ex.memory.subject or "")
    if tells_the_pay(ex):
        return False
    computed = ex.world.knowledge.fiches[subject].computation is not None
    if last is None:
        return not computed
    varies = followup.varies(last, ex.said)
    return not varies and not computed and not followup.about_amount(ex.memory, ex.said)


def tells_the_pay(ex: Exchange) -> bool:
    """« elle est payée 2 000 brut » after the budget: what was asked for, not another subject."""
    return (
        ex.memory.subject == SUBJECT_BUDGET
        and "salaire_brut" in ex.said.slots
        and len(ex.residue) <= FEW_WORDS
    )


def is_an_act(ex: Exchange) -> bool:
    """« pourquoi ? », « d'où ça vient ? » are no subjects."""
    segment = ex.turn.segments[0]
    return segment.band == SURE and segment.intent not in ex.world.fiche_by_intent


def elliptical_answer(ex: Exchange) -> Part | None:
    """The answer to a message made of values, None when they fit no subject."""
    subject = followup.target(ex.world, ex.memory, ex.said, ex.turn.text, about_self=ex.about_self)
    if subject is None:
        changed = ex.said.slots & set(ex.world.changes)
        if ex.memory.subject is None or not changed or ex.residue:
            return None
        return explain.same_for_all_part(ex.world, ex.memory, changed)
    if ex.memory.guided and subject == SUBJECT_AMOUNT:
        return guided.guided_part(ex.world, ex.memory, ex.said)
    return subject_answer(ex, subject, ex.turn.text, follows=True)


def answer_among_others(ex: Exchange, segment: Segment) -> Part | None:
    """« … elle dure combien ? et qui paye ? »: of several questions, one that leans on the one
    before it; None when it stands by itself."""
    left = followup.residue(ex.world, ex.turn, segment)
    ours = segment.intent in ex.world.fiche_by_intent
    clear = ours and segment.band == SURE and segment.confidence >= _CLEAR
    subject = followup.short_question(ex.world, ex.memory, segment.text, left, whole=clear)
    return subject_answer(ex, subject, segment.text) if subject else None


def question_answer(ex: Exchange, segment: Segment) -> Part:
    """The answer to a question, whatever the band of its reading."""
    segment = _in_context(ex, segment)
    intent = segment.intent
    if _states_an_amount(ex, segment):
        return subject_answer(ex, SUBJECT_AMOUNT, segment.text)
    if segment.band != SURE and smalltalk.presents_oneself(ex.turn.text):
        return smalltalk.presentation_part(ex.world, ex.memory)
    if segment.band == "hors_sujet":
        followed = elliptical_answer(ex) if _combines(ex) else None
        return followed or smalltalk.outside_part(ex.world, intent, ex.memory)
    if segment.band == SURE and intent in RESETS:
        return _reset_or_not(ex, intent)
    guessed = intent in ABOUT_THE_ANSWER and segment.confidence < _ACT
    if segment.band != SURE or guessed:
        return _unsure(ex, segment)
    if intent in ex.world.fiche_by_intent:
        subject = ex.world.fiche_by_intent[intent]
        if segment.confidence < _CLEAR:
            subject = followup.narrowed(ex.world, subject, ex.said)
        return _with_the_rival(ex, segment, subject_answer(ex, subject, segment.text))
    return act_answer(ex, intent)


def _reset_or_not(ex: Exchange, intent: str) -> Part:
    """« enlever des fils » may be read as « effacer »: nothing is lost without a plain wish."""
    part = smalltalk.missed_part(ex.world, ex.memory)
    return replace(part, suggestions=(_RESET_BUTTONS[intent], *part.suggestions))


def _with_the_rival(ex: Exchange, segment: Segment, part: Part) -> Part:
    """« quelle baisse est tolérée au-delà de P95 ? », read as one of two: the other is offered."""
    if segment.confidence >= _CLEAR:
        return part
    others = (
        ex.world.fiche_by_intent[intent]
        for intent, probability in segment.ranking
        if probability >= _RIVAL and intent in ex.world.fiche_by_intent and intent != segment.intent
    )
    rival = next((other for other in others if other != part.subject), None)
    if rival is None:
        return part
    offered = ex.world.buttons([rival])
    known = [each for each in part.suggestions if each not in offered]
    return replace(part, suggestions=(*offered, *known))


def _in_context(ex: Exchange, segment: Segment) -> Segment:
    """« il faut quoi comme papiers ? » after « pour m'inscrire ? »: what stands close to the
    last subject wins over a doubt."""
    fiches = ex.world.knowledge.fiches
    last = fiches.get(ex.memory.subject or "")
    best, probability = segment.ranking[0] if segment.ranking else ("", 0.0)
    ours = best in ex.world.fiche_by_intent and probability >= _TOLD
    if (
        segment.intent == "autre_metier"
        and ours
        and followup.tells_a_profile(ex.turn.text, ex.said)
    ):
        # « quand on a déjà le diplôme d'aide-soignant »: the job is where one comes from.
        return replace(segment, intent=best, confidence=probability, band=SURE)
    unsure = segment.band != SURE or segment.confidence < _CLEAR
    if unsure and followup.asks_whether_required(ex.turn.text, ex.said):
        # Nobody says here that he is a nurse: the answer is for all.
        ex.said = ex.said.without("profil")
        return replace(segment, intent=fiches[followup.PROFILE_HOME].intent, band=SURE)
    own = _of_the_speaker(ex, segment)
    if own is not None:
        return own
    if last is None or (segment.band == SURE and segment.confidence >= _CLEAR):
        return segment
    if segment.band == "hors_sujet" and best in ex.world.fiche_by_intent and probability >= _OURS:
        # « donc je peux faire des prises de sang ? » in a conversation about the job.
        return replace(segment, intent=best, confidence=probability, band=SURE)
    near = {last.id, *last.next, *last.ellipses.values()}
    needed = _PLAUSIBLE
    if segment.band == SURE:
        # « et c payé ? » after the length of the training is about the training.
        near |= {key for key, fiche in fiches.items() if fiche.theme == last.theme}
        needed = _RATHER
    for intent, probability in segment.ranking:
        if probability >= needed and ex.world.fiche_by_intent.get(intent) in near:
            return replace(segment, intent=intent, confidence=probability, band=SURE)
    return segment


def _of_the_speaker(ex: Exchange, segment: Segment) -> Segment | None:
    """« est-ce que je serai payée ? » of somebody who wants the job is about her pay, not about
    what doctors are paid: the aid has to be named, or clear."""
    situation = ex.memory.situation
    candidate = situation.get("public") == "candidat" or (
        "profil" in situation and situation.get("public") is None
    )
    fiche = ex.world.fiche_by_intent.get(segment.intent)
    if not candidate or segment.confidence >= _OURS or followup.names_the_aid(segment.text):
        return None
    if fiche is None or not followup.of_the_aid(ex.world, fiche):
        return None
    for intent, probability in segment.ranking:
        other = ex.world.fiche_by_intent.get(intent)
        if probability >= _HERS and other and not followup.of_the_aid(ex.world, other):
            return replace(segment, intent=intent, band=SURE)
    return None


def _states_an_amount(ex: Exchange, segment: Segment) -> bool:
    """« P91, 4e année, temps plein. Ça donne quoi ? »: two inputs of the amount and no other
    subject are a question about the amount."""
    inputs = ex.said.slots & followup.STATE_AN_AMOUNT
    subject = segment.band == SURE and segment.intent in ex.world.fiche_by_intent
    return len(inputs) > 1 and not subject and segment.intent not in ("rappel_situation", "annuler")


def _unsure(ex: Exchange, segment: Segment) -> Part:
    if _combines(ex):
        part = elliptical_answer(ex)
        if part is not None:
            return part
    if not ex.residue and ex.memory.subject:
        return subject_answer(ex, ex.memory.subject, ex.turn.text, follows=True)
    if segment.band == "hesitant":
        return smalltalk.unsure_part(ex.world, segment, ex.memory)
    return smalltalk.missed_part(ex.world, ex.memory)


def _combines(ex: Exchange) -> bool:
    """Values were said that change the last subject's answer."""
    return bool(ex.memory.subject and ex.said.slots) and len(ex.residue) <= FEW_WORDS
