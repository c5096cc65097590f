"""A meddler does what its rules say, when they say it, at either door; and it forgets nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator

import httpx
import pytest

from nemovideo_fakeserver import EPOCH, Fake
from nemovideo_fakeserver.wire.steps import Cut
from nemovideo_pytest.doors.door import Door, served
from support.caller import Caller
from support.meddling.acts import (
    HEARTBEAT,
    cut,
    frames,
    has_text,
    heartbeats,
    inject,
    lost,
    replaced,
    reply,
    reshape,
    without,
)
from support.meddling.meddler import Meddler
from support.meddling.rules import After

BALANCE = "GET /api/credits/balance/simple"
SAID = "POST /run_sse"
STATE = "GET /api/state/nemo_agent/{}/{}/latest"


@pytest.fixture
def caller(door: Door) -> Iterator[Caller]:
    """A caller with a token and a session, whose connections stay open."""
    with door.sync_http() as http:
        yield Caller(http).connect()


def statuses(caller: Caller, count: int) -> list[int]:
    """Ask for the balance so many times."""
    return [caller.get(BALANCE.split()[1]).status_code for _ in range(count)]


def test_a_rule_fires_once_at_the_nth_request_in_a_range_or_always(
    meddler: Meddler, caller: Caller
) -> None:
    """Each rule counts by itself, from when it was made; the first that fires decides."""
    refused = reply(429, {"code": 429}, {"Retry-After": "2"})
    second = meddler.on(BALANCE, instead=refused, nth=2)
    some = meddler.on(BALANCE, instead=reply(500, {}), nth=range(4, 6))

    assert statuses(caller, 6) == [200, 429, 200, 500, 500, 200]
    assert (second.matched, second.fired, some.fired) == (6, 1, 2)
    ever = meddler.on(BALANCE, instead=reply(502, "<h1>Bad Gateway</h1>"), always=True)
    later = meddler.on(BALANCE, instead=reply(503, {}), always=True)
    assert statuses(caller, 3) == [502] * 3
    assert (second.fired, ever.fired, later.fired) == (1, 3, 0)


def test_a_rule_that_never_fired_is_visible(meddler: Meddler, caller: Caller) -> None:
    """It can be asked for, and shows what it waited for."""
    used = meddler.on(BALANCE, instead=reply(500, {}))
    idle = meddler.on("POST /api/tokens/{}/revoke", instead=reply(500, {}))
    caller.get("/api/credits/balance/simple")

    assert used not in meddler.unfired()
    assert meddler.unfired() == [idle]
    assert "POST /api/tokens/{}/revoke" in repr(idle)
    assert "fired=0" in repr(idle)


def test_what_is_answered_instead_the_fake_never_sees(
    fake: Fake, meddler: Meddler, caller: Caller
) -> None:
    """Status, headers and body are the rule's; the fake's journal stays as it is; the body was read."""
    before = len(fake.world().setting.journal)
    meddler.on(SAID, instead=reply(429, {"code": 429}, {"Retry-After": "2"}))
    response = caller.post("/run_sse", caller.message("edit 20"))

    assert (response.status_code, response.headers["retry-after"]) == (429, "2")
    assert response.json() == {"code": 429}
    assert len(fake.world().setting.journal) == before
    assert meddler.asked(SAID)[0].json() == caller.message("edit 20")


def test_every_request_is_remembered(door: Door, meddler: Meddler, caller: Caller) -> None:
    """Method, path, headers, body and virtual time, in order."""
    door.sleep(5)
    caller.say("hello")
    caller.state()

    assert [f"{seen.method} {seen.path}" for seen in meddler.seen] == [
        "POST /api/auth/anonymous-token",
        "POST /api/tasks/me/with-session/nemo_agent",
        "POST /run_sse",
        f"GET /api/state/nemo_agent/me/{caller.session}/latest",
    ]
    (said,) = meddler.asked(SAID)
    assert said.json()["new_message"] == {"parts": [{"text": "hello"}]}
    assert ("authorization", caller.headers["Authorization"]) in said.headers
    assert said.at == EPOCH + 5
    assert len(meddler.asked(STATE)) == 1


def test_a_world_is_no_part_of_the_path(fake: Fake, meddler: Meddler) -> None:
    """A rule for a route holds in every world."""
    rule = meddler.on("POST /api/tasks/{user}/with-session/nemo_agent", after=reshape(lambda j: j))
    clock = fake.world("one").setting.clock
    with served(meddler, clock, world="/~one") as door, door.sync_http() as http:
        Caller(http).connect()

    assert rule.fired == 1


def test_the_json_of_a_reply_takes_another_shape(meddler: Meddler, caller: Caller) -> None:
    """The fake's own data, told differently."""
    meddler.on(BALANCE, after=reshape(lambda told: {"balance": told["data"]["total"], "ä": 1}))

    assert caller.get("/api/credits/balance/simple").json() == {"balance": 100, "ä": 1}


