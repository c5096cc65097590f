"""The balance at every moment: while a stream is open, after its reader left, under many turns at once."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable
from typing import TypeAlias

import httpx
import pytest

from nemovideo_fakeserver import EPOCH, Fake
from support.caller import Caller
from support.stage import client, grant, scripted_fake
from support.wire import refusal

Balance: TypeAlias = tuple[int, int, int]
Trace: TypeAlias = list[tuple[float, str, Balance]]

BALANCE = "/api/credits/balance/simple"


def now(caller: Caller) -> Balance:
    """Return available, frozen and total."""
    balance = caller.balance()
    return balance["available"], balance["frozen"], balance["total"]


def start(caller: Caller, text: str) -> httpx.Response:
    """Send a message and leave at once, without reading an event."""
    body = caller.message(text)
    with caller.http.stream("POST", "/run_sse", headers=caller.headers, json=body) as response:
        return response


def test_the_balance_looks_as_documented(caller: Caller) -> None:
    """Available, frozen, total, in the envelope and in this order."""
    response = caller.get(BALANCE)

    assert response.content == b'{"code":0,"data":{"available":100,"frozen":0,"total":100}}'


@pytest.mark.parametrize(
    ("text", "during", "after"),
    [
        ("text 20", (100, 0, 100), (100, 0, 100)),
        ("edit 20", (50, 50, 100), (50, 0, 50)),
        ("generate 20", (0, 100, 100), (0, 0, 0)),
        ("fail 20", (50, 50, 100), (100, 0, 100)),
    ],
)
def test_a_price_is_frozen_until_the_turn_ends(
    fake: Fake, caller: Caller, text: str, during: Balance, after: Balance
) -> None:
    """From before the first event until the last second the price is frozen; then it is spent or back."""
    body = caller.message(text)
    with caller.http.stream("POST", "/run_sse", headers=caller.headers, json=body) as response:
        seen = [(fake.clock.now() - EPOCH, now(caller))]
        seen += [(fake.clock.now() - EPOCH, now(caller)) for _ in response.iter_raw()]

    assert {balance for at, balance in seen if at < 20} == {during}
    assert now(caller) == after


def test_an_open_stream_does_not_hold_back_the_settlement(fake: Fake, caller: Caller) -> None:
    """Somebody who jumps past the end finds the edit spent although its stream has not been read."""
    body = caller.message("edit 20")
    with caller.http.stream("POST", "/run_sse", headers=caller.headers, json=body) as response:
        fake.clock.jump(19.999)
        before = now(caller)
        fake.clock.jump(0.001)
        after = now(caller)
        rest = response.read()

    assert (before, after) == ((50, 50, 100), (50, 0, 50))
    assert rest.count(b"data:") == 3


@pytest.mark.parametrize(("text", "after"), [("edit 20", (50, 0, 50)), ("fail 20", (100, 0, 100))])
def test_a_reader_who_left_pays_all_the_same(
    fake: Fake, caller: Caller, text: str, after: Balance
) -> None:
    """Closing early changes nothing: frozen until the turn's end, then spent, or released if it failed."""
    start(caller, text)
    at_once = now(caller)
    fake.clock.jump(19.999)
    just_before = now(caller)
    fake.clock.jump(0.001)

    assert at_once == just_before == (50, 50, 100)
    assert now(caller) == after


def test_a_second_edit_while_the_first_runs_freezes_again(fake: Fake, caller: Caller) -> None:
    """A re-sent message is the documented trap: both are paid for."""
    start(caller, "edit 20")
    start(caller, "edit 20")
    twice = now(caller)
    fake.clock.jump(20)
    between = now(caller)
    fake.clock.jump(20)

    assert twice == (0, 100, 100)
    assert between == (0, 50, 50)
    assert now(caller) == (0, 0, 0)


def test_editing_is_paid_once_a_session(rich: Caller) -> None:
    """After a settled edit the session edits for nothing; another session pays again."""
    rich.say("edit 20")
    rich.say("edit 20")
    same = now(rich)
    rich.open().say("edit 20")

    assert same == (950, 0, 950)
    assert now(rich) == (900, 0, 900)


def test_a_failed_edit_does_not_make_the_next_one_free(caller: Caller) -> None:
    """Only what was paid for pays for the session."""
    caller.say("fail 20")
    start(caller, "edit 20")

    assert now(caller) == (50, 50, 100)


def test_frozen_credits_cannot_be_spent_twice(fake: Fake, caller: Caller) -> None:
    """What runs has its credits; a third edit is 2001 at once, and possible when a failure gave some back."""
    start(caller, "edit 20")
    start(caller, "fail 20")
    refused = caller.post("/run_sse", caller.message("edit 20"))
    while_running = now(caller)
    fake.clock.jump(40)

    assert refusal(refused)[:2] == (200, 2001)
    assert while_running == (0, 100, 100)
    assert now(caller) == (50, 0, 50)


