"""What an agent answers to a message: a plan, fixed when the message is accepted.

Times are seconds from the start of the work. The plan knows nothing of heartbeats, prices and event
dialects: the domain adds those.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol, TypeAlias

from nemovideo_fakeserver.core.assets import Asset
from nemovideo_fakeserver.core.chance import Chance
from nemovideo_fakeserver.core.draft import Draft, Operation


@dataclass(frozen=True, slots=True)
class Say:
    """The agent says something to the user."""

    text: str


@dataclass(frozen=True, slots=True)
class Call:
    """The agent calls one of its tools (documented: `generate_video_with_seedance`, `edit_multitrack`)."""

    name: str
    args: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Result:
    """The tool of the last `Call` answers."""

    name: str
    result: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Edit:
    """The draft changes."""

    operation: Operation


@dataclass(frozen=True, slots=True)
class Made:
    """Media came into being and joins the session's `generated_media`."""

    asset: Asset


Act: TypeAlias = Say | Call | Result | Edit | Made


@dataclass(frozen=True, slots=True)
class Beat:
    """Something that happens `at` seconds into the work."""

    at: float
    act: Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Beats in order of time; the work is over after `lasts` seconds (never before the last beat).

    `kind` decides the price: text is free, an edit and a generation cost what the price list says.
    With `failed`, the frozen credits are released at the end instead of spent.
    """

    kind: Literal["text", "edit", "generate"]
    beats: tuple[Beat, ...]
    lasts: float
    failed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What an agent knows when it plans: the session as it will be when the work starts.

    `assets` are the uploads in order of arrival, `generated` what was made so far, `width` and
    `height` the canvas in pixels, `language` what the session was opened with (`en`, `zh-CN`, ...,
    or ""), `cdn` the URL below which generated media get their address, `number` counts the messages
    of this session from 1. `chance` is this turn's own place in the tree of draws.
    """

    draft: Draft
    assets: tuple[Asset, ...]
    generated: tuple[Asset, ...]
    width: int
    height: int
    language: str
    cdn: str
    number: int
    chance: Chance


class Agent(Protocol):
    """Turns a message into a plan. Pure: the same message and scene give the same plan."""

    def __call__(self, message: str, scene: Scene) -> Plan:
        """Plan the work for `message`."""
        ...
