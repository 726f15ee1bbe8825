"""Around the answers, said once: a reserve for a situation, a source for a message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant_am.dialogue.memory import AID_SLOTS, OF_THE_QUESTION, Memory, mark
from assistant_am.rendering.blocks import Block, Reserve, SourceNote


def without_repeats(
    memory: Memory, blocks: Sequence[Block], *, guided: bool
) -> tuple[tuple[Block, ...], Memory]:
    """The blocks without the reserves already given for this situation, nor a source line that a
    later one holds; and the memory with what was given.

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
    """The last line of the same sources stands for those before it, with their remark."""
    kept: list[Block] = []
    remark = ""
    for place, block in enumerate(blocks):
        if not isinstance(block, SourceNote):
            kept.append(block)
            continue
        note = replace(block, remark=block.remark or remark)
        later = [each for each in blocks[place + 1 :] if isinstance(each, SourceNote)]
        if any(set(note.entries) <= set(other.entries) for other in later):
            remark = note.remark
        else:
            remark = ""
            kept.append(note)
    return kept


def _situation(memory: Memory) -> str:
    """What amounts depend on, whatever years are asked about."""
    told = {k: v for k, v in memory.situation.items() if k in AID_SLOTS}
    every = [told, *memory.doctors.values()] if memory.everyone else [told]
    return repr(
        [sorted((k, v) for k, v in one.items() if k not in OF_THE_QUESTION) for one in every]
    )
