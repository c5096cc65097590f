"""What every reply has, and what is written down about it."""

from __future__ import annotations

import re
from itertools import groupby

import httpx
import pytest

from nemovideo_fakeserver import EPOCH, Fake
from nemovideo_fakeserver.api.route import Route
from nemovideo_fakeserver.api.routes import ROUTES
from nemovideo_fakeserver.wire.messages import BodyPlan, Head, Reply
from support.caller import Caller
from support.stage import client
from support.wire import refusal

PATHS = {
    path: [route.method for route in routes]
    for path, routes in groupby(sorted(ROUTES, key=lambda r: r.path), key=lambda r: r.path)
}
FILL = dict.fromkeys(("user", "session", "render", "token", "key", "name"), "1")


@pytest.mark.parametrize("path", ["/run_sse", "/nowhere", "/api/credits/balance/simple"])
def test_the_date_is_the_clocks(fake: Fake, http: httpx.Client, path: str) -> None:
    """Date is the virtual time, Server never says more than what this is."""
    fake.clock.jump(86_400)
    response = http.get(path)

    assert response.headers["date"] == "Fri, 04 Mar 2033 03:33:33 GMT"
    assert response.headers["server"] == "nemovideo-fake"
    assert fake.clock.now() == EPOCH + 86_400


def test_a_reply_to_head_is_no_exception(http: httpx.Client) -> None:
    """HEAD without a token has all headers and no body."""
    response = http.head("/api/render/proxy/r/download")

    assert response.content == b""
    assert {"date", "server", "content-length"} <= response.headers.keys()


def of_account(caller: Caller) -> list[httpx.Response]:
    """Return replies of all kinds to an account: JSON, a refusal, a stream, HEAD of a file."""
    return [
        caller.get("/api/credits/balance/simple"),
        caller.post("/run_sse", {}),
        caller.post("/run_sse", caller.message("hello")),
        caller.http.head("/api/render/proxy/r/download", headers=caller.headers),
    ]


def test_every_reply_of_the_service_has_an_id_of_its_own(fake: Fake, caller: Caller) -> None:
    """`X-Request-Id` is `req_` and 16 hex digits, and the journal has the same one."""
    without_token = caller.http.get("/api/credits/balance/simple")
    wrong_method = caller.http.put("/run_sse")
    ids = [
        reply.headers["x-request-id"]
        for reply in (*of_account(caller), without_token, wrong_method)
    ]
    noted = [fact.what["id"] for fact in fake.world().setting.journal if fact.kind == "request"]

    assert all(re.fullmatch("req_[0-9a-f]{16}", id_) for id_ in ids)
    assert len(set(ids)) == len(ids)
    assert set(ids) < set(noted)


def test_ids_follow_from_the_seed_and_the_accounts_own_requests(http: httpx.Client) -> None:
    """A second fake gives the same ids, whatever strangers ask in between."""

    def ids(caller: Caller) -> list[str]:
        return [reply.headers["x-request-id"] for reply in of_account(caller.connect())]

    with Fake() as again, client(again) as busy:
        Caller(busy).connect("a stranger").get("/api/tokens")
        busy.get("/run_sse")
        assert ids(Caller(busy)) == ids(Caller(http))


@pytest.mark.parametrize("path", ["/nowhere", "/__fake__/health", "/__fake__/nowhere"])
def test_what_is_not_the_services_has_no_id(http: httpx.Client, path: str) -> None:
    """Nobody could take a control reply, or a path nobody has, for NemoVideo's."""
    assert "x-request-id" not in http.get(path).headers


@pytest.mark.parametrize(("path", "methods"), PATHS.items())
def test_a_wrong_method_is_405_and_says_what_is_right(
    caller: Caller, path: str, methods: list[str]
) -> None:
    """Allow lists the methods of that very path; the body has the envelope."""
    response = caller.http.request("BREW", path.format(**FILL), headers=caller.headers)

    status, code, message = refusal(response)
    allowed = response.headers["allow"].split(", ")
    assert (status, code) == (405, 405)
    assert set(methods) <= set(allowed)
    assert message == f"method BREW not allowed here: use {response.headers['allow']}"


@pytest.mark.parametrize(
    "route", [r for r in ROUTES if r.scope is not None], ids=lambda route: str(route.name)
)
def test_a_token_is_checked_before_anything_else(fake: Fake, route: Route) -> None:
    """Without one the head alone gives 1001: no body is asked for, nothing else is looked at."""
    answer = fake.admit(Head(method=route.method, path=route.path.format(**FILL)))

    assert isinstance(answer, Reply)
    assert isinstance(answer.body, bytes)
    assert answer.body.startswith(b'{"code":1001,"message":"missing authentication token')


def test_the_gate_decides_again_when_the_body_is_there(fake: Fake, caller: Caller) -> None:
    """A token that expired while the body came in is refused."""
    headers = tuple((name.lower(), value) for name, value in caller.headers.items())
    head = Head(method="POST", path="/run_sse", headers=headers)
    admitted = fake.admit(head)
    fake.clock.jump(7 * 86_400)
    response = caller.post("/run_sse", caller.message("hello"))

    assert isinstance(admitted, BodyPlan)
    assert admitted.limit == 8 << 20
    assert refusal(response)[1] == 1001


def test_every_request_is_written_down_without_secrets(fake: Fake, caller: Caller) -> None:
    """The journal has each request and its reply; a token is named by its id, and never shown."""
    token = caller.headers["Authorization"].removeprefix("Bearer ")
    caller.say(f"who has {token}?")
    caller.http.get(f"/nowhere?token={token}")

    journal = list(fake.world().journal)
    requests = [fact for fact in journal if fact.kind == "request"]
    replies = [fact.what for fact in journal if fact.kind == "reply"]
    assert [fact.what["id"] is not None for fact in requests] == [True, True, True, False]
    assert [fact.what["line"] for fact in requests] == [
        "POST /api/auth/anonymous-token",
        "POST /api/tasks/{user}/with-session/nemo_agent",
        "POST /run_sse",
        "GET /nowhere",
    ]
    assert [(r["request"], r["status"], r["code"]) for r in replies] == [
        (fact.number, status, code)
        for fact, status, code in zip(
            requests, (200, 200, 200, 404), (0, 0, None, None), strict=True
        )
    ]
    assert "who has nmv_usr_…?" in repr(journal)
    assert caller.headers["Authorization"].removeprefix("Bearer ") not in repr(journal)
