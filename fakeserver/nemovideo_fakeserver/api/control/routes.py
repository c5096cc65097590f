"""The control paths: what steers this world, or the whole fake, and what shows how it stands."""

from __future__ import annotations

from typing import Literal

from nemovideo_fakeserver.api.control import faults, reset, snapshot, time
from nemovideo_fakeserver.api.control.guard import guarded
from nemovideo_fakeserver.api.route import Handler, Route, control


def _row(line: str, handler: Handler, body: Literal["none", "json"] = "none") -> Route:
    return control(line, guarded(handler), body)


ROUTES = (
    _row("GET /__fake__/health", time.health),
    _row("GET /__fake__/clock", time.read_clock),
    _row("POST /__fake__/clock", time.set_clock, "json"),
    _row("POST /__fake__/reset", reset.world),
    _row("POST /__fake__/reset/all", reset.everything),
    _row("POST /__fake__/reset/accounts/{account}", reset.account),
    _row("GET /__fake__/snapshot", snapshot.world),
    _row("GET /__fake__/snapshot/all", snapshot.everything),
    _row("GET /__fake__/faults", faults.report),
    _row("POST /__fake__/faults", faults.arm, "json"),
    _row("DELETE /__fake__/faults", faults.clear),
    _row("DELETE /__fake__/faults/{fault}", faults.disarm),
)
