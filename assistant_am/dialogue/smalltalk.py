"""Courtesy, limits of the subject, and what the bot says of itself: phrases, then back to work."""

from __future__ import annotations

import re

from assistant_am.dialogue.attention import Attention, fitting_alone
from assistant_am.dialogue.choices import next_steps
from assistant_am.dialogue.fiches import who_knows
from assistant_am.dialogue.memory import Memory, mark
from assistant_am.dialogue.part import Part
from assistant_am.dialogue.repetition import mark_of
from assistant_am.dialogue.world import World
from assistant_am.french.fold import words
from assistant_am.meaning import Request
from assistant_am.rendering.blocks import Alert, Block, Paragraph, Suggestion, text_blocks

OUTSIDE = ("avis_medical", "autre_metier", "autre_aide", "hors_sujet", "langue_etrangere")
COURTESY = (
    "saluer", "remercier", "prendre_conge", "robot", "capacites", "insulter", "frustration",
    "affirmer", "nier", "ne_sait_pas",
)  # fmt: skip
_WITH_STARTERS = frozenset(
    {"saluer", "capacites", "frustration", "robot", "insulter", "ne_sait_pas"}
)
_NOTED = ("note", "note_encore", "note_toujours", "note_enfin")
_LEAVES = re.compile(
    r"\b(?:au revoir|a bientot|a plus tard|bonne? (?:journee|soiree|continuation|nuit|week end)"
    r"|bye|ciao|adieu)\b"
)
_THANKS = re.compile(r"(?<!non )(?<!dieu )(?<!pas )(?<!un )(?<!sans )\b(?:merci+|remercie)\b")
"""« Même pas merci », « sans un merci » thank nobody."""
_SEVERAL_MISSES = 2
_CANDIDATES = 3


def presentation_part(world: World, memory: Memory, text: str = "") -> Part:
    """Take note and invite to go on, each time in other words; to who tells of a hardship, the
    clause that goes with it stands for that, and to who takes leave or thanks, the answer to it."""
    following = next_steps(world, memory)
    kind = attention_heard(world, memory, text)
    if kind is not None:
        asks = "" if memory.subject else f" {world.phrase('que_savoir')}"
        return Part(text_blocks(kind.text + asks), following)
    if memory.subject and (label := takes_leave(text)):
        return courtesy_part(world, label, memory)
    parts = [Part(text_blocks(world.phrase(key)), following) for key in _NOTED]
    if not memory.subject:
        asks = f"{world.phrase('bien_recu')} {world.phrase('que_savoir')}"
        parts.insert(0, Part(text_blocks(asks), following))
    return min(parts, key=lambda part: _last_said(memory, part))


def attention_heard(world: World, memory: Memory, text: str) -> Attention | None:
    """The clause that a message calls for and that was not said yet, alone or before a line."""
    asks = f" {world.phrase('que_savoir')}"
    return next(
        (
            each
            for each in fitting_alone(world.attentions, text)
            if not {mark(each.text), mark(each.text + asks)} & set(memory.given)
        ),
        None,
    )


def takes_leave(text: str) -> str | None:
    """The act, « prendre_conge » or « remercier », that a remark ends on; None without any."""
    said = " ".join(words(text))
    if _LEAVES.search(said):
        return "prendre_conge"
    return "remercier" if _THANKS.search(said) else None


def _last_said(memory: Memory, part: Part) -> int:
    """How late in the conversation a part was said; -1 when it was not."""
    said = mark_of(part)
    return max((at for at, each in enumerate(memory.given) if each == said), default=-1)


def courtesy_part(world: World, label: str, memory: Memory) -> Part:
    """A short phrase; the conversation's subject stays."""
    key = "accueil" if label == "saluer" else label
    if label == "saluer" and memory.greeted:
        key = "rebonjour"
    return Part(
        text_blocks(world.phrase(key)),
        suggestions=next_steps(world, memory) if label in _WITH_STARTERS else (),
        subject=memory.subject,
    )


def protest_part(world: World, memory: Memory) -> Part:
    """« ce n'est pas ma question »: that is admitted, what was understood is said, and other ways
    are offered: close subjects, and who can be asked."""
    blocks: list[Block] = [*text_blocks(world.phrase("frustration"))]
    fiche = world.knowledge.fiches.get(memory.subject or "")
    if fiche is not None:
        understood = world.phrase("sujet_compris").replace("[sujet]", fiche.label)
        blocks.append(Paragraph(understood))
        contacts = [world.knowledge.contacts[key] for key in fiche.who_knows]
        blocks += [who_knows(contacts)] if contacts else []
    return Part(tuple(blocks), next_steps(world, memory), subject=memory.subject)


def outside_part(world: World, label: str, memory: Memory) -> Part:
    """One sentence, then back to what the bot can do."""
    return Part(
        text_blocks(world.phrase(label)),
        suggestions=next_steps(world, memory),
        subject=memory.subject,
    )


def unsure_part(world: World, request: Request, memory: Memory) -> Part:
    """Between two or three close subjects: their labels, and « autre chose »."""
    ids = [label for label, _ in request.ranking if label in world.knowledge.fiches]
    options = world.buttons(ids[:_CANDIDATES])
    other = Suggestion(world.phrase("autre_chose"), world.phrase("autre_chose"))
    return Part(
        text_blocks(world.phrase("hesitant")), choices=(*options, other), subject=memory.subject
    )


def missed_part(world: World, memory: Memory) -> Part:
    """Not understood; the second time in a row, who to speak to."""
    key = "incompris_encore" if memory.misses + 1 >= _SEVERAL_MISSES else "incompris"
    return Part(
        text_blocks(world.phrase(key)),
        suggestions=next_steps(world, memory),
        subject=memory.subject,
    )


def emergency_part(world: World, kind: str) -> Part:
    """15 / 112 / 114, or 3114: alone."""
    key = "urgence_suicide" if kind == "suicide" else "urgence"
    return Part((Alert(world.phrase(key).strip()),), alone=True)
