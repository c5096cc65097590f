"""The clock of a world, and beginning again."""

from __future__ import annotations

from collections.abc import Mapping

from nemovideo_fakeserver.api.control.refusing import Conflict
from nemovideo_fakeserver.api.control.time import MAX_JUMP
from nemovideo_fakeserver.api.openapi import schema as js
from nemovideo_fakeserver.api.openapi.operation import Operation, json, ok
from nemovideo_fakeserver.api.openapi.schema import Schema
from nemovideo_fakeserver.clock import FASTEST, SLOWEST
from nemovideo_fakeserver.core.variants import Variants

ABOUT = "Virtual time, and beginning again."

_TIME = {
    "now": js.date(),
    "epoch": js.number("The same in seconds since 1970"),
    "rate": js.number("Virtual seconds per real second; at 0 time moves only by jumps"),
}
SCHEMAS: Mapping[str, Schema] = {
    "Time": js.record(_TIME),
    "TimeAsked": js.record(
        {
            "rate": js.either(
                js.only(0), js.number(minimum=SLOWEST, maximum=FASTEST, examples=[60])
            ),
            "jump": js.either(
                js.only("next", "To the next thing that somebody waits for"),
                js.number("Seconds", maximum=MAX_JUMP),
            ),
        },
        optional=("rate", "jump"),
        minProperties=1,
    ),
}


def operations(_variants: Variants) -> Mapping[str, Operation]:
    """Describe what moves time, and what goes back to the seed."""
    settled = js.flag("Whether every reader has taken what was then due")
    account = {"reset": js.only("account"), "account": js.text()}
    world = {"reset": js.only("world"), "world": js.text("Its name; the default world's is empty")}
    every = {"reset": js.only("all"), "worlds": js.each(js.text())}
    return {
        "GET /__fake__/health": Operation(
            gives=ok(js.record({"status": js.only("ok"), **_TIME})),
        ),
        "GET /__fake__/clock": Operation(gives=ok(js.ref("Time"))),
        "POST /__fake__/clock": Operation(
            body=json(
                js.ref("TimeAsked"),
                week={"jump": 604_800},
                next={"jump": "next"},
                fast={"rate": 60},
            ),
            gives=ok(js.record({**_TIME, "settled": settled})),
            refuses=(Conflict,),
        ),
        "POST /__fake__/reset": Operation(gives=ok(js.record(world))),
        "POST /__fake__/reset/all": Operation(gives=ok(js.record(every))),
        "POST /__fake__/reset/accounts/{account}": Operation(gives=ok(js.record(account))),
    }
