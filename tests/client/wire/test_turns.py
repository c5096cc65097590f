"""A turn folded: what is shown when, what it comes to, and what is left out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_client.events import (
    Ending,
    Event,
    Failure,
    Heartbeat,
    Text,
    ToolCall,
    ToolResult,
    TurnResult,
    Unknown,
)
from nemovideo_client.wire.sse import Decoder
from nemovideo_client.wire.turns import Turn

HELLO = Path(__file__).with_name("adk_hello.sse")
"""What google-adk 2.13 answered on POST /run_sse, byte for byte."""
BOOM = '{"error": "RuntimeError: boom happened", "error_details": {"error_type": "RuntimeError", "error_message": "boom happened", "timestamp": 1795216613.2788732}}'
"""How it ends a stream in which the agent raised."""

BEAT = ""
CALL = '{"type":"tool_call","name":"edit_multitrack","args":{}}'
DONE = '{"type":"tool_result","name":"edit_multitrack","result":{}}'
ODD = '{"type":"done"}'
NOISE = "I encountered a temporary issue while processing your request. Please try again later."


def typed(text: str) -> str:
    """A message in the typed dialect."""
    return json.dumps({"type": "text", "content": text})


def flat(text: str) -> str:
    """A piece in the flat dialect."""
    return json.dumps({"text": text})


def adk(text: str) -> str:
    """A whole message in the ADK dialect."""
    return json.dumps({"content": {"parts": [{"text": text}], "role": "model"}})


def partial(text: str) -> str:
    """A piece in the ADK dialect."""
    return json.dumps({"content": {"parts": [{"text": text}], "role": "model"}, "partial": True})


def piece(text: str) -> Text:
    """A piece of a message, as it is shown."""
    return Text(text, done=False)


def fold(
    *data: str, ending: Ending = "closed"
) -> tuple[list[list[Event]], list[Event], TurnResult]:
    """What is shown at each event, a second apart, what at the end, and what it comes to."""
    turn = Turn(began=100.0)
    shown = [list(turn.feed(one, at)) for at, one in enumerate(data, start=101)]
    last = list(turn.end(ending, 101.0 + len(data)))
    return shown, last, turn.result()


def messages(shown: Iterable[Event]) -> tuple[str, ...]:
    """The messages as someone reads them who only joins pieces."""
    told, so_far = [], ""
    for event in shown:
        if isinstance(event, Text):
            so_far += event.text
            if event.done:
                told.append(so_far)
                so_far = ""
    assert so_far == "", "a message was begun and never ended"
    return tuple(told)


# What comes from the wire


def test_the_recorded_adk_stream() -> None:
    """Pieces are shown as they come, their repetition is not, and the tools are told."""
    turn, decoder = Turn(began=0), Decoder()
    shown = [
        event for sse in decoder.feed(HELLO.read_bytes()) for event in turn.feed(sse.data, at=1)
    ]
    last = turn.end("closed", at=2)

    call = ToolCall("edit_multitrack", {"op": "add_title"})
    answer = ToolResult("edit_multitrack", {"status": "success"})
    assert shown == [piece("Hel"), piece("lo"), Text(", 你好"), call, answer]
    assert last == ()
    assert turn.result() == TurnResult(messages=("Hello, 你好",), tool_calls=(call,), duration=2)


def test_the_recorded_adk_error() -> None:
    """What was said stays said, and the error is told with its reason."""
    shown, last, result = fold(adk("Hello"), BOOM, ending="failed")

    assert shown == [[Text("Hello")], [Failure("RuntimeError: boom happened")]]
    assert last == []
    assert (result.messages, result.ended) == (("Hello",), "failed")


STORY = ("First the video.", CALL, BEAT, DONE, "Now a title.", BEAT, CALL, DONE, NOISE, BEAT)


def two_pieces(text: str) -> list[str]:
    """A message in the flat dialect."""
    return [flat(text[:5]), flat(text[5:])]


def pieces_and_whole(text: str) -> list[str]:
    """A message in the ADK dialect."""
    return [partial(text[:5]), partial(text[5:]), adk(text)]


def test_the_same_story_in_each_dialect() -> None:
    """It comes to the same, but for the time that more events took."""
    told = []
    for say in (lambda text: [typed(text)], pieces_and_whole, two_pieces):
        parts = [[part] if part in {CALL, DONE, BEAT} else say(part) for part in STORY]
        told.append(fold(*chain.from_iterable(parts))[2])

    assert {result.messages for result in told} == {("First the video.", "Now a title.")}
    assert {result.heartbeats for result in told} == {3}
    assert all(result.tool_calls == (ToolCall("edit_multitrack"),) * 2 for result in told)
    assert [result.duration for result in told] == [11, 17, 14]


# Pieces

PIECES: dict[str, tuple[Sequence[str], list[list[Event]], list[Event]]] = {
    "flat, then the end": ([flat("a"), flat("b")], [[piece("a")], [piece("b")]], [Text("")]),
    "flat, then a tool": ([flat("a"), CALL], [[piece("a")], [Text(""), ToolCall("edit_multitrack")]], []),
    "flat, then an error": ([flat("a"), BOOM], [[piece("a")], [Text(""), Failure("RuntimeError: boom happened")]], []),
    "flat, then typed": ([flat("a"), typed("ab")], [[piece("a")], [Text(""), Text("ab")]], []),
    "a heartbeat ends nothing": ([flat("a"), BEAT, ODD, flat("b")], [[piece("a")], [Heartbeat()], [Unknown("done")], [piece("b")]], [Text("")]),
    "whole at once": ([adk("a"), adk("a")], [[Text("a")], [Text("a")]], []),
    "whole after all its pieces": ([partial("a"), partial("b"), adk("ab")], [[piece("a")], [piece("b")], [Text("")]], []),
    "whole after some of its pieces": ([partial("a"), adk("ab")], [[piece("a")], [Text("b")]], []),
    "whole, and not its pieces": ([partial("a"), adk("b")], [[piece("a")], [Text(""), Text("b")]], []),
    "never whole": ([partial("a"), partial("b")], [[piece("a")], [piece("b")]], [Text("")]),
    "empty pieces": ([flat(""), flat("a"), flat("")], [[], [piece("a")], []], [Text("")]),
    "blank pieces wait": ([flat(" "), flat("\n"), flat("a")], [[], [], [piece(" \na")]], [Text("")]),
    "blank pieces alone": ([flat(" "), flat("\n"), CALL], [[], [], [ToolCall("edit_multitrack")]], []),
    "blank pieces that are not the message": ([partial(" "), adk("a")], [[], [Text("a")]], []),
    "blank messages": ([typed(""), typed(" "), adk("\n")], [[], [], []], []),
}  # fmt: skip


@pytest.mark.parametrize(("data", "shown", "last"), PIECES.values(), ids=PIECES)
def test_pieces(data: Sequence[str], shown: list[list[Event]], last: list[Event]) -> None:
    """They are shown at once; what ends a message shows only what was not shown before."""
    assert fold(*data)[:2] == (shown, last)


def test_the_whole_message_wins() -> None:
    """Pieces that a whole message does not begin with are not in the result."""
    assert fold(typed("x"), partial("a"), adk("b"))[2].messages == ("x", "b")


# Trailing noise

NOISY = [
    NOISE,
    "i ENCOUNTERED a temporary ISSUE",
    "Sorry, I have encountered a temporary issue!",
    "\nI encountered a temporary issue",
    "抱歉，我遇到了临时问题。请稍后再试。",
    "遇到一个临时性的问题，请重试",
    "系统暂时出现了一些问题",
]
CLEAN = [
    "Done. Earlier I encountered a temporary issue.",
    "I encountered a temporary issue" + " and then told a long story" * 12,
    "暂时没有问题。",
    "A temporary title was added.",
]


@pytest.mark.parametrize("say", [typed, adk, flat])
@pytest.mark.parametrize("noise", NOISY)
def test_noise_at_the_end_is_dropped(noise: str, say: Any) -> None:
    """After a normal answer it is never shown, in whole or in pieces, and heartbeats do not save it."""
    half = len(noise) // 2
    pieces = [partial(noise[:half]), partial(noise[half:])] if say is adk else []
    shown, last, result = fold(typed("Done."), *pieces, say(noise), BEAT, ODD)

    assert messages(event for events in shown for event in events) == ("Done.",)
    assert last == []
    assert result.messages == ("Done.",)


@pytest.mark.parametrize("text", CLEAN)
def test_what_is_no_noise_is_kept(text: str) -> None:
    """Only a short message whose first sentence says so is noise."""
    assert fold(typed("Done."), typed(text))[2].messages == ("Done.", text)


@pytest.mark.parametrize(
    "words", [[typed(NOISE)], [partial(NOISE)], [flat(NOISE[:9]), flat(NOISE[9:])]]
)
def test_noise_alone_is_an_answer(words: list[str]) -> None:
    """Where nothing normal was said, it is shown at once; tools and more noise do not change that."""
    shown, _, result = fold(*words, DONE, typed(NOISE))

    assert all(shown)
    assert result.messages == (NOISE, NOISE)


@pytest.mark.parametrize(
    ("after", "event"),
    [
        (CALL, ToolCall("edit_multitrack")),
        (DONE, ToolResult("edit_multitrack", {})),
        (BOOM, Failure("RuntimeError: boom happened")),
        (typed("Done again."), Text("Done again.")),
        (adk("Done again."), Text("Done again.")),
        (partial("Done again. And"), piece("Done again. And")),
    ],
)
def test_noise_that_is_not_the_last_is_shown(after: str, event: Event) -> None:
    """It is held until something follows, and then shown before it."""
    shown, _, result = fold(typed("Done."), typed(NOISE), BEAT, after)

    assert shown == [[Text("Done.")], [], [Heartbeat()], [Text(NOISE), event]]
    assert result.messages[:2] == ("Done.", NOISE)


def test_later_pieces_wait_for_their_first_sentence() -> None:
    """Then they are shown together, and the next ones as they come."""
    shown, _, result = fold(
        typed("Done."), flat("I "), flat("see. "), flat("And"), adk("I see. And so.")
    )

    assert shown == [[Text("Done.")], [], [piece("I see. ")], [piece("And")], [Text(" so.")]]
    assert result.messages == ("Done.", "I see. And so.")


def test_a_long_first_sentence_waits_no_longer_than_noise_may_be() -> None:
    """After 300 characters it cannot be noise."""
    shown, _, _ = fold(typed("Done."), *[flat("word " * 20)] * 4)

    assert shown[1:] == [[], [], [], [piece("word " * 80)]]


def test_a_short_message_without_a_sentence_end_is_shown_whole() -> None:
    """What waited for its first sentence is shown when the message ends."""
    shown, last, _ = fold(typed("Done."), flat("Wait"), flat(" a bit"))

    assert shown[1:] == [[], []]
    assert last == [Text("Wait a bit")]


# Signs of life, and the end


def test_a_turn_that_only_works_is_silent() -> None:
    """Tools and heartbeats are no words."""
    _, last, result = fold(CALL, BEAT, DONE)

    assert last == []
    assert result == TurnResult(
        tool_calls=(ToolCall("edit_multitrack"),), heartbeats=1, duration=4.0
    )
    assert result.silent


def test_the_last_sign_is_not_a_heartbeat() -> None:
    """Anything else is a sign, even an event of which nothing is shown; at first it is the beginning."""
    turn = Turn(began=100.0)
    signs = [turn.last_sign]
    for at, data in enumerate(
        [BEAT, CALL, BEAT, ODD, '{"author":"x"}', '{"type":"heartbeat"}'], 101
    ):
        turn.feed(data, at)
        signs.append(turn.last_sign)

    assert turn.began == 100.0
    assert signs == [100, 100, 102, 102, 104, 105, 105]


@pytest.mark.parametrize("ending", ["closed", "failed", "dropped", "timed_out", "left"])
def test_every_ending_keeps_what_came(ending: Ending) -> None:
    """A message that was cut off is as long as it got."""
    _, last, result = fold(flat("Hel"), flat("lo"), ending=ending)

    assert last == [Text("")]
    assert result == TurnResult(messages=("Hello",), duration=3.0, ended=ending)


# Any story

WORDS = st.sampled_from(
    ["", " ", "\n", "a", "Done. ", "I ", "你好。", NOISE, NOISE[:20], "临时", "问题"]
)
SPOKEN = st.one_of(
    WORDS.map(typed).map(lambda one: [one]),
    st.lists(WORDS, max_size=4).map(lambda words: [flat(word) for word in words]),
    st.lists(WORDS, max_size=4).map(lambda words: [*map(partial, words), adk("".join(words))]),
)
OTHERS = st.sampled_from([BEAT, CALL, DONE, ODD, BOOM, "not json", '{"author":"x"}']).map(
    lambda one: [one]
)


def events(story: list[list[str]]) -> list[str]:
    """The story as one list, with a tool's call between messages: each begins on its own."""
    return [event for part in story for event in (*part, CALL)]


