"""What is said when a wish went beyond what can be done.

Law: a value that was held to a limit is named as it was used; within the limits nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from nemovideo_fakeserver.agent.reading.lengths import LONGEST_MS
from nemovideo_fakeserver.agent.reading.quantities import DURATION, bpm, percent, tempo
from nemovideo_fakeserver.agent.stage.bench import Answer, Bench, Deed, Work
from nemovideo_fakeserver.core.draft import Change, Put


def held(lowered: str, deeds: Sequence[Deed], bench: Bench) -> Iterator[Answer]:
    """Yield a sentence for each value of a clause that was out of reach."""
    patches = list(_patches(deeds))
    inner = [patch.get("m", {}) for patch in patches]
    beat, written = bpm(lowered), tempo(lowered)
    if written is not None and round(written) != beat and any(m.get("bpm") == beat for m in inner):
        yield bench.answer(f"I used {beat} BPM, the limit.", f"速度有上下限，已使用{beat} BPM。")
    if (percent(lowered) or 0) > 100 and any(m.get("volume") == 100 for m in inner):
        yield bench.answer("I used 100%, the loudest there is.", "音量最大为100%，已使用100%。")
    longest = max((int(ms) for ms in re.findall(DURATION, lowered)), default=0)
    if longest > LONGEST_MS and any(patch.get("d") == LONGEST_MS for patch in patches):
        used = f"{LONGEST_MS / 1_000:g}"
        yield bench.answer(
            f"I used {used}s, the longest there is.", f"最长{used}秒，已使用{used}秒。"
        )


def _patches(deeds: Sequence[Deed]) -> Iterator[Mapping[str, Any]]:
    """Yield what the works among the deeds write into segments."""
    for deed in deeds:
        for operation in deed.operations if isinstance(deed, Work) else ():
            if isinstance(operation, Change):
                yield operation.patch
            elif isinstance(operation, Put):
                yield operation.segment
