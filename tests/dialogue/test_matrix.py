"""Every subject with every kind of follow-up: generated from `knowledge/`.

What each pair should lead to is worked out here from the fiches and `changements.yml`; a new fiche
or a new kind is tested without a line more.
"""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from assistant_am.dialogue.world import load_world
from assistant_am.knowledge import aspects, varies_with

WORLD = load_world(Path(__file__).resolve().parents[2] / "knowledge", datetime.date(2026, 11, 22))
FICHES = WORLD.knowledge.fiches
NOT_UNDERSTOOD = ("Désolé, je n'ai pas bien compris", "Je n'ai toujours pas compris")
COMPUTED = ("montant_aide", "estimer_aide", "conditions_aide", "budget")

LANDS_ON = {
    "estimer_aide": "montant_aide",
    ("conditions_aide", "deuxième"): "second_assistant",
}

KINDS = {
    "quotité": ("et à mi-temps ?", "quotite", 0.5),
    "année": ("et la 3e année ?", "annee", [3]),
    "tranche": ("et si je suis P95 ?", "tranche", "p95_plus"),
    "barème": ("pareil mais avec l'ancien barème", "bareme", "ancien"),
    "date": ("et pour un contrat du 3 mars 2023 ?", "date_contrat", None),
    "profil": ("et pour une aide-soignante ?", "profil", "aide_soignant"),
    "cumul": ("combien en tout sur 5 ans ?", "horizon", 5),
    "deuxième": ("et avec un deuxième AM ?", "second_assistant", True),
    "lieu": ("et en maison de santé ?", "lieu", "msp"),
}


def expected(fiche, slot, value, text) -> str | None:
    """The subject that should answer; None when the sources do not tell this change apart."""
    for key in (f"{slot}={value}", slot):
        if key in fiche.ellipses:
            return fiche.ellipses[key]
    if fiche.id in COMPUTED and slot not in ("profil", "lieu"):
        return fiche.id
    if slot in varies_with(fiche) or aspects(fiche, text):
        return fiche.id
    return WORLD.changes[slot].leads_to.get(fiche.theme)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("fiche_id", FICHES)
def test_one_thing_changed(talk, fiche_id, kind):
    """The subject answers with the change, or the one it leads to does, or it is said that not."""
    fiche = FICHES[fiche_id]
    text, slot, value = KINDS[kind]
    talk.say(f"alors, {fiche.question}", fiche.intent)
    asked_about = talk.memory.subject
    answer = talk.say(text)
    wanted = expected(fiche, slot, value, text)
    assert not answer.startswith(NOT_UNDERSTOOD)
    if wanted is None:
        assert answer.startswith("Mes sources ne distinguent pas selon"), answer
        assert talk.memory.subject == asked_about, "the thread is kept"
    else:
        lands_on = LANDS_ON.get((wanted, kind), LANDS_ON.get(wanted, wanted))
        assert talk.memory.subject == lands_on, answer
        assert any(words in answer for words in ("Source", "contactez", "seule votre CPAM"))


ELSEWHERE = [
    fiche.id for fiche in FICHES.values()
    if fiche.theme not in ("aide", "conditions") and fiche.id not in COMPUTED
]  # fmt: skip


@pytest.mark.parametrize("text", ["aide pour un mi-temps en 2e année ?", "mi-temps, 2e année, P92"])
@pytest.mark.parametrize("fiche_id", ELSEWHERE)
def test_the_aid_named_is_no_change_of_another_subject(talk, fiche_id, text):
    """« aide » said, or a percentile beside another input: the amount, even after the salary."""
    talk.say(f"alors, {FICHES[fiche_id].question}", FICHES[fiche_id].intent)
    assert "14 000 €" in talk.say(text, "demander_montant_aide")
    assert talk.memory.subject == "montant_aide"


@pytest.mark.parametrize("fiche_id", FICHES)
def test_acts_about_the_answer(talk, fiche_id):
    """« d'où ça vient ? », « pourquoi ? », « dis m'en plus », « c'est qui ? » keep the subject."""
    fiche = FICHES[fiche_id]
    talk.say(f"alors, {fiche.question}", fiche.intent)
    talk.memory = type(talk.memory)(**{**vars(talk.memory), "pending": None, "guided": False})
    subject = talk.memory.subject
    cited = talk.memory.cited.get("sources", [])
    source = talk.say("d'où ça vient ?", "demander_source")
    for key in cited:
        assert WORLD.knowledge.sources[key].title in source.replace("\u00a0", " ")
    for text, intent in (("pourquoi ?", "demander_pourquoi"), ("et encore ?", "demander_plus")):
        answer = talk.say(text, intent)
        assert answer and not answer.startswith(NOT_UNDERSTOOD)
        assert talk.memory.subject == subject
    who = talk.say("c'est qui ?")
    for key in fiche.who_knows if subject == fiche_id else ():
        assert WORLD.knowledge.contacts[key].name in who
    assert talk.memory.subject == subject


# « former ma secrétaire » says who is to be trained.
@pytest.mark.parametrize("fiche_id", sorted(FICHES.keys() - {"lien_familial"}))
def test_registering_keeps_the_profile(talk, fiche_id):
    """« où je m'inscris ? » is answered after any subject, and who one is stays known."""
    talk.say("je suis aide-soignante", "demander_acces_metier")
    talk.say(f"alors, {FICHES[fiche_id].question}", FICHES[fiche_id].intent)
    answer = talk.say("où je m'inscris ?", "demander_inscription")
    assert talk.memory.subject == "inscription", answer
    assert talk.memory.situation["profil"] == "aide_soignant"
