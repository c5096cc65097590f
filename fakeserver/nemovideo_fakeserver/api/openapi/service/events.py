"""The events of a stream in each dialect: their schemas, and a short turn told in it."""

from __future__ import annotations

from collections.abc import Mapping

from nemovideo_fakeserver.api.dialects import DIALECTS
from nemovideo_fakeserver.api.openapi import examples
from nemovideo_fakeserver.api.openapi import schema as js
from nemovideo_fakeserver.api.openapi.schema import Schema
from nemovideo_fakeserver.clock import Clock
from nemovideo_fakeserver.core.chance import Chance
from nemovideo_fakeserver.core.draft import TEXT, Put
from nemovideo_fakeserver.core.plan import Beat, Call, Edit, Plan, Result, Say
from nemovideo_fakeserver.core.setting import Setting
from nemovideo_fakeserver.core.turns import Turn, schedule
from nemovideo_fakeserver.core.variants import Variants

_PART = js.sheet(
    {
        "text": js.text(),
        "functionCall": js.sheet({"id": js.text(), "name": js.text(), "args": js.sheet({})}),
        "functionResponse": js.sheet(
            {"id": js.text(), "name": js.text(), "response": js.sheet({})}
        ),
    }
)
_TROUBLE = js.record({"error": js.text(), "error_details": js.sheet({})}, "The stream ends with it")

EVENTS: Mapping[str, Schema] = {
    "TypedEvent": {
        "oneOf": [
            js.record({"type": js.choice("text", "error"), "content": js.text()}),
            js.record({"type": js.only("tool_call"), "name": js.text(), "args": js.sheet({})}),
            js.record({"type": js.only("tool_result"), "name": js.text(), "result": js.sheet({})}),
            js.record({"type": js.only("heartbeat")}),
        ]
    },
    "AdkEvent": {
        "oneOf": [
            js.sheet(
                {
                    "content": js.sheet({"role": js.text(), "parts": js.each(_PART)}),
                    "partial": js.only(
                        value=True, says="A piece of an utterance that comes whole, too"
                    ),
                    "actions": js.sheet({"stateDelta": js.sheet({})}),
                },
                required=("content", "invocationId", "author", "actions", "id", "timestamp"),
            ),
            _TROUBLE,
        ]
    },
    "FlatEvent": {
        "oneOf": [js.record({"text": js.text()}), js.record({"error": js.text()})],
    },
}
"""What the data of an event is in each dialect, as `typed`, `adk` and `flat` have it."""

_TITLE = {
    "id": "seg_1",
    "s": 0,
    "d": 3000,
    "m": {"text": "Paradise Found", "position": "top-center"},
}
_PLAN = Plan(
    kind="edit",
    beats=(
        Beat(2.0, Call("edit_multitrack", {"op": "add_title"})),
        Beat(16.0, Edit(Put(TEXT, _TITLE))),
        Beat(16.0, Result("edit_multitrack", {"status": "success"})),
        Beat(18.0, Say("I've added the title.")),
    ),
    lasts=18.0,
)


def sample(dialect: str) -> str:
    """Return the stream of a short edit in this dialect, as the fake itself would tell it."""
    clock = Clock()
    setting = Setting(clock=clock, chance=Chance("sample"), variants=Variants())
    turn = _turn(clock.now())
    tell = DIALECTS[dialect](turn, setting)
    return b"".join(frame.data for fact in turn.facts for frame in tell(fact)).decode()


def _turn(now: float) -> Turn:
    return Turn(
        id=f"{examples.SESSION}/1",
        number=1,
        account=examples.USER,
        session=examples.SESSION,
        message="Add a title",
        kind="edit",
        price=50,
        accepted_at=now,
        starts_at=now,
        ends_at=now + _PLAN.lasts,
        failed=False,
        before={},
        facts=schedule(_PLAN, accepted_at=now, starts_at=now, heartbeat_interval=15.0),
    )
