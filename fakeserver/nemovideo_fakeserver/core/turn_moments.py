"""Which moments a turn passes, and the faults among them that make its work fail.

That the work fails is decided when the message is accepted, as everything about a turn is; what breaks
only the stream is decided when the stream gets there (`api.telling`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from nemovideo_fakeserver.core.faults.faults import Reached
from nemovideo_fakeserver.core.faults.moments import Side
from nemovideo_fakeserver.core.plan import Call, Edit, Made, Result, Say, Trouble
from nemovideo_fakeserver.core.setting import Setting
from nemovideo_fakeserver.core.turns import Fact, Heartbeat, Settlement, Turn

SIDES: tuple[Side, Side] = ("before", "after")
_TOLD = Say | Call | Result | Trouble
BIRTH = ("turn.accepted", "turn.frozen")
"""The moments at which a turn begins to exist."""


def passed(turn: Turn) -> Iterator[tuple[Fact, tuple[str, ...]]]:
    """Yield each fact of a turn with the moments that are reached with it.

    The second stage of a generation begins with the first call of a tool after the first result
    (documented: raw video first, then music and title unasked).
    """
    begun = made = staged = edited = False
    for fact in turn.facts:
        what = fact.what
        places = []
        if not begun and isinstance(what, _TOLD):
            begun = True
            places.append("turn.first_event")
        if isinstance(what, Heartbeat):
            places.append(f"turn.heartbeat[{what.number}]")
        if turn.kind == "generate" and made and not staged and isinstance(what, Call):
            staged = True
            places.append("turn.stage_two")
        if not edited and isinstance(what, Edit):
            edited = True
            places.append("turn.draft_applied")
        if isinstance(what, Settlement):
            places.append("turn.settled")
        made = made or isinstance(what, Result | Made)
        yield fact, tuple(places)


def reached(turn: Turn, place: str, side: Side, at: float, request: int | None) -> Reached:
    """Return a moment of a turn as faults are asked about it."""
    return Reached(
        place=place,
        side=side,
        at=at,
        request=request,
        account=turn.account,
        session=turn.session,
        message=turn.message,
    )


def failing(turn: Turn, setting: Setting) -> Turn:
    """Return the turn as faults leave it: one that fails ends there, and its credits come back."""
    if not setting.faults.armed:
        return turn
    who = {"account": turn.account, "session": turn.session, "message": turn.message}
    for place, at, kept in _ways_to_fail(turn):
        why = setting.failure(place, at=at, **who)
        if why is not None:
            return _failed(turn, turn.facts[:kept], at, why)
    return turn


def _ways_to_fail(turn: Turn) -> Iterator[tuple[str, float, int]]:
    """Yield each moment, when it comes, and how many facts lie before it."""
    for place in BIRTH if turn.price else BIRTH[:1]:
        yield place, turn.starts_at, 0
    for number, (fact, places) in enumerate(passed(turn)):
        for place in places:
            yield place, fact.at, number


def _failed(turn: Turn, kept: tuple[Fact, ...], at: float, why: str) -> Turn:
    return replace(
        turn,
        ends_at=at,
        failed=True,
        facts=(*kept, Fact(at, Trouble(why)), Fact(at, Settlement())),
    )
