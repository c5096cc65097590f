"""Steering the clock over HTTP."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_fakeserver import EPOCH, Fake, Options
from nemovideo_fakeserver.clock import LATEST
from nemovideo_fakeserver.wire.messages import Head
from support.caller import Caller
from support.stage import client, scripted_fake
from support.wire import exchange, refused

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
def test_what_makes_no_sense_is_400_and_moves_nothing(
    fake: Fake, http: httpx.Client, body: Any
) -> None:
    """Neither time nor rate changes, not even where half of the wish was clear."""
    assert refused(http.post(CLOCK, json=body))[0] == 400
    assert (fake.clock.now(), fake.clock.rate) == (EPOCH, 0)


def test_time_ends_where_replies_cannot_date_it(http: httpx.Client) -> None:
    """However often a client jumps ten years, no reply breaks for want of a date."""
    decade = {"jump": 10 * 365 * 86_400}
    statuses = {http.post(CLOCK, json=decade).status_code for _ in range(710)}
    token = http.post("/api/auth/anonymous-token", headers={"X-Client-Id": "x"})

    assert statuses == {200, 409}
    assert token.json()["data"]["expires_at"].startswith("8998-")


@given(
    rate=st.sampled_from([0.0, 0.001, 1.0, 60.0, 1e9]),
    wish=st.fixed_dictionaries(
        {},
        optional={
            "jump": st.sampled_from(["next", 0, 1e-9, 1e-6, 5, 10 * 365 * 86_400])
            | st.floats(0, 9),
            "rate": st.sampled_from([0, 0.001, 60, 1e9]),
        },
    ).filter(bool),
)
def test_running_time_is_steered_as_standing_time_is(rate: float, wish: dict[str, Any]) -> None:
    """At any rate each wish that makes sense is granted: time runs on meanwhile, never backwards."""
    with scripted_fake(Options(rate=rate)) as fake:
        before = fake.clock.now()
        head = Head(method="POST", path=CLOCK)
        whole = exchange(fake, head, json.dumps(wish).encode())

    ahead = wish.get("jump", 0)
    assert whole.status == 200
    assert json.loads(whole.body)["rate"] == wish.get("rate", rate)
    assert json.loads(whole.body)["epoch"] >= before + (0 if ahead == "next" else ahead)


def test_time_that_runs_to_its_end_breaks_no_reply() -> None:
    """At a rate that soon passes year 9999 time stands at its end, and replies can be dated."""
    with scripted_fake(Options(start=LATEST - 1, rate=1e9)) as fake, client(fake) as http:
        token = http.post("/api/auth/anonymous-token", headers={"X-Client-Id": "x"})
        stays = http.post(CLOCK, json={"jump": "next"})
        beyond = http.post(CLOCK, json={"rate": 5, "jump": 5})

        assert token.status_code == stays.status_code == 200
        assert stays.json()["now"] == "9000-01-01T00:00:00Z"
        status, sentence = refused(beyond)
        assert status == 409
        assert "year 9000" in sentence
        assert fake.clock.rate == 1e9


def test_steering_leaves_credits_alone(caller: Caller) -> None:
    """A jump is free."""
    caller.http.post(CLOCK, json={"jump": 5})

    assert caller.balance()["available"] == 100


def test_a_jump_to_a_misspelt_place_names_the_right_one(http: httpx.Client) -> None:
    """A word other than `next` is answered with what may be said."""
    reply = http.post(CLOCK, json={"jump": "nxt"})

    assert refused(reply) == (400, 'jump: must be seconds or "next", not "nxt"')
