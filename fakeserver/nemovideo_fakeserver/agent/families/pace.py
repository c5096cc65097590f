"""The speed of clips: `2x`, slow motion.

Law: a clip's speed is a factor from 0.25 to 4 on its source; its length follows, and what comes after
moves up or back, and so does the end of the music that ended with the picture.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nemovideo_fakeserver.agent.families.family import Deeds, Family
from nemovideo_fakeserver.agent.reading import nouns
from nemovideo_fakeserver.agent.reading.clauses import Clause
from nemovideo_fakeserver.agent.reading.leaving import HALF
from nemovideo_fakeserver.agent.reading.lengths import degree
from nemovideo_fakeserver.agent.reading.quantities import DURATION, clamp, percent, times
from nemovideo_fakeserver.agent.stage.accompanying import followed
from nemovideo_fakeserver.agent.stage.bench import Bench, Work
from nemovideo_fakeserver.agent.stage.staging import nothing_to_edit
from nemovideo_fakeserver.agent.stage.targets import aimed
from nemovideo_fakeserver.agent.stage.timeline import about, pictures
from nemovideo_fakeserver.core.draft import Change, Operation, end

SLOWEST, FASTEST = 0.25, 4.0

_SLOW = re.compile(
    r"\bslow(?:er|ed|[ -]?mo(?:tion)?)?\b|\bhalf (?:the )?speed|\bhalf as fast|慢动作|慢镜头|慢放|减速|放慢|慢一?[点些]|更慢"
)
_FAST = re.compile(
    r"\bfast(?:er)?\b|\bquicker\b|\bspeed(?:ed)?(?: \w+){0,3} up\b|\bspeed up\b|\bdouble (?:the )?speed|\btwice as fast|\bfast[ -]forward|快进|加速|加快|快一?[点些]|更快"
)
_SPEED = re.compile(r"\bspeed\b|\bplayback\b|速度|倍速|播放速")
_NORMAL = re.compile(r"\b(?:normal|original|regular) speed|正常速度|原速")
_AGAIN_AS_MUCH = re.compile(r"([快慢])[一1]倍")
_FACTOR = re.compile(r"\bhalf (?:the )?speed|\bhalf as fast|\b(?:double|twice)\b|半速")
_TO = re.compile(r"\bto (?=\d)|[到至为成](?=\d)")
_TEMPO = re.compile(r"\btempo\b|bpm|节奏|节拍")
_TWICE = re.compile(r"\bdouble\b|\btwice\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """A wish for clips to run at another speed."""

    clause: Clause


def recognise(clause: Clause, bench: Bench) -> Pace | None:  # noqa: ARG001  # a family's signature
    """Take what speeds the picture up or slows it down."""
    lowered = clause.lowered
    if nouns.mentions("music", lowered) or nouns.mentions("title", lowered) or clause.quotes:
        return None
    asked = (
        _SLOW.search(lowered)
        or _FAST.search(lowered)
        or (_SPEED.search(lowered) and (times(lowered) or percent(lowered)))
    )
    bare = times(lowered) is not None and nouns.head(lowered) in ("picture", None)
    return Pace(clause=clause) if asked or bare or _NORMAL.search(lowered) else None


def measured(lowered: str) -> bool:
    """Say whether a text gives a speed as a factor or a share; that is never said of music."""
    paced = _SLOW.search(lowered) or _FAST.search(lowered) or _SPEED.search(lowered)
    given = times(lowered) is not None or percent(lowered) is not None or _FACTOR.search(lowered)
    again = _AGAIN_AS_MUCH.search(lowered) is not None
    return again or bool(paced and given and not _TEMPO.search(lowered))


def perform(request: Pace, bench: Bench) -> Deeds:
    """Change the speed of the clips the clause names."""
    if HALF.search(request.clause.lowered) or re.search(DURATION, request.clause.lowered):
        return (
            bench.answer(
                "I can only change the speed of a whole clip. Split it first, such as “split at 5 seconds”, then tell me which clip should be faster or slower.",
                "只能调整整个片段的速度。请先分割片段，例如“在5秒处分割”，再告诉我哪个片段要加快或放慢。",
            ),
        )
    chosen = {s["id"] for s in aimed(request.clause, bench)}
    if not chosen:
        return (nothing_to_edit(bench),)
    speeds = {
        s["id"]: _speed(request.clause.lowered, float(about(s).get("speed", 1)))
        for s in pictures(bench.draft)
        if s["id"] in chosen
    }
    speed = next(iter(speeds.values()))
    operations, stop = _moved(bench, speeds)
    along = followed(bench, end(pictures(bench.draft)[-1]), stop)
    return (
        Work(
            op="set_speed",
            told=bench.speak(f"Playback runs at {speed:g}x.", f"播放速度已调整为{speed:g}倍。")
            + along.told,
            facts={"track": "video", "segments": list(speeds), "speed": speed},
            operations=(*operations, *along.operations),
            made=along.made,
        ),
    )


def _speed(lowered: str, now: float) -> float:
    factor, share = times(lowered), percent(lowered)
    if _NORMAL.search(lowered):
        wanted = 1.0
    elif by := _AGAIN_AS_MUCH.search(lowered):
        wanted = now * (0.5 if by[1] == "慢" else 2)
    elif factor is not None:
        wanted = 1 / factor if _SLOW.search(lowered) and factor > 1 else factor
    elif share is not None:
        relative = not _TO.search(lowered)
        faster, slower = relative and _FAST.search(lowered), relative and _SLOW.search(lowered)
        wanted = (
            now * (1 + share / 100)
            if faster
            else now * (1 - share / 100)
            if slower
            else share / 100
        )
    elif _SLOW.search(lowered):
        wanted = now * (0.8 if degree(lowered) < 1 else 0.5)
    else:
        wanted = now * (2 if _TWICE.search(lowered) else 1.25 if degree(lowered) < 1 else 1.5)
    return round(clamp(wanted, SLOWEST, FASTEST), 3)


def _moved(bench: Bench, speeds: dict[str, float]) -> tuple[list[Operation], int]:
    """Return the clips' new speeds, lengths and starts, and where the last one ends."""
    operations: list[Operation] = []
    shift = 0
    stop = 0
    for segment in pictures(bench.draft):
        id_, d = segment["id"], int(segment["d"])
        speed = speeds.get(id_)
        new = (
            d if speed is None else max(1, round(d * float(about(segment).get("speed", 1)) / speed))
        )
        operations.append(
            Change(
                id_,
                {
                    "s": segment["s"] + shift,
                    "d": new,
                    **({"m": {"speed": speed}} if speed is not None else {}),
                },
            )
        )
        shift += new - d
        stop = segment["s"] + shift + d
    return operations, stop


FAMILY = Family(recognise=recognise, perform=perform)
