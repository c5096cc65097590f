"""What a stream tells, whatever its dialect: words, tools, signs of life, an error."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

Dialect: TypeAlias = Literal["typed", "adk", "flat"]
DIALECTS: tuple[Dialect, ...] = ("typed", "adk", "flat")
"""`typed` is documented, `adk` is what Google's agent server writes, `flat` is nothing but words."""


@dataclass(frozen=True, slots=True)
class Words:
    """The agent says something."""

    text: str


@dataclass(frozen=True, slots=True)
class ToolCall:
    """The agent begins to work with a tool."""

    name: str
    args: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ToolResult:
    """A tool comes back."""

    name: str
    result: Any = None


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """A sign of life; `empty` is one that is nothing but `data:`."""

    empty: bool = False


@dataclass(frozen=True, slots=True)
class Failure:
    """The work has failed; nothing follows."""

    reason: str


Telling: TypeAlias = Words | ToolCall | ToolResult | Heartbeat | Failure


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """All that a stream tells, in order, as far as its dialect tells it."""

    events: tuple[Telling, ...]
    dialect: Dialect

    @property
    def texts(self) -> tuple[str, ...]:
        """The messages; in the flat dialect words are pieces, and all of them are one message."""
        said = tuple(event.text for event in self.events if isinstance(event, Words))
        return ("".join(said),) if said and self.dialect == "flat" else said

    @property
    def tool_calls(self) -> tuple[ToolCall, ...]:
        """The tools that were called."""
        return tuple(event for event in self.events if isinstance(event, ToolCall))

    @property
    def tool_results(self) -> tuple[ToolResult, ...]:
        """What tools came back with."""
        return tuple(event for event in self.events if isinstance(event, ToolResult))

    @property
    def heartbeats(self) -> int:
        """How many signs of life there were, of either form."""
        return sum(isinstance(event, Heartbeat) for event in self.events)

    @property
    def error(self) -> str | None:
        """Why the work failed, if it did."""
        return next((event.reason for event in self.events if isinstance(event, Failure)), None)
