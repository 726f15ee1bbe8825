"""Around the answers, said once: a reserve for a situation, the sources for a message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant_am.dialogue.memory import AID_SLOTS, OF_THE_QUESTION, Memory, mark
from assistant_am.rendering.blocks import Block, Reserve, SourceNote


def without_repeats(
    memory: Memory, blocks: Sequence[Block], *, guided: bool
) -> tuple[tuple[Block, ...], Memory]:
    """The blocks without the reserves already given for this situation, their sources on one
    line; and the memory with what was given.

    `guided`: the situation is still being asked for; its steps share the reserve of the first.
    """
    here = _situation(memory)
    given = dict.fromkeys(memory.reserves)
    kept: list[Block] = []
    for block in _each_source_once(blocks):
        said = block.text if isinstance(block, Reserve) else getattr(block, "remark", "")
        marked = mark(f"{here}{said}")
        if said and (marked in given or (guided and given)):
            if isinstance(block, SourceNote):
                kept.append(replace(block, remark=""))
            continue
        kept.append(block)
        if said:
            given[marked] = None
    return tuple(kept), replace(memory, reserves=tuple(given))


def _each_source_once(blocks: Sequence[Block]) -> Sequence[Block]:
    """The sources of all the answers on one line, the last, with their remarks."""
    places = [place for place, block in enumerate(blocks) if isinstance(block, SourceNote)]
    notes = [block for block in blocks if isinstance(block, SourceNote)]
    if len(notes) <= 1:
        return blocks
    entries = dict.fromkeys(entry for note in notes for entry in note.entries)
    remarks = dict.fromkeys(note.remark for note in notes if note.remark)
    kept = [block for block in blocks[: places[-1]] if not isinstance(block, SourceNote)]
    return [*kept, SourceNote(tuple(entries), " ".join(remarks)), *blocks[places[-1] + 1 :]]


def _situation(memory: Memory) -> str:
    """What amounts depend on, whatever years are asked about."""
    told = {k: v for k, v in memory.situation.items() if k in AID_SLOTS}
    every = [told, *memory.doctors.values()] if memory.everyone else [told]
    return repr(
        [sorted((k, v) for k, v in one.items() if k not in OF_THE_QUESTION) for one in every]
    )
