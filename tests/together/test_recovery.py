"""What becomes of a message whose stream breaks: it is never sent again, and charged once."""

from __future__ import annotations

import pytest

from nemovideo_client.errors import TurnLost
from nemovideo_client.events import Notice
from nemovideo_client.words import CONNECTION_LOST
from nemovideo_fakeserver.wire.steps import HowToCut
from support.meddling.acts import cut, frames, inject, lost, replaced, reply
from support.together.house import House
from support.together.lines import CREDITS, SAY, STATE
from support.together.refusing import BAD_GATEWAY

CUTS: tuple[HowToCut, ...] = ("truncated", "reset", "half_closed", "stall")
UNHEARD = {
    "502": BAD_GATEWAY,
    "408": reply(408, "<html>Request Timeout</html>"),
    "a page": reply(200, "<html>Please log in</html>"),
    "a yes": reply(200, {"code": 0, "data": {}}),
    "accepted": reply(202, {}),
}
"""What may be said in place of a stream by somebody who passed the message on, or did not."""
NEVER = (30, 90, 150, 210, 270)
"""When the state is looked at after a break: after 30 s, then four times after 60 s (vendor skill 1.9)."""


def looks(house: House) -> list[float]:
    """Return when the state was asked after the message went out."""
    (sent,) = house.asked(SAY)
    return [at for at in house.asked(STATE) if at > sent]


@pytest.mark.parametrize("sends", [0, 1, 5, 14, 16], ids=lambda n: f"after-{n}")
@pytest.mark.parametrize("how", CUTS)
def test_a_broken_generation_is_found_in_the_state(house: House, how: HowToCut, sends: int) -> None:
    """However and whenever the connection breaks: one message, one charge, and the clip is told of."""
    nemo = house.client()
    nemo.connect()
    house.meddler.on(SAY, after=cut(how, sends))
    result = nemo.chat("generate 200")

    assert result.recovered
    assert result.ended == ("timed_out" if how == "stall" else "dropped")
    assert len(result.changes) == 1
    assert result.changes[0].startswith("✅ ")
    assert len(house.asked(SAY)) == 1
    assert nemo.credits().total == 0
    assert house.spent(nemo) == 100


def test_the_state_is_looked_at_after_30_and_then_every_60_seconds(house: House) -> None:
    """Broken at 1 s; the clip is there at 199 s, so the fourth look finds it."""
    nemo = house.client()
    house.meddler.on(SAY, after=cut("reset", 1))
    watched = house.watch(nemo.stream("generate 200"))

    assert looks(house) == pytest.approx([31, 91, 151, 211])
    assert watched.pieces[-1] == Notice(CONNECTION_LOST.en)
    assert watched.outcome.duration == pytest.approx(1)


@pytest.mark.parametrize("how", CUTS)
def test_a_turn_that_changed_nothing_is_lost_after_five_looks(house: House, how: HowToCut) -> None:
    """Failure is reported after five unchanged queries (vendor skill 1.9); talk costs nothing."""
    nemo = house.client()
    house.meddler.on(SAY, after=cut(how))
    watched = house.watch(nemo.stream("text 5"))
    broke = 305 if how == "stall" else 5

    assert isinstance(watched.outcome, TurnLost)
    assert len(watched.outcome.turn.messages) == 1
    assert looks(house) == pytest.approx([broke + wait for wait in NEVER])
    assert nemo.credits().total == 100
    assert len(house.asked(SAY)) == 1


@pytest.mark.parametrize("case", ["lost", *UNHEARD])
def test_a_message_that_arrived_unheard_is_found(house: House, case: str) -> None:
    """The reply is lost, or is no stream (no document shows another yes): the work is done all the same."""
    nemo = house.client()
    house.meddler.on(SAY, after=replaced(UNHEARD[case]) if case in UNHEARD else lost)
    result = nemo.chat("edit 20")

    assert result.recovered
    assert looks(house) == [30]
    assert nemo.credits().total == 50
    assert len(house.asked(SAY)) == 1


@pytest.mark.parametrize("case", ["lost", *UNHEARD])
def test_a_message_that_never_arrived_is_lost_and_free(house: House, case: str) -> None:
    """Nobody can tell it from one that did, so it is not sent again either."""
    nemo = house.client()
    house.meddler.on(SAY, instead=UNHEARD.get(case, lost))
    with pytest.raises(TurnLost) as caught:
        nemo.chat("edit 20")

    assert "before sending it again" in str(caught.value)
    assert looks(house) == list(NEVER)
    assert nemo.credits().total == 100
    assert len(house.asked(SAY)) == 1


def test_a_stream_that_ends_inside_an_event_was_broken(house: House) -> None:
    """However properly a proxy closed it."""
    nemo = house.client()
    house.meddler.on(SAY, after=frames((2, b'data: {"type":"tool_call","na')))
    result = nemo.chat("edit 20")

    assert (result.ended, result.recovered) == ("dropped", True)
    assert looks(house) == [32]


@pytest.mark.breaks(
    "stream-closed-early", because="the stream breaks on its way, not at the service"
)
def test_words_heard_before_the_break_are_kept(house: House) -> None:
    """What was told is told, and the state adds what it led to."""
    nemo = house.client()
    first = b'data: {"type":"text","content":"I will add a title."}\n\n'
    house.meddler.on(SAY, after=lambda told: cut("truncated", 2)(inject(first)(told)))
    result = nemo.chat("edit 20")

    assert result.messages == ("I will add a title.",)
    assert len(result.tool_calls) == 1
    assert result.recovered


def test_a_look_that_fails_is_no_end(house: House) -> None:
    """Whatever broke the stream may keep the next look from its answer, too."""
    nemo = house.client(max_retries=0)
    nemo.connect()
    house.meddler.on(SAY, after=cut("reset", 1))
    house.meddler.on(STATE, instead=BAD_GATEWAY, nth=range(2, 4))
    result = nemo.chat("edit 20")

    assert result.recovered
    assert looks(house) == pytest.approx([31, 91, 151])


def test_without_recovery_the_message_is_all_there_is(house: House) -> None:
    """Who wants to look for themselves is told how the stream ended."""
    nemo = house.client()
    house.meddler.on(SAY, after=cut("reset", 1))
    result = nemo.chat("edit 20", recover=False)

    assert (result.ended, result.recovered, result.changes) == ("dropped", False, ())
    assert house.asked(STATE) == []


def test_the_next_message_is_another_one(house: House) -> None:
    """After a loss the client goes on, in the same session; each message is charged for itself."""
    nemo = house.client()
    house.meddler.on(SAY, instead=lost)
    with pytest.raises(TurnLost):
        nemo.chat("edit 20")
    result = nemo.chat("edit 21")

    assert result.ended == "closed"
    assert nemo.credits().total == 50


def test_a_call_broken_under_way_recovers_without_its_user(house: House) -> None:
    """What only reads is read again at once: a lost reply is nobody's business."""
    nemo = house.client()
    nemo.connect()
    house.meddler.on(CREDITS, after=lost)

    assert nemo.credits().total == 100
    assert house.asked(CREDITS) == [0, 0.5]
