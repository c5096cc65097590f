"""Steering the fake over HTTP, under `/__fake__/`. None of this is NemoVideo.

Only the machine itself may: the other side of the connection must be a loopback address, the `Host` a
loopback name, and a request that a web page made (it has an `Origin`) must come from a page of this
very server. Otherwise the network, or any page open in a browser, could move the clock.
"""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address
from typing import Any
from urllib.parse import SplitResult, urlsplit

from nemovideo_fakeserver.api import fields
from nemovideo_fakeserver.api.call import Call
from nemovideo_fakeserver.api.replies import plain
from nemovideo_fakeserver.api.route import Handler, route
from nemovideo_fakeserver.api.times import iso
from nemovideo_fakeserver.clock import FASTEST, SLOWEST, Clock
from nemovideo_fakeserver.core.refusals import RequestMalformed
from nemovideo_fakeserver.wire.messages import Pending, Reply

PREFIX = "/__fake__/"
LOOPBACK = ("localhost", "127.0.0.1", "::1")
MAX_JUMP = 10 * 365 * 86_400.0

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
    body = call.json()
    unknown = sorted(body.keys() - {"rate", "jump"})
    if unknown or not body:
        raise RequestMalformed(
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
        raise RequestMalformed(f"rate: must be 0, or at least {SLOWEST:g}, not {rate!r}")
    return rate


def _jump(clock: Clock, body: dict[str, Any]) -> None:
    target = body["jump"]
    if isinstance(target, str) and target != "next":
        raise RequestMalformed(f'jump: must be seconds or "next", not {fields.shown(target)}')
    try:
        if target == "next":
            clock.jump_next()
        else:
            clock.jump(_number(body, "jump", MAX_JUMP))
    except ValueError as problem:
        raise RequestMalformed(f"jump: {problem}") from None


def _number(body: dict[str, Any], name: str, high: float) -> float:
    value = body[name]
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= high:
        raise RequestMalformed(
            f"{name}: must be a number from 0 to {high:g}, not {fields.shown(value)}"
        )
    return float(value)


def _shown(clock: Clock) -> dict[str, Any]:
    now = clock.now()
    return {"now": iso(now), "epoch": now, "rate": clock.rate}


def _guarded(handler: Handler) -> Handler:
    """Let a handler answer only those who may steer."""

    def answer(call: Call) -> Reply:
        if not _is_loopback(call.head.peer):
            return _forbidden(
                f"the control paths answer to this machine only, not to {call.head.peer}"
            )
        here = _split(call.head.base)
        host = here.hostname
        if host not in LOOPBACK:
            return _forbidden(
                f"the control paths answer to the hosts {', '.join(LOOPBACK)} only, not to {host}"
            )
        origin = call.head.header("origin")
        if origin is not None and _split(origin).netloc != here.netloc:
            return _forbidden("the control paths answer no web page from elsewhere")
        return handler(call)

    return answer


def _is_loopback(peer: str) -> bool:
    """Say whether the address `peer` is on this machine; what is no address is not."""
    try:
        address = ip_address(peer)
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (mapped or address).is_loopback


def _split(url: str) -> SplitResult:
    """Take a URL apart; one that is none has no parts."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


def _forbidden(why: str) -> Reply:
    return plain({"fake": "nemovideo", "forbidden": why}, status=403)


ROUTES = (
    route("GET /__fake__/health", None, _guarded(health)),
    route("GET /__fake__/clock", None, _guarded(read_clock)),
    route("POST /__fake__/clock", None, _guarded(set_clock), "json"),
)
