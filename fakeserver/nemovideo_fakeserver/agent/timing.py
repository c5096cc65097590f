"""The length of the picture: trim, cut out, split.

Law: `to` and `keep` name what stays, everything else names what goes. Times count from the start of the
clip the clause names, else from the start of the film. What would leave nothing is refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nemovideo_fakeserver.agent import nouns
from nemovideo_fakeserver.agent.bench import Bench, Work
from nemovideo_fakeserver.agent.clauses import Clause
from nemovideo_fakeserver.agent.family import Deeds, Family
from nemovideo_fakeserver.agent.quantities import DURATION, take_fades, take_range
from nemovideo_fakeserver.agent.staging import nothing_to_edit
from nemovideo_fakeserver.agent.targets import span
from nemovideo_fakeserver.agent.timeline import cut, later, pictures, put
from nemovideo_fakeserver.core.draft import VIDEO, Change, Operation, end

SHORTEST_MS = 1_000
"""What is trimmed to a length keeps at least this much."""

_CUT = re.compile(
    r"\b(?:trim|cut|crop|shorten|clip|keep|remov|delet|drop|make|chop|limit|get rid)(?:e|ming|ting|ping)?\b|(?<!混)剪|裁|截|切|保留|删|去掉|去除|缩短|只要|只留|控制在|限制"
)
_KEEP = re.compile(
    r"\bkeep\b|\bonly\b|\bto\b(?! the)|\bdown to\b|\bmake\b|\blimit\b|保留|只要|只留|剪到|剪成|裁到|截取|截到|缩短到|缩短为|控制在|剪至|裁剪到|裁剪为|限制"
)
_OUT = re.compile(r"\bout\b|\bremov|\bdelet|\bcut\b|剪掉|剪去|删|去掉|去除|切掉|裁掉|截掉")
_FIRST = re.compile(rf"(?:\b(?:first|initial|opening)|\bstart|前面?|开头|最初|开始)的? ?{DURATION}")
_LAST = re.compile(
    rf"(?:\b(?:last|final|ending)|后面?|最后|结尾|末尾)的? ?{DURATION}|{DURATION} (?:off|from) the end"
)
_FRONT = re.compile(rf"{DURATION} (?:off|from) the (?:start|beginning|front)")
_AFTER = re.compile(rf"\b(?:after|past) (?:the )?{DURATION}|{DURATION} ?(?:之后|以后|后面)")
_BEFORE = re.compile(
    rf"\b(?:before|until|up to) (?:the )?{DURATION}|{DURATION} ?(?:之前|以前|前面)"
)
_LENGTH = re.compile(DURATION)
_SPLIT = re.compile(
    r"\bsplit\b|\bdivide\b|\bcut (?:it |the (?:video|clip) )?(?:in|into) (?:half|two)|分割|拆分|切分|分成|切成|一分为二"
)
_HALVES = re.compile(r"\bhalf\b|\btwo\b|一半|两[段半部]|2[段半部]|中间")


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """A wish to shorten the picture, or to `split` a clip."""

    clause: Clause
    split: bool


def recognise(clause: Clause, bench: Bench) -> Timing | None:  # noqa: ARG001  # a family's signature
    """Take what cuts the picture at some time."""
    low = clause.low
    if any(nouns.mentions(kind, low) for kind in ("music", "title", "subtitles")) or clause.quotes:
        return None
    _, rest = take_fades(low)
    if _SPLIT.search(low) and (_LENGTH.search(rest) or _HALVES.search(low)):
        return Timing(clause=clause, split=True)
    return Timing(clause=clause, split=False) if _CUT.search(low) and _LENGTH.search(rest) else None


def perform(request: Timing, bench: Bench) -> Deeds:
    """Cut or split."""
    if not pictures(bench.draft):
        return (nothing_to_edit(bench),)
    return (_split if request.split else _trimmed)(request.clause, bench)


def _trimmed(clause: Clause, bench: Bench) -> Deeds:
    begin, stop = span(clause, bench)
    going = [(a, b) for a, b in _going(clause.low, stop - begin) if b > a]
    left = stop - begin - sum(b - a for a, b in going)
    if not going or left <= 0:
        seconds = (stop - begin) / 1_000
        return (
            bench.answer(
                f"The video is {seconds:g}s long, so there is nothing to cut that way. Which part should stay?",
                f"视频时长是{seconds:g}秒，这样没法剪。要保留哪一部分？",
            ),
        )
    operations: list[Operation] = []
    for number, (a, b) in enumerate(reversed(going)):
        operations += cut(bench.after_all(operations).at("cut", number), begin + a, begin + b)
    return (
        Work(
            op="trim",
            told=bench.speak(
                f"Trimmed: {left / 1_000:g}s are left.", f"已剪辑，保留{left / 1_000:g}秒。"
            ),
            facts={"track": "video", "removed": [[begin + a, begin + b] for a, b in going]},
            operations=tuple(operations),
        ),
    )


def _going(low: str, length: int) -> Sequence[tuple[int, int]]:
    """Return the times that go, in milliseconds from the start of the clip, in rising order."""
    keep = _KEEP.search(low) is not None
    between, _ = take_range(low)
    if between:
        a, b = (min(t, length) for t in between)
        return ((a, b),) if _OUT.search(low) else ((0, a), (b, length))
    if first := _FIRST.search(low) or _FRONT.search(low):
        at = min(int(first[1]), length)
        return ((max(SHORTEST_MS, at), length),) if keep else ((0, at),)
    if last := _LAST.search(low):
        at = max(0, length - int(last[1] or last[2]))
        return ((0, min(at, length - SHORTEST_MS)),) if keep else ((at, length),)
    if after := _AFTER.search(low):
        return ((min(int(after[1] or after[2]), length), length),)
    if before := _BEFORE.search(low):
        return ((0, min(int(before[1] or before[2]), length)),)
    plain = _LENGTH.search(low)
    return ((min(max(SHORTEST_MS, int(plain[1])), length), length),) if plain else ()


def _split(clause: Clause, bench: Bench) -> Deeds:
    begin, stop = span(clause, bench)
    asked = _LENGTH.search(clause.low)
    at = begin + (int(asked[1]) if asked else (stop - begin) // 2)
    segment = next((s for s in pictures(bench.draft) if s["s"] < at < end(s)), None)
    if segment is None:
        return (
            bench.answer(
                "There is no clip to split at that time.", "这个时间点没有可以分割的片段。"
            ),
        )
    tail = later(segment, at, at, bench.new_id("split"))
    shortened = Change(segment["id"], {"d": at - segment["s"]})
    return (
        Work(
            op="split_clip",
            told=bench.speak(
                f"The clip is split at {at / 1_000:g}s.", f"已在{at / 1_000:g}秒处分割片段。"
            ),
            facts={"track": "video", "segments": [segment["id"], tail["id"]], "at": at},
            operations=(shortened, put(bench.after_all([shortened]).draft, VIDEO, tail)),
        ),
    )


FAMILY = Family(recognise=recognise, perform=perform)
