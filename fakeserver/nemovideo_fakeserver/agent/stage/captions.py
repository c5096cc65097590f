"""Which subtitles a clause speaks of: `the second subtitle`, `subtitle 2`, 第二条字幕, or one by its words."""

from __future__ import annotations

import re
from collections.abc import Collection

from nemovideo_fakeserver.agent.reading.clauses import Clause
from nemovideo_fakeserver.agent.stage.bench import Answer, Bench
from nemovideo_fakeserver.agent.stage.targets import ORDINALS, picked
from nemovideo_fakeserver.agent.stage.timeline import about, subtitles
from nemovideo_fakeserver.core.draft import Segment

_LINE = r"(?:subtitles?|captions?)(?: lines?)?"
_NUMBERED = re.compile(
    rf"\b({'|'.join(ORDINALS)}|last) (?:line of the )?{_LINE}\b|\b{_LINE} ?(?:#|no\.? ?|number )?(\d{{1,3}})(?![\d:.%]| ?(?:pt|px)\b)"
    r"|第(\d{1,3})[句条行个]的?字幕|(最后)[一1]?[句条行个]的?字幕"
)


def meant(clause: Clause, bench: Bench, quoted: Collection[str]) -> list[Segment] | Answer:
    """Return the subtitles a clause counts to, else the first with the `quoted` words; none if it names none.

    A number beyond the last one is answered.
    """
    there = subtitles(bench.draft)
    counted = [picked(there, _number(m)) for m in _NUMBERED.finditer(clause.lowered)]
    if None in counted:
        many = "is 1 subtitle" if len(there) == 1 else f"are {len(there)} subtitles"
        return bench.answer(
            f"I can't find that subtitle: there {many}.", f"找不到这条字幕：现在有{len(there)}条。"
        )
    return [s for s in counted if s] or [s for s in there if about(s).get("text") in quoted][:1]


def _number(match: re.Match[str]) -> int:
    word, after, han, last = match.groups()
    if last or word == "last":
        return -1
    return ORDINALS[word] if word else int(after or han)
