"""From a draft to a time line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any, TypeVar

from nemovideo_fakeserver.core.assets import Synthetic
from nemovideo_fakeserver.core.chance import Chance
from nemovideo_fakeserver.core.draft import AUDIO, TEXT, VIDEO, Segment, segments
from nemovideo_fakeserver.core.ports import RenderError, RenderOrder
from nemovideo_fakeserver.media.canvas import Canvas
from nemovideo_fakeserver.media.timeline.captions import Caption, caption
from nemovideo_fakeserver.media.timeline.clips import Clip, Look
from nemovideo_fakeserver.media.timeline.lanes import lanes
from nemovideo_fakeserver.media.timeline.line import Timeline
from nemovideo_fakeserver.media.timeline.shots import shots
from nemovideo_fakeserver.media.values import mapping, number, text

Timed = TypeVar("Timed", Clip, Caption)

SHORTEST, LONGEST = 0.1, 3600.0
MOST_SEGMENTS = 1000
SPEEDS = (0.1, 10.0)
BRIEF = ("bpm", "key", "mood", "genre", "instruments", "loop", "drop", "sections", "bass")
"""What a segment may say of its music; it wins over what the track was composed from."""


def read(order: RenderOrder) -> Timeline:
    """Understand the draft of `order`. Raises RenderError for one that cannot be rendered."""
    canvas = Canvas.of(order.width, order.height, order.fps)
    clips, words = _clips(order), _listed(order, TEXT)
    captions = tuple(filter(None, map(caption, words)))
    if not clips and not any(number(segment.get("d"), 0) for segment in words):
        raise RenderError("invalid draft: no track has a segment with a duration (`d`, ms)")
    ends = [number(s.get("s"), 0) / 1000 + number(s.get("d"), 0) / 1000 for s in words]
    seconds = _length(order.draft.get("d"), clips, ends)
    frames = max(1, canvas.frames(seconds))
    title = text(mapping(order.draft.get("m")).get("title"))
    pictures = [c for c in clips if c.tt == VIDEO]
    if not pictures:
        seed = _seed(order, "")
        pictures = [Clip(tt=VIDEO, start=0, seconds=seconds, seed=seed, name=title)]
    return Timeline(
        canvas=canvas,
        frames=frames,
        shots=shots(_until(frames / canvas.fps, pictures), canvas, frames),
        captions=_until(frames / canvas.fps, captions),
        lanes=lanes(clips),
        title=title,
    )


def _until(end: float, timed: Iterable[Timed]) -> tuple[Timed, ...]:
    """Let what goes on beyond a film's end be over there, so that it fades before; what comes later never does."""
    return tuple(
        replace(one, seconds=min(one.seconds, end - one.start)) for one in timed if one.start < end
    )


def _listed(order: RenderOrder, *types: int) -> list[Segment]:
    """Return the segments of some types of tracks, counting all of them."""
    found = [
        s
        for tt in (VIDEO, AUDIO, TEXT)
        for s in islice(segments(order.draft, tt), MOST_SEGMENTS + 1)
    ]
    if len(found) > MOST_SEGMENTS:
        raise RenderError(f"invalid draft: more than {MOST_SEGMENTS} segments; render it in parts")
    return [s for tt in types for s in segments(order.draft, tt)]


def _clips(order: RenderOrder) -> list[Clip]:
    clips = [_clip(order, tt, segment) for tt in (VIDEO, AUDIO) for segment in _listed(order, tt)]
    return [clip for clip in clips if clip.seconds > 0]


def _clip(order: RenderOrder, tt: int, segment: Mapping[str, Any]) -> Clip:
    src, m = text(segment.get("src")), mapping(segment.get("m"))
    asset = order.media.get(src)
    offset = number(segment.get("in"), 0) / 1000
    speed = number(m.get("speed"), 1, *SPEEDS)
    rest = max(0.0, (asset.seconds - offset) / speed) if asset else 0.0
    seconds = number(segment.get("d"), rest * 1000) / 1000
    described = asset.source if asset and isinstance(asset.source, Synthetic) else None
    return Clip(
        tt=tt,
        start=number(segment.get("s"), 0) / 1000,
        seconds=seconds,
        seed=described.seed if described else _seed(order, src),
        asset=asset,
        name=described.label if described else text(m.get("name")),
        offset=offset,
        speed=speed,
        volume=0.0 if m.get("muted") is True else number(m.get("volume"), 100, 0, 100) / 100,
        fade_in=min(seconds, number(m.get("fade_in"), 0) / 1000),
        fade_out=min(seconds, number(m.get("fade_out"), 0) / 1000),
        duck=number(m.get("duck"), 0, 0, 100) / 100,
        notes={**(described.notes if described else {}), **{k: m[k] for k in BRIEF if k in m}},
        look=_look(m),
        transition=text(m.get("transition")),
    )


def _look(m: Mapping[str, Any]) -> Look:
    names = ("brightness", "contrast", "saturation", "temperature", "sharpness")
    amounts = {name: number(m.get(name), 0, -100, 100) for name in names}
    return Look(**amounts, filter=text(m.get("filter")))


def _seed(order: RenderOrder, src: str) -> int:
    return Chance(str(order.seed)).number("card", src)


def _length(declared: object, clips: list[Clip], ends: list[float]) -> float:
    """Return the film's seconds: what the draft says, else where the picture ends, else whatever ends last."""
    picture = [c.end for c in clips if c.tt == VIDEO]
    last = max(picture or [*ends, *(c.end for c in clips)])
    seconds = number(declared, 0) / 1000 or last
    if seconds > LONGEST:
        raise RenderError(
            f"invalid draft: it lasts {seconds:.0f} s, at most {LONGEST:.0f} s can be rendered"
        )
    return max(SHORTEST, seconds)
