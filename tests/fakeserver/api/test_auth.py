"""Tokens: for clients, for browsers, and their management."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from nemovideo_fakeserver import Fake
from nemovideo_fakeserver.surfaces.httpx_transport import SyncTransport
from support.caller import Caller
from support.wire import refusal

WEEK = 7 * 86_400
BALANCE = "/api/credits/balance/simple"
STATE = "/api/state/nemo_agent/me/{}/latest"


def ask(http: httpx.Client, client_id: str) -> httpx.Response:
    """Ask for an anonymous token."""
    return http.post("/api/auth/anonymous-token", headers={"X-Client-Id": client_id})


def test_an_anonymous_token_looks_as_documented(http: httpx.Client) -> None:
    """Token, user id, expiry in 7 days and 100 credits come in the documented order and forms."""
    response = ask(http, "someone")

    assert response.status_code == 200
    assert re.fullmatch(
        rb'{"code":0,"data":{"token":"nmv_usr_[A-Za-z0-9_-]{43}","user_id":"anon_[0-9a-f]{16}",'
        rb'"expires_at":"2033-03-10T03:33:33Z","credits":100}}',
        response.content,
    )


def test_a_stale_token_does_not_hinder_getting_a_new_one(http: httpx.Client) -> None:
    """The route asks for no token, so a bad one is not looked at."""
    headers = {"X-Client-Id": "someone", "Authorization": "Bearer nmv_usr_gone"}

    assert http.post("/api/auth/anonymous-token", headers=headers).json()["code"] == 0


@pytest.mark.parametrize("headers", [{}, {"X-Client-Id": ""}, {"X-Client-Id": "  "}])
def test_no_client_id_is_400(http: httpx.Client, headers: dict[str, str]) -> None:
    """A missing or blank X-Client-Id is the one documented HTTP 400."""
    response = http.post("/api/auth/anonymous-token", headers=headers)

    assert refusal(response) == (
        400,
        400,
        "Missing X-Client-Id: send a UUID, or any stable string of at most 64 characters",
    )


@pytest.mark.parametrize(("length", "status"), [(64, 200), (65, 422)])
def test_a_client_id_has_at_most_64_characters(
    http: httpx.Client, length: int, status: int
) -> None:
    """64 characters are taken, 65 are not."""
    assert ask(http, "x" * length).status_code == status


def test_one_token_per_client_and_week(fake: Fake, http: httpx.Client) -> None:
    """The second request within 7 days is 429 and says when to come again; then the account is back."""
    first = ask(http, "someone").json()["data"]
    refused = ask(http, "someone")
    fake.clock.jump(WEEK - 1)
    still = ask(http, "someone")
    fake.clock.jump(1)
    second = ask(http, "someone").json()["data"]

    assert refusal(refused)[:2] == (429, 429)
    assert refused.headers["retry-after"] == str(WEEK)
    assert still.headers["retry-after"] == "1"
    assert second["user_id"] == first["user_id"]
    assert second["token"] != first["token"]
    assert second["credits"] == 100


def test_ten_tokens_per_address_and_week(fake: Fake, http: httpx.Client) -> None:
    """The eleventh client behind one address is 429; another address is not concerned."""
    statuses = [ask(http, f"client {number}").status_code for number in range(11)]
    elsewhere = SyncTransport(fake, peer="192.0.2.7")
    with httpx.Client(transport=elsewhere, base_url="http://127.0.0.1") as other:
        moved = ask(other, "client 10")

    assert statuses == [200] * 10 + [429]
    assert moved.status_code == 200


def test_a_token_lives_seven_days(fake: Fake, caller: Caller) -> None:
    """One second before the end it works, at the end it is 1001."""
    fake.clock.jump(WEEK - 1)
    before = caller.get(BALANCE)
    fake.clock.jump(1)
    after = caller.get(BALANCE)

    assert before.json()["code"] == 0
    assert refusal(after) == (
        200,
        1001,
        "token has expired: ask POST /api/auth/anonymous-token again with the same X-Client-Id",
    )


@pytest.mark.parametrize(
    ("authorization", "text"),
    [
        (None, "missing authentication token"),
        ("Bearer ", "missing authentication token"),
        ("Basic eDp5", "invalid authentication token"),
        ("Bearer sk-something", "invalid authentication token"),
        ("Bearer clm_something", "invalid authentication token"),
        ("Bearer nmv_usr_unknown", "token not found"),
    ],
)
def test_a_bad_token_is_1001_in_the_words_clients_look_for(
    http: httpx.Client, authorization: str | None, text: str
) -> None:
    """Each kind of bad token has its documented text."""
    headers = {} if authorization is None else {"Authorization": authorization}

    status, code, message = refusal(http.get(BALANCE, headers=headers))

    assert (status, code) == (200, 1001)
    assert message.startswith(text)


def test_the_scheme_is_bearer_in_any_case(caller: Caller) -> None:
    """`bearer` is `Bearer` (RFC 9110, section 11.1)."""
    caller.headers["Authorization"] = caller.headers["Authorization"].replace("Bearer", "bearer")

    assert caller.get(BALANCE).json()["code"] == 0


def claim(caller: Caller, **changed: str) -> httpx.Response:
    """Ask for a claim token of the caller's project."""
    body = {"task_id": caller.task, "session_id": caller.session, **changed}
    return caller.post("/api/auth/claim-token", body)


