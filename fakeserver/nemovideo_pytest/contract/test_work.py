"""Work goes on whoever listens: leaving, queueing, silence, and what is said at the end."""

from __future__ import annotations

import re

import pytest

from nemovideo_pytest.contract.basis import costs, reading, rests_on
from nemovideo_pytest.contract.messages import ASK, LOOP, SCENE
from nemovideo_pytest.contract.replies import data
from nemovideo_pytest.contract.stream import Heard
from nemovideo_pytest.contract.visitor import Visitor

PRICES = reading(costs="100/50/0")
APOLOGY = "temporary issue"


def many_edits(visitor: Visitor, number: int) -> list[Heard]:
    """Edit the volume so many times; return what was heard of each."""
    visitor.say(LOOP)
    return [visitor.say(f"set the music to {10 + n % 80}%") for n in range(number)]


@PRICES
@costs(50)
@rests_on("the reader leaves", "freeze and settle")
def test_a_reader_who_leaves_changes_nothing(visitor: Visitor) -> None:
    """The work is done and paid for once."""
    before = visitor.credits()["total"]
    visitor.leave(LOOP)
    visitor.service.sleep(35)

    assert len(visitor.segments(1)) == 1
    after = before - 50
    assert visitor.credits() == {"available": after, "frozen": 0, "total": after}


@PRICES
@costs(50)
@rests_on("the reader leaves", "a stream that breaks")
def test_what_was_missed_shows_in_the_state(visitor: Visitor) -> None:
    """After thirty seconds, as long as the documents' recovery waits."""
    with visitor.saying(LOOP) as stream:
        next(stream)
    visitor.service.sleep(30)

    assert [s["m"]["bpm"] for s in visitor.segments(1)] == [80]


@pytest.mark.within(10)
@costs(50)
@rests_on("draft keys", "durations", "GET /api/state/nemo_agent/{user}/{session}/latest")
def test_the_draft_changes_when_the_tool_says_so(visitor: Visitor) -> None:
    """Before the tool's result there is nothing to see, afterwards all of it."""
    with visitor.saying(LOOP) as stream:
        seen_ = {event.kind: len(visitor.segments(1)) for event in stream}

    assert seen_["tool_call"] == 0
    assert seen_["tool_result"] == 1


@PRICES
@pytest.mark.within(10)
@costs(50)
@rests_on("messages in one session", "durations")
def test_messages_of_a_session_are_worked_on_in_turn(visitor: Visitor) -> None:
    """The second begins when the first is done, on the draft as it is then."""
    began = visitor.service.now()
    with visitor.saying(LOOP) as first:
        second = visitor.say(ASK)
        for _ in first:
            pass
    waited = visitor.service.now() - began

    assert 15 <= second.ended <= 45.01
    assert second.texts
    assert waited >= second.ended - 0.01


@pytest.mark.within(10)
@rests_on("messages in one session", "durations")
def test_sessions_do_not_wait_for_each_other(visitor: Visitor) -> None:
    """Twenty messages before it in another session, and this one takes as long as ever."""
    for _ in range(20):
        visitor.leave(ASK)

    assert visitor.open().say(ASK).ended <= 15.01


@PRICES
@costs(50)
@rests_on("silent edits")
def test_some_edits_end_in_silence(visitor: Visitor) -> None:
    """About three in ten, documents say: tool events, no word; and yet the work is done."""
    heard = many_edits(visitor, 80)
    silent = [one for one in heard if not one.texts]

    assert 0.12 <= len(silent) / len(heard) <= 0.5
    assert not any(one.of("text") for one in silent)
    assert all(one.of("tool_call") and one.of("tool_result") for one in silent)
    last = next(n for n in range(79, -1, -1) if not heard[n].texts)
    visitor.say(f"set the music to {10 + last % 80}%")
    assert visitor.segments(1)[0]["m"]["volume"] == 10 + last % 80


@PRICES
@costs(50)
@rests_on("trailing noise")
def test_an_apology_at_the_end_means_nothing(visitor: Visitor) -> None:
    """Where it comes, it comes last, after normal answers, and the edit is done all the same."""
    visitor.say(LOOP)
    apologies = 0
    for n in range(80):
        texts = visitor.say(f"set the music to {10 + n}%").texts
        noisy = [APOLOGY in text for text in texts]
        if any(noisy):
            apologies += 1
            assert noisy == [*([False] * (len(texts) - 1)), True]
            assert len(texts) > 1
            assert visitor.segments(1)[0]["m"]["volume"] == 10 + n
    assert apologies < 16
    if visitor.is_alone:
        assert apologies > 0


@costs(100)
@rests_on("two stages", "GET /api/state/nemo_agent/{user}/{session}/latest")
def test_a_generated_video_gets_music_and_a_title_unasked(visitor: Visitor) -> None:
    """First the raw video, and well after it the rest."""
    stages = []
    with visitor.saying(SCENE) as stream:
        for event in stream:
            if event.kind == "tool_result":
                found = [len(visitor.segments(kind)) for kind in (0, 1, 7)]
                stages.append((event.at, found))

    assert [len(visitor.segments(kind)) for kind in (0, 1, 7)] == [1, 1, 1]
    if visitor.is_alone:
        assert stages[0][1] == [1, 0, 0]
        assert stages[-1][0] - stages[0][0] > 10


@costs(100)
@rests_on("no second stage when told so")
def test_who_wants_the_raw_video_gets_it(visitor: Visitor) -> None:
    """`without music and without title` is obeyed."""
    visitor.say(f"{SCENE} without music and without title")

    assert [len(visitor.segments(kind)) for kind in (0, 1, 7)] == [1, 0, 0]


@costs(100)
@rests_on("aspect ratio", "draft keys")
def test_the_shape_of_a_video_cannot_be_edited(visitor: Visitor) -> None:
    """It must be generated again: the answer says so, and nothing changes or is paid."""
    visitor.say(f"{SCENE} without music and without title")
    before = visitor.state(), visitor.credits()
    heard = visitor.say("change the aspect ratio to 9:16")

    assert re.search(r"regenerat|generate", " ".join(heard.texts).lower())
    assert not heard.of("tool_call")
    assert (visitor.state(), visitor.credits()) == before


@costs(50)
@rests_on("POST /run_sse", "draft keys")
def test_a_session_remembers(visitor: Visitor) -> None:
    """One message builds on the other: what is set stays until it is changed."""
    visitor.say(LOOP)
    visitor.say("set the music to 35%")
    before = visitor.segments(1)[0]["m"]
    visitor.say(ASK)

    assert (before["bpm"], before["volume"]) == (80, 35)
    assert visitor.segments(1)[0]["m"] == before


@costs(50)
@rests_on("POST /run_sse", "draft keys")
def test_sessions_do_not_know_each_other(visitor: Visitor) -> None:
    """What is made in one is not in the other."""
    visitor.say(LOOP)
    first = visitor.session
    visitor.open()

    assert visitor.draft() == {}
    assert data(visitor.ask_state(first))["state"]["draft"]["t"]
