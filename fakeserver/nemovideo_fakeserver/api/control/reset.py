"""Beginning again: one account, this world, or all worlds, each as it was at the start."""

from __future__ import annotations

from nemovideo_fakeserver.api import fields
from nemovideo_fakeserver.api.call import Call
from nemovideo_fakeserver.api.control.refusing import Absent
from nemovideo_fakeserver.api.replies import plain
from nemovideo_fakeserver.wire.messages import Reply


def world(call: Call) -> Reply:
    """Put this world back to its seed: accounts, sessions, renders, faults, limits, variants, journal, rate.

    The time stays: it never goes backwards.
    """
    call.world.house.reset(call.world.name)
    return plain({"reset": "world", "world": call.world.name})


def everything(call: Call) -> Reply:
    """Put every world back to its seed."""
    names = call.world.house.names()
    for name in names:
        call.world.house.reset(name)
    return plain({"reset": "all", "worlds": names})


def account(call: Call) -> Reply:
    """Put one account back to how the seed has it; one that the seed does not know is forgotten."""
    uid = call.params["account"]
    if not call.world.house.reset_account(call.world.name, uid):
        raise Absent(f"account: there is no {fields.shown(uid)} in this world")
    return plain({"reset": "account", "account": uid})
