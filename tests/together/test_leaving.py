"""Streams that are left before their end, and two that are read at once."""

from __future__ import annotations

import pytest

from nemovideo_client.errors import StreamConsumed
from nemovideo_client.events import ToolCall
from support.together.house import House
from support.together.lines import SAY
from support.together.telling import READY


@pytest.mark.breaks("stream-closed-early", because="it is about leaving early")
def test_leaving_early_stops_the_reading_and_not_the_work(house: House) -> None:
    """The state shows it later, and the credits do."""
    nemo = house.client()
    with nemo.stream("edit 20") as events:
        assert isinstance(next(events), ToolCall)
    left = house.now()
    house.jump(30)
    state = nemo.state()

    assert left == 1
    assert [track["tt"] for track in state.draft["t"]] == [7]
    assert nemo.credits().total == 50
    assert len(house.asked(SAY)) == 1


@pytest.mark.breaks("stream-closed-early", because="it is about leaving early")
def test_a_stream_that_was_left_is_over(house: House) -> None:
    """Nothing more comes of it, and it has no result."""
    with house.client().stream("edit 20") as events:
        next(events)

    assert list(events) == []
    with pytest.raises(StreamConsumed):
        _ = events.result


def test_two_turns_at_once_take_their_own_time(house: House) -> None:
    """Two clients, each in its own session."""
    ann, bob = house.client(), house.client()
    ann.connect()
    bob.connect()
    long, short = house.together(ann.stream("generate 200"), bob.stream("edit 20"))

    assert (long.duration, long.messages) == (200, (READY,))
    assert (short.duration, len(short.changes)) == (20, 1)
    assert (ann.credits().total, bob.credits().total) == (0, 50)
