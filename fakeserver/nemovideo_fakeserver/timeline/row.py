"""One row of a drawing, before it is laid out: what happened at one time, or in one run of the same."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from nemovideo_fakeserver.timeline.look import Tone

Edge: TypeAlias = Literal["", "opens", "closes", "breaks"]
Sort: TypeAlias = Literal["request", "frame", "draft change", "credit move", "other fact"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """`at` is virtual time, `number` that of the fact; `name`, `mark` and `note` are its words.

    `parts` are small things in a row (frames, answers to polls) that may be many. `span` is the turn
    whose stream or work this belongs to, `edge` what it does to it. `move` and `balance` are of
    credits. Neighbours with the same `fold` become one row of so many `times`, which `lasts` seconds.
    """

    at: float
    number: int
    sort: Sort
    name: str = ""
    mark: str = ""
    mark_tone: Tone = "plain"
    parts: tuple[str, ...] = ()
    joint: str = ""
    note: str = ""
    note_tone: Tone = "plain"
    move: str = ""
    balance: str = ""
    account: str | None = None
    session: str | None = None
    span: str | None = None
    edge: Edge = ""
    fold: Hashable = None
    times: int = 1
    lasts: float = 0.0