@given(st.lists(SPOKEN | OTHERS, max_size=8).map(events))
def test_what_is_shown_is_what_it_comes_to(data: list[str]) -> None:
    """The pieces shown, joined, are the messages of the result, each once and in order."""
    shown, last, result = fold(*data)

    assert messages([event for events in shown for event in events] + last) == result.messages


@given(st.lists(SPOKEN, max_size=8).map(lambda parts: [event for part in parts for event in part]))
def test_everything_said_is_kept_or_noise(data: list[str]) -> None:
    """Whatever follows what, begun messages are ended, and the result is among what was shown."""
    shown, last, result = fold(*data)

    told = iter(messages([event for events in shown for event in events] + last))
    assert all(message in told for message in result.messages)


@given(
    st.lists(
        st.text(min_size=1).filter(str.strip) | st.sampled_from(NOISY), min_size=1, max_size=5
    ),
    st.data(),
)
def test_dialects_come_to_the_same(said: list[str], draw: st.DataObject) -> None:
    """Messages, however cut into pieces, give one result in the typed and in the ADK dialect."""
    cuts = [draw.draw(st.integers(0, len(text))) for text in said]
    pieces = [
        event
        for text, cut in zip(said, cuts, strict=True)
        for event in (partial(text[:cut]), partial(text[cut:]), adk(text))
    ]

    assert fold(*pieces)[2].messages == fold(*map(typed, said))[2].messages
