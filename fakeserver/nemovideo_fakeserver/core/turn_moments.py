"""Which moments a turn passes, and the faults among them that make its work fail.

That the work fails is decided when the message is accepted, as everything about a turn is; what breaks
only the stream is decided when the stream gets there (`api.telling`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from nemovideo_fakeserver.core.faults.faults import Reached
from nemovideo_fakeserver.core.faults.moments import SIDES, Side
from nemovideo_fakeserver.core.plan import Act, Call, Edit, Made, Result, Say, Trouble
from nemovideo_fakeserver.core.setting import Setting
from nemovideo_fakeserver.core.turns import Fact, Heartbeat, Settlement, Turn
from nemovideo_fakeserver.core.variants import SseDialect

TOLD: dict[SseDialect, tuple[type[Act], ...]] = {
    "typed": (Say, Call, Result, Trouble),
    "adk": (Say, Call, Result, Trouble),
    "flat": (Say, Trouble),
}
"""What of a turn is an event in each dialect, beside its heartbeats."""

BIRTH = ("turn.accepted", "turn.frozen")
"""The moments at which a turn begins to exist."""


def passed(turn: Turn, dialect: SseDialect) -> Iterator[tuple[Fact, tuple[str, ...]]]:
    """Yield each fact of a turn with the moments that are reached with it."""
    to_come = {
        "turn.first_event": _first(turn, TOLD[dialect]),
        "turn.stage_two": _second_stage(turn),
        "turn.draft_applied": _first(turn, (Edit,)),
    }
    for number, fact in enumerate(turn.facts):
        places = [place for place, where in to_come.items() if where == number]
        if isinstance(fact.what, Heartbeat):
            places.append(f"turn.heartbeat[{fact.what.number}]")
        if isinstance(fact.what, Settlement):
            places.append("turn.settled")
        yield fact, tuple(places)


def _first(turn: Turn, kinds: tuple[type[Act], ...], after: int = -1) -> int | None:
    """Return the number of the first fact of these kinds after another one, None where there is none."""
    numbers = range(after + 1, len(turn.facts))
    return next((n for n in numbers if isinstance(turn.facts[n].what, kinds)), None)


def _second_stage(turn: Turn) -> int | None:
    """Return where the second stage of a generation begins.

    Documented: raw video first, then music and title unasked. So it begins with the first call of a tool
    after something was made; where a turn makes nothing, after the first result.
    """
    made = _first(turn, (Made,))
    made = _first(turn, (Result,)) if made is None else made
    if turn.kind != "generate" or made is None:
        return None
    return _first(turn, (Call,), made)


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
    for place, side, at, kept in _ways_to_fail(turn, setting.variants.sse_dialect):
        why = setting.failure(place, side, **who)
        if why is not None:
            return _failed(turn, turn.facts[:kept], at, why)
    return turn


def _ways_to_fail(turn: Turn, dialect: SseDialect) -> Iterator[tuple[str, Side, float, int]]:
    """Yield each side of each moment, when it comes, and how many facts lie before it."""
    for place in BIRTH if turn.price else BIRTH[:1]:
        for side in SIDES:
            yield place, side, turn.accepted_at, 0
    for number, (fact, places) in enumerate(passed(turn, dialect)):
        for kept, side in enumerate(SIDES, number):
            for place in places:
                yield place, side, fact.at, kept


def _failed(turn: Turn, kept: tuple[Fact, ...], at: float, why: str) -> Turn:
    """Return a turn that fails at a time, which may lie before its turn in the session would have come."""
    return replace(
        turn,
        starts_at=min(turn.starts_at, at),
        ends_at=at,
        failed=True,
        facts=(*kept, Fact(at, Trouble(why)), Fact(at, Settlement())),
    )
