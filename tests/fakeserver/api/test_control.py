"""Steering the clock over HTTP, and who may."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from nemovideo_fakeserver import EPOCH, Fake
from nemovideo_fakeserver.wire.messages import Head
from support.caller import Caller
from support.wire import exchange, refusal

CLOCK = "/__fake__/clock"


def test_health_tells_the_time(http: httpx.Client) -> None:
    """The server lives, and says what time it is in this world."""
    assert http.get("/__fake__/health").json() == {
        "status": "ok",
        "now": "2033-03-03T03:33:33Z",
        "epoch": EPOCH,
        "rate": 0.0,
    }


def test_a_jump_moves_the_world(fake: Fake, http: httpx.Client) -> None:
    """The reply shows the time after the jump, and that nobody is still writing."""
    response = http.post(CLOCK, json={"jump": 90.5})

    assert response.json() == {
        "now": "2033-03-03T03:35:03Z",
        "epoch": EPOCH + 90.5,
        "rate": 0.0,
        "settled": True,
    }
    assert fake.clock.now() == EPOCH + 90.5
    assert http.get(CLOCK).json()["epoch"] == EPOCH + 90.5


def test_a_jump_to_next_without_waiters_stays(http: httpx.Client) -> None:
    """Nobody waits, so there is no next."""
    assert http.post(CLOCK, json={"jump": "next"}).json()["epoch"] == EPOCH


def test_a_rate_lets_time_run(fake: Fake, http: httpx.Client) -> None:
    """From rate 0 to 60 and back."""
    running = http.post(CLOCK, json={"rate": 60}).json()["rate"]
    rate = fake.clock.rate
    stopped = http.post(CLOCK, json={"rate": 0, "jump": 3600}).json()

    assert running == rate == 60
    assert stopped["rate"] == 0
    assert stopped["epoch"] >= EPOCH + 3600


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        5,
        {"jump": -1},
        {"jump": "later"},
        {"jump": True},
        {"jump": None},
        {"jump": 1e12},
        {"rate": -1},
        {"rate": 1e10},
        {"rate": 1e-9},
        {"rate": "fast"},
        {"rate": 5, "jump": "later"},
        {"speed": 5},
        {"jump": 1, "why": 2},
    ],
)
def test_what_makes_no_sense_is_422_and_moves_nothing(
    fake: Fake, http: httpx.Client, body: Any
) -> None:
    """Neither time nor rate changes, not even where half of the wish was clear."""
    assert refusal(http.post(CLOCK, json=body))[:2] == (422, 422)
    assert (fake.clock.now(), fake.clock.rate) == (EPOCH, 0)


def test_time_ends_where_replies_cannot_date_it(http: httpx.Client) -> None:
    """However often a client jumps ten years, no reply breaks for want of a date."""
    decade = {"jump": 10 * 365 * 86_400}
    statuses = {http.post(CLOCK, json=decade).status_code for _ in range(710)}
    token = http.post("/api/auth/anonymous-token", headers={"X-Client-Id": "x"})

    assert statuses == {200, 422}
    assert token.json()["data"]["expires_at"].startswith("8998-")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8765", "[::1]:8765", "LOCALHOST"])
def test_the_machine_itself_may_steer(http: httpx.Client, host: str) -> None:
    """Loopback names are welcome, whatever the port."""
    assert http.get(f"http://{host}{CLOCK}").status_code == 200


@pytest.mark.parametrize("host", ["example.com", "127.0.0.1.example.com", "10.0.0.1", "0.0.0.0"])
def test_a_foreign_host_may_not_steer(fake: Fake, http: httpx.Client, host: str) -> None:
    """A name that leads here by somebody else's DNS is refused, and nothing moves."""
    response = http.post(f"http://{host}{CLOCK}", json={"jump": 5})

    assert response.status_code == 403
    assert response.json()["fake"] == "nemovideo"
    assert fake.clock.now() == EPOCH


@pytest.mark.parametrize(
    "origin",
    [
        "https://example.com",
        "null",
        "",
        "http://127.0.0.1:9",
        "http://[",
        "http://127.0.0.1@x.test",
    ],
)
def test_a_foreign_page_may_not_steer(fake: Fake, http: httpx.Client, origin: str) -> None:
    """Only a page of this very server may; any other Origin is refused."""
    response = http.post(CLOCK, json={"jump": 5}, headers={"Origin": origin})

    assert response.status_code == 403
    assert fake.clock.now() == EPOCH


def test_a_page_of_our_own_may_steer(http: httpx.Client) -> None:
    """The Origin of this server is no foreigner."""
    response = http.post(CLOCK, json={"jump": 5}, headers={"Origin": "http://127.0.0.1"})

    assert response.json()["epoch"] == EPOCH + 5


def test_a_host_that_is_no_host_may_not_steer(fake: Fake) -> None:
    """What cannot be taken apart is refused as foreign."""
    head = Head(method="GET", path=CLOCK, base="http://[:::::]")

    assert exchange(fake, head).status == 403


def test_steering_leaves_credits_alone(caller: Caller) -> None:
    """A jump is free."""
    caller.http.post(CLOCK, json={"jump": 5})

    assert caller.balance()["available"] == 100
