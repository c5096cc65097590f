"""A longer picture: a photo stands longer, a trimmed clip gets back what was cut from its end.

Law: footage is never invented. A clip is as long as its file at most; who wants more is told so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from nemovideo_fakeserver.agent.families.family import Deeds
from nemovideo_fakeserver.agent.reading import lengths
from nemovideo_fakeserver.agent.reading.clauses import Clause
from nemovideo_fakeserver.agent.reading.quantities import clamp, take_length
from nemovideo_fakeserver.agent.stage.accompanying import followed
from nemovideo_fakeserver.agent.stage.bench import Bench, Work
from nemovideo_fakeserver.agent.stage.targets import aimed, mentions
from nemovideo_fakeserver.agent.stage.timeline import about, pictures
from nemovideo_fakeserver.core.draft import Change, Operation, Segment, end

STILL = re.compile(r"\b(?:photo|picture|image|pic|still|slide)s?\b|照片|图片|相片")
_LASTS = re.compile(r"\b(?:make|last|extend|be|lengthen)\b|延长|变成|改成")
_SHOWN = re.compile(
    r"\b(?:make|show|set|keep|hold|each|every|per)\b|\b(?:first|second|third|last)\b|每张|显示|改"
)


def lengthened(clause: Clause, bench: Bench) -> Deeds:
    """Return the work that makes clips longer, why it cannot be, or nothing if that is not asked."""
    wanted = _wanted(clause, bench)
    longer = [(s, ms) for s, ms in wanted if ms > s["d"]]
    if not longer or (len(longer) < len(wanted) and not _photos(wanted, bench)):
        return ()
    short = next((s for s, ms in longer if ms > _room(s, bench)), None)
    if short is not None:
        seconds = _room(short, bench) / 1_000
        return (
            bench.answer(
                f"There is no more footage: {about(short).get('name', 'the clip')} can be shown for {seconds:g}s at most. Add another clip, or slow it down.",
                f"素材不够长：{about(short).get('name', '该片段')}最多只能显示{seconds:g}秒。可以再加一个片段，或者放慢速度。",
            ),
        )
    return (_resized({s["id"]: ms for s, ms in wanted}, bench),)


def _wanted(clause: Clause, bench: Bench) -> list[tuple[Segment, int]]:
    """Return the clips that are to be of another length, and that length; of a whole film, its last clip."""
    chosen = aimed(clause, bench)
    stills = [s for s in chosen if _still(s, bench)]
    asked, _ = take_length(clause.lowered)
    if stills and STILL.search(clause.lowered) and _SHOWN.search(clause.lowered):
        ms = (lengths.changed(clause.lowered, s["d"]) or asked for s in stills)
        return [
            (s, int(clamp(n, 100, lengths.LONGEST_MS)))
            for s, n in zip(stills, ms, strict=True)
            if n
        ]
    last = chosen[-1]
    before = last["d"] if mentions(clause, bench) else sum(s["d"] for s in chosen)
    after = lengths.changed(clause.lowered, before)
    if after is None and asked and asked > before and _LASTS.search(clause.lowered):
        after = asked
    return [] if after is None else [(last, last["d"] + after - before)]


def _photos(wanted: Sequence[tuple[Segment, int]], bench: Bench) -> bool:
    return all(_still(s, bench) for s, _ in wanted)


def _still(segment: Segment, bench: Bench) -> bool:
    return any(a.kind == "image" and a.url == segment.get("src") for a in bench.uploads)


def _room(segment: Segment, bench: Bench) -> int:
    """Return how many milliseconds of a clip there are from where it is shown."""
    if _still(segment, bench):
        return lengths.LONGEST_MS
    files = {a.url: a.seconds for a in (*bench.uploads, *bench.generated)}
    seconds = files.get(str(segment.get("src")))
    if seconds is None:
        return int(segment["d"])
    left = seconds * 1_000 - int(segment.get("in", 0))
    return max(int(segment["d"]), round(left / float(about(segment).get("speed", 1))))


def _resized(durations: dict[str, int], bench: Bench) -> Work:
    operations: list[Operation] = []
    shift = 0
    for segment in pictures(bench.draft):
        d = durations.get(segment["id"], segment["d"])
        operations.append(Change(segment["id"], {"s": segment["s"] + shift, "d": d}))
        shift += d - segment["d"]
    stop = end(pictures(bench.draft)[-1])
    along = followed(bench, stop, stop + shift)
    now = (stop + shift) / 1_000
    return Work(
        op="set_length",
        told=bench.speak(f"The video is {now:g}s long now.", f"视频现在时长{now:g}秒。")
        + along.told,
        facts={"track": "video", "segments": list(durations)},
        operations=(*operations, *along.operations),
        made=along.made,
    )
