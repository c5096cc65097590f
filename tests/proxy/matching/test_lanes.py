"""Recorded interactions are found at once, and read when they are needed."""

from __future__ import annotations

from nemovideo_proxy.matching.asked import Address
from nemovideo_proxy.matching.lanes import Shelf
from nemovideo_proxy.matching.rules import USUAL
from nemovideo_proxy.replay.replay import Replay
from support.proxy_replay import exchange, guest, recording

SAY = "POST /run_sse"
POLL = "GET /api/render/proxy/lambda"


def test_opening_reads_nothing() -> None:
    """The index says all that is needed at first."""
    talk = recording(*(exchange(SAY, body={"n": n}) for n in range(100)))
    with Replay(talk):
        assert talk.read == {}


def test_a_request_reads_what_it_plays_and_no_more() -> None:
    """However long the recording is."""
    talk = recording(*(exchange(SAY, {"n": n}, body={"n": n}) for n in range(100)))
    with Replay(talk) as replay:
        assert guest(replay).told(SAY, {"n": 70}) == {"n": 70}

    assert set(talk.read) == {71}


def test_what_is_the_same_request_is_read_one_after_the_other() -> None:
    """The hundredth time costs no more than the first."""
    talk = recording(*(exchange(SAY, {"n": n}, body={}) for n in range(100)))
    with Replay(talk) as replay:
        client = guest(replay)
        for n in range(50):
            assert client.told(SAY, {}) == {"n": n}

    assert len(talk.read) <= 51
    assert sum(talk.read.values()) <= 3 * 51


def test_polls_are_found_by_their_render_among_those_of_others() -> None:
    """A lane sorts what it has read by address."""
    talk = recording(*(exchange(f"{POLL}/r-1000{n % 3}", {"n": n}, at=float(n)) for n in range(9)))
    shelf = Shelf([talk], USUAL)
    lane = shelf.lanes(talk.entries[0].signature)[0]
    address: Address = frozenset((("token", "tok_recorded_1"), ("render", "r-10001")))

    assert [record.index for record in lane.at(address, 0)] == [1, 4, 7]
    assert lane.position(address, 5) == 2
    assert [record.index for record in lane.at(address, 1)] == [4, 7]


def test_a_lane_is_read_no_further_than_the_time_that_is_asked_for() -> None:
    """What was recorded later can wait."""
    talk = recording(*(exchange(f"{POLL}/r-{n}", at=float(n)) for n in range(9)))
    shelf = Shelf([talk], USUAL)
    lane = shelf.lanes(talk.entries[0].signature)[0]
    address: Address = frozenset((("token", "tok_recorded_1"), ("render", "r-8")))

    assert list(lane.at(address, 0, until=3.0)) == []
    assert max(talk.read) <= 5


def test_acts_are_found_before_and_after_a_place() -> None:
    """In order of distance."""
    talk = recording(*(exchange(f"{'GET' if n % 2 else 'POST'} /x{n}") for n in range(6)))
    shelf = Shelf([talk], USUAL)

    assert [record.index for record in shelf.acts_after(0)] == [2, 4]
    assert [record.index for record in shelf.acts_after(-1)] == [0, 2, 4]
    assert [record.index for record in shelf.acts_before(4)] == [2, 0]