def test_a_claim_token_looks_as_documented(caller: Caller) -> None:
    """The claim token comes with the 604800 seconds it lives."""
    response = claim(caller)

    assert re.fullmatch(
        rb'{"code":0,"data":{"claim_token":"clm_[A-Za-z0-9_-]{43}","expires_in":604800}}',
        response.content,
    )


def test_a_claim_token_opens_no_api(caller: Caller) -> None:
    """As a bearer it is refused, as any stranger's token."""
    token = claim(caller).json()["data"]["claim_token"]
    caller.headers["Authorization"] = f"Bearer {token}"

    assert refusal(caller.get(BALANCE))[1] == 1001


@pytest.mark.parametrize("changed", [{"task_id": "task_other"}, {"session_id": "123"}])
def test_a_claim_needs_a_task_and_its_session(caller: Caller, changed: dict[str, str]) -> None:
    """A task and a session that do not belong together are 1002."""
    assert refusal(claim(caller, **changed))[1] == 1002


def create(caller: Caller, **body: Any) -> httpx.Response:
    """Create a further token."""
    return caller.post("/api/tokens", {"name": "mine", **body})


def test_a_created_token_shows_its_value_once(caller: Caller) -> None:
    """Creation shows the value, the list never does."""
    created = create(caller, scopes=["read"], expires_in_days=90).json()["data"]
    listed = caller.get("/api/tokens").json()["data"]["tokens"]

    assert created.pop("token").startswith("nmv_usr_")
    assert created == {
        "id": created["id"],
        "name": "mine",
        "scopes": ["read"],
        "created_at": "2033-03-03T03:33:33Z",
        "expires_at": "2033-06-01T03:33:33Z",
        "revoked": False,
    }
    assert [token["name"] for token in listed] == ["anonymous", "mine"]
    assert listed[1] == created


def test_an_anonymous_token_has_the_documented_scopes(caller: Caller) -> None:
    """Anonymous tokens read, write and upload."""
    assert caller.get("/api/tokens").json()["data"]["tokens"][0]["scopes"] == [
        "read",
        "write",
        "upload",
    ]


@pytest.mark.parametrize(
    ("scope", "allowed"),
    [
        ("read", {"balance", "state"}),
        ("write", {"session", "render"}),
        ("upload", {"upload"}),
    ],
)
def test_a_scope_opens_its_routes_and_no_others(
    caller: Caller, scope: str, allowed: set[str]
) -> None:
    """Read sees, write works and (for an anonymous account) renders, upload uploads; the rest is 403."""
    token = create(caller, scopes=[scope]).json()["data"]["token"]
    limited = Caller(
        caller.http, {**caller.headers, "Authorization": f"Bearer {token}"}, session=caller.session
    )
    replies = {
        "balance": limited.get(BALANCE),
        "state": limited.get(STATE.format(caller.session)),
        "session": limited.post("/api/tasks/me/with-session/nemo_agent", {"task_name": "x"}),
        "render": limited.post(
            "/api/render/proxy/lambda", {"id": "r", "sessionId": caller.session, "draft": {}}
        ),
        "upload": limited.post(
            f"/api/upload-video/nemo_agent/me/{caller.session}", {"urls": ["https://x.test/a.mp4"]}
        ),
    }

    assert {name for name, reply in replies.items() if reply.status_code == 200} == allowed
    for name in replies.keys() - allowed:
        assert refusal(replies[name])[:2] == (403, 403)


