"""Every act: what people do in a conversation besides asking for facts."""

from __future__ import annotations

from assistant_am.dialogue.smalltalk import COURTESY, OUTSIDE

RESETS = ("recommencer", "effacer_donnees")
ABOUT_THE_ANSWER = (
    "demander_source", "demander_fraicheur", "contester", "demander_plus", "demander_pourquoi",
    "demander_calcul", "rappel_situation", "annuler",
)  # fmt: skip
EMERGENCIES = ("urgence", "urgence_suicide")

ACTS = frozenset({*COURTESY, *OUTSIDE, *RESETS, *ABOUT_THE_ANSWER, *EMERGENCIES})
