"""What the conversation remembers, and how it is kept in slots."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from assistant_am.meaning import Context

AID_SLOTS = (
    "quotite", "annee", "horizon", "tranche", "patients", "bareme", "date_contrat", "specialite",
    "secteur", "age_65", "nouvel_installe", "zip", "mep", "premier_contrat_temps_plein",
    "objectifs_atteints", "salaire_brut", "mois_contrat", "annee_contrat", "patients_avant",
)  # fmt: skip
"""Inputs of the aid, by the names of the glossary; `mois_contrat` ("2024-06") and `annee_contrat`
are what is known of a day of signature that was not said, `patients_avant` is the former panel of a
doctor of 65 or more."""

AMOUNT_INPUTS = frozenset({"quotite", "annee", "horizon", "tranche", "date_contrat", "bareme"})
"""What leads to one amount in the tables of the aid."""

DOCTOR_SLOTS = frozenset({"secteur", "specialite", "patients", "nouvel_installe", "structure"})
"""What decides of the right to the aid, besides the rank."""

SITUATION_OF_THE_AID = frozenset(AID_SLOTS) | DOCTOR_SLOTS | {"second_assistant", "operation"}
"""What may change an amount or the right to it."""

COMPARABLE = ("quotite", "tranche", "bareme")
"""Inputs of which two values may be put side by side."""

OF_THE_QUESTION = frozenset({"annee", "horizon", "salaire_brut"})
"""What a question is about, whoever the doctor is."""

PERSON_SLOTS = ("profil", "public")
SITUATION_SLOTS = (*AID_SLOTS, *PERSON_SLOTS, "structure")
THREAD_SLOT = "fil"
MESSAGE_KEPT = 200
"""Characters of the last message, and of the first, that the next one is read in the light of."""
GIVEN_KEPT = 40
"""Answers remembered, so as not to give the same text twice."""
_MARK = 8
MAX_DOCTORS = 20
"""Named in one conversation: more would weigh on every turn."""


def mark(text: str) -> str:
    """A short mark, remembered in place of what was said."""
    return hashlib.sha256(text.encode()).hexdigest()[:_MARK]


@dataclass(frozen=True)
class Memory:
    """The person's situation, and the thread: last subject, pending question, last answer.

    `pending` is the input asked for; `unknown` the inputs answered « je ne sais pas »;
    `compared` the values put side by side in the last amount; `cited` what the last answer
    relied on, for « d'où ça vient ? »; `doctors` the situations of the doctors named,
    `doctor` the one at hand (its situation is `situation`), `everyone` whether the last amount was
    that of all; `replaced` what the last amount was for, where it is another now; `misses`
    counts messages not understood in a row; `given` holds the marks of the answers given,
    `reserves` those of the reserves on amounts; `departement` is where the person is;
    `asked_again` whether the pending question was put once more, after another subject.
    """

    situation: Mapping[str, Any] = field(default_factory=dict)
    subject: str | None = None
    pending: str | None = None
    guided: bool = False
    unknown: tuple[str, ...] = ()
    compared: Mapping[str, list[Any]] = field(default_factory=dict)
    operation: str | None = None
    cited: Mapping[str, list[str]] = field(default_factory=dict)
    doctors: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    doctor: str | None = None
    everyone: bool = False
    misses: int = 0
    greeted: bool = False
    told: Mapping[str, Any] | None = None
    replaced: Mapping[str, Any] = field(default_factory=dict)
    message: str = ""
    opening: str = ""
    given: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    reserves: tuple[str, ...] = ()
    departement: str | None = None
    asked_again: bool = False

    @property
    def context(self) -> Context:
        """What the next message is read in the light of."""
        return Context(self.subject or "", self.message, self.subjects, self.opening)

    def hearing(self, text: str) -> Memory:
        """The memory once a message has been heard."""
        return replace(self, message=text, opening=self.opening or self.message)

    def with_situation(self, changes: Mapping[str, Any]) -> Memory:
        """The memory with inputs set, `None` removing one."""
        merged = {**self.situation, **changes}
        kept = {key: value for key, value in merged.items() if value is not None}
        return replace(self, situation=kept)

    @classmethod
    def from_slots(cls, slots: Mapping[str, Any]) -> Memory:
        """Read the slots of a tracker."""
        thread = slots.get(THREAD_SLOT) or {}
        return cls(
            situation=thread.get("situation", {}),
            subject=thread.get("sujet"),
            pending=thread.get("question"),
            guided=thread.get("guide", False),
            unknown=tuple(thread.get("inconnus", ())),
            compared=thread.get("compare", {}),
            operation=thread.get("operation"),
            cited=thread.get("cite", {}),
            doctors=thread.get("medecins", {}),
            doctor=thread.get("medecin"),
            everyone=thread.get("tous", False),
            misses=thread.get("echecs", 0),
            greeted=thread.get("salue", False),
            told=thread.get("raconte"),
            replaced=thread.get("remplace", {}),
            message=thread.get("message", ""),
            opening=thread.get("ouverture", ""),
            given=tuple(thread.get("deja_dit", ())),
            subjects=tuple(thread.get("traites", ())),
            reserves=tuple(thread.get("reserves", ())),
            departement=thread.get("departement"),
            asked_again=thread.get("redemande", False),
        )

    def to_slots(self) -> dict[str, Any]:
        """One slot, as plain data."""
        thread = {
            "situation": dict(self.situation),
            "sujet": self.subject,
            "question": self.pending,
            "guide": self.guided,
            "inconnus": list(self.unknown),
            "compare": dict(self.compared),
            "operation": self.operation,
            "cite": dict(self.cited),
            "medecins": {name: dict(known) for name, known in self.doctors.items()},
            "medecin": self.doctor,
            "tous": self.everyone,
            "echecs": self.misses,
            "salue": self.greeted,
            "raconte": None if self.told is None else dict(self.told),
            "remplace": dict(self.replaced),
            "message": self.message[:MESSAGE_KEPT],
            "ouverture": self.opening[:MESSAGE_KEPT],
            "deja_dit": list(self.given[-GIVEN_KEPT:]),
            "traites": list(self.subjects[-GIVEN_KEPT:]),
            "reserves": list(self.reserves[-GIVEN_KEPT:]),
            "departement": self.departement,
            "redemande": self.asked_again,
        }
        return {THREAD_SLOT: thread}
