"""Scenarios over HTTP: the shelf, what is played, beginning with another one, and one more account."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from nemovideo_fakeserver import EPOCH, Fake, scenario
from support.caller import Caller
from support.snapshot import snapshot
from support.wire import refused

SCENARIO = "/__fake__/scenario"
ACCOUNTS = "/__fake__/accounts"


def test_the_shelf_is_listed(http: httpx.Client) -> None:
    """Every ready scenario with what it is for."""
    told = http.get("/__fake__/scenarios").json()["scenarios"]

    assert told == [{"name": one.name, "about": one.about} for one in scenario.ready()]


def test_a_world_begins_without_one(http: httpx.Client) -> None:
    """Nothing is played."""
    assert http.get(SCENARIO).json() == {"scenario": None}


@pytest.mark.parametrize("name", [one.name for one in scenario.ready()])
def test_a_ready_one_is_played_by_its_name(http: httpx.Client, name: str) -> None:
    """The reply shows what is played from now on."""
    told = http.post(SCENARIO, json={"ready": name}).json()

    assert told["scenario"]["name"] == name
    assert http.get(SCENARIO).json() == told


def test_ones_own_is_played_as_it_stands_in_the_body(http: httpx.Client) -> None:
    """Who is there, what was played, and which turns nobody has played yet."""
    told = http.post(
        SCENARIO,
        json={
            "name": "mine",
            "accounts": [{"name": "mia", "client_id": "mia-1", "credits": 7}],
            "turns": [
                {"when": "hello", "steps": [{"text": "Hi!"}]},
                {"when": "bye", "steps": [{"text": "See you."}]},
            ],
        },
    ).json()["scenario"]
    caller = Caller(http)
    caller.headers["Authorization"] = (
        f"Bearer {http.get(ACCOUNTS).json()['accounts'][0]['tokens'][0]['value']}"
    )
    said = caller.open().say("hello there")
    after = http.get(SCENARIO).json()["scenario"]

    assert told["accounts"] == {"mia": http.get(ACCOUNTS).json()["accounts"][0]["account"]}
    assert len(told["unplayed"]) == 2
    assert said[-1] == {"type": "text", "content": "Hi!"}
    assert after["played"] == {"0": 1}
    assert after["unplayed"] == ["turns[1] (bye)"]


def test_what_was_there_is_gone_and_time_goes_on(fake: Fake, caller: Caller) -> None:
    """Accounts, tokens and sessions of before are unknown; the clock does not go back."""
    caller.http.post("/__fake__/clock", json={"jump": 60})
    caller.http.post(SCENARIO, json={"ready": "happy"})

    assert caller.get("/api/tokens").json()["code"] == 1001
    assert fake.clock.now() == EPOCH + 60


def test_other_worlds_play_on(http: httpx.Client) -> None:
    """A scenario is one world's."""
    http.post(f"/~one{SCENARIO}", json={"ready": "no-credits"})

    assert http.get(SCENARIO).json() == {"scenario": None}
    assert http.get(f"/~one{SCENARIO}").json()["scenario"]["name"] == "no-credits"


@pytest.mark.parametrize(
    ("body", "status", "says"),
    [
        ({"ready": "hapy"}, 404, "did you mean happy?"),
        ({"ready": ""}, 400, "ready: must not be empty"),
        ({"ready": 5}, 400, "ready: must be a string, not 5"),
        ({"ready": ["happy"]}, 400, "ready: must be a string"),
        ({"ready": "happy", "seed": 1}, 400, "ready: names a whole scenario, and stands alone"),
        ({"nmae": "x"}, 400, "did you mean name?"),
        ({"variants": {"costs": "free"}}, 400, "costs cannot be 'free'"),
        ({"turns": [{"steps": [{"at": "soon", "text": "Hi"}]}]}, 400, "turns[0].steps[0].at"),
        ({"clock": {"start": "2026-03-18T00:00:00Z"}}, 409, "clock.start: lies before"),
    ],
)
def test_one_that_cannot_be_played_changes_nothing(
    fake: Fake, caller: Caller, body: Any, status: int, says: str
) -> None:
    """404 for a name that is not there, 400 for what makes no sense, 409 for what time forbids."""
    before = snapshot(fake.world())

    code, sentence = refused(caller.http.post(SCENARIO, json=body))
    assert code == status
    assert says in sentence
    assert snapshot(fake.world()) == before


def test_one_more_account_comes_with_its_token(http: httpx.Client) -> None:
    """It can work at once."""
    made = http.post(ACCOUNTS, json={"name": "studio", "kind": "registered", "credits": 700}).json()
    caller = Caller(http)
    caller.headers["Authorization"] = f"Bearer {made['tokens'][0]['value']}"

    assert caller.balance()["available"] == 700
    assert http.get(ACCOUNTS).json()["accounts"] == [made]


def test_an_account_that_cannot_be_is_refused(http: httpx.Client) -> None:
    """409 for a name or a client that is taken, 400 for what makes no sense."""
    http.post(ACCOUNTS, json={"name": "mia", "client_id": "mia-1"})
    Caller(http).identify("came by himself")
    asked: list[tuple[Any, int, str]] = [
        ({"name": "mia"}, 409, 'an account called "mia" is there already'),
        ({"name": "two", "client_id": "mia-1"}, 409, '"mia-1" has an account already'),
        ({"name": "two", "client_id": "came by himself"}, 409, "has an account already"),
        ({}, 400, "name"),
        ({"name": "two", "credits": -1}, 400, "credits"),
        ({"name": "two", "credit": 1}, 400, "did you mean credits?"),
    ]

    for body, status, says in asked:
        code, sentence = refused(http.post(ACCOUNTS, json=body))
        assert code == status
        assert says in sentence
    assert len(http.get(ACCOUNTS).json()["accounts"]) == 2
