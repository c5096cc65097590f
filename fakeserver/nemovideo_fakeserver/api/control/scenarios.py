"""Scenarios over HTTP: which one this world plays, which are ready, and beginning with another one."""

from __future__ import annotations

from typing import Any

from nemovideo_fakeserver.api.call import Call
from nemovideo_fakeserver.api.replies import plain
from nemovideo_fakeserver.core.refusals import RequestMalformed
from nemovideo_fakeserver.wire.messages import Reply


def ready(_call: Call) -> Reply:
    """List the scenarios that come with the fake."""
    from nemovideo_fakeserver.scenario import ready as shelf

    return plain({"scenarios": [{"name": one.name, "about": one.about} for one in shelf()]})


def playing(call: Call) -> Reply:
    """Show what this world plays, and which of its turns no message has played yet."""
    return plain({"scenario": call.world.house.playing(call.world.name)})


def play(call: Call) -> Reply:
    """Begin this world anew, as the scenario in the body says, or a ready one: `{"ready": "happy"}`."""
    from nemovideo_fakeserver import scenario

    body = call.json()
    try:
        if set(body) == {"ready"}:  # noqa: SIM108 two ways in, each on its line
            chosen = scenario.named(str(body["ready"]))
        else:
            chosen = scenario.of(body)
        call.world.house.play(call.world.name, chosen)
    except ValueError as problem:
        raise RequestMalformed(str(problem)) from None
    return playing(call)


def admit(call: Call) -> Reply:
    """Let a further account be there, told as a scenario tells one; show it with its tokens."""
    from nemovideo_fakeserver import scenario
    from nemovideo_fakeserver.api.control.accounts import shown
    from nemovideo_fakeserver.scenario.furnishing import Names
    from nemovideo_fakeserver.scenario.furnishing import admit as admitted

    body: dict[str, Any] = call.json()
    try:
        (account,) = scenario.of({"accounts": [body]}).accounts
    except ValueError as problem:
        raise RequestMalformed(str(problem)) from None
    world = call.world
    if world.accounts.is_seeded(account.name):
        raise RequestMalformed(f"name: an account called {account.name[:40]!r} is there already")
    if account.client_id is not None and world.accounts.knows_client(account.client_id):
        raise RequestMalformed(f"client_id: {account.client_id!r} has an account already")
    made = world.accounts.get(admitted(world, account, Names()))
    assert made is not None
    return plain(shown(call, made))
