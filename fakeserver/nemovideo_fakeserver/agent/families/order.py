"""The order of the clips.

Law: the clips of the picture are numbered from 1 in the order they play.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nemovideo_fakeserver.agent.families.family import Deeds, Family
from nemovideo_fakeserver.agent.reading.clauses import Clause
from nemovideo_fakeserver.agent.stage.bench import Bench, Work
from nemovideo_fakeserver.agent.stage.staging import lay
from nemovideo_fakeserver.agent.stage.targets import aimed, mentions, visible, without_ordinals
from nemovideo_fakeserver.agent.stage.timeline import pictures
from nemovideo_fakeserver.core.draft import Order, Segment

_MOVE = re.compile(
    r"\b(?:put|move|place|bring|reorder|rearrange|swap|drag|play|start with)\b|移|放|拖|排|调换|交换|换"
)
_FIRST = re.compile(
    r"\b(?:(?:first|to the (?:front|start|beginning)|at the (?:front|start|beginning)|before everything)\b(?! (?:clip|video|photo|\w+ seconds)))|\bstart with\b|最前|第一位|开头|最开始|首位"
)
_LAST = re.compile(
    r"\b(?:last|to the (?:end|back)|at the (?:end|back))\b(?! (?:clip|video|photo))|最后(?!一)|末尾|结尾"
)
_REVERSE = re.compile(
    r"\breverse (?:the )?(?:order|clips|sequence)|\bin reverse order|倒序|反过来|颠倒顺序"
)
_SWAP = re.compile(r"\bswap\b|换个?一?下?顺序|交换|调换|互换|对调")

_THEM = re.compile(r"\b(?:them|they|clips|videos|photos|order|two)\b|片段|视频|照片|顺序|两")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reordering:
    """A wish for another order."""

    clause: Clause


def recognise(clause: Clause, bench: Bench) -> Reordering | None:
    """Take what moves clips; which clips there are is seen later, they may not be on the timeline yet."""
    lowered = clause.lowered
    there = without_ordinals(lowered)
    moved = _MOVE.search(lowered) and (
        _FIRST.search(there) or _LAST.search(there) or _SWAP.search(lowered)
    )
    count = len(pictures(bench.draft) or visible(bench))
    both = count == 2 and _SWAP.search(lowered) and _THEM.search(lowered)
    named = count > 1 and bool(both or mentions(clause, bench))
    return Reordering(clause=clause) if _REVERSE.search(lowered) or (moved and named) else None


def perform(request: Reordering, bench: Bench) -> Deeds:
    """Put the clips in their new order, laying them before if the timeline is empty."""
    if not pictures(bench.draft) and visible(bench):
        laid = lay(bench, visible(bench))
        return laid, *perform(request, bench.after(laid))
    shown = pictures(bench.draft)
    ids = tuple(s["id"] for s in _ordered(request.clause, bench, shown))
    if ids == tuple(s["id"] for s in shown):
        return (bench.answer("The clips are in that order already.", "片段已经是这个顺序了。"),)
    return (
        Work(
            op="reorder_clips",
            told=bench.speak("The clips play in the new order.", "片段顺序已调整。"),
            facts={"track": "video", "segments": list(ids)},
            operations=(Order(ids),),
        ),
    )


def _ordered(clause: Clause, bench: Bench, shown: list[Segment]) -> list[Segment]:
    lowered = clause.lowered
    if _REVERSE.search(lowered):
        return shown[::-1]
    chosen = aimed(clause, bench)
    if _SWAP.search(lowered) and len(chosen) == len(shown) == 2:
        return shown[::-1]
    if _SWAP.search(lowered) and len(chosen) == 2:
        there, here = (shown.index(s) for s in chosen)
        swapped = list(shown)
        swapped[there], swapped[here] = swapped[here], swapped[there]
        return swapped
    rest = [s for s in shown if s not in chosen]
    lowered = without_ordinals(lowered)
    return (
        [*rest, *chosen]
        if _LAST.search(lowered) and not _FIRST.search(lowered)
        else [*chosen, *rest]
    )


FAMILY = Family(recognise=recognise, perform=perform, stages=False)
