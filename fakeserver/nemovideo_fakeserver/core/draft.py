"""The draft: the timeline document of a session, and the five operations that change it.

Documented are `t` (tracks), `tt` (track type: 0 video, 1 audio, 7 text), `sg` (segments),
`d` (duration, ms) and `m` (metadata); the inside of a segment is *assumed* (`docs/draft.md`):
`id`, `s` (start, ms), `d` (ms), `src` (a cdn_url), `in` (offset into the source, ms) and `m`.

A draft is a value: an operation makes a new one. Operations say *what* the draft becomes, in plain
numbers; deciding it is the agent's business. Keys this module does not know survive every operation.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

VIDEO, AUDIO, TEXT = 0, 1, 7

TEMPI = (40, 220)
"""Beats per minute of music, the slowest and the fastest."""

Draft: TypeAlias = dict[str, Any]
Segment: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Put:
    """Add `segment` (with its `id`) to the first track of type `tt`; with `new_track`, to one of its own."""

    tt: int
    segment: Mapping[str, Any]
    new_track: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """Merge `patch` into the segment `id`; its `m` is merged key by key, a None value removes a key."""

    id: str
    patch: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Remove:
    """Take the segment `id` away; a track left without segments goes, too."""

    id: str


@dataclass(frozen=True, slots=True)
class Order:
    """Put the segments of their track in the order of `ids`, end to end from the earliest start."""

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Describe:
    """Merge `patch` into the draft's own `m` (`title`, `width`, `height`, ...)."""

    patch: Mapping[str, Any]


Operation: TypeAlias = Put | Change | Remove | Order | Describe


def tracks(draft: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the tracks that are well-formed, in order; a draft may come from a client."""
    found = draft.get("t")
    return [t for t in found if isinstance(t, dict)] if isinstance(found, list) else []


def segments(draft: Mapping[str, Any], tt: int | None = None) -> Iterator[Segment]:
    """Yield the segments of all tracks, or of those of type `tt`, in order."""
    for track in tracks(draft):
        if tt is None or track.get("tt") == tt:
            listed = track.get("sg")
            yield from (
                (s for s in listed if isinstance(s, dict)) if isinstance(listed, list) else ()
            )


def start(segment: Mapping[str, Any]) -> int:
    """Return the millisecond at which a segment begins, 0 when it does not say."""
    return int(segment.get("s", 0))


def end(segment: Mapping[str, Any]) -> int:
    """Return the millisecond at which a segment is over."""
    return start(segment) + int(segment.get("d", 0))


def ready_for_export(draft: Mapping[str, Any]) -> bool:
    """Say whether `t` has a track with a segment (documented: the check a client makes before export)."""
    return any(True for _ in segments(draft))


def apply(draft: Draft, operation: Operation) -> Draft:
    """Return the draft after one operation, its total `d` brought up to date.

    An operation on a segment that is no longer there changes nothing: a later edit may have
    overtaken it.
    """
    after = copy.deepcopy(draft)
    after.setdefault("t", [])
    match operation:
        case Put(tt, segment, new_track):
            _put(after, tt, dict(copy.deepcopy(segment)), new_track=new_track)
        case Change(id_, patch):
            for segment in _with_id(after, id_):
                _merge(segment, patch)
        case Remove(id_):
            _remove(after, id_)
        case Order(ids):
            _order(after, ids)
        case Describe(patch):
            _patch(after.setdefault("m", {}), patch)
    after["d"] = _total(after)
    return after


def _put(draft: Draft, tt: int, segment: Segment, *, new_track: bool) -> None:
    if not new_track:
        for track in tracks(draft):
            if track.get("tt") == tt:
                track["sg"].append(segment)
                track["sg"].sort(key=start)
                return
    draft["t"].append({"tt": tt, "sg": [segment]})


def _with_id(draft: Draft, id_: str) -> list[Segment]:
    return [s for s in segments(draft) if s.get("id") == id_]


def _merge(segment: Segment, patch: Mapping[str, Any]) -> None:
    inner = patch.get("m")
    _patch(segment, {k: v for k, v in patch.items() if k != "m"})
    if inner is not None:
        _patch(segment.setdefault("m", {}), inner)


def _patch(target: dict[str, Any], patch: Mapping[str, Any]) -> None:
    for key, value in patch.items():
        if value is None:
            target.pop(key, None)
        else:
            target[key] = copy.deepcopy(value)


def _remove(draft: Draft, id_: str) -> None:
    for track in tracks(draft):
        track["sg"] = [s for s in track["sg"] if s.get("id") != id_]
    draft["t"] = [t for t in draft["t"] if t["sg"]]


def _order(draft: Draft, ids: tuple[str, ...]) -> None:
    rank = {id_: n for n, id_ in enumerate(dict.fromkeys(ids))}
    for track in tracks(draft):
        if not rank or not rank.keys() <= {s.get("id") for s in track["sg"]}:
            continue
        at = min(map(start, track["sg"]))
        track["sg"].sort(key=lambda s: rank.get(s.get("id"), len(rank)))
        for segment in track["sg"]:
            segment["s"] = at
            at = end(segment)


def _total(draft: Draft) -> int:
    """The picture decides how long the draft is; without picture, whatever ends last."""
    picture = [end(s) for s in segments(draft, VIDEO)]
    return max(picture or [end(s) for s in segments(draft)], default=0)
