"""Arming faults over HTTP, and seeing which have fired."""

from __future__ import annotations

from typing import Any

from nemovideo_fakeserver.api import fields
from nemovideo_fakeserver.api.call import Call
from nemovideo_fakeserver.api.control import asking
from nemovideo_fakeserver.api.control.refusing import Absent, Conflict, Malformed
from nemovideo_fakeserver.api.replies import plain
from nemovideo_fakeserver.core.faults.fault import Fault
from nemovideo_fakeserver.core.faults.unknown import FaultUnknown
from nemovideo_fakeserver.wire.messages import Reply

MOST = 1000
"""Faults of one world at a time."""


def report(call: Call) -> Reply:
    """Show every armed fault: where it waits, how often its place was reached, when it fired."""
    faults = call.world.faults
    return plain(
        {
            "faults": [armed.as_dict() for armed in faults.armed],
            "all_fired": not faults.unfired(),
        }
    )


def arm(call: Call) -> Reply:
    """Arm one fault, or with `{"faults": [...]}` several; all of them or, when one is wrong, none."""
    body = asking.body(call)
    given = body["faults"] if set(body) == {"faults"} else [body]
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        raise Malformed("faults: must be a list of objects")
    faults = [
        _read(one, f"faults[{n}]: " if "faults" in body else "") for n, one in enumerate(given)
    ]
    world = call.world
    if len(world.faults.armed) + len(faults) > MOST:
        raise Conflict(f"faults: at most {MOST} at a time; DELETE /__fake__/faults clears them")
    armed = [world.faults.arm(fault, now=world.setting.now) for fault in faults]
    world.setting.note("control", did="armed faults", faults=[a.id for a in armed])
    return plain({"faults": [a.as_dict() for a in armed]})


def disarm(call: Call) -> Reply:
    """Take one fault away."""
    world = call.world
    armed = world.faults.disarm(call.params["fault"], now=world.setting.now)
    if armed is None:
        raise Absent(f"fault: none is called {fields.shown(call.params['fault'])}")
    world.setting.note("control", did="disarmed a fault", faults=[armed.id])
    return plain({"faults": [armed.as_dict()]})


def clear(call: Call) -> Reply:
    """Take all faults away, and show how they stood."""
    world = call.world
    armed = list(world.faults.armed)
    world.faults.clear(now=world.setting.now)
    world.setting.note("control", did="disarmed all faults", faults=[a.id for a in armed])
    return plain({"faults": [a.as_dict() for a in armed]})


def _read(words: dict[str, Any], where: str) -> Fault:
    try:
        return Fault.of(words)
    except FaultUnknown as problem:
        raise Malformed(f"{where}{problem}") from None
