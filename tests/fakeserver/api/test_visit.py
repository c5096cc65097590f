"""Requests and their replies, as the journal tells of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from nemovideo_fakeserver import EPOCH, Fake
from nemovideo_fakeserver.api.call import Call
from nemovideo_fakeserver.api.visit import Visit
from nemovideo_fakeserver.provenance import REGISTRY
from nemovideo_fakeserver.wire.messages import Delayed, Head, Pending, Reply, Stream
from nemovideo_fakeserver.wire.steps import Cut
from support.caller import Caller
from support.faulty import kinds_of, meet
from support.stage import client, darkroom

CREDITS = "/api/credits/balance/simple"


def told(fake: Fake, kind: str) -> dict[str, Any]:
    """Return what the journal tells of the latest fact of a kind."""
    (*_, last) = kinds_of(fake, kind)
    return last


def last_visit(fake: Fake) -> tuple[int, dict[str, Any], dict[str, Any]]:
    """Return the number of the latest request, and what is told of it and of its reply."""
    (*_, asked) = (fact for fact in fake.journal if fact.kind == "request")
    return asked.number, dict(asked.what), told(fake, "reply")


# What is told of a request


def test_a_request_and_its_reply_are_two_facts(fake: Fake, caller: Caller) -> None:
    """Who asked for what, and what was said; each names the route, and the reply its request."""
    reply = caller.get(CREDITS)

    number, asked, replied = last_visit(fake)
    assert asked == {
        "id": reply.headers["x-request-id"],
        "line": f"GET {CREDITS}",
        "route": f"GET {CREDITS}",
        "method": "GET",
        "path": CREDITS,
        "query": "",
        "peer": "127.0.0.1",
        "account": caller.uid,
        "token": asked["token"],
        "headers": asked["headers"],
        "session": None,
        "body": None,
        "size": 0,
    }
    assert asked["token"].startswith("tok_")
    assert asked["headers"]["x-skill-source"] == "a-skill"
    assert replied == {"request": number, "line": f"GET {CREDITS}", "status": 200, "code": 0}


def test_a_fact_stays_what_it_was(fake: Fake, caller: Caller) -> None:
    """Though its account is gone before anybody reads it, and faults strike what comes later."""
    caller.get(CREDITS)
    caller.get("/register")
    caller.post("/api/tasks/me/with-session/nemo_agent", {"task_name": "x"})
    count = len(fake.journal)
    caller.http.post(f"/__fake__/reset/accounts/{caller.uid}")
    fake.arm(f"GET {CREDITS}", {"delay": 1})
    Caller(caller.http).connect().get(CREDITS)

    first = fake.journal.facts()[:count]
    asked = [fact.what for fact in first if fact.kind == "request"]
    assert [what["account"] for what in asked[2:]] == [caller.uid] * 3
    assert len({what["token"] for what in asked[2:]}) == 1
    assert not [fact for fact in first if "fault" in fact.what]


@pytest.mark.parametrize("size", [10, 10**6])
def test_a_fact_does_not_keep_what_was_sent(fake: Fake, size: int) -> None:
    """Thousands of facts are kept; the bodies of their requests are not."""
    call = Call(
        head=Head(method="POST", path="/x"), world=fake.world(), params={}, body=b"1" * size
    )

    Visit(call, "POST /x", route=None).answer(lambda _: Reply(), None)

    assert call.body == b""
    assert told(fake, "request")["size"] == size


# What is told of a reply


def test_a_refusal_says_why(fake: Fake, http: httpx.Client) -> None:
    """Its code, its words, and how long to wait where it says so."""
    Caller(http).identify()
    http.post("/api/auth/anonymous-token", headers={"X-Client-Id": "someone"})

    replied = told(fake, "reply")
    assert (replied["status"], replied["code"]) == (429, 429)
    assert replied["message"].startswith("rate limit: 1 token per client")
    assert replied["retry_after"] == 7 * 86_400


def test_where_there_is_no_envelope_there_is_no_code(fake: Fake, edited: Caller) -> None:
    """A stream and a render have none; the former names its turn, a poll what it shows."""
    edited.submit("r1")

    replies = [
        r for r in kinds_of(fake, "reply") if r["line"].startswith(("POST /run", "POST /api/r"))
    ]
    assert [reply["code"] for reply in replies] == [None, None]
    assert replies[0]["stream"] == f"{edited.session}/1"
    assert replies[1]["shows"] == {"render": "r1", "status": "pending", "progress": 5}


def test_a_wrong_method_and_an_unknown_path_are_visits(fake: Fake, http: httpx.Client) -> None:
    """Told by method and path, of no route; ids have those that the service would answer."""
    http.delete("/run_sse")
    wrong = told(fake, "request")
    http.get("/v1/run")

    assert (wrong["line"], wrong["route"]) == ("DELETE /run_sse", None)
    assert wrong["id"].startswith("req_")
    assert told(fake, "request")["id"] is None
    assert [(r["status"], r["code"]) for r in kinds_of(fake, "reply")] == [(405, 405), (404, None)]


def test_steering_is_no_traffic(fake: Fake, http: httpx.Client) -> None:
    """Control paths are neither told nor struck."""
    fake.arm("GET /__fake__/health", {"status": 503}, times="always")

    assert http.get("/__fake__/health").status_code == 200
    assert list(kinds_of(fake, "request")) == []


@pytest.fixture
def waiting(fake: Fake, edited: Caller) -> tuple[Head, Callable[[], None]]:
    """The head of a poll that waits for the film of a render, and a function that finishes the film."""
    room = darkroom(fake)
    room.slow = True
    edited.submit("r1")
    fake.clock.jump(90)
    job, order = room.jobs[-1], room.orders[-1]
    path = "/api/render/proxy/lambda/r1"
    headers = tuple((name.lower(), value) for name, value in edited.headers.items())
    head = Head(method="GET", path=path, headers=headers)
    return head, lambda: job.set_result(room.film(order.draft))


def asked(fake: Fake, head: Head) -> Reply:
    """Return the reply to a request that has no body."""
    reply = fake.admit(head)
    assert isinstance(reply, Reply)
    return reply


def test_work_is_waited_for_before_the_reply_is_told(
    fake: Fake, waiting: tuple[Head, Callable[[], None]]
) -> None:
    """What strikes before and after the wait acts together on the reply, which is told when it is there."""
    head, finish = waiting
    line = "GET /api/render/proxy/lambda/{}"
    for at, do, side in (
        (line, {"delay": 3}, "before"),
        ("render.completed", {"delay": 4}, "after"),
        (line, {"drip": 1}, "after"),
    ):
        fake.arm(at, do, side=side, times="always")

    pending = asked(fake, head).body
    assert isinstance(pending, Pending)
    count = len(list(kinds_of(fake, "reply")))
    Caller(client(fake)).http.get("/register")  # somebody else's visit meanwhile
    finish()
    late = pending.resume().body

    assert len(list(kinds_of(fake, "reply"))) == count + 2
    assert isinstance(late, Delayed)
    assert late.until == fake.clock.now() + 7
    assert isinstance(late.reply.body, Stream)
    assert told(fake, "reply")["shows"]["status"] == "completed"
    assert told(fake, "reply")["fault"] == ["f1", "f2", "f3"]
    assert {fact["request"] for fact in kinds_of(fake, "fault")} == {told(fake, "reply")["request"]}


@pytest.mark.parametrize("do", [{"status": 599}, {"break": "reset"}], ids=str)
def test_work_that_is_done_may_be_kept_back(
    fake: Fake, waiting: tuple[Head, Callable[[], None]], do: dict[str, Any]
) -> None:
    """A fault before the moment prevents it after the wait, too; the next poll shows the film."""
    head, finish = waiting
    fake.arm("render.completed", do)

    pending = asked(fake, head).body
    assert isinstance(pending, Pending)
    finish()
    struck = pending.resume()
    again = asked(fake, head)

    assert isinstance(struck.body, Cut) or struck.status == 599
    assert "shows" not in [r for r in kinds_of(fake, "reply") if "fault" in r][-1]
    assert isinstance(again.body, bytes)
    assert json.loads(again.body)["status"] == "completed"


# What faults make of it


@pytest.mark.parametrize(
    ("do", "side", "heard"),
    [
        ({"status": 503}, "before", (503, 503)),
        ({"code": 1002, "message": "gone"}, "after", (200, 1002)),
        ({"break": "reset"}, "before", (None, None)),
        ({"break": "stall"}, "after", (200, None)),
        ({"malformed": True}, "before", (200, None)),
        ({"delay": 5}, "before", (200, 0)),
        ({"drip": 1}, "after", (200, 0)),
    ],
    ids=str,
)
def test_a_reply_says_what_its_client_could_hear(
    fake: Fake, caller: Caller, do: dict[str, Any], side: str, heard: tuple[int | None, int | None]
) -> None:
    """No status where no head has left, no code where the body cannot be read; and which faults did it."""
    fake.arm(f"GET {CREDITS}", do, side=side)

    request = caller.http.build_request("GET", CREDITS, headers=caller.headers)
    meet(fake, caller.http, request)

    number, _, replied = last_visit(fake)
    assert replied == {
        "request": number,
        "line": f"GET {CREDITS}",
        "status": heard[0],
        "code": heard[1],
        "fault": ["f1"],
    }


def test_a_reply_has_no_faults_of_others(fake: Fake, caller: Caller) -> None:
    """Only what struck this very request, though nobody has read its fact yet."""
    for path in (CREDITS, "/register"):
        caller.get(path)
    fake.arm(f"GET {CREDITS}", {"delay": 1})
    caller.get(CREDITS)
    caller.get(CREDITS)

    faults = [reply.get("fault") for reply in kinds_of(fake, "reply")]
    assert faults == [None, None, None, None, ["f1"], None]


def test_what_a_fault_answers_is_not_what_the_handler_said(fake: Fake, edited: Caller) -> None:
    """Neither its refusal nor what it would have shown is told."""
    edited.submit("r1")
    fake.arm("GET /api/render/proxy/lambda/r1", {"status": 502}, side="after")
    edited.get("/api/render/proxy/lambda/r1")
    shown = told(fake, "reply")
    fake.arm("GET /api/render/proxy/lambda/r2", {"status": 502}, side="after")
    edited.get("/api/render/proxy/lambda/r2")

    assert "shows" not in shown
    assert "message" not in told(fake, "reply")
    assert told(fake, "reply")["status"] == 502


@pytest.mark.parametrize("side", ["before", "after"])
@pytest.mark.parametrize("path", [CREDITS, "/run_sse", "/nowhere"])
def test_refusals_are_struck_too(fake: Fake, http: httpx.Client, path: str, side: str) -> None:
    """A request that would be refused has a reply like any other, at the gate and beyond any route."""
    armed = fake.arm(f"GET {path}", {"status": 599}, side=side)

    assert http.get(path).status_code == 599
    assert armed.fired == 1


def test_an_upload_that_would_be_refused_is_struck_too(fake: Fake, caller: Caller) -> None:
    """By its handler, when its files are there."""
    fake.arm("POST /api/upload-video/nemo_agent/{}/{}", {"status": 599}, side="after")

    assert caller.upload("a.txt", b"no picture").status_code == 599


def test_one_fault_decides_a_request(fake: Fake, caller: Caller) -> None:
    """What would decide after it waits for the next request, at whatever moment it waits."""
    session = "POST /api/tasks/{}/with-session/nemo_agent"
    armed = [
        fake.arm("token.issued", {"status": 501}, side="after"),
        fake.arm("POST /api/tokens", {"status": 502}, side="after"),
        fake.arm("POST /api/tokens", {"delay": 1}, side="after"),
        fake.arm(session, {"status": 503}),
        fake.arm(session, {"break": "reset"}, side="after"),
    ]

    assert caller.post("/api/tokens", {"name": "a"}).status_code == 501
    assert [one.fired for one in armed] == [1, 0, 1, 0, 0]
    assert caller.post("/api/tokens", {"name": "a"}).status_code == 502
    assert (
        caller.post("/api/tasks/me/with-session/nemo_agent", {"task_name": "x"}).status_code == 503
    )
    assert armed[4].fired == 0


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/api/state/nemo_agent/me/{session}/latest", None),
        ("POST", "/run_sse", {"session_id": "{session}"}),
        ("POST", "/api/render/proxy/lambda", {"sessionId": "{session}"}),
        ("GET", "/api/render/proxy/lambda/r1", None),
        ("GET", "/api/render/proxy/r1/download", None),
        ("POST", "/api/render/proxy/lambda/r1/cancel", None),
    ],
)
def test_a_request_is_of_the_session_it_is_about(
    fake: Fake, edited: Caller, method: str, path: str, body: Any
) -> None:
    """That it names in its path or its body, or that its render was ordered in."""
    edited.submit("r1")
    mine = edited.session
    path = path.replace("{session}", mine)
    sent = json.loads(json.dumps(body).replace("{session}", mine)) if body else None
    fake.arm(f"{method} {path}", {"status": 599}, session="0")
    fake.arm(f"{method} {path}", {"status": 598}, session=mine)

    reply = edited.http.request(method, path, headers=edited.headers, json=sent)

    assert reply.status_code == 598


def test_a_render_nobody_ordered_is_of_no_session(fake: Fake, caller: Caller) -> None:
    """Neither is one that somebody asks for without a token."""
    fake.arm("GET /api/render/proxy/lambda/r9", {"status": 599}, session=caller.session, times=9)

    assert caller.get("/api/render/proxy/lambda/r9").status_code == 404
    assert caller.http.get("/api/render/proxy/lambda/r9").json()["code"] == 1001


@pytest.mark.parametrize("body", [b"", b"no JSON", b'{"new_message": 5}'])
def test_a_message_that_is_none_fits_no_pattern(fake: Fake, caller: Caller, body: bytes) -> None:
    """It is refused as ever."""
    fake.arm("POST /run_sse", {"status": 599}, message=".")

    reply = caller.http.post("/run_sse", headers=caller.headers, content=body)

    assert reply.status_code == 422


def test_the_first_token_of_a_client_can_be_struck_by_its_account(
    fake: Fake, http: httpx.Client
) -> None:
    """The account that it will have is known from the seed, before and after."""
    with Fake() as twin, httpx.Client(transport=twin.transport(), base_url="http://x") as other:
        uid = Caller(other).identify().uid
    fake.arm("token.issued", {"status": 599}, account=uid)
    ask = {"X-Client-Id": "someone"}

    assert http.post("/api/auth/anonymous-token", headers={"X-Client-Id": "b"}).status_code == 200
    assert http.post("/api/auth/anonymous-token", headers=ask).status_code == 599
    assert http.post("/api/auth/anonymous-token", headers=ask).json()["data"]["user_id"] == uid


def test_a_head_request_can_be_late_or_lost(fake: Fake, edited: Caller) -> None:
    """Its headers are as ever when it is late; where it breaks there is none of it, on either side."""
    edited.submit("r1")
    fake.clock.jump(90)
    path = "/api/render/proxy/r1/download"
    usual = edited.http.head(path, headers=edited.headers).headers["content-length"]

    fake.arm(f"HEAD {path}", {"delay": 5})
    late = edited.http.head(path, headers=edited.headers)
    fake.arm(f"HEAD {path}", {"break": "reset"}, side="after")
    with pytest.raises(httpx.ReadError):
        edited.http.head(path, headers=edited.headers)

    assert late.headers["content-length"] == usual
    assert told(fake, "reply")["status"] is None
    for do in ({"malformed": True}, {"drip": 1}):
        with pytest.raises(ValueError, match=f"makes no sense before HEAD {path}"):
            fake.arm(f"HEAD {path}", do)


# Headers of ours


@pytest.fixture
def asking(caller: Caller) -> Caller:
    """A caller that asks what replies rest on."""
    caller.headers["X-Fake-Provenance"] = "?"
    return caller


def test_a_reply_says_what_it_rests_on(fake: Fake, asking: Caller) -> None:
    """Its route and its code, with the basis that the registry has; where there is no route, that."""
    header = "x-fake-provenance"
    line = f"GET {CREDITS}"

    assert asking.get(CREDITS).headers[header] == "; ".join(
        f"{name}: {REGISTRY[name].basis}" for name in (line, "code 0")
    )
    assert asking.get("/nowhere").headers[header] == "no documented route: ours alone"
    fake.arm(line, {"code": 1001})
    assert "code 1001: documented" in asking.get(CREDITS).headers[header]


def test_nobody_who_does_not_ask_is_told(caller: Caller) -> None:
    """No real service has such a header."""
    assert "x-fake-provenance" not in caller.get(CREDITS).headers


@pytest.mark.parametrize("do", [{"delay": 90}, {"delay": 90, "then": {"status": 503}}], ids=str)
def test_a_late_reply_is_dated_when_it_leaves(
    fake: Fake, caller: Caller, do: dict[str, Any]
) -> None:
    """Date, server and request id are those of any reply."""
    fake.arm(f"GET {CREDITS}", {"delay": do["delay"]})
    if "then" in do:
        fake.arm(f"GET {CREDITS}", do["then"])

    reply = caller.get(CREDITS)

    assert fake.clock.now() == EPOCH + 90
    assert reply.headers["date"] == "Thu, 03 Mar 2033 03:35:03 GMT"
    assert reply.headers["server"] == "nemovideo-fake"
    assert reply.headers["x-request-id"] == told(fake, "request")["id"]
