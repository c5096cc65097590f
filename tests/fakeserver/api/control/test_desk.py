"""What all control paths have in common: their shape, their headers, their refusals, and no trace as traffic."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from nemovideo_fakeserver import Fake
from nemovideo_fakeserver.api.control.routes import ROUTES
from nemovideo_fakeserver.api.route import Route
from nemovideo_fakeserver.wire.messages import Head
from support.caller import Caller
from support.wire import exchange, refused

WITH_BODY = [route for route in ROUTES if route.body == "json"]
MARKS = {"x-nemo-fake": "control", "cache-control": "no-store", "x-content-type-options": "nosniff"}
BAD = {
    "blank": b" ",
    "broken": b'{"a":',
    "array": b"[]",
    "null": b"null",
    "NaN": b'{"jump":NaN}',
    "beyond a float": b'{"jump":1e999,"credits":1e999}',
    "a long number": b'{"jump":' + b"9" * 5_000 + b"}",
    "half a surrogate pair": b'{"a":"\\ud83d"}',
    "not UTF-8": b'{"a":"\xff"}',
    "deep": b'{"a":' * 70 + b"1" + b"}" * 70,
}


def path_of(route: Route, account: str) -> str:
    """Return a path of this route, with a fault that is not there."""
    return route.path.format(account=account, fault="f9")


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: str(route.name))
def test_every_reply_says_that_it_is_the_fakes_own(
    fake: Fake, caller: Caller, route: Route
) -> None:
    """Also where it refuses; it has a date and no request id, and no cache keeps it."""
    facts = [fact for fact in fake.journal if fact.kind in ("request", "reply")]
    response = caller.http.request(route.method, path_of(route, caller.uid))

    assert MARKS.items() <= response.headers.items()
    assert response.headers["date"] == "Thu, 03 Mar 2033 03:33:33 GMT"
    assert "x-request-id" not in response.headers
    assert [f for f in fake.journal if f.kind in ("request", "reply")] in (facts, [])


@pytest.mark.parametrize("raw", BAD.values(), ids=BAD)
@pytest.mark.parametrize("route", WITH_BODY, ids=lambda route: str(route.name))
def test_a_body_that_makes_no_sense_is_400(caller: Caller, route: Route, raw: bytes) -> None:
    """Whatever bytes come, every path that takes JSON says what is wrong with them, in the fake's own shape."""
    response = caller.http.post(path_of(route, caller.uid), content=raw)

    status, sentence = refused(response)
    assert status == 400
    assert len(sentence) > 10


@pytest.mark.parametrize("route", WITH_BODY, ids=lambda route: str(route.name))
def test_a_body_larger_than_anybody_needs_is_413(caller: Caller, route: Route) -> None:
    """Eight megabytes are enough for the longest scenario."""
    body = b'{"a":"' + b"x" * (8 << 20) + b'"}'
    response = caller.http.post(path_of(route, caller.uid), content=body)

    assert refused(response) == (413, "body: larger than 8388608 bytes")


@pytest.mark.parametrize("body", [{"json": {"account": "mia"}}, {"content": [b"{}"]}])
@pytest.mark.parametrize("path", ["/__fake__/reset", "/__fake__/reset/all"])
def test_a_body_where_none_is_taken_is_400(
    fake: Fake, caller: Caller, path: str, body: dict[str, Any]
) -> None:
    """Whoever means to reset one account and asks for the whole world is stopped."""
    status, sentence = refused(caller.http.post(path, **body))

    assert status == 400
    assert sentence == f"body: POST {path} takes none, and would pass over what it says"
    assert caller.balance()["available"] == 100


def test_an_empty_body_is_none(http: httpx.Client) -> None:
    """As programs send it that always say how long it is."""
    assert http.post("/__fake__/reset", content=b"").json()["reset"] == "world"


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: str(route.name))
def test_a_wrong_method_is_405_and_says_what_is_right(http: httpx.Client, route: Route) -> None:
    """Allow lists the methods of that very path, and the sentence says the same."""
    response = http.request("BREW", path_of(route, "x"))

    allowed = [r.method for r in ROUTES if r.path == route.path]
    assert response.headers["allow"] == ", ".join(allowed)
    assert refused(response) == (
        405,
        f"method BREW not allowed here: use {', '.join(allowed)}",
    )


@pytest.mark.parametrize(
    ("method", "path", "near"),
    [
        ("GET", "/__fake__", "GET /__fake__/"),
        ("GET", "/__fake__/clocks", "GET /__fake__/clock"),
        ("POST", "/__fake__/journal/finds", "POST /__fake__/journal/find"),
        ("GET", "/__fake__//health", "GET /__fake__/health"),
    ],
)
def test_a_path_that_is_not_there_is_404_and_names_the_nearest(
    fake: Fake, http: httpx.Client, method: str, path: str, near: str
) -> None:
    """It is no traffic either: no client is blamed for it."""
    status, sentence = refused(http.request(method, path))

    assert status == 404
    assert sentence == (
        f"no control path is {method} {path}; did you mean {near}? GET /__fake__/ lists them"
    )
    assert len(fake.journal) == 0


def test_where_nothing_is_near_the_list_is_named(http: httpx.Client) -> None:
    """And a long path is not repeated in full."""
    status, sentence = refused(http.get("/__fake__/" + "0" * 5000))

    assert status == 404
    assert len(sentence) < 300
    assert sentence.endswith("; GET /__fake__/ lists them")


UNKNOWN = [
    ("GET", "/__fake__/accounts/anon_0", None, "account"),
    ("POST", "/__fake__/accounts/anon_0/grant", {"credits": 1}, "account"),
    ("GET", "/__fake__/ledger/anon_0", None, "account"),
    ("POST", "/__fake__/reset/accounts/anon_0", None, "account"),
    ("DELETE", "/__fake__/faults/f9", None, "f9"),
    ("POST", "/__fake__/accounts/{uid}/revoke", {"token": "tok_0"}, "tok_0"),
    ("POST", "/__fake__/scenario", {"ready": "hapy"}, "did you mean happy?"),
]


@pytest.mark.parametrize(("method", "path", "body", "word"), UNKNOWN)
def test_what_is_named_and_not_there_is_404(
    caller: Caller, method: str, path: str, body: Any, word: str
) -> None:
    """Accounts, tokens, faults, ready scenarios."""
    response = caller.http.request(method, path.format(uid=caller.uid), json=body)

    status, sentence = refused(response)
    assert status == 404
    assert word in sentence


def test_a_segment_that_is_no_text_leads_nowhere(fake: Fake) -> None:
    """Octets that are no UTF-8 name no account."""
    assert exchange(fake, Head(method="GET", path="/__fake__/accounts/%ff")).status == 404