def test_nobody_gives_rights_they_do_not_have(caller: Caller) -> None:
    """An anonymous token makes none with all scopes, and a token that only writes none that uploads."""
    token = create(caller, scopes=["write"]).json()["data"]["token"]
    writer = Caller(caller.http, {"Authorization": f"Bearer {token}"})

    assert refusal(create(caller, scopes=["*"]))[:2] == (403, 403)
    assert refusal(create(writer, scopes=["upload"]))[:2] == (403, 403)


def test_a_revoked_token_is_1001_for_good(caller: Caller) -> None:
    """Revoking shows the token as revoked, ends it, and leaves the others alone."""
    created = create(caller).json()["data"]
    revoked = caller.post(f"/api/tokens/{created['id']}/revoke")
    user = Caller(caller.http, {"Authorization": f"Bearer {created['token']}"})

    assert revoked.json()["data"]["revoked"] is True
    assert refusal(user.get(BALANCE)) == (
        200,
        1001,
        "token has been revoked: ask POST /api/auth/anonymous-token for a new one",
    )
    assert caller.get(BALANCE).json()["code"] == 0


def test_nobody_revokes_somebody_elses_token(caller: Caller) -> None:
    """Another account's token id is as unknown as an invented one."""
    id_ = create(caller).json()["data"]["id"]
    other = Caller(caller.http).connect("another")

    assert refusal(other.post(f"/api/tokens/{id_}/revoke"))[0] == 422
    assert refusal(other.post("/api/tokens/tok_invented/revoke"))[0] == 422
    assert not any(t["revoked"] for t in caller.get("/api/tokens").json()["data"]["tokens"])


# Other readings


def test_a_client_id_may_not_be_needed(variant: Callable[..., Caller]) -> None:
    """The first version needs no header; each request without one is a new account."""
    http = variant(require_client_id="off").http
    first, second = (http.post("/api/auth/anonymous-token").json()["data"] for _ in range(2))
    named = ask(http, "me").json()["data"]

    assert len({data["user_id"] for data in (first, second, named)}) == 3
    assert [data["credits"] for data in (first, second, named)] == [100] * 3
    assert refusal(ask(http, "me"))[:2] == (429, 429)


def test_a_token_that_never_expires_says_so_by_null(variant: Callable[..., Caller]) -> None:
    """`expires_at` stays in the reply, so that its shape stays the same (assumed)."""
    caller = variant(token_ttl="never")
    caller.post("/__fake__/clock", {"jump": 3650 * 86_400})
    told = ask(caller.http, "another").json()["data"]
    (listed,) = caller.get("/api/tokens").json()["data"]["tokens"]

    assert list(told) == ["token", "user_id", "expires_at", "credits"]
    assert told["expires_at"] is listed["expires_at"] is None


def test_a_token_may_live_an_hour(variant: Callable[..., Caller]) -> None:
    """The reply names the end, and that is when it comes."""
    caller = variant(token_ttl="1h")
    told = ask(caller.http, "another").json()["data"]
    caller.post("/__fake__/clock", {"jump": 3600})

    assert told["expires_at"] == "2033-03-03T04:33:33Z"
    assert refusal(caller.get(BALANCE))[1] == 1001


def test_scopes_of_an_anonymous_token_may_be_all_or_few(variant: Callable[..., Caller]) -> None:
    """`*` until version 1.7; whatever is chosen is what the token may."""
    everything, little = variant(anon_scopes="*"), variant(anon_scopes="read,write")

    assert everything.get("/api/tokens").json()["data"]["tokens"][0]["scopes"] == ["*"]
    assert everything.post("/api/tokens", {"name": "a", "scopes": ["render"]}).json()["code"] == 0
    assert refusal(little.upload("a.png", b"x"))[:2] == (403, 403)


def test_a_transient_limit_tells_half_a_minute(variant: Callable[..., Caller]) -> None:
    """All four skills: "429: retry in 30 s once"; and the retry passes."""
    http = variant(rate_limit_transient="on").http
    refused = ask(http, "someone")
    http.post("/__fake__/clock", json={"jump": 30})

    assert (refused.status_code, refused.headers["retry-after"]) == (429, "30")
    assert ask(http, "someone").status_code == 200


def test_an_address_may_have_five_tokens_an_hour(variant: Callable[..., Caller]) -> None:
    """As until version 4.4; the fake's own caller has the first one."""
    http = variant(ip_limit="5", ip_window="1h", client_limit="none").http
    statuses = [ask(http, "someone").status_code for _ in range(5)]

    assert statuses == [200] * 4 + [429]
    assert ask(http, "someone").headers["retry-after"] == "3600"
