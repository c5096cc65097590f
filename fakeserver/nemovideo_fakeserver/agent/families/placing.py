"""When music plays: `start the music at 3 seconds`, `the music should end at 8 seconds`.

Law: only where it stands changes; what it sounds like and how loud it is stay as they were.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nemovideo_fakeserver.agent.families.family import Deeds, Family
from nemovideo_fakeserver.agent.reading import nouns
from nemovideo_fakeserver.agent.reading.clauses import Clause
from nemovideo_fakeserver.agent.reading.quantities import DURATION, take_fades
from nemovideo_fakeserver.agent.stage.bench import Bench, Work
from nemovideo_fakeserver.agent.stage.timeline import music, replaced
from nemovideo_fakeserver.agent.telling.settings import seconds
from nemovideo_fakeserver.core.draft import AUDIO, end

_START = re.compile(
    rf"\b(?:start|begin|kick in|come in|enter|delay)s?\b[^‹]{{0,24}}\b(?:at|from|after|by|until) (?:the )?{DURATION}|从第?{DURATION}(?:处|时)?(?:才|再)?(?:开始|起|播放|进)"
)
_END = re.compile(
    rf"\b(?:end|stop|finish)s?\b[^‹]{{0,24}}\b(?:at|by|after) (?:the )?{DURATION}|[到在]第?{DURATION}(?:处|时)?(?:就)?(?:结束|停止?)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """A wish for the music to start or to end at some time, in milliseconds."""

    start: int | None
    stop: int | None


def recognise(clause: Clause, bench: Bench) -> Placing | None:
    """Take what says when the music that is there begins or ends."""
    lowered = take_fades(clause.lowered)[1]
    if (
        not music(bench.draft)
        or not nouns.mentions("music", lowered)
        or re.search(nouns.ADD, lowered)
    ):
        return None
    start, stop = (_time(pattern.search(lowered)) for pattern in (_START, _END))
    return None if start is stop is None else Placing(start=start, stop=stop)


def _time(match: re.Match[str] | None) -> int | None:
    return None if match is None else int(next(g for g in match.groups() if g))


def perform(request: Placing, bench: Bench) -> Deeds:
    """Move the ends of the music; a piece is never made longer than it is."""
    track = music(bench.draft)[0 if request.start is not None else -1]
    start = track["s"] if request.start is None else request.start
    stop = end(track) if request.stop is None else min(request.stop, start + track["d"])
    if stop <= start:
        return (
            bench.answer(
                f"The music plays from {seconds(track['s'], end(track), 'en')}, so that would leave nothing of it.",
                f"音乐的时间是{seconds(track['s'], end(track), 'zh')}，这样就没有音乐了。",
            ),
        )
    times = {"s": start, "d": stop - start}
    return (
        Work(
            op="move_bgm",
            told=bench.speak(
                f"The music plays {seconds(start, stop, 'en')} now.",
                f"音乐现在在{seconds(start, stop, 'zh')}播放。",
            ),
            facts={"track": "audio", "segments": [track["id"]], **times},
            operations=replaced(bench.draft, AUDIO, track, times),
        ),
    )


FAMILY = Family(recognise=recognise, perform=perform)
