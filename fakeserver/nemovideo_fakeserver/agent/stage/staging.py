"""Laying clips on the timeline, asked for or because an edit needs something to edit.

Law: an edit in a session whose timeline shows nothing first lays all uploads, in order. An edit of a
named file that is not on the timeline starts afresh with that file alone (files of one session are
worked on one by one, each with its own render), unless the clause speaks of joining or the same message
has already worked on another file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nemovideo_fakeserver.agent.reading.clauses import Clause
from nemovideo_fakeserver.agent.stage.bench import Answer, Bench, Deed, Work
from nemovideo_fakeserver.agent.stage.targets import mentions, visible
from nemovideo_fakeserver.agent.stage.timeline import pictures
from nemovideo_fakeserver.core.assets import Asset
from nemovideo_fakeserver.core.draft import (
    VIDEO,
    Describe,
    Operation,
    Put,
    Remove,
    Segment,
    end,
    segments,
)
from nemovideo_fakeserver.core.sizes import within

STILL_MS = 3_000
"""How long a photo is shown unless the user says."""

_JOINING = re.compile(
    r"\b(?:append|also|join|combine|merge|together|as well|(?:on|to|onto|into) (?:the|my) timeline)\b|拼接|合并|追加|时间线|时间轴|接在|也加|一起"
)


def joins(clause: Clause) -> bool:
    """Say whether the clause wants clips beside those that are there."""
    return _JOINING.search(clause.lowered) is not None


def stage(clause: Clause, bench: Bench) -> Deed | None:
    """Return the work that brings the clips of a clause on the timeline, or None if they are there."""
    named = mentions(clause, bench)
    if named.unknown:
        return bench.answer(
            f"I can't find clip {named.unknown}. Open the media panel to see what is there.",
            f"找不到第{named.unknown}个片段，请打开素材面板看看有哪些素材。",
        )
    shown = pictures(bench.draft)
    urls = {s.get("src") for s in shown}
    missing = [a for a in named.uploads if a.url not in urls]
    if missing:
        return lay(bench, missing, fresh=not (joins(clause) or bench.begun))
    if not shown and visible(bench):
        return lay(bench, visible(bench))
    return None


def lay(
    bench: Bench, clips: Sequence[Asset], *, each_ms: int | None = None, fresh: bool = False
) -> Work:
    """Lay clips end to end after what is shown; `fresh` clears the whole timeline before."""
    cleared = tuple(Remove(s["id"]) for s in segments(bench.draft)) if fresh else ()
    at = 0 if fresh else max((end(s) for s in pictures(bench.draft)), default=0)
    laid = list(_segments(bench, clips, at, each_ms))
    names = ", ".join(clip.filename for clip in clips)
    return Work(
        op="add_clips",
        told=bench.speak(
            f"{names} {'is' if len(clips) == 1 else 'are'} on the timeline now.",
            f"已把 {names} 放到时间线上。",
        ),
        facts={"track": "video", "segments": [s["id"] for s in laid], "fresh": fresh},
        operations=(
            *cleared,
            *canvas(bench, _size(clips[0]), clips[0].filename.rpartition(".")[0], anew=fresh),
            *(Put(VIDEO, s) for s in laid),
        ),
    )


def _segments(
    bench: Bench, clips: Sequence[Asset], at: int, each_ms: int | None
) -> Iterator[Segment]:
    for number, clip in enumerate(clips):
        own = round(clip.seconds * 1_000)
        d = (each_ms or STILL_MS) if clip.kind == "image" else min(own, each_ms or own)
        yield {
            "id": bench.new_id("clip", number),
            "s": at,
            "d": max(d, 100),
            "src": clip.url,
            "in": 0,
            "m": {
                "name": clip.filename,
                "volume": 100 if clip.kind == "video" else 0,
                "speed": 1.0,
            },
        }
        at += max(d, 100)


def canvas(
    bench: Bench, size: tuple[int, int] | None, title: str, *, anew: bool = False
) -> tuple[Operation, ...]:
    """Return what gives the draft a canvas and a title, if it has none or starts anew."""
    if "width" in bench.draft.get("m", {}) and not anew:
        return ()
    width, height = size or (bench.scene.width, bench.scene.height)
    return (Describe({"title": title, "width": width, "height": height}),)


def _size(clip: Asset) -> tuple[int, int] | None:
    """Return the clip's own size, even and no larger than a film can be; encoders want even sides."""
    if clip.width < 2 or clip.height < 2:
        return None
    width, height = within(clip.width, clip.height)
    return width // 2 * 2, height // 2 * 2


def nothing_to_edit(bench: Bench) -> Answer:
    """Say that there is no picture to work on."""
    return bench.answer(
        "There is no video on the timeline yet. Upload a clip, or tell me what to generate.",
        "时间线上还没有视频。请先上传素材，或者告诉我要生成什么。",
    )