@pytest.mark.parametrize("acted", [False, True])
def test_a_request_or_its_reply_is_lost(meddler: Meddler, caller: Caller, acted: bool) -> None:
    """The caller cannot tell; the state can."""
    meddler.on(SAID, after=lost if acted else None, instead=None if acted else lost)
    with pytest.raises(httpx.RemoteProtocolError, match="without sending a response"):
        caller.say("edit 20")

    assert caller.balance()["frozen"] == (50 if acted else 0)


def test_the_fake_acts_and_something_else_is_answered(meddler: Meddler, caller: Caller) -> None:
    """A gateway's page hides that the message was accepted."""
    meddler.on(SAID, after=replaced(reply(502, "<html>Bad Gateway</html>")))
    response = caller.post("/run_sse", caller.message("edit 20"))

    assert (response.status_code, response.headers["content-type"]) == (502, "text/html")
    assert caller.balance()["frozen"] == 50


STREAMS: dict[str, tuple[str, After, list[str]]] = {
    "no text": ("generate 20", without(has_text), ["tool_call", "heartbeat", "tool_result"]),
    "injected": ("text 5", inject(b'data: {"type":"x"}\n\n', 1), ["text", "x"]),
    "first": ("text 5", inject(b'data: {"type":"x"}\n\n'), ["x", "text"]),
    "other frames": ("edit 20", frames((9, b'data: {"type":"x"}\n\n')), ["x"]),
    "heartbeats": ("edit 20", heartbeats(60), ["heartbeat"] * 4),
    "nothing": ("edit 20", frames(), []),
}


@pytest.mark.parametrize("case", STREAMS)
def test_a_stream_tells_something_else(meddler: Meddler, caller: Caller, case: str) -> None:
    """Events go, come or change; the stream ends properly."""
    text, after, types = STREAMS[case]
    meddler.on(SAID, after=after)

    assert [event["type"] for event in caller.say(text)] == types


def test_frames_come_at_their_times_and_break_off(
    door: Door, meddler: Meddler, caller: Caller
) -> None:
    """Offsets count from the request."""
    door.sleep(3)
    meddler.on(SAID, after=frames((100, HEARTBEAT), (130, Cut("reset"))))
    with pytest.raises(httpx.ReadError):
        caller.say("edit 20")

    assert door.now() == pytest.approx(EPOCH + 133, abs=1e-6)


def test_a_cut_where_the_stream_would_have_ended(meddler: Meddler, caller: Caller) -> None:
    """Everything was said, only the end is missing."""
    meddler.on(SAID, after=cut("truncated"))
    heard: list[bytes] = []
    body = caller.message("text 5")
    with (
        caller.http.stream("POST", "/run_sse", headers=caller.headers, json=body) as response,
        pytest.raises(httpx.RemoteProtocolError),
    ):
        heard.extend(response.iter_bytes())

    assert has_text(heard[0])


def test_an_uploaded_file_passes_through(meddler: Meddler, caller: Caller) -> None:
    """A meddled upload still reaches the fake as files."""
    rule = meddler.on("POST /api/upload-video/nemo_agent/{}/{}", after=reshape(lambda told: told))
    response = caller.upload("a.mp4", b"no film")

    assert response.json()["code"] == 4001
    assert rule.fired == 1


def test_a_rule_says_one_thing(meddler: Meddler) -> None:
    """Neither or both of instead and after is a mistake of the test's author."""
    with pytest.raises(ValueError, match="say either instead or after"):
        meddler.on(SAID)


def test_only_a_stream_can_be_cut() -> None:
    """Meddling with the wrong kind of reply is loud."""
    with pytest.raises(TypeError, match="only a stream"):
        cut("reset")(reply(200, {}))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"type": "text", "content": "hi"}, True),
        ({"type": "tool_call"}, False),
        ({"content": {"parts": [{"text": "hi"}]}}, True),
        ({"content": {"parts": [{"functionCall": {}}]}}, False),
    ],
)
def test_text_is_known_in_either_dialect(data: object, says: bool) -> None:
    """The typed dialect and the ADK one; a heartbeat is silent."""
    assert has_text(b"data: " + json.dumps(data).encode() + b"\n\n") is says
    assert not has_text(b"data:\n\n")
