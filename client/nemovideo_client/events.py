"""What a chat stream tells, whatever dialect the service speaks, and what it comes to.

Tool calls and results are the service's own business: documents say never to forward them to users.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class Text:
    """Words for the user. Pieces follow each other without a gap until one is `done`: a message is whole."""

    text: str
    done: bool = True


@dataclass(frozen=True, slots=True)
class ToolCall:
    """The service began to work with a tool (`edit_multitrack`, `generate_video_with_seedance`, ...)."""

    name: str
    args: dict[str, Any] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class ToolResult:
    """A tool came back."""

    name: str
    result: Any = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """The service is alive and still at work."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Words of ours for a user who waits (every two minutes, and while a broken stream is looked into)."""

    text: str


@dataclass(frozen=True, slots=True)
class Failure:
    """The stream tells of an error; it ends after this."""

    message: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """An event of a kind that no document names; skipped, but not hidden."""

    kind: str


Event: TypeAlias = Text | ToolCall | ToolResult | Heartbeat | Notice | Failure | Unknown

Ending: TypeAlias = Literal["closed", "failed", "dropped", "timed_out"]
"""`closed`: as documented, by closing the connection. `failed`: with an error event. `dropped`: the
connection broke. `timed_out`: longer than the limits allow.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnResult:
    """What one chat message came to.

    `messages` are the service's answers (a trailing "temporary issue" after normal answers is left
    out), `duration` is in seconds, `silent` means that it ended without a word. `changes` tells what
    became different on the timeline, one sentence each; it is filled for a silent turn and after a
    recovery. `failure` is what an error event said. `recovered`: the stream broke, and the state showed what had happened.
    """

    messages: tuple[str, ...] = ()
    tool_calls: tuple[ToolCall, ...] = ()
    heartbeats: int = 0
    duration: float = 0.0
    ended: Ending = "closed"
    failure: str | None = None
    recovered: bool = False
    changes: tuple[str, ...] = ()
    request_id: str | None = field(default=None, repr=False, compare=False)

    @property
    def text(self) -> str:
        """All answers, a blank line between them."""
        return "\n\n".join(self.messages)

    @property
    def silent(self) -> bool:
        """Say whether the turn ended without a word."""
        return not self.messages
