"""Signs of life: how often they come, in which form, and how long a stream goes on."""

from __future__ import annotations

import pytest

from nemovideo_pytest.contract.basis import costs, reading, rests_on
from nemovideo_pytest.contract.messages import ASK, SCENE
from nemovideo_pytest.contract.pace import Pace
from nemovideo_pytest.contract.stream import Heard
from nemovideo_pytest.contract.visitor import Visitor


def beats_are_regular(heard: Heard, interval: float, pace: Pace) -> None:
    """Assert that the signs of life come every so many seconds from the beginning on."""
    assert len(heard.beats) >= (heard.ended - pace.slack) // interval - 1
    for number, beat in enumerate(heard.beats, 1):
        assert -0.01 <= beat.at - number * interval <= pace.slack
    assert len(heard.beats) * interval < heard.ended + 0.01
    if pace.rate == 0:
        assert (len(heard.beats) + 1) * interval >= heard.ended


@reading(heartbeat_interval="15s", sse_dialect="typed")
@costs(100)
@rests_on("heartbeat interval", "heartbeat_interval=15s")
def test_a_sign_of_life_comes_every_15_seconds(visitor: Visitor, pace: Pace) -> None:
    """From acceptance to the end, whatever else is told."""
    beats_are_regular(visitor.say(SCENE), 15, pace)


@reading(heartbeat_interval="5s", sse_dialect="typed")
@costs(100)
@rests_on("heartbeat interval")
def test_it_may_come_more_often(visitor: Visitor, pace: Pace) -> None:
    """No document says how often."""
    beats_are_regular(visitor.say(SCENE), 5, pace)


FORMS = {"typed": ["typed"], "empty": ["empty"], "alternate": ["typed", "empty"]}


@pytest.mark.parametrize(
    "kind",
    [pytest.param(kind, marks=reading(heartbeat_kind=kind, sse_dialect="typed")) for kind in FORMS],
)
@costs(100)
@rests_on("heartbeat_kind=typed", "heartbeat_kind=empty", "heartbeat_kind=alternate")
def test_a_sign_of_life_has_one_of_two_forms(visitor: Visitor, kind: str) -> None:
    """`{"type":"heartbeat"}`, an empty `data:` line, or both in turn."""
    beats = visitor.say(SCENE).beats
    forms = ["typed" if beat.data else "empty" for beat in beats]

    assert len(forms) >= 6
    assert forms == [FORMS[kind][n % len(FORMS[kind])] for n in range(len(forms))]
    assert all(beat.body in ({}, {"type": "heartbeat"}) for beat in beats)


@pytest.mark.parametrize(
    "seconds",
    [
        pytest.param(900, marks=reading(sse_max="15m")),
        pytest.param(600, marks=reading(sse_max="10m")),
        pytest.param(60, marks=reading(sse_max="60s")),
    ],
    ids=str,
)
@pytest.mark.within(10)
@rests_on("sse_max=15m", "messages in one session")
def test_a_stream_lasts_so_long_and_no_longer(visitor: Visitor, pace: Pace, seconds: int) -> None:
    """Work that waits its turn behind other work shows only that it goes on, until the stream ends."""
    for _ in range(seconds // 5):
        visitor.leave(ASK)
    heard = visitor.say(ASK)

    assert -0.01 <= heard.ended - seconds <= pace.slack
    assert heard.kinds == []


@reading(sse_max="never")
@pytest.mark.within(10)
@rests_on("messages in one session", "durations")
def test_a_stream_may_last_as_long_as_the_work(visitor: Visitor) -> None:
    """More than fifteen minutes of waiting, and then the words."""
    for _ in range(181):
        visitor.leave(ASK)
    heard = visitor.say(ASK)

    assert heard.ended > 905 - 15
    assert heard.kinds == ["text"]
