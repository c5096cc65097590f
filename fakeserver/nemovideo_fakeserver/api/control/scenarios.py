"""Scenarios over HTTP: which one this world plays, which are ready, and beginning with another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nemovideo_fakeserver.api import fields
from nemovideo_fakeserver.api.call import Call
from nemovideo_fakeserver.api.control import asking
from nemovideo_fakeserver.api.control.accounts import shown
from nemovideo_fakeserver.api.control.refusing import Absent, Conflict, Malformed
from nemovideo_fakeserver.api.replies import plain
from nemovideo_fakeserver.wire.messages import Reply

if TYPE_CHECKING:
    from nemovideo_fakeserver.scenario import Scenario

BACKWARDS = (
    "clock.start: lies before the time of this world, which never goes back; leave it out,"
    " or start a server with this scenario"
)


def ready(_call: Call) -> Reply:
    """List the scenarios that come with the fake."""
    from nemovideo_fakeserver.scenario import ready as shelf

    return plain({"scenarios": [{"name": one.name, "about": one.about} for one in shelf()]})


def playing(call: Call) -> Reply:
    """Show what this world plays, and which of its turns no message has played yet."""
    return plain({"scenario": call.world.house.playing(call.world.name)})


def play(call: Call) -> Reply:
    """Begin this world anew, as the scenario in the body says, or a ready one: `{"ready": "happy"}`."""
    chosen = _chosen(call)
    try:
        call.world.house.play(call.world.name, chosen)
    except ValueError:
        raise Conflict(BACKWARDS) from None
    return playing(call)


def admit(call: Call) -> Reply:
    """Let a further account be there, told as a scenario tells one; show it with its tokens."""
    from nemovideo_fakeserver import scenario
    from nemovideo_fakeserver.scenario.furnishing import Names
    from nemovideo_fakeserver.scenario.furnishing import admit as admitted

    try:
        (account,) = scenario.of({"accounts": [asking.body(call)]}).accounts
    except ValueError as problem:
        raise Malformed(str(problem)) from None
    world = call.world
    if world.accounts.is_seeded(account.name):
        raise Conflict(f"name: an account called {fields.shown(account.name)} is there already")
    if account.client_id is not None and world.accounts.knows_client(account.client_id):
        raise Conflict(f"client_id: {fields.shown(account.client_id)} has an account already")
    made = world.accounts.get(admitted(world, account, Names()))
    assert made is not None
    return plain(shown(call, made))


def _chosen(call: Call) -> Scenario:
    from nemovideo_fakeserver import scenario

    body = asking.body(call)
    if "ready" not in body:
        try:
            return scenario.of(body)
        except ValueError as problem:
            raise Malformed(str(problem)) from None
    if len(body) > 1:
        raise Malformed("ready: names a whole scenario, and stands alone")
    try:
        return scenario.named(fields.text(body, "ready"))
    except ValueError as problem:
        raise Absent(str(problem)) from None
