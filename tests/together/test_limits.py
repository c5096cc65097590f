"""How long a turn may last, how long it may be silent, and what is said to who waits."""

from __future__ import annotations

import pytest

from nemovideo_client.events import Notice
from nemovideo_fakeserver.wire.steps import Cut
from support.meddling.acts import HEARTBEAT, frames, heartbeats
from support.together.house import House
from support.together.lines import SAY, STATE
from support.together.telling import event, told


def test_somebody_who_waits_hears_of_it_every_two_minutes(house: House) -> None:
    """Every 2 min "⏳ Still working..." (all four skills)."""
    nemo = house.client()
    watched = house.watch(nemo.stream("generate 300", heartbeats=False))
    notices = [at for at, thing in watched.shown if isinstance(thing, Notice)]

    assert notices == [120, 240]
    assert watched.outcome.duration == 300


def test_ten_minutes_of_heartbeats_alone_are_too_long(house: House) -> None:
    """Then the state is asked what became of it (vendor skill 1.9)."""
    nemo = house.client()
    house.meddler.on(SAY, after=heartbeats(900))
    result = nemo.chat("edit 20")

    assert (result.ended, result.duration) == ("timed_out", 600)
    assert result.recovered
    assert house.asked(STATE) == [0, 630]


def test_a_heartbeat_is_no_silence(house: House) -> None:
    """Nine minutes of heartbeats, then an answer: all is well."""
    beats = [(15.0 * number, HEARTBEAT) for number in range(1, 37)]
    result = told(house, *beats, (550, event(type="text", content="Done.")))

    assert (result.ended, result.messages, result.duration) == ("closed", ("Done.",), 550)


def test_fifteen_minutes_are_the_end(house: House) -> None:
    """The hard limit (vendor skill 1.9), whatever is told meanwhile."""
    told_ = [(100.0 * n, event(type="tool_call", name=f"tool_{n}", args={})) for n in range(1, 20)]
    nemo = house.client()
    house.meddler.on(SAY, after=frames(*told_))
    result = nemo.chat("edit 20")

    assert (result.ended, result.duration) == ("timed_out", 900)
    assert len(result.tool_calls) == 9
    assert result.recovered


def test_five_minutes_of_silence_are_the_end(house: House) -> None:
    """No response for over five minutes is a timeout (vendor skill 4.4)."""
    nemo = house.client()
    house.meddler.on(SAY, after=frames((5, HEARTBEAT), (5, Cut("stall"))))
    result = nemo.chat("edit 20")

    assert result.ended == "timed_out"
    assert result.duration == pytest.approx(305)
    assert result.recovered


def test_limits_may_be_others(house: House) -> None:
    """A client with options of its own waits as it is told."""
    nemo = house.client(idle_timeout=50).with_options(heartbeat_timeout=90.0)
    house.meddler.on(SAY, after=heartbeats(900))

    assert nemo.chat("edit 20").duration == 90
