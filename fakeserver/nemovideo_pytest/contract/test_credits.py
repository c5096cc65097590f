"""Credits: what things cost, when they are frozen, and when they are gone."""

from __future__ import annotations

import pytest

from nemovideo_pytest.contract.accounts import NewVisitor
from nemovideo_pytest.contract.basis import costs, reading, rests_on
from nemovideo_pytest.contract.messages import ASK, LOOP, SCENE, TITLE
from nemovideo_pytest.contract.replies import data, refused, seen
from nemovideo_pytest.contract.visitor import Visitor

BALANCE = "GET /api/credits/balance/simple"
PRICES = reading(costs="100/50/0")


@rests_on(BALANCE, "code 0", "frozen credits")
def test_a_balance_is_three_numbers(visitor: Visitor) -> None:
    """Available, frozen, and both together."""
    told = visitor.credits()

    assert set(told) == {"available", "frozen", "total"}
    assert all(type(number) is int and number >= 0 for number in told.values())
    assert told["total"] == told["available"] + told["frozen"]


@PRICES
@rests_on("prices", "costs=100/50/0")
def test_talk_is_free(visitor: Visitor) -> None:
    """Questions and what is not understood cost nothing."""
    assert visitor.spends(ASK, "flurb the wobble", "你能做什么？") == [0, 0, 0]


@PRICES
@costs(50)
@rests_on("prices", "costs=100/50/0")
def test_a_sessions_edits_cost_50_once(visitor: Visitor) -> None:
    """The first one pays for all that follow in the session."""
    visitor.upload_urls("https://example.com/beach.mp4")
    first = visitor.spends(f"put my clip on the timeline. {TITLE}")
    later = visitor.spends("make the title red", "把标题改成蓝色")

    assert (first, later) == ([50], [0, 0])


@PRICES
@costs(100)
@rests_on("prices", "costs=100/50/0")
def test_edits_in_another_session_cost_50_again(visitor: Visitor) -> None:
    """Two sessions are a hundred credits."""
    visitor.upload_urls("https://example.com/beach.mp4")
    first = visitor.spends(TITLE)
    visitor.open().upload_urls("https://example.com/beach.mp4")

    assert first + visitor.spends(TITLE) == [50, 50]


@PRICES
@costs(50)
@rests_on("music is an edit", "prices")
def test_music_costs_what_an_edit_costs(visitor: Visitor) -> None:
    """A brief is an edit, and the next is free."""
    assert visitor.spends(LOOP, "change the music to jazz") == [50, 0]


@PRICES
@costs(100)
@rests_on("prices", "costs=100/50/0")
def test_a_generation_costs_100(visitor: Visitor) -> None:
    """All free credits; what follows cannot be paid."""
    assert visitor.spends(SCENE) == [100]
    refused(visitor.try_saying(SCENE), 2001)


@PRICES
@costs(100)
@rests_on("a generation with edits", "prices")
def test_a_generation_with_edits_costs_100(visitor: Visitor) -> None:
    """What is edited with it is not paid beside it, and pays for nothing later."""
    assert visitor.spends(f"{SCENE} with lo-fi music at 35% and a title 'Urban Dreams'") == [100]
    refused(visitor.try_saying("make the title red"), 2001)


@reading(costs="1-5")
@costs(100)
@rests_on("prices")
def test_an_operation_may_cost_1_to_5(visitor: Visitor) -> None:
    """Two skills say so: each edit and each generation, also the second; talk is free."""
    volumes = (f"set the music to {volume}%" for volume in range(10, 27))
    prices = visitor.spends(LOOP, *volumes, SCENE)

    assert all(1 <= price <= 5 for price in prices)
    assert len(set(prices)) > 2
    assert visitor.spends(ASK) == [0]
    if visitor.is_alone:
        assert {1, 5} < set(prices)


@reading(costs="20/10/1")
@costs(50)
@rests_on("costs=100/50/0", "prices")
def test_other_prices_can_be_asked_for(visitor: Visitor) -> None:
    """A generation, the edits of a session, talk: each at its own."""
    assert visitor.spends(LOOP, TITLE, SCENE, ASK) == [10, 0, 20, 1]


@PRICES
@pytest.mark.within(50)
@costs(100)
@rests_on("frozen credits", "freeze and settle", "prices")
def test_running_work_has_its_price_frozen(visitor: Visitor) -> None:
    """From acceptance on; when the work is done they are gone."""
    before = visitor.credits()["available"]
    with visitor.saying(SCENE) as stream:
        running = visitor.credits()
        next(stream)
        still = visitor.credits()
        for _ in stream:
            pass
    after = visitor.credits()

    assert running == still == {"available": before - 100, "frozen": 100, "total": before}
    assert after == {"available": before - 100, "frozen": 0, "total": before - 100}


@PRICES
@costs(50)
@rests_on("frozen credits", BALANCE)
def test_the_sum_holds_at_all_times(visitor: Visitor) -> None:
    """Whenever one asks: total is available and frozen, and never less than nothing."""
    seen_: list[tuple[int, int, int]] = []
    with visitor.saying(LOOP) as stream:
        for _ in stream:
            told = visitor.credits()
            seen_.append((told["available"], told["frozen"], told["total"]))
    told = visitor.credits()

    assert all(a + f == t and min(a, f) >= 0 for a, f, t in seen_)
    assert told["frozen"] == 0
    assert seen_[0][2] - told["total"] == 50


@PRICES
@pytest.mark.within(10)
@costs(100)
@rests_on("second edit while the first runs", "freeze and settle", "prices")
def test_a_first_edit_that_is_sent_again_is_paid_twice(visitor: Visitor) -> None:
    """The trap that the documents warn of: each freezes its own 50, and both are spent."""
    before = visitor.credits()["available"]
    visitor.upload_urls("https://example.com/beach.mp4")
    with visitor.saying(TITLE) as stream:
        with visitor.saying(TITLE) as again:
            twice = visitor.credits()
            for _ in again:
                pass
        for _ in stream:
            pass

    assert twice == {"available": before - 100, "frozen": 100, "total": before}
    after = before - 100
    assert visitor.credits() == {"available": after, "frozen": 0, "total": after}
    assert len(visitor.segments(7)) == 2


@PRICES
@costs(50)
@rests_on("second edit while the first runs", "prices")
def test_once_the_first_is_done_the_next_edit_is_free(visitor: Visitor) -> None:
    """Whoever waits pays once."""
    visitor.upload_urls("https://example.com/beach.mp4")

    assert visitor.spends(TITLE, TITLE) == [50, 0]


@rests_on("prices", "POST /api/upload-video/nemo_agent/{user}/{session}")
def test_uploads_are_free(visitor: Visitor) -> None:
    """Whatever is uploaded."""
    before = visitor.credits()
    data(visitor.upload_urls("https://example.com/beach.mp4"))

    assert visitor.credits() == before


@rests_on("prices", "POST /api/render/proxy/lambda")
def test_exports_are_free(visitor: Visitor) -> None:
    """Not a credit is frozen for one."""
    before = visitor.credits()
    seen(visitor.order(draft={}))

    assert visitor.credits() == before


@costs(50)
@rests_on(BALANCE, "prices")
def test_every_account_has_its_own_balance(another: NewVisitor) -> None:
    """What one spends the other keeps."""
    spender, other = another(), another()
    spender.say(LOOP)

    assert other.credits() == {"available": 100, "frozen": 0, "total": 100}
    assert spender.credits()["total"] == 50