def test_an_export_is_free(caller: Caller) -> None:
    """Ordering, watching and downloading a film costs nothing."""
    caller.say("edit 20")
    caller.submit("r1")

    assert now(caller) == (50, 0, 50)


TURNS = ("edit 37", "generate 120", "fail 61", "edit 20")


def crowd(fake: Fake) -> list[Caller]:
    """Return 20 callers: five accounts with four sessions each."""
    with client(fake) as http:
        callers = []
        for number in range(5):
            first = Caller(http).connect(f"client {number}")
            grant(fake, first, 900)
            callers.append(first)
            callers += [
                Caller(http, first.headers, first.uid, first.task, first.session).open()
                for _ in range(3)
            ]
    return callers


async def listen(http: httpx.AsyncClient, caller: Caller, text: str) -> bytes:
    """Send a message and return the stream."""
    response = await http.post("/run_sse", headers=caller.headers, json=caller.message(text))
    return response.content


async def watch(http: httpx.AsyncClient, fake: Fake, caller: Caller, trace: Trace) -> None:
    """Write down the caller's balance every 7 seconds, for 140 seconds."""
    for tick in range(1, 21):
        await fake.clock.until(EPOCH + 7 * tick)
        data = (await http.get(BALANCE, headers=caller.headers)).json()["data"]
        balance = (data["available"], data["frozen"], data["total"])
        trace.append((fake.clock.now() - EPOCH, caller.uid, balance))


def all_at_once() -> tuple[list[bytes], Trace]:
    """Run the 20 turns of the crowd at once while every account is watched; return streams and balances."""
    trace: Trace = []

    async def run(fake: Fake, callers: list[Caller]) -> list[bytes]:
        async with httpx.AsyncClient(
            transport=fake.async_transport(), base_url="http://127.0.0.1", timeout=900
        ) as http:
            told = [listen(http, c, TURNS[n % 4]) for n, c in enumerate(callers)]
            seen = [watch(http, fake, c, trace) for c in callers[::4]]
            return (await asyncio.gather(asyncio.gather(*told), asyncio.gather(*seen)))[0]

    with scripted_fake() as fake:
        streams = asyncio.run(run(fake, crowd(fake)))
    return streams, trace


def expected(moment: float) -> Balance:
    """Return what an account with 1000 credits shows when its four turns began at 0."""
    running = [50 * (moment < 37), 100 * (moment < 120), 50 * (moment < 61), 50 * (moment < 20)]
    spent = 50 * (moment >= 37) + 100 * (moment >= 120) + 50 * (moment >= 20)
    return 1000 - spent - sum(running), sum(running), 1000 - spent


def test_twenty_turns_at_once_are_right_at_every_moment() -> None:
    """Every account shows, at each tick, what its four turns have frozen, spent and released by then."""
    _, trace = all_at_once()

    assert len(trace) == 100
    assert [balance for _, _, balance in trace] == [expected(at) for at, _, _ in trace]
    assert len({account for _, account, _ in trace}) == 5


def test_twenty_turns_at_once_are_deterministic() -> None:
    """A second run gives the same streams byte by byte, and the same balances in the same order."""
    assert all_at_once() == all_at_once()


@pytest.mark.parametrize(
    ("costs", "left"),
    [("100/50/0", [50, 50, 50, 50]), ("100/50/2", [98, 48, 48, 46]), ("30/20", [80, 80, 50, 50])],
)
def test_prices_may_be_others(variant: Callable[..., Caller], costs: str, left: list[int]) -> None:
    """For a generation, for a session's editing, and for talk."""
    caller = variant(costs=costs)
    texts = {
        "100/50/0": ("edit 20", "edit 20", "text 5", "edit 20"),
        "100/50/2": ("text 5", "edit 20", "edit 20", "text 5"),
        "30/20": ("edit 20", "edit 20", "generate 20", "text 5"),
    }[costs]
    balances = []
    for text in texts:
        caller.say(text)
        balances.append(caller.balance()["available"])

    assert balances == left


def test_every_operation_may_cost_one_to_five(variant: Callable[..., Caller]) -> None:
    """Also the second edit of a session (53446002734); talk stays free."""
    caller = variant(costs="1-5")
    left = [100]
    for text in ("edit 20", "edit 20", "generate 20", "edit 20", "edit 20"):
        caller.say(text)
        left.append(caller.balance()["available"])
    caller.say("text 5")
    paid = [before - after for before, after in itertools.pairwise(left)]

    assert all(1 <= price <= 5 for price in paid)
    assert len(set(paid)) > 1
    assert caller.balance()["available"] == left[-1]
