"""What every reply has in common: the envelope, the types, the ids."""

from __future__ import annotations

import re
from collections.abc import Callable

import httpx
import pytest

from nemovideo_pytest.contract.basis import costs, reading, rests_on
from nemovideo_pytest.contract.messages import ASK, SCENE
from nemovideo_pytest.contract.replies import data
from nemovideo_pytest.contract.visitor import ATTRIBUTION, Visitor

Ask = Callable[[Visitor], httpx.Response]

SUCCESSES: dict[str, Ask] = {
    "session": lambda v: v.ask_session(),
    "balance": lambda v: v.get("/api/credits/balance/simple"),
    "state": lambda v: v.ask_state(),
    "upload": lambda v: v.upload_urls("https://example.com/a.mp4"),
    "new token": lambda v: v.post("/api/tokens", {"name": "mine", "scopes": ["read"]}),
    "tokens": lambda v: v.get("/api/tokens"),
}

REFUSALS: dict[str, tuple[int, Ask]] = {
    "1001": (1001, lambda v: v.with_token("nmv_usr_x").get("/api/credits/balance/simple")),
    "1002": (1002, lambda v: v.ask_state("9" * 19)),
    "4001": (4001, lambda v: v.upload(("a.mp4", b"no film"))),
    "404": (404, lambda v: v.poll("render_0")),
    "405": (405, lambda v: v.get("/run_sse")),
    "422": (422, lambda v: v.post("/run_sse", {})),
    "403": (
        403,
        lambda v: v.with_token(v.new_token("read")["token"]).post("/run_sse", {}),
    ),
}


@pytest.mark.parametrize("ask", SUCCESSES.values(), ids=SUCCESSES)
@rests_on("code 0")
def test_a_success_has_a_code_and_data(visitor: Visitor, ask: Ask) -> None:
    """`{"code": 0, "data": {...}}`, in JSON, with 200."""
    reply = ask(visitor)

    assert reply.status_code == 200
    assert reply.headers["content-type"].partition(";")[0] == "application/json"
    assert set(reply.json()) == {"code", "data"}
    assert isinstance(data(reply), dict)


def envelope(reply: httpx.Response, code: int) -> None:
    """Assert that a refusal has the whole shape of one."""
    told = reply.json()

    assert reply.headers["content-type"].partition(";")[0] == "application/json"
    assert set(told) == {"code", "message", "data"}
    assert type(told["code"]) is int
    assert (told["code"], told["data"]) == (code, None)
    assert len(told["message"]) > 10


@pytest.mark.parametrize(("code", "ask"), REFUSALS.values(), ids=REFUSALS)
@rests_on("http status of business codes", "code 1001", "code 1002", "code 4001", "code 422")
def test_a_refusal_has_a_code_and_a_message(visitor: Visitor, code: int, ask: Ask) -> None:
    """`{"code", "message", "data": null}`."""
    envelope(ask(visitor), code)


@reading(error_http="200", max_upload="2KB")
@costs(100)
@rests_on("http status of business codes", "error_http=200", "code 2001", "code 4002")
def test_business_codes_come_with_200(visitor: Visitor) -> None:
    """The code in the body says it all."""
    asks: dict[int, Ask] = {code: ask for code, ask in REFUSALS.values() if code > 1000}
    asks[4002] = lambda v: v.upload(("a.mp4", bytes(3000)))
    visitor.say(SCENE)
    asks[2001] = lambda v: v.try_saying("make a 4 second video of a cat")
    for code, ask in asks.items():
        reply = ask(visitor)

        envelope(reply, code)
        assert reply.status_code == 200


MAPPED = {1001: 401, 1002: 404, 2001: 402, 4001: 415, 4002: 413}


@reading(error_http="mapped", max_upload="2KB")
@costs(100)
@rests_on("error_http=mapped", "code 2001", "code 4002")
def test_business_codes_may_come_with_the_nearest_status(visitor: Visitor) -> None:
    """The same bodies under the statuses that HTTP has for it."""
    asks: dict[int, Ask] = {code: ask for code, ask in REFUSALS.values() if code > 1000}
    asks[4002] = lambda v: v.upload(("a.mp4", bytes(3000)))
    visitor.say(SCENE)
    asks[2001] = lambda v: v.try_saying("make a 4 second video of a cat")
    statuses = {}
    for code, ask in asks.items():
        reply = ask(visitor)
        envelope(reply, code)
        statuses[code] = reply.status_code

    assert statuses == MAPPED


@reading(attribution_mode="always", require_client_id="on", client_limit=1)
@rests_on("code 400", "code 402", "code 429", "http status of business codes")
def test_other_refusals_have_the_same_body(visitor: Visitor) -> None:
    """Those that come with their own status."""
    for name in ATTRIBUTION:
        del visitor.headers[name]
    for reply, code in (
        (visitor.http.post("/api/auth/anonymous-token"), 400),
        (visitor.order(draft={}), 402),
        (visitor.ask_token(), 429),
    ):
        envelope(reply, code)
        assert reply.status_code == code


@pytest.mark.parametrize("code", [403, 404, 405, 422])
@rests_on("code 403", "code 404", "code 405", "code 422")
def test_a_status_is_its_own_code(visitor: Visitor, code: int) -> None:
    """What is no business code stands in the status and in the body."""
    _, ask = REFUSALS[str(code)]

    assert ask(visitor).status_code == code


@rests_on("X-Request-Id")
def test_every_reply_has_an_id(visitor: Visitor) -> None:
    """Another one each time, also a refusal, a stream and a page."""
    replies = [
        *(visitor.get("/api/credits/balance/simple") for _ in range(3)),
        visitor.poll("render_0"),
        visitor.get("/run_sse"),
        visitor.post("/run_sse", visitor.message(ASK)),
        visitor.http.get("/register?bind=anon_1"),
        visitor.http.get("/api/credits/balance/simple"),
    ]
    ids = [reply.headers["x-request-id"] for reply in replies]

    assert all(re.fullmatch(r"req_[0-9a-f]{16}", id_) for id_ in ids)
    assert len(set(ids)) == len(ids)


@rests_on("code 0", "POST /api/tasks/{user}/with-session/nemo_agent")
def test_chinese_comes_back_as_it_was(visitor: Visitor) -> None:
    """In UTF-8, whatever script; escapes mean the same."""
    raw = b'{"task_name":"\\u6211\\u7684 \\ud83c\\udfac \xe6\xb5\xb7"}'
    path = "/api/tasks/me/with-session/nemo_agent"
    opened = data(visitor.ask("POST", path, content=raw))

    assert data(visitor.ask_state(opened["session_id"]))["task_name"] == "我的 🎬 海"


@rests_on("code 0", "GET /api/credits/balance/simple")
def test_reading_changes_nothing(visitor: Visitor) -> None:
    """Balance, state and tokens are the same each time they are asked for."""
    for path in (
        "/api/credits/balance/simple",
        f"/api/state/nemo_agent/me/{visitor.session}/latest",
        "/api/tokens",
    ):
        assert visitor.get(path).json() == visitor.get(path).json()


@rests_on("code 0", "POST /api/tasks/{user}/with-session/nemo_agent")
def test_unknown_fields_are_passed_over(visitor: Visitor) -> None:
    """What a newer client says beside the rest does no harm."""
    assert data(visitor.ask_session(colour="red", nested={"a": [1]}))["session_id"]
    assert visitor.say(ASK, streaming=True).texts
