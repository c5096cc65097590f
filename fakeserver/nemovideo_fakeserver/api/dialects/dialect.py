"""What a dialect is: for one turn, a function that says in which frames each of its facts is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal, NamedTuple, TypeAlias

from nemovideo_fakeserver.core.setting import Setting
from nemovideo_fakeserver.core.turns import Fact, Turn

Event: TypeAlias = Literal["text", "tool_call", "tool_result", "heartbeat", "error"]


class Frame(NamedTuple):
    """One event on the wire, and what it is about."""

    event: Event
    data: bytes


Frames: TypeAlias = Callable[[Fact], Iterable[Frame]]
"""Called with the facts of a turn in order, each once; a fact that is not told has no frames."""

Dialect: TypeAlias = Callable[[Turn, Setting], Frames]
