"""The answer to one request of a message, as it was understood."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant_am.dialogue import explain, guided, smalltalk
from assistant_am.dialogue.about_answer import act_answer
from assistant_am.dialogue.acts import EMERGENCIES, RESETS
from assistant_am.dialogue.aid_answers import (
    SUBJECT_AMOUNT,
    SUBJECT_BUDGET,
    SUBJECT_ELIGIBILITY,
    SUBJECT_UPKEEP,
    eligibility_part,
    is_refused,
)
from assistant_am.dialogue.attention import fitting_alone
from assistant_am.dialogue.bearing import bearing_part
from assistant_am.dialogue.beneficiary import of_who_asks
from assistant_am.dialogue.choices import speaker
from assistant_am.dialogue.cited_figures import bare_figures
from assistant_am.dialogue.deadline import SUBJECT_DEADLINE, comes_back
from assistant_am.dialogue.diploma_answers import not_for_me_part, told_diploma_subject
from assistant_am.dialogue.exchange import Exchange
from assistant_am.dialogue.fiches import responds_to
from assistant_am.dialogue.health import told_of_health
from assistant_am.dialogue.lookup import is_published
from assistant_am.dialogue.memory import (
    AID_SLOTS,
    AMOUNT_INPUTS,
    DOCTOR_SLOTS,
    SITUATION_OF_THE_AID,
)
from assistant_am.dialogue.not_covered import again_part, not_covered_part
from assistant_am.dialogue.panel import SUBJECT_PANEL
from assistant_am.dialogue.part import Part
from assistant_am.dialogue.repetition import fresh, mark_of
from assistant_am.dialogue.rival import CLEAR, OFFERED, with_the_rival
from assistant_am.dialogue.subjects import conclusion, for_fiche, is_priced, subject_answer
from assistant_am.dialogue.verdict import tested, verdict_part
from assistant_am.french.fold import fold
from assistant_am.french.numbers import view
from assistant_am.knowledge import Fiche, aspects
from assistant_am.meaning import Request
from assistant_am.reading.figures import lost
from assistant_am.rendering.blocks import Paragraph, Suggestion

TELLS, ANSWERS, NOT_COVERED = "aucune", "reponse", "non_couvert"
"""Labels of what only tells or reacts, of an answer to our question, of a point no fiche covers."""
_REACTIONS = frozenset({"contester", "nier", "affirmer", "frustration"})
_RIGHT_FICHES = frozenset(
    {"specialites_exclues", "secteur_conventionnement", "specialistes", SUBJECT_ELIGIBILITY}
)
_ON_THE_RIGHT = _RIGHT_FICHES | _REACTIONS | {TELLS}
_EXCLUDING = frozenset({"specialite", "secteur", "structure"})
_COMPUTED = (SUBJECT_AMOUNT, SUBJECT_ELIGIBILITY, SUBJECT_BUDGET, "estimer_aide")
_OF_AN_AMOUNT = AMOUNT_INPUTS | {"second_assistant"}
_STATED = AMOUNT_INPUTS - {"date_contrat"}
_NEAR_THE_AMOUNT = frozenset({"second_assistant", "percentiles", "temps_travail", "revalorisation"})
_OF_THE_AID = frozenset({"aide", "conditions"})
_ABOUT_POSTS = frozenset({"second_assistant", "mutualisation", "tiers_temps", "amenagements"})
_PROFILE_HOME = "acces_metier"
_MONEY = re.compile(r"€|\b(?:euros?|balles|brut|net|aide|prime|subvention|touch\w*|verse\w*)\b")
_RESET_BUTTONS = {
    "recommencer": Suggestion("Recommencer", "recommencer"),
    "effacer_donnees": Suggestion("Effacer mes données", "efface mes données"),
}


def request_answer(ex: Exchange, request: Request) -> Part:
    """The answer to a request, whatever the trust in its reading."""
    label = request.label
    if (kept := _of_who_is_out(ex, request)) is not None:
        return kept
    if label in (TELLS, ANSWERS) or (label in _REACTIONS and _says_otherwise(ex)):
        return told_answer(ex, request)
    asked = request.text or ex.turn.text
    if _states_an_amount(ex, request) or _asks_of_a_post(ex, label, asked):
        return subject_answer(ex, SUBJECT_AMOUNT, asked)
    if request.trust == "hors_sujet":
        return smalltalk.outside_part(ex.world, label, ex.memory)
    if request.trust == "hesitant":
        return smalltalk.unsure_part(ex.world, request, ex.memory)
    unread = request.trust == "incompris" or label in EMERGENCIES
    if unread and any(fitting_alone(ex.world.attentions, ex.turn.text)):
        return _heard(ex, request)
    if unread:
        return smalltalk.missed_part(ex.world, ex.memory)
    if private := told_of_health(ex, asked):
        return private
    if request.probability < CLEAR and (found := _of_the_last_subject(ex, request)):
        return found
    if label == NOT_COVERED or label in ex.world.knowledge.hidden:
        return _not_covered(ex, request)
    if label in RESETS:
        part = smalltalk.missed_part(ex.world, ex.memory)
        return replace(part, suggestions=(_RESET_BUTTONS[label], *part.suggestions))
    if label in ex.world.knowledge.fiches:
        label = _named_rival(ex, request) or label
        return with_the_rival(ex, request, _subject(ex, label, request))
    return act_answer(ex, label)


def _of_who_is_out(ex: Exchange, request: Request) -> Part | None:
    """« Donc pas moi », « je répète : radiologue », « et la mairie ? »: of somebody who has no way
    in, as known, or who is no doctor in practice."""
    if (part := not_for_me_part(ex) or of_who_asks(ex, request)) is not None:
        return part
    return still_excluded(ex) if request.label in _ON_THE_RIGHT else None


def _states_an_amount(ex: Exchange, request: Request) -> bool:
    """« option 2 ETP, 4e année », « P91, temps plein, ça donne quoi ? »: two inputs of the amount
    decide between it and a close subject, or a reading that is not sure."""
    inputs = ex.said.slots & _STATED
    fiche = ex.world.knowledge.fiches.get(request.label)
    if fiche and ex.turn.values("montant_cite") and aspects(fiche, request.text or ex.turn.text):
        return False
    close = request.label in _NEAR_THE_AMOUNT or request.trust in ("hesitant", "incompris")
    return len(inputs) > 1 and close and not ex.memory.guided


def _asks_of_a_post(ex: Exchange, label: str, text: str) -> bool:
    """« Et à 0,8 ETP ? » after the specialties excluded: what such a post is paid, for the subject
    has nothing to say of posts."""
    fiche, post = ex.world.knowledge.fiches.get(label), ex.said.values.get("quotite")
    if fiche is None or post is None or fiche.theme not in _OF_THE_AID or fiche.computation:
        return False
    own = fiche.id in _ABOUT_POSTS or responds_to(fiche, frozenset({"quotite"}))
    if own or aspects(fiche, text):
        return False
    return not is_priced(ex, post) or not ex.residue


def _says_otherwise(ex: Exchange) -> bool:
    """« mais non, je suis P95 », « ameli écrit 36 000 »: a protest that brings what to answer."""
    return _changed_by(ex) is not None or _of_the_figure(ex) is not None


def still_excluded(ex: Exchange) -> Part | None:
    """« Certain ? je répète : radiologue »: what excludes, said again, excludes still; None when
    what is said is new or does not exclude."""
    again = ex.said.slots & _EXCLUDING
    known = ex.before.situation
    if not again or any(ex.said.values.get(slot) != known.get(slot) for slot in again):
        return None
    about_it = ex.before.subject in _RIGHT_FICHES
    if not (about_it and is_refused(ex.world, ex.memory.situation)):
        return None
    part = eligibility_part(ex.world, ex.memory.situation)
    return replace(part, blocks=(Paragraph(ex.world.phrase("toujours_vrai")), *part.blocks))


def told_answer(ex: Exchange, request: Request) -> Part:
    """What only tells: the last subject again where it changes its answer, or what such values
    open, or what bears on it, or a word that takes note."""
    subject = _changed_by(ex) or _of_the_figure(ex) or _opened_by(ex)
    if subject == SUBJECT_AMOUNT and ex.memory.guided:
        return guided.guided_part(ex.world, ex.memory, ex.said)
    if subject is None and _asks_of_a_post(ex, ex.memory.subject or "", ex.turn.text):
        subject = SUBJECT_AMOUNT
    subject = subject or (SUBJECT_DEADLINE if comes_back(ex) else told_diploma_subject(ex))
    if subject is not None:
        return subject_answer(ex, subject, ex.turn.text, follows=True)
    return _heard(ex, request)


def _of_the_figure(ex: Exchange) -> str | None:
    """What « mon pote a dit 10000 » is about: the last subject where it counts such things, or is
    about pay; the aid, of euros and after what is said of the aid."""
    fiche = ex.world.knowledge.fiches.get(ex.memory.subject or "")
    cited = bool(ex.turn.values("montant_cite"))
    if fiche is None or _MONEY.search(fold(ex.turn.text)):
        return SUBJECT_AMOUNT if cited else None
    if bare_figures(fiche, ex.turn.text) or (cited and fiche.theme == "salaire"):
        return fiche.id
    # « On m'a dit 38000 », whatever was spoken of, where the aid has such an amount.
    published = any(is_published(ex.world, each) for each in ex.turn.values("montant_cite"))
    return SUBJECT_AMOUNT if published or (cited and fiche.theme in _OF_THE_AID) else None


def _heard(ex: Exchange, request: Request) -> Part:
    """A word that invites to go on, or one of kindness; and the line that bears on what was told,
    unless it only takes leave."""
    leaves = ex.memory.subject and smalltalk.takes_leave(ex.turn.text)
    bears = request.label not in EMERGENCIES and not leaves
    useful = bearing_part(ex, request) if bears else None
    if useful is None:
        return smalltalk.presentation_part(ex.world, ex.memory, ex.turn.text)
    kind = smalltalk.attention_heard(ex.world, ex.memory, ex.turn.text)
    return replace(useful, blocks=(Paragraph(kind.text), *useful.blocks)) if kind else useful


def _subject(ex: Exchange, label: str, request: Request) -> Part:
    follows = ex.turn.follows >= 0.5 and label == ex.memory.subject  # noqa: PLR2004
    fiche = ex.world.knowledge.fiches[label]
    changed = ex.said.slots & set(ex.world.changes)
    if follows and changed and not ex.residue and not _varies(ex, fiche):
        return explain.same_for_all_part(ex.world, ex.memory, changed)
    asked = request.text or ex.turn.text
    point = request.point(label)
    found = _tested_amount(ex, fiche, asked, point)
    if fiche.computation is None:
        found = conclusion(ex, fiche, asked) or verdict_part(
            ex.world, fiche, asked, for_fiche(ex), point
        )
    return fresh(ex, found or subject_answer(ex, label, asked, follows=follows), request)


def _tested_amount(
    ex: Exchange, fiche: Fiche, asked: str, point: tuple[str, float] | None
) -> Part | None:
    """« Ce montant est garanti ? »: a statement on what is computed, with nothing to compute."""
    if fiche.computation is None or ex.said.slots & SITUATION_OF_THE_AID:
        return None
    return _certain_verdict(ex, fiche, asked, point)


def _certain_verdict(
    ex: Exchange, fiche: Fiche, asked: str, point: tuple[str, float] | None
) -> Part | None:
    known = for_fiche(ex)
    found = tested(fiche, asked, known, point)
    return verdict_part(ex.world, fiche, asked, known, point) if found and found.certain else None


def _of_the_last_subject(ex: Exchange, request: Request) -> Part | None:
    """« Ça arrive sur ma fiche de paie ? » after an amount: a statement of the last subject, put to
    the test in words that a reading in doubt took for something else."""
    fiche = ex.world.knowledge.fiches.get(ex.memory.subject or "")
    if fiche is None or fiche.id == request.label:
        return None
    asked = request.text or ex.turn.text
    found = _certain_verdict(ex, fiche, asked, request.point(fiche.id))
    return fresh(ex, found) if found else None


def _named_rival(ex: Exchange, request: Request) -> str | None:
    """« Objectif raté, on me réclame les 66 000 ? »: beside an amount somebody cites, a close
    subject one point of which is named."""
    if request.label != SUBJECT_AMOUNT or not ex.turn.values("montant_cite"):
        return None
    fiches = ex.world.knowledge.fiches
    return next(
        (
            label
            for label, probability in request.ranking
            if probability >= OFFERED
            and label in fiches
            and fiches[label].computation is None
            and aspects(fiches[label], request.text or ex.turn.text)
        ),
        None,
    )


def _changed_by(ex: Exchange) -> str | None:
    """The last subject, when what was just said changes its answer."""
    fiche = ex.world.knowledge.fiches.get(ex.memory.subject or "")
    if fiche is None:
        return None
    if fiche.id == SUBJECT_UPKEEP and lost(view(ex.turn.text).text) is not None:
        return fiche.id
    if not ex.said.slots:
        return None
    if fiche.id in _COMPUTED:
        inputs = set(AID_SLOTS) | DOCTOR_SLOTS | {"operation", "second_assistant"}
        return fiche.id if ex.said.slots & inputs else None
    figures = fiche.id in (SUBJECT_PANEL, SUBJECT_UPKEEP) and "patients" in ex.said.slots
    return fiche.id if figures or responds_to(fiche, ex.said.slots) else None


def _opened_by(ex: Exchange) -> str | None:
    """The subject of values that decide it, said without any subject before them or beside one
    that they do not change, and not answered yet."""
    slots, memory = ex.said.slots, ex.memory
    if len(slots & _OF_AN_AMOUNT) > 1 or "operation" in slots:
        return SUBJECT_AMOUNT
    of_a_doctor = memory.subject is None or speaker(memory) not in ("candidat", "patient")
    if slots & DOCTOR_SLOTS and of_a_doctor and _is_open(ex, SUBJECT_ELIGIBILITY):
        return SUBJECT_ELIGIBILITY
    return _PROFILE_HOME if "profil" in slots and _is_open(ex, _PROFILE_HOME) else None


def _is_open(ex: Exchange, subject: str) -> bool:
    """« Elle a son bac », of whom a doctor of 67 thinks of hiring: new, and not spoken of."""
    memory = ex.memory
    return memory.subject is None or (memory.pending is None and subject not in memory.subjects)


def _varies(ex: Exchange, fiche: Fiche) -> bool:
    computed = fiche.computation is not None
    named = bool(aspects(fiche, ex.turn.text))
    return computed or named or responds_to(fiche, ex.said.slots)


def _not_covered(ex: Exchange, request: Request) -> Part:
    """A point that none covers; the second time in the same words, that it is not there either."""
    fiches, subject = ex.world.knowledge.fiches, ex.memory.subject
    close = [label for label, _ in request.ranking if label in fiches]
    close += [subject] if subject and subject not in close else []
    part = not_covered_part(ex.world, request.text or ex.turn.text, close, subject, ex.memory)
    return again_part(ex.world, part) if mark_of(part) in ex.memory.given else part
