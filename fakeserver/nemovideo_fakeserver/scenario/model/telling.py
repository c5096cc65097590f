"""Scripted turns: what the service does when it is told something."""

from __future__ import annotations

import re
from typing import Annotated, Literal, TypeAlias

import msgspec

from nemovideo_fakeserver.core.faults.unknown import shown
from nemovideo_fakeserver.core.ports import SIDES
from nemovideo_fakeserver.scenario.broken import Wrong
from nemovideo_fakeserver.scenario.model.drafting import Operation
from nemovideo_fakeserver.scenario.model.part import (
    Count,
    Credits,
    Json,
    Name,
    Part,
    Seconds,
    Text,
    one_of,
    says,
)
from nemovideo_fakeserver.wire.steps import HowToCut

Work: TypeAlias = Literal["text", "edit", "generate"]
ACTS = ("text", "tool_call", "tool_result", "heartbeat", "draft", "media", "silence", "end")
LONGEST_MEDIA = 600

Side = Annotated[int, msgspec.Meta(ge=SIDES[0], le=SIDES[1], multiple_of=2)]
Operations = Annotated[tuple[Operation, ...], msgspec.Meta(min_length=1)]


class ToolCall(Part, frozen=True, kw_only=True):
    """The agent calls a tool."""

    name: Annotated[Name, says("The tool, such as edit_multitrack or generate_video_with_seedance")]
    args: Annotated[Json, says("Its arguments, as they are")] = msgspec.field(default_factory=dict)


class ToolResult(Part, frozen=True, kw_only=True):
    """A tool answers."""

    name: Annotated[Name, says("The tool")]
    result: Annotated[Json, says("What it answers, as it is")] = msgspec.field(default_factory=dict)


class Media(Part, frozen=True, kw_only=True):
    """Media that come into being."""

    kind: Annotated[Literal["video", "image", "audio"], says("What they are")]
    label: Annotated[Name, says("What they show, and the name a put calls them by: media:<label>")]
    seconds: Annotated[Seconds | None, says("How long they last; 5s for video, 30s for audio")] = (
        None
    )
    width: Annotated[Side | None, says("Width in pixels; the canvas unless told")] = None
    height: Annotated[Side | None, says("Height in pixels; the canvas unless told")] = None
    notes: Annotated[Json, says("What music is like: bpm, key, mood, ...")] = msgspec.field(
        default_factory=dict
    )

    def __post_init__(self) -> None:
        if self.kind == "image" and self.seconds is not None:
            raise Wrong("an image does not last", ("seconds",))
        if self.seconds is not None and not 0 < self.seconds <= LONGEST_MEDIA:
            raise Wrong(f"media last at most {LONGEST_MEDIA} seconds, and not 0", ("seconds",))
        for side in ("width", "height"):
            if self.kind == "audio" and getattr(self, side) is not None:
                raise Wrong(f"audio has no {side}", (side,))


class End(Part, frozen=True, kw_only=True):
    """An end with its details."""

    error: Annotated[
        Text | None, says("The turn fails with this text, and its credits come back")
    ] = None
    cut: Annotated[HowToCut | None, says("How the connection of the reader breaks")] = None

    def __post_init__(self) -> None:
        one_of(self, ("error", "cut"), "an end")


class Step(Part, frozen=True, kw_only=True):
    """One thing that happens in a turn."""

    at: Annotated[
        Seconds | None,
        says("When, from the start of the turn; without it at the moment of the step before"),
    ] = None
    text: Annotated[Text | None, says("The agent says this")] = None
    tool_call: Annotated[ToolCall | None, says("The agent calls a tool")] = None
    tool_result: Annotated[ToolResult | None, says("The tool answers")] = None
    heartbeat: Annotated[
        Literal[True] | None, says("A sign of life, beside those that come anyway")
    ] = None
    draft: Annotated[Operations | None, says("The draft changes so, all at once")] = None
    media: Annotated[Media | None, says("Media come into being")] = None
    silence: Annotated[Seconds | None, says("No heartbeat comes by itself for so long")] = None
    end: Annotated[
        Literal["ok", "error", "cut"] | End | None,
        says(
            "The turn ends well, or fails; or the reader's connection is cut and the work goes on"
        ),
    ] = None

    def __post_init__(self) -> None:
        if one_of(self, ACTS, "a step") == "silence" and not self.silence:
            raise Wrong("a silence lasts longer than 0", ("silence",))

    @property
    def ending(self) -> Literal["ok", "error", "cut"] | None:
        """How the turn ends here, if it does."""
        if isinstance(self.end, End):
            return "error" if self.end.cut is None else "cut"
        return self.end


class When(Part, frozen=True, kw_only=True):
    """What a message must be for a turn to answer it."""

    says: Annotated[Text | None, says("The whole message, in upper or lower case")] = None
    matches: Annotated[
        Text | None, says("A regular expression found in the message, in upper or lower case")
    ] = None

    def __post_init__(self) -> None:
        if one_of(self, ("says", "matches"), "when") == "matches":
            _check_pattern(self.matches or "", ("matches",))


class Turn(Part, frozen=True, kw_only=True):
    """One scripted answer: when it is given, and what happens then."""

    when: Annotated[
        Text | When | None,
        says("What the message must be; a text is a regular expression; without it any message"),
    ] = None
    account: Annotated[
        Name | None, says("Only for this account: its name in the scenario, or its id")
    ] = None
    once: Annotated[bool, says("Whether it is given only once")] = False
    times: Annotated[Count | None, says("How often it is given; without it always")] = None
    work: Annotated[
        Work | None,
        says("What it is; generate with a media step, edit with a draft step, else text"),
    ] = None
    price: Annotated[Credits | None, says("What it costs instead of the usual price")] = None
    steps: Annotated[tuple[Step, ...], says("What happens, in order of time", min_length=1)]

    def __post_init__(self) -> None:
        if isinstance(self.when, str):
            _check_pattern(self.when, ("when",))
        if self.once and self.times is not None:
            raise Wrong("a turn is given once or so many times, not both", ("times",))
        _check_order(self.steps)
        _check_ends(self.steps)

    @property
    def limit(self) -> int | None:
        """How often the turn is given; None for always."""
        return 1 if self.once else self.times

    @property
    def kind(self) -> Work:
        """What kind of work it is, which decides the price."""
        if self.work is not None:
            return self.work
        if any(step.media for step in self.steps):
            return "generate"
        return "edit" if any(step.draft for step in self.steps) else "text"


def _check_pattern(pattern: str, path: tuple[str, ...]) -> None:
    try:
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError) as problem:
        raise Wrong(f"{shown(pattern)} is no regular expression: {problem}", path) from None


def _check_order(steps: tuple[Step, ...]) -> None:
    before = 0.0
    for number, step in enumerate(steps):
        if step.at is not None and step.at < before:
            raise Wrong(
                f"this step is at {step.at:g}s and the one before at {before:g}s: put them in order of time",
                ("steps", number, "at"),
            )
        before = step.at if step.at is not None else before


def _check_ends(steps: tuple[Step, ...]) -> None:
    ended = cut = False
    for number, step in enumerate(steps):
        path = ("steps", number)
        if ended:
            raise Wrong("the turn has ended in the step before", path)
        if step.ending == "cut" and cut:
            raise Wrong("the connection has been cut already", (*path, "end"))
        cut = cut or step.ending == "cut"
        ended = step.ending in ("ok", "error")
