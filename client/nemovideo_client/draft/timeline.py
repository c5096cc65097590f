"""A draft as tracks and segments, read tolerantly: any JSON is a timeline, perhaps an empty one.

Documented are `t` (tracks), `tt` (0 video, 1 audio, 7 text), `sg` (segments), `d` (duration, ms) and
`m` (metadata), but not on which level `d` and `m` sit (all four skills, "Draft field mapping"; public
skill page 52127510908). So a segment is looked up in its `m`, then in itself, then in its track; the
other keys are assumed (docs/draft.md). A key that is missing, or of a type it should not have, is None.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Literal, TypeAlias
from urllib.parse import unquote

from nemovideo_client.models import Json

Kind: TypeAlias = Literal["video", "audio", "text", "other"]

_KINDS: dict[object, Kind] = {0: "video", 1: "audio", 7: "text"}
_OF_A_TRACK = frozenset({"id", "tt", "sg", "s", "d", "m"})
_BOUND = 1e12
"""Beyond this (32 years in milliseconds) a number is a mistake."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One thing on the timeline. Times are in milliseconds, `volume` in per cent, `size` in points.

    `name` is what a person would call it, at worst the file name in `source`. `track` counts from 0.
    `keys` is everything the draft says about the segment, flat, but for its id.
    """

    kind: Kind
    track: int
    id: str | None = None
    role: str | None = None
    start: int = 0
    duration: int | None = None
    name: str | None = None
    text: str | None = None
    source: str | None = None
    offset: int | None = None
    volume: float | None = None
    speed: float | None = None
    color: str | None = None
    position: str | None = None
    size: float | None = None
    fade_in: int | None = None
    fade_out: int | None = None
    keys: Json = field(default_factory=dict, repr=False)

    @property
    def end(self) -> int:
        """The millisecond at which it is over; `start` where no duration is known."""
        return self.start + (self.duration or 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """A row of segments of one kind, in the order of the draft."""

    kind: Kind
    segments: tuple[Segment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """A draft as it stands. `duration` is in milliseconds, `width` and `height` in pixels."""

    tracks: tuple[Track, ...] = ()
    duration: int | None = None
    title: str | None = None
    width: int | None = None
    height: int | None = None

    @property
    def segments(self) -> tuple[Segment, ...]:
        """All segments, track by track."""
        return tuple(chain.from_iterable(track.segments for track in self.tracks))


def read(draft: Json) -> Timeline:
    """Return the timeline of a draft; nothing in it is an error."""
    root = _object(draft)
    about = _object(root.get("m"))
    tracks = tuple(_track(row, number) for number, row in enumerate(_objects(root.get("t"))))
    last = max((s.end for track in tracks for s in track.segments), default=0)
    return Timeline(
        tracks=tracks,
        duration=_length(root.get("d")) or last or None,
        title=_text(about.get("title")),
        width=_length(about.get("width")),
        height=_length(about.get("height")),
    )


def ready(draft: Json) -> bool:
    """Say whether a draft can be exported: `t` has a track whose `sg` is not empty (52127510908)."""
    return bool(read(draft).segments)


def _track(row: Json, number: int) -> Track:
    """Read a track. A segment that does not say when it starts follows the one before it."""
    kind = _kind(row.get("tt"))
    listed = list(_objects(row.get("sg")))
    shared = {k: v for k, v in row.items() if k not in _OF_A_TRACK} | _object(row.get("m"))
    if len(listed) == 1 and "d" in row:
        shared["d"] = row["d"]
    segments: list[Segment] = []
    for each in listed:
        at = segments[-1].end if segments else 0
        keys = {"s": at, **shared, **each, **_object(each.get("m"))}
        segments.append(_segment(kind, number, _id(each.get("id")), keys))
    return Track(kind=kind, segments=tuple(segments))


def _segment(kind: Kind, track: int, id_: str | None, keys: Json) -> Segment:
    source = _text(keys.get("src"))
    return Segment(
        kind=kind,
        track=track,
        id=id_,
        role=_text(keys.get("role")),
        start=_length(keys.get("s")) or 0,
        duration=_length(keys.get("d")),
        name=_text(keys.get("name")) or _text(keys.get("title")) or _file_name(source),
        text=_text(keys.get("text")),
        source=source,
        offset=_length(keys.get("in")),
        volume=_number(keys.get("volume")),
        speed=_number(keys.get("speed")),
        color=_text(keys.get("color")),
        position=_text(keys.get("position")),
        size=_number(keys.get("size")),
        fade_in=_length(keys.get("fade_in")),
        fade_out=_length(keys.get("fade_out")),
        keys={k: v for k, v in keys.items() if k not in ("id", "m")},
    )


def _id(value: object) -> str | None:
    number = _number(value)
    return _text(value) if number is None else f"{number:.0f}"


def _kind(tt: object) -> Kind:
    return _KINDS.get(_number(tt), "other")


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _objects(value: object) -> Iterator[Json]:
    return (v for v in value if isinstance(v, dict)) if isinstance(value, list) else iter(())


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _number(value: object) -> float | None:
    """Return a number of JSON: `true` is none, and neither are NaN and what no timeline can hold."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if -_BOUND < value < _BOUND else None


def _length(value: object) -> int | None:
    number = _number(value)
    return None if number is None or number < 0 else round(number)


def _file_name(source: str | None) -> str | None:
    return _text(unquote((source or "").partition("?")[0].rpartition("/")[2]))
