"""The answer to a turn: emergency first, then each question in order, then what was pending."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from assistant_am.dialogue import doctors, explain, followup, guided, smalltalk
from assistant_am.dialogue.absorb import (
    SECOND_ASSISTANT_FTES,
    Said,
    absorb,
    is_about_self,
    is_an_ellipsis,
    read_said,
    wants_second,
)
from assistant_am.dialogue.aid_answers import (
    SUBJECT_AMOUNT,
    SUBJECT_BUDGET,
    SUBJECT_ELIGIBILITY,
    amount_part,
    budget_part,
    eligibility_part,
    everyone_part,
    lookup_part,
    second_assistant_part,
    steps_part,
)
from assistant_am.dialogue.contract_year import ask_the_day, scale_of_year
from assistant_am.dialogue.fiches import details_part, fiche_part
from assistant_am.dialogue.memory import DOCTOR_SLOTS, SITUATION_OF_THE_AID, Memory
from assistant_am.dialogue.part import Part
from assistant_am.dialogue.pending import answered
from assistant_am.dialogue.turn import Segment, Turn
from assistant_am.dialogue.world import World, key_of
from assistant_am.french.fold import fold
from assistant_am.rendering.blocks import Paragraph, Reply, text_blocks

_VOLATILE = frozenset(
    {
        "annee",
        "horizon",
        "quotite",
        "tranche",
        "bareme",
        "patients",
        "objectifs_atteints",
        "premier_contrat_temps_plein",
    }
)
_SECOND_INPUTS = frozenset({"zip", "mep", "objectifs_atteints", "premier_contrat_temps_plein"})
_ELIGIBILITY_INPUTS = DOCTOR_SLOTS | {"tranche"}
_SURE = "sur"
_NAMED = 0.75
_PLAUSIBLE = 0.08
_RATHER = 0.15
_CLEAR = 0.6
_FEW_WORDS = 2
_FORGETS_AFTER = 30 * 60
_WHO = re.compile(
    r"\W*(?:et )?(?:(?:c'?\s?est|c) (?:qui|ki)(?: (?:ca|lui|elle|eux))?|(?:qui|ki) c'est)\W*$"
)


def respond(
    world: World, turn: Turn, memory: Memory, idle_seconds: float = 0
) -> tuple[Reply, Memory]:
    """Answer a message; returns what to say and what to remember.

    After half an hour of silence (`idle_seconds`) the situation is forgotten, and that is said.
    """
    if turn.emergency:
        part = smalltalk.emergency_part(world, turn.emergency)
        return Reply(part.blocks), replace(memory, pending=None, guided=False, greeted=True)
    if not turn.text.strip():
        return Reply(text_blocks(world.phrase("vide")), smalltalk.starters(world)), memory
    if idle_seconds > _FORGETS_AFTER and (memory.situation or memory.subject):
        reply, after = _Conversation(world, turn, Memory(greeted=True)).reply()
        forgotten = Paragraph(world.phrase("oubli"))
        return replace(reply, blocks=(forgotten, *reply.blocks)), after
    return _Conversation(world, turn, memory).reply()


class _Conversation:
    """One turn: what was said, the parts of the answer, and the memory as it changes."""

    def __init__(self, world: World, turn: Turn, memory: Memory) -> None:
        self.world = world
        self.turn = turn
        self.before = memory
        self.button = world.fiche_by_wording.get(key_of(turn.text))
        # The words of a button are ours: « secteur 2 » in it says nothing of the person.
        self.roll = None if self.button else doctors.call(turn, memory)
        self.said = Said({}, {}, None) if self.button else read_said(turn)
        self.residue = followup.residue(world, turn)
        self.about_self = is_about_self(turn.text, self.said)
        self.memory = self._absorbed()

    def _absorbed(self) -> Memory:
        if self.roll is None:
            told = self.about_self or (not self.residue and is_an_ellipsis(self.turn))
            return absorb(self.before, self.said, told)
        memory = self.before
        for name, entities in self.roll.each.items():
            own = replace(self.turn, entities=(*entities, *self.roll.common))
            memory = absorb(doctors.switch(memory, name), read_said(own), about_self=True)
        if self.roll.several:
            self.said = read_said(replace(self.turn, entities=self.roll.common))
        return doctors.remember(memory)

    def reply(self) -> tuple[Reply, Memory]:
        reset = self._reset()
        if reset is not None:
            return reset
        parts = self._parts()
        return self._assemble(parts)

    def _reset(self) -> tuple[Reply, Memory] | None:
        """« Recommencer » and « efface mes données » leave nothing of the situation."""
        segment = self.turn.segments[0]
        if segment.band == _SURE and segment.intent in ("recommencer", "effacer_donnees"):
            blocks = text_blocks(self.world.phrase(segment.intent))
            return Reply(blocks, smalltalk.starters(self.world)), Memory(greeted=True)
        return None

    def _parts(self) -> list[Part]:
        if self.button:
            return [self._subject(self.button, self.turn.text)]
        if self._is_about_everyone():
            return [self._everyone()]
        if _WHO.match(fold(self.turn.text)):
            return [explain.who_part(self.world, self.memory)]
        if self.memory.pending:
            part = self._to_pending_question()
            if part is not None:
                return [part]
        if self.roll and len(self.residue) <= _FEW_WORDS and not self._names_a_subject():
            return [self._subject(self._computed_subject(), self.turn.text, follows=True)]
        if not self.residue and self.said.slots and not self._names_a_subject():
            part = self._elliptical()
            if part is not None:
                return [part]
        parts = [self._segment(segment) for segment in self.turn.segments]
        return parts

    def _names_a_subject(self) -> bool:
        """« et avec une infirmière ? » after no subject that varies with it: the words decide."""
        segment = self.turn.segments[0]
        subject = self.world.fiche_by_intent.get(segment.intent)
        if subject is None or segment.band != _SURE or segment.confidence < _NAMED:
            return False
        last = self.world.knowledge.fiches.get(self.memory.subject or "")
        computed = self.world.knowledge.fiches[subject].computation is not None
        if last is None:
            return not computed
        varies = followup.varies(last, self.said)
        return not varies and not computed and not followup.about_amount(self.memory, self.said)

    # --- several doctors -------------------------------------------------------------------

    def _is_about_everyone(self) -> bool:
        """Two doctors described, the sum of those known, or one corrected in the table of all."""
        if self.roll and self.roll.several and self.roll.describes:
            return True
        corrected = self.roll is not None and self.roll.describes and self.before.everyone
        known = self.memory.subject in (SUBJECT_AMOUNT, SUBJECT_ELIGIBILITY, None)
        wants_all = doctors.means_all(self.turn.text, self.memory) and (
            self.said.operation == "total" or (known and len(self.residue) <= _FEW_WORDS)
        )
        follows = self.before.everyone and not self.residue and self._asks_other_years()
        return corrected or wants_all or follows

    def _asks_other_years(self) -> bool:
        return bool(self.said.slots) and self.said.slots <= {"annee", "horizon", "operation"}

    def _everyone(self) -> Part:
        asked = {k: v for k, v in self.said.values.items() if k in ("annee", "horizon")}
        self.memory = replace(doctors.remember(self.memory), everyone=True, pending=None)
        total = "horizon" in asked or len(asked.get("annee", ())) > 1
        return everyone_part(self.world, self.memory.doctors, asked, total=total)

    def _computed_subject(self) -> str:
        """What is asked again of another doctor: the last computed subject, else the amount."""
        fiche = self.world.knowledge.fiches.get(self.memory.subject or "")
        computed = fiche is not None and fiche.computation not in (None, "estimation")
        return fiche.id if computed and fiche else SUBJECT_AMOUNT

    # --- a question is pending -------------------------------------------------------------

    def _to_pending_question(self) -> Part | None:
        """The answer to the question put, or None when the message is about something else."""
        pending = self.memory.pending
        assert pending is not None
        segment = self.turn.segments[0]
        intent = segment.intent if segment.band == _SURE else ""
        if intent == "demander_pourquoi":
            return guided.why_part(self.world, pending)
        if intent == "ne_sait_pas":
            unknown = (*self.memory.unknown, pending)
            self.memory = replace(self.memory, unknown=unknown, pending=None)
            return self._go_on(pending)
        value = answered(pending, self.turn, intent, self.said)
        if value is not None:
            self.memory = replace(self.memory.with_situation(value), pending=None)
            return self._go_on(pending)
        if self.said.slots and not self.residue:
            if self.said.slots.isdisjoint(SITUATION_OF_THE_AID):
                return explain.same_for_all_part(self.world, self.memory, self.said.slots)
            return self._go_on(pending)
        if intent or (segment.band == "hors_sujet" and len(self.residue) > _FEW_WORDS):
            return None
        return guided.not_an_answer_part(self.world, pending)

    def _go_on(self, pending: str) -> Part:
        if self.memory.everyone:
            return self._everyone()
        if pending == "salaire_brut" or self.memory.subject == SUBJECT_BUDGET:
            return budget_part(self.world, self.memory.situation)
        return guided.guided_part(self.world, replace(self.memory, pending=None), self.said)

    # --- a message made of values ----------------------------------------------------------

    def _elliptical(self) -> Part | None:
        subject = followup.target(
            self.world, self.memory, self.said, self.turn.text, about_self=self.about_self
        )
        if subject is None:
            changed = self.said.slots & set(self.world.changes)
            if self.memory.subject is None or not changed or self.residue:
                return None
            return explain.same_for_all_part(self.world, self.memory, changed)
        if self.memory.guided and subject == SUBJECT_AMOUNT:
            return guided.guided_part(self.world, self.memory, self.said)
        return self._subject(subject, self.turn.text, follows=True)

    # --- questions -------------------------------------------------------------------------

    def _segment(self, segment: Segment) -> Part:
        segment = self._in_context(segment)
        intent = segment.intent
        if self._states_an_amount(segment):
            return self._subject(SUBJECT_AMOUNT, segment.text)
        if segment.band == "hors_sujet":
            followed = self._elliptical() if self._combines() else None
            return followed or smalltalk.outside_part(self.world, intent, self.memory)
        if segment.band != _SURE:
            return self._unsure(segment)
        if intent in self.world.fiche_by_intent:
            return self._subject(self.world.fiche_by_intent[intent], segment.text)
        return self._conversation_act(intent)

    def _in_context(self, segment: Segment) -> Segment:
        """« il faut quoi comme papiers ? » after « pour m'inscrire ? »: what stands close to the
        last subject wins over a doubt."""
        fiches = self.world.knowledge.fiches
        last = fiches.get(self.memory.subject or "")
        if last is None or (segment.band == _SURE and segment.confidence >= _CLEAR):
            return segment
        near = {last.id, *last.next, *last.ellipses.values()}
        needed = _PLAUSIBLE
        if segment.band == _SURE:
            # « et c payé ? » after the length of the training is about the training.
            near |= {key for key, fiche in fiches.items() if fiche.theme == last.theme}
            needed = _RATHER
        for intent, probability in segment.ranking:
            if probability >= needed and self.world.fiche_by_intent.get(intent) in near:
                return replace(segment, intent=intent, confidence=probability, band=_SURE)
        return segment

    def _states_an_amount(self, segment: Segment) -> bool:
        """« P91, 4e année, temps plein. Ça donne quoi ? »: two inputs of the amount and no other
        subject are a question about the amount."""
        inputs = self.said.slots & {"quotite", "annee", "tranche", "horizon", "bareme"}
        subject = segment.band == _SURE and segment.intent in self.world.fiche_by_intent
        return (
            len(inputs) > 1
            and not subject
            and segment.intent not in ("rappel_situation", "annuler")
        )

    def _unsure(self, segment: Segment) -> Part:
        if self._combines():
            part = self._elliptical()
            if part is not None:
                return part
        if not self.residue and self.memory.subject:
            return self._subject(self.memory.subject, self.turn.text, follows=True)
        if segment.band == "hesitant":
            return smalltalk.unsure_part(self.world, segment, self.memory)
        return smalltalk.missed_part(self.world, self.memory)

    def _combines(self) -> bool:
        """Values were said that change the last subject's answer."""
        return bool(self.memory.subject and self.said.slots) and len(self.residue) <= _FEW_WORDS

    def _subject(self, fiche_id: str, text: str, *, follows: bool = False) -> Part:
        part = self._about_subject(fiche_id, text, follows)
        fiche = self.world.knowledge.fiches[fiche_id]
        doctor = self.memory.doctor
        if doctor is None or fiche.computation is None:
            return part
        self.memory = replace(self.memory, everyone=False)
        return doctors.about(doctor, part)

    def _about_subject(self, fiche_id: str, text: str, follows: bool) -> Part:
        fiche = self.world.knowledge.fiches[fiche_id]
        situation = self.memory.situation
        cited = self.turn.values("montant_cite")
        if cited and fiche.theme in ("aide", "conditions") and fiche_id != SUBJECT_BUDGET:
            found = lookup_part(self.world, cited, situation)
            if found is not None:
                return found
        second = wants_second(self.memory, self.said)
        match fiche.computation:
            case "montant":
                return self._amount(follows)
            case "estimation":
                self.memory = replace(self.memory, guided=True, unknown=())
                return guided.guided_part(self.world, self.memory, self.said)
            case "eligibilite" if second:
                return second_assistant_part(self.world, situation)
            case "eligibilite" if not _ELIGIBILITY_INPUTS.isdisjoint(situation):
                return eligibility_part(self.world, situation)
            case "budget" if "salaire_brut" in situation:
                return budget_part(self.world, situation)
        if fiche_id == "second_assistant" and not _SECOND_INPUTS.isdisjoint(situation):
            return second_assistant_part(self.world, situation)
        return fiche_part(self.world, fiche_id, self._for_fiche(), text)

    def _amount(self, follows: bool) -> Part:
        """« Et à temps plein ? » keeps the years and the comparison; a new question does not."""
        said = self.said
        operation = said.operation or (self.before.operation if follows else None)
        compared = said.compared
        if follows and not compared and self.before.compared:
            compared = {
                slot: values
                for slot, values in self.before.compared.items()
                if slot not in said.values
            }
        if wants_second(self.memory, said) and not self.memory.situation.get("quotite"):
            # « et avec un deuxième AM ? »: both options, half-time and full-time.
            compared = compared or {"quotite": list(SECOND_ASSISTANT_FTES)}
        self.memory = replace(self.memory, compared=dict(compared), operation=operation)
        if (
            operation == "total"
            and (self.memory.situation.get("quotite") or 0) > 1
            and "horizon" not in said.values
        ):
            # « au total » of two assistants is the option's amount, not a sum over years.
            operation = None
        situation = self.memory.situation
        scale = scale_of_year(self.world, situation, said)
        if scale == "?":
            return Part(ask_the_day(said.values["annee_contrat"]), subject=SUBJECT_AMOUNT)
        if scale is not None:
            situation = {**situation, "bareme": scale}
        return amount_part(self.world, situation, Said(said.values, compared, operation))

    def _for_fiche(self) -> dict[str, Any]:
        """What is known of the person, and of this question; not the years of another one."""
        lasting = {k: v for k, v in self.memory.situation.items() if k not in _VOLATILE}
        return {**lasting, **self.said.values}

    # --- conversation acts -----------------------------------------------------------------

    def _conversation_act(self, intent: str) -> Part:
        world, memory = self.world, self.memory
        match intent:
            case "demander_source":
                return explain.source_part(world, memory)
            case "demander_fraicheur":
                return explain.freshness_part(world, memory)
            case "contester":
                return explain.doubt_part(world, memory)
            case "demander_plus":
                return self._more() or Part(text_blocks(world.phrase("pas_de_details")))
            case "demander_pourquoi":
                return explain.why_part(world, memory, self._more())
            case "demander_calcul":
                if memory.subject in (SUBJECT_AMOUNT, SUBJECT_BUDGET, SUBJECT_ELIGIBILITY):
                    return steps_part(world, memory.situation)
                return Part(text_blocks(world.phrase("pas_de_calcul")), subject=memory.subject)
            case "annuler":
                return self._cancel()
            case "rappel_situation":
                return explain.situation_part(world, memory)
            case _ if intent in smalltalk.OUTSIDE:
                return smalltalk.outside_part(world, intent, memory)
            case _ if intent in smalltalk.COURTESY:
                return smalltalk.courtesy_part(world, intent, memory)
        return smalltalk.missed_part(world, memory)

    def _more(self) -> Part | None:
        subject = self.memory.subject
        if subject == SUBJECT_AMOUNT:
            return steps_part(self.world, self.memory.situation)
        if subject is None:
            return Part(
                text_blocks(self.world.phrase("sans_sujet")), smalltalk.starters(self.world)
            )
        return details_part(self.world, subject, self._for_fiche())

    def _cancel(self) -> Part:
        key = "annuler" if self.memory.pending or self.memory.guided else "rien_a_annuler"
        self.memory = replace(self.memory, pending=None, guided=False)
        return Part(
            text_blocks(self.world.phrase(key)),
            smalltalk.starters(self.world),
            subject=self.memory.subject,
            alone=True,
        )

    # --- putting it together ---------------------------------------------------------------

    def _assemble(self, parts: list[Part]) -> tuple[Reply, Memory]:
        last = parts[-1]
        blocks = tuple(block for part in parts for block in part.blocks)
        memory = self.memory
        for part in parts:
            if part.doctor:
                memory = doctors.switch(memory, part.doctor)
            memory = memory.with_situation(dict.fromkeys(part.forget))
        pending = last.pending
        choices = last.choices
        digression = self.before.pending is not None and pending is None and last.guided is None
        if digression and not last.alone and self.memory.pending:
            pending = self.memory.pending
            question, choices = guided.ask_again(self.world, pending)
            blocks = (*blocks, question)
        missed = self.turn.segments[0].band == "incompris"
        is_guided = (
            last.guided if last.guided is not None else memory.guided and pending is not None
        )
        if not memory.greeted and not last.alone and self.turn.segments[0].intent != "saluer":
            blocks = (*blocks, Paragraph(self.world.phrase("premier_message")))
        memory = replace(
            memory,
            subject=last.subject or memory.subject,
            pending=pending,
            guided=is_guided,
            cited=last.cited or memory.cited,
            misses=memory.misses + 1 if missed else 0,
            greeted=True,
        )
        return Reply(blocks, last.suggestions, choices), memory
