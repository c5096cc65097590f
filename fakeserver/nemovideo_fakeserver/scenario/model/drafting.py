"""What a scripted step does to the draft: the five operations of `core.draft`, in a scenario's words."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, UnsetType

from nemovideo_fakeserver.core.faults.unknown import shown
from nemovideo_fakeserver.core.ports import SIDES
from nemovideo_fakeserver.scenario.broken import Wrong
from nemovideo_fakeserver.scenario.model.part import Json, Millis, Name, Part, Text, one_of, says

Side = Annotated[int, msgspec.Meta(ge=SIDES[0], le=SIDES[1])]
Ids = Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
Media = Literal["video", "audio", "text"]
KINDS = ("put", "change", "remove", "order", "describe")
_OWN = ("id", "s", "d", "src", "in", "m")

_SRC = "Where the media are: media:<label> of a media step, upload:<number or file name>, or a URL"
_S = "Start on the timeline: milliseconds, or such as 3s"
_D = "Duration: milliseconds, or such as 3s"
_IN = "Where in the source it begins: milliseconds, or such as 3s"
_EXTRA = "Further keys of the segment, as they are"


class Put(Part, frozen=True, kw_only=True):
    """A new segment."""

    track: Annotated[Media, says("The type of its track")]
    id: Annotated[Name, says("Its id, by which later operations name it")]
    s: Annotated[Millis, says(_S)] = msgspec.field(default_factory=Millis)
    d: Annotated[Millis, says(_D)]
    src: Annotated[Text | None, says(_SRC)] = None
    in_: Annotated[Millis | None, says(_IN)] = msgspec.field(default=None, name="in")
    m: Annotated[Json | None, says("Its metadata, such as name, text, volume, color")] = None
    extra: Annotated[Json, says(_EXTRA)] = msgspec.field(default_factory=dict)
    new_track: Annotated[bool, says("Whether it opens a track of its own")] = False

    def __post_init__(self) -> None:
        _check_extra(self.extra)


class Change(Part, frozen=True, kw_only=True):
    """Other values for a segment that is there; null takes a key away."""

    id: Annotated[Name, says("The segment")]
    s: Annotated[Millis | UnsetType, says(_S)] = UNSET
    d: Annotated[Millis | UnsetType, says(_D)] = UNSET
    src: Annotated[Text | UnsetType | None, says(_SRC)] = UNSET
    in_: Annotated[Millis | UnsetType | None, says(_IN)] = msgspec.field(default=UNSET, name="in")
    m: Annotated[Json | UnsetType, says("Metadata to set; null takes one away")] = UNSET
    extra: Annotated[Json, says(_EXTRA)] = msgspec.field(default_factory=dict)

    def __post_init__(self) -> None:
        _check_extra(self.extra)


class Describe(Part, frozen=True, kw_only=True):
    """Other values for the draft's own metadata; null takes a key away."""

    title: Annotated[str | UnsetType | None, says("The title of the project")] = UNSET
    width: Annotated[Side | UnsetType | None, says("Width of the canvas in pixels")] = UNSET
    height: Annotated[Side | UnsetType | None, says("Height of the canvas in pixels")] = UNSET
    extra: Annotated[Json, says("Further keys, as they are")] = msgspec.field(default_factory=dict)

    def __post_init__(self) -> None:
        for key in ("title", "width", "height"):
            if key in self.extra:
                raise Wrong(f"{key} has a key of its own, outside extra", ("extra", key))


class Operation(Part, frozen=True, kw_only=True):
    """One change of the draft: exactly one of the five."""

    put: Annotated[Put | None, says("Add a segment")] = None
    change: Annotated[Change | None, says("Change a segment")] = None
    remove: Annotated[Name | None, says("The id of a segment that goes away")] = None
    order: Annotated[
        Ids | None,
        says("The ids of one track's segments, in the order in which they are laid end to end"),
    ] = None
    describe: Annotated[Describe | None, says("Change the draft's own metadata")] = None

    def __post_init__(self) -> None:
        one_of(self, KINDS, "a draft operation")

    @property
    def src(self) -> str | None:
        """Where the media are that this operation names, if it names any."""
        part = self.put or self.change
        return part.src if part is not None and isinstance(part.src, str) else None


def segment(part: Put | Change) -> dict[str, Any]:
    """Return the keys of a segment that an operation sets, as the draft spells them."""
    said = {"s": part.s, "d": part.d, "src": part.src, "in": part.in_, "m": part.m}
    left_out = None if isinstance(part, Put) else UNSET
    plain = {
        key: int(value) if isinstance(value, Millis) else value
        for key, value in said.items()
        if value is not left_out
    }
    return {**plain, **part.extra}


def _check_extra(extra: Json) -> None:
    for key in extra:
        if key in _OWN:
            raise Wrong(f"{shown(key)} has a key of its own, outside extra", ("extra", key))


def described(part: Describe) -> dict[str, Any]:
    """Return the keys of the draft's own metadata that an operation sets."""
    said = {"title": part.title, "width": part.width, "height": part.height}
    return {**{key: value for key, value in said.items() if value is not UNSET}, **part.extra}
