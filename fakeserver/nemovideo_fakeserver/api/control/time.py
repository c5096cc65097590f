"""The virtual time of a world: what it shows, how fast it runs, and jumps."""

from __future__ import annotations

from typing import Any

from nemovideo_fakeserver.api import fields
from nemovideo_fakeserver.api.call import Call
from nemovideo_fakeserver.api.control import asking
from nemovideo_fakeserver.api.control.refusing import Conflict, Malformed
from nemovideo_fakeserver.api.replies import plain
from nemovideo_fakeserver.api.times import iso
from nemovideo_fakeserver.clock import FASTEST, SLOWEST, Clock
from nemovideo_fakeserver.wire.messages import Pending, Reply

MAX_JUMP = 10 * 365 * 86_400.0
"""Virtual seconds of one jump."""

SETTLING_SECONDS = 10.0
"""Real seconds a jump waits at most for readers to take what is due; a reader that hangs is left behind."""


def health(call: Call) -> Reply:
    """Say that the server lives, and what time it is in this world."""
    return plain({"status": "ok", **_shown(call.world.setting.clock)})


def read_clock(call: Call) -> Reply:
    """Show the virtual time and its rate."""
    return plain(_shown(call.world.setting.clock))


def set_clock(call: Call) -> Reply:
    """Take `{"rate": n}`, `{"jump": seconds}` or `{"jump": "next"}`, and answer when all then due is written."""
    body = asking.body(call)
    unknown = sorted(body.keys() - {"rate", "jump"})
    if unknown or not body:
        raise Malformed(
            f"clock: say rate or jump, not {fields.shown(unknown[0] if unknown else body)}"
        )
    clock = call.world.setting.clock
    rate = _rate(body) if "rate" in body else None
    if "jump" in body:
        _jump(clock, body)
    if rate is not None:
        clock.set_rate(rate)
    settled = clock.settling(SETTLING_SECONDS)
    return Reply(
        body=Pending(
            clock=clock,
            job=settled,
            resume=lambda: plain({**_shown(clock), "settled": settled.result()}),
        )
    )


def _rate(body: dict[str, Any]) -> float:
    rate = _number(body, "rate", FASTEST)
    if 0 < rate < SLOWEST:
        raise Malformed(f"rate: must be 0, or at least {SLOWEST:g}, not {rate!r}")
    return rate


def _jump(clock: Clock, body: dict[str, Any]) -> None:
    target = body["jump"]
    if isinstance(target, str) and target != "next":
        raise Malformed(f'jump: must be seconds or "next", not {fields.shown(target)}')
    try:
        if target == "next":
            clock.jump_next()
        else:
            clock.jump(_number(body, "jump", MAX_JUMP))
    except ValueError as problem:
        raise Conflict(f"jump: {problem}") from None


def _number(body: dict[str, Any], name: str, high: float) -> float:
    value = body[name]
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= high:
        raise Malformed(f"{name}: must be a number from 0 to {high:g}, not {fields.shown(value)}")
    return float(value)


def _shown(clock: Clock) -> dict[str, Any]:
    now = clock.now()
    return {"now": iso(now), "epoch": now, "rate": clock.rate}
