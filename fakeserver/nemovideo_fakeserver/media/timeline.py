"""What a draft means: which picture fills every frame, and which sounds are heard when.

A draft may come straight from a client, so nothing in it is trusted. A value of a wrong type counts
as missing; a number outside its range as the nearest one inside; a segment without length is not
there. What is too much to do is refused, not attempted.

Pictures do not mix: of those that cover a frame, the first in the order of tracks and segments is
shown, and a later track overlays nothing. Sounds mix, up to `LANES` at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from nemovideo_fakeserver.core.assets import Asset
from nemovideo_fakeserver.core.chance import Chance
from nemovideo_fakeserver.core.draft import AUDIO, TEXT, VIDEO, segments
from nemovideo_fakeserver.core.ports import RenderError, RenderOrder
from nemovideo_fakeserver.media.canvas import Canvas

SHORTEST, LONGEST = 0.1, 3600.0
MOST_SEGMENTS = 1000
LANES = 8
SPEEDS = (0.1, 10.0)

_FAR = 1e9


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """A segment as it is understood: `seconds` from `start`, both on the film's time line.

    `asset` is None for a source nobody knows. `offset` (seconds into the source) and `speed` say
    which part of the source plays, `volume` is a factor from 0 to 1, the fades are in seconds,
    `bpm` is None unless the segment names a tempo, and `seed` colours what has no picture or sound.
    """

    tt: int
    start: float
    seconds: float
    seed: int
    asset: Asset | None = None
    offset: float = 0.0
    speed: float = 1.0
    volume: float = 1.0
    fade_in: float = 0.0
    fade_out: float = 0.0
    bpm: float | None = None

    @property
    def end(self) -> float:
        """The second at which the clip is over."""
        return self.start + self.seconds

    @property
    def footage(self) -> Path | None:
        """The uploaded film the clip shows frame by frame; None for a picture that stands still."""
        source = self.asset.source if self.asset and self.asset.kind == "video" else None
        return source if isinstance(source, Path) else None


@dataclass(frozen=True, slots=True)
class Shot:
    """A run of frames that show one clip (None: black), the first of them `skipped` frames into it."""

    clip: Clip | None
    first: int
    frames: int
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class Timeline:
    """A film of `frames` frames: shots end to end, and lanes of sounds that do not overlap inside."""

    canvas: Canvas
    frames: int
    shots: tuple[Shot, ...]
    lanes: tuple[tuple[Clip, ...], ...]


def read(order: RenderOrder) -> Timeline:
    """Understand the draft of `order`. Raises RenderError for one that cannot be rendered."""
    canvas = Canvas.of(order.width, order.height, order.fps)
    clips = _clips(order)
    seconds = _length(order.draft.get("d"), clips)
    frames = max(1, canvas.frames(seconds))
    pictures = [c for c in clips if c.tt == VIDEO]
    if not pictures:
        pictures = [Clip(tt=VIDEO, start=0, seconds=seconds, seed=_seed(order, ""))]
    return Timeline(canvas, frames, _shots(pictures, canvas, frames), _lanes(clips))


def _clips(order: RenderOrder) -> list[Clip]:
    listed = [
        (tt, segment)
        for tt in (VIDEO, AUDIO, TEXT)
        for segment in islice(segments(order.draft, tt), MOST_SEGMENTS + 1)
    ]
    if len(listed) > MOST_SEGMENTS:
        raise RenderError(f"invalid draft: more than {MOST_SEGMENTS} segments; render it in parts")
    clips = [_clip(order, tt, segment) for tt, segment in listed]
    if not any(clip.seconds > 0 for clip in clips):
        raise RenderError("invalid draft: no track has a segment with a duration (`d`, ms)")
    return [clip for clip in clips if clip.seconds > 0]


def _clip(order: RenderOrder, tt: int, segment: Mapping[str, Any]) -> Clip:
    src, m = segment.get("src"), segment.get("m")
    src = src if isinstance(src, str) else ""
    m = m if isinstance(m, Mapping) else {}
    asset = order.media.get(src)
    offset = number(segment.get("in"), 0) / 1000
    speed = number(m.get("speed"), 1, *SPEEDS)
    rest = max(0.0, (asset.seconds - offset) / speed) if asset else 0.0
    seconds = number(segment.get("d"), rest * 1000) / 1000
    return Clip(
        tt=tt,
        start=number(segment.get("s"), 0) / 1000,
        seconds=seconds,
        seed=_seed(order, src)
        if asset is None or isinstance(asset.source, Path)
        else asset.source.seed,
        asset=asset,
        offset=offset,
        speed=speed,
        volume=0.0 if m.get("muted") is True else number(m.get("volume"), 100, 0, 100) / 100,
        fade_in=min(seconds, number(m.get("fade_in"), 0) / 1000),
        fade_out=min(seconds, number(m.get("fade_out"), 0) / 1000),
        bpm=number(m.get("bpm"), 0) or None,
    )


def number(value: object, default: float, low: float = 0, high: float = _FAR) -> float:
    """Return `value` as the nearest number from `low` to `high`; `default` when it is no number."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:  # noqa: PLR0124 - NaN
        return default
    return float(min(max(value, low), high))


def _seed(order: RenderOrder, src: str) -> int:
    return Chance(str(order.seed)).number("card", src)


def _length(declared: object, clips: list[Clip]) -> float:
    """Return the film's seconds: what the draft says, else where the picture ends, else the last clip."""
    picture = [c.end for c in clips if c.tt == VIDEO]
    seconds = number(declared, 0) / 1000 or max(picture or [c.end for c in clips])
    if seconds > LONGEST:
        raise RenderError(
            f"invalid draft: it lasts {seconds:.0f} s, at most {LONGEST:.0f} s can be rendered"
        )
    return max(SHORTEST, seconds)


def _shots(clips: Iterable[Clip], canvas: Canvas, frames: int) -> tuple[Shot, ...]:
    """Let each clip in turn fill what is still free; what nobody fills stays black."""
    free, shots = [(0, frames)], []
    for clip in clips:
        first, last, left = canvas.frames(clip.start), canvas.frames(clip.end), []
        for low, high in free:
            start, end = max(low, first), min(high, last)
            if start >= end:
                left.append((low, high))
                continue
            shots.append(Shot(clip, start, end - start, start - first))
            left += [(a, b) for a, b in ((low, start), (end, high)) if a < b]
        free = left
    shots += [Shot(None, low, high - low) for low, high in free]
    return tuple(sorted(shots, key=lambda shot: shot.first))


def _lanes(clips: Iterable[Clip]) -> tuple[tuple[Clip, ...], ...]:
    """Put each sound into the first lane that is silent by then; without one it is not heard."""
    lanes: list[list[Clip]] = []
    for clip in sorted(filter(_audible, clips), key=lambda clip: clip.start):
        lane = next((lane for lane in lanes if lane[-1].end <= clip.start), None)
        if lane is not None:
            lane.append(clip)
        elif len(lanes) < LANES:
            lanes.append([clip])
    return tuple(map(tuple, lanes))


def _audible(clip: Clip) -> bool:
    """Say whether a clip has a sound: on a sound track all but pictures, else the uploaded films."""
    asset = clip.asset
    if clip.volume == 0 or (asset is not None and asset.kind == "image"):
        return False
    if clip.tt == VIDEO:
        return asset is not None and isinstance(asset.source, Path)
    return clip.tt == AUDIO
