"""The length of the picture: trim, cut out, make longer, split.

Law: times count from the start of the clip the clause names, else from the start of the film; of `each`
clip, from its own. What would leave nothing is refused, and so is a length for which there is no footage.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nemovideo_fakeserver.agent.families.family import Deeds, Family
from nemovideo_fakeserver.agent.families.lengthening import STILL, lengthened
from nemovideo_fakeserver.agent.reading import lengths, nouns
from nemovideo_fakeserver.agent.reading.clauses import Clause
from nemovideo_fakeserver.agent.reading.leaving import HALF, bare, going
from nemovideo_fakeserver.agent.reading.openings import after_lead
from nemovideo_fakeserver.agent.reading.quantities import DURATION, take_fades
from nemovideo_fakeserver.agent.stage.bench import Bench, Work
from nemovideo_fakeserver.agent.stage.staging import nothing_to_edit
from nemovideo_fakeserver.agent.stage.targets import aimed, span
from nemovideo_fakeserver.agent.stage.timeline import cut, later, pictures, put, total
from nemovideo_fakeserver.core.draft import VIDEO, Change, Operation, end

_CUT = re.compile(
    r"\b(?:trim|cut|crop|shorten|clip|keep|remov|delet|drop|make|chop|limit|get rid|extend|lengthen|leave|skip|start|should be|must be)(?:e|ming|ting|ping)?\b|\b(?:shorter|longer)\b|(?<!混)剪|裁|截|切|保留|删|去掉|去除|缩短|延长|只要|只留|控制在|限制|[短长](?=‹|一?[点些])|\b(?:per|each)\b|每"
)
_EACH = re.compile(
    r"\b(?:each|every|per)\b(?! (?:end|side))|\b(?:both|all)(?: of)?(?: the| my)? (?:clip|video|photo|picture|image|one)s?\b|每[个段张]|各"
)
_LENGTH = re.compile(DURATION)
_SPLIT = re.compile(
    r"\bsplit\b|\bdivide\b|\bcut (?:it |the (?:video|clip) )?(?:in|into) (?:half|two)|分割|拆分|切分|分成|切成|一分为二"
)
_HALVES = re.compile(r"\bhalf\b|\btwo\b|一半|两[段半部]|2[段半部]|中间")


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """A wish to change the length of the picture, or to `split` a clip."""

    clause: Clause
    split: bool


def recognise(clause: Clause, bench: Bench) -> Timing | None:  # noqa: ARG001  # a family's signature
    """Take what cuts the picture at some time."""
    lowered = clause.lowered
    if (
        any(nouns.mentions(kind, lowered) for kind in ("music", "title", "subtitles"))
        or clause.quotes
    ):
        return None
    _, rest = take_fades(lowered)
    if _SPLIT.search(lowered) and (_LENGTH.search(rest) or _HALVES.search(lowered)):
        return Timing(clause=clause, split=True)
    timed = _LENGTH.search(rest) or HALF.search(rest) or lengths.changed(rest, 2) is not None
    cutting = bare(lowered) or bare(after_lead(lowered)) or (timed and _CUT.search(lowered))
    standing = timed and STILL.search(lowered)
    return Timing(clause=clause, split=False) if cutting or standing else None


def perform(request: Timing, bench: Bench) -> Deeds:
    """Cut, lengthen or split."""
    if not pictures(bench.draft):
        return (nothing_to_edit(bench),)
    if request.split:
        return _split(request.clause, bench)
    return lengthened(request.clause, bench) or _trimmed(request.clause, bench)


def _trimmed(clause: Clause, bench: Bench) -> Deeds:
    gone: list[tuple[int, int]] = []
    for begin, stop in _parts(clause, bench):
        here = [(a, b) for a, b in going(clause.lowered, stop - begin) if b > a]
        if stop - begin > sum(b - a for a, b in here):
            gone += [(begin + a, begin + b) for a, b in here]
    before = total(bench.draft)
    if not gone:
        return (
            bench.answer(
                f"The video is {before / 1_000:g}s long, so there is nothing to cut that way. Which part should stay?",
                f"视频时长是{before / 1_000:g}秒，这样没法剪。要保留哪一部分？",
            ),
        )
    operations: list[Operation] = []
    for number, (a, b) in enumerate(reversed(gone)):
        operations += cut(bench.after_all(operations).at("cut", number), a, b)
    left = before - sum(b - a for a, b in gone)
    return (
        Work(
            op="trim",
            told=bench.speak(
                f"Trimmed: the video is {left / 1_000:g}s long now.",
                f"已剪辑，视频现在时长{left / 1_000:g}秒。",
            ),
            facts={"track": "video", "removed": [list(times) for times in gone]},
            operations=tuple(operations),
        ),
    )


def _parts(clause: Clause, bench: Bench) -> list[tuple[int, int]]:
    """Return the stretches of the film that are trimmed, each by itself."""
    if _EACH.search(clause.lowered):
        return [(s["s"], end(s)) for s in aimed(clause, bench)]
    return [span(clause, bench)]


def _split(clause: Clause, bench: Bench) -> Deeds:
    begin, stop = span(clause, bench)
    asked = _LENGTH.search(clause.lowered)
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
