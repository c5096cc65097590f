"""Paths: what leads to a route, what only looks like one, and worlds."""

from __future__ import annotations

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_fakeserver import EPOCH, Fake
from nemovideo_fakeserver.api.balance import simple
from nemovideo_fakeserver.api.route import route
from nemovideo_fakeserver.api.router import Router
from nemovideo_fakeserver.wire.messages import Head
from support.caller import Caller
from support.wire import exchange, refusal

ROUTER = Router(
    (
        route("GET /a", None, simple),
        route("POST /a", None, simple),
        route("GET /a/{x}", None, simple),
        route("GET /a/{x}/b/{y}", None, simple),
    )
)


def found(path: str) -> tuple[list[str], dict[str, str]] | None:
    """Return methods and variable parts of what a path leads to."""
    match = ROUTER.find(path)
    return None if match is None else (list(match.routes), match.params)


def test_a_path_knows_its_methods() -> None:
    """All methods of one path are found together."""
    assert found("/a") == (["GET", "POST"], {})


def test_variable_parts_are_decoded_after_the_split() -> None:
    """An encoded slash stays inside its part."""
    assert found("/a/%2F..%2fb/b/%E4%BD%A0") == (["GET"], {"x": "/../b", "y": "你"})


@pytest.mark.parametrize(
    "path",
    ["", "a", "/", "/a/", "//a", "/a//b/", "/A", "/a/x/b", "/a/x/b/", "/a/x/c/y", "/%61", "/a/%FF"],
)
def test_what_is_not_exactly_a_path_is_none(path: str) -> None:
    """No trailing slash, no empty part, no other case, no encoded letter, no octets that are no UTF-8."""
    assert found(path) is None


@given(st.text())
def test_any_path_is_found_or_not(path: str) -> None:
    """The router never raises, and a variable part is never empty."""
    match = ROUTER.find(path)

    assert match is None or all(match.params.values())


TRICKS = [
    "//api/credits/balance/simple",
    "/api//credits/balance/simple",
    "/api/credits/balance/simple/",
    "/api/credits/balance/./simple",
    "/x/../api/credits/balance/simple",
    "/api%2Fcredits/balance/simple",
    "/api/credits/balance/%73imple",
    "/api/credits/balance/simple%00",
    "/api/credits/balance/simple;x=1",
    "/API/credits/balance/simple",
    "/api/state/nemo_agent/me/%FF/latest",
    "/api/state/nemo_agent/me//latest",
    "/cdn/generated/..",
    "/cdn/generated/../../etc/passwd",
    "/%7Eother/api/credits/balance/simple",
    "/~/api/credits/balance/simple",
    "/~a b/api/credits/balance/simple",
    "/~" + "x" * 65 + "/api/credits/balance/simple",
    "*",
    "",
]


@pytest.mark.parametrize("path", TRICKS)
def test_a_trick_leads_nowhere(fake: Fake, caller: Caller, path: str) -> None:
    """Raw paths, as a door hands them over, that only look like a route are 404."""
    headers = tuple((name.lower(), value) for name, value in caller.headers.items())

    assert exchange(fake, Head(method="GET", path=path, headers=headers)).status == 404


def test_a_query_is_no_part_of_the_path(caller: Caller) -> None:
    """Anything may follow the question mark."""
    assert caller.get("/api/credits/balance/simple?x=/../&y=%FF").json()["code"] == 0


def at(fake: Fake, name: str) -> httpx.Client:
    """Return a client of the world of that name."""
    return httpx.Client(transport=fake.transport(), base_url=f"http://127.0.0.1/~{name}")


def test_a_world_knows_no_other_worlds_tokens(fake: Fake, caller: Caller) -> None:
    """A token is unknown in another world, and a client id there is free again."""
    with at(fake, "one") as http:
        stranger = http.get("/api/credits/balance/simple", headers=caller.headers)
        other = Caller(http).connect()

        assert refusal(stranger)[1] == 1001
        assert (other.uid, other.session) != (caller.uid, caller.session)
        assert refusal(caller.http.get("/api/tokens", headers=other.headers))[1] == 1001


def test_every_world_has_its_own_time(fake: Fake) -> None:
    """A jump in one moves no other, neither by the API nor in Python."""
    with at(fake, "one") as one, at(fake, "two") as two:
        one.post("/__fake__/clock", json={"jump": 100})

        assert one.get("/__fake__/clock").json()["epoch"] == EPOCH + 100
        assert two.get("/__fake__/clock").json()["epoch"] == EPOCH
    assert fake.world("one").setting.clock.now() == EPOCH + 100
    assert fake.clock.now() == EPOCH


def test_what_a_world_hands_out_leads_back_into_it(fake: Fake) -> None:
    """URLs in replies carry the world's prefix."""
    with at(fake, "one") as http:
        caller = Caller(http).connect()
        path = f"/api/upload-video/nemo_agent/me/{caller.session}"
        (file,) = caller.post(path, {"urls": ["https://x.test/a.png"]}).json()["data"]["files"]

        assert file["cdn_url"].startswith("http://127.0.0.1/~one/cdn/uploads/")
        assert http.get(file["cdn_url"]).status_code == 200
        outside = file["cdn_url"].replace("/~one", "")
        assert refusal(http.get(outside))[0] == 404


@pytest.mark.parametrize("path", ["/~one", "/~one/"])
def test_the_root_of_a_world_is_unmatched(http: httpx.Client, path: str) -> None:
    """There is nothing there, as at the root."""
    assert http.get(path).headers["x-nemo-fake"] == "unmatched"
