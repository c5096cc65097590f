"""What an agent answers to a message: a plan, fixed when the message is accepted.

Times are seconds from the start of the work. Heartbeats come by themselves and the price stands in a list;
a plan says only where it wants them otherwise. Event dialects are none of its business.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol, TypeAlias

from nemovideo_fakeserver.core.assets import Asset
from nemovideo_fakeserver.core.chance import Chance
from nemovideo_fakeserver.core.draft import Draft, Operation
from nemovideo_fakeserver.wire.steps import HowToCut


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


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign of life, beside the heartbeats that come by themselves."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """The service reports an error to whoever reads."""

    text: str


@dataclass(frozen=True, slots=True)
class Drop:
    """The connection of whoever reads breaks; the work goes on."""

    how: HowToCut


Act: TypeAlias = Say | Call | Result | Edit | Made | Sign | Trouble | Drop


@dataclass(frozen=True, slots=True)
class Beat:
    """Something that happens `at` seconds into the work."""

    at: float
    act: Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Beats in order of time; the work is over after `lasts` seconds (never before the last beat).

    `kind` decides the price, text being free, unless `price` (credits) says otherwise. With `failed`,
    the frozen credits are released at the end instead of spent. No heartbeat comes by itself within the
    `quiet` spans (from, to). `cue` is the number of the scripted turn this plan was made from, from 0.
    Raises ValueError for a plan that no work can follow.
    """

    kind: Literal["text", "edit", "generate"]
    beats: tuple[Beat, ...]
    lasts: float
    failed: bool = False
    quiet: tuple[tuple[float, float], ...] = ()
    price: int | None = None
    cue: int | None = None

    def __post_init__(self) -> None:
        _check_time(self.beats, self.lasts)
        for begins, ends in self.quiet:
            if not 0 <= begins < ends:
                raise ValueError(
                    f"a quiet span from {begins} to {ends} is none: end it after its start"
                )
        if self.price is not None and self.price < 0:
            raise ValueError(f"a price of {self.price} is none: give credits from 0")


def _check_time(beats: tuple[Beat, ...], lasts: float) -> None:
    before = 0.0
    for beat in beats:
        if beat.at < before:
            raise ValueError(
                f"{beat.act} at {beat.at} comes after what happens at {before}: put beats in order of time"
            )
        before = beat.at
    if not before <= lasts:
        raise ValueError(f"work of {lasts} seconds is over before its last beat, at {before}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What an agent knows when it plans: the session as it will be when the work starts.

    `assets` are the uploads in order of arrival, `generated` what was made so far, `width` and
    `height` the canvas in pixels, `language` what the session was opened with (`en`, `zh-CN`, ...,
    or ""), `cdn` the URL below which generated media get their address, `number` counts the messages
    of this session from 1, `account` is the uid of who speaks. `chance` is this turn's own place in
    the tree of draws.
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
    account: str = ""


class Agent(Protocol):
    """Turns a message into a plan. Pure: the same message and scene give the same plan."""

    def __call__(self, message: str, scene: Scene) -> Plan:
        """Plan the work for `message`."""
        ...
