"""The stream that answers a message: its form, its order, its times, its end."""

from __future__ import annotations

import re
from typing import Any

import pytest

from nemovideo_pytest.contract.basis import costs, reading, rests_on
from nemovideo_pytest.contract.messages import ASK, LOOP, SCENE
from nemovideo_pytest.contract.pace import Pace
from nemovideo_pytest.contract.replies import names, refused
from nemovideo_pytest.contract.visitor import Visitor

TYPED = reading(sse_dialect="typed")
TOOLS = {"generate_video_with_seedance", "edit_multitrack"}
"""The documented names; others are possible, for other work."""


@rests_on("POST /run_sse")
def test_a_stream_is_an_event_stream(visitor: Visitor) -> None:
    """200, `text/event-stream`, and not to be kept."""
    with visitor.http.stream(
        "POST", "/run_sse", headers=visitor.headers, json=visitor.message(ASK)
    ) as reply:
        reply.read()

    assert reply.status_code == 200
    assert reply.headers["content-type"].partition(";")[0] == "text/event-stream"
    assert "no-cache" in reply.headers["cache-control"]


@rests_on("POST /run_sse")
def test_an_event_is_one_line_of_data_and_an_empty_line(visitor: Visitor) -> None:
    """No event names, no ids, no comments: whoever reads line by line needs no more than that."""
    raw = visitor.post("/run_sse", visitor.message(ASK)).content.decode()

    assert raw.endswith("\n\n")
    assert all(re.fullmatch(r"data:[^\n]*", block) for block in raw[:-2].split("\n\n"))


@TYPED
@rests_on("POST /run_sse", "sse_dialect=typed")
def test_talk_is_text(visitor: Visitor) -> None:
    """A question is answered in words, with no tool called."""
    heard = visitor.say(ASK)

    assert set(heard.kinds) == {"text"}
    assert all(set(event.body) == {"type", "content"} for event in heard.of("text"))
    assert all(event.body["content"].strip() for event in heard.of("text"))


@TYPED
@costs(50)
@rests_on("POST /run_sse", "sse_dialect=typed")
def test_an_edit_is_a_call_and_its_result(visitor: Visitor) -> None:
    """Each call has a name and arguments, and is followed by a result of the same name."""
    heard = visitor.say(LOOP)
    calls, results = heard.of("tool_call"), heard.of("tool_result")

    assert calls
    assert len(calls) == len(results)
    for call, result in zip(calls, results, strict=True):
        assert set(call.body) == {"type", "name", "args"}
        assert set(result.body) == {"type", "name", "result"}
        assert isinstance(call.body["args"], dict)
        assert isinstance(result.body["result"], dict)
        assert call.body["name"] == result.body["name"]
        assert call.at < result.at
        assert re.fullmatch(r"[a-z_]+", call.body["name"])


@TYPED
@costs(100)
@rests_on("POST /run_sse", "sse_dialect=typed", "two stages")
def test_a_generation_calls_the_documented_tools_in_turn(visitor: Visitor) -> None:
    """First the raw video; then, unasked, its edits; words before, in between and at the end."""
    heard = visitor.say(SCENE)
    called = [event.body["name"] for event in heard.of("tool_call")]

    assert called[0] == "generate_video_with_seedance"
    assert "edit_multitrack" in called[1:]
    assert set(called) <= TOOLS
    kinds = heard.kinds
    assert kinds[0] == "text"
    assert kinds.index("tool_call") < kinds.index("tool_result")
    assert kinds[-1] == "text"
    assert [kinds.count(kind) for kind in ("tool_call", "tool_result")] == [len(called)] * 2


@rests_on("POST /run_sse")
def test_a_stream_ends_by_closing(visitor: Visitor) -> None:
    """There is no event that says so."""
    heard = visitor.say(ASK)

    assert set(heard.kinds) == {"text"}
    assert "[DONE]" not in [event.data for event in heard.events]
    assert heard.events[-1].at <= heard.ended


@rests_on("durations", "POST /run_sse")
def test_talk_takes_5_to_15_seconds(visitor: Visitor, pace: Pace) -> None:
    """And the words come before the end: nothing is held back."""
    heard = visitor.say(ASK)

    assert 5 - 0.01 <= heard.ended <= 15 + pace.slack
    if pace.rate == 0:
        assert 0 < heard.events[0].at < heard.ended


@costs(50)
@rests_on("durations", "POST /run_sse")
def test_edits_take_10_to_30_seconds(visitor: Visitor, pace: Pace) -> None:
    """Nothing is held back until the end: call and result come at times of their own."""
    heard = visitor.say(LOOP)

    assert 10 - 0.01 <= heard.ended <= 30 + pace.slack
    if pace.rate == 0:
        (call, *_), (result, *_) = heard.of("tool_call"), heard.of("tool_result")
        assert 0 < call.at < result.at < heard.ended


@costs(100)
@rests_on("durations", "POST /run_sse")
def test_a_generation_takes_100_to_300_seconds(visitor: Visitor, pace: Pace) -> None:
    """Most of it lies between the call and its result."""
    heard = visitor.say(SCENE)
    call, result = heard.of("tool_call")[0], heard.of("tool_result")[0]

    assert 100 - 0.01 <= heard.ended <= 300 + pace.slack
    assert result.at - call.at > heard.ended / 3


REFUSED: dict[str, tuple[dict[str, Any], int]] = {
    "malformed": ({"new_message": {}}, 422),
    "no session": ({"session_id": "9" * 19}, 1002),
    "nobody": ({"user_id": "anon_0000000000000000"}, 1002),
}


@pytest.mark.parametrize(("more", "code"), REFUSED.values(), ids=REFUSED)
@rests_on("POST /run_sse", "code 422", "code 1002")
def test_a_refusal_is_json_and_no_stream(visitor: Visitor, more: dict[str, Any], code: int) -> None:
    """It comes before the first event, and at once."""
    began = visitor.service.now()
    refused(visitor.try_saying(ASK, **more), code)

    if visitor.is_alone:
        assert visitor.service.now() - began < 0.01


@pytest.mark.parametrize("field", ["app_name", "user_id"])
@rests_on("POST /run_sse")
def test_a_message_needs_a_session_and_words_alone(visitor: Visitor, field: str) -> None:
    """Version 1.9: "Only NEMO_TOKEN and session_id are required"."""
    body = visitor.message(ASK)
    del body[field]
    reply = visitor.post("/run_sse", body)

    assert reply.headers["content-type"].startswith("text/event-stream")
    assert b"data:" in reply.content


@rests_on("POST /run_sse")
def test_a_message_may_name_its_user(visitor: Visitor) -> None:
    """`me`, or the id that the service told, as older versions do."""
    assert visitor.say(ASK, user_id=visitor.user).texts


@costs(50)
@rests_on("POST /run_sse", "draft keys")
def test_all_parts_of_a_message_are_heard(visitor: Visitor) -> None:
    """Whatever the number of parts."""
    visitor.upload_urls("https://example.com/beach.mp4")
    parts = [{"text": "Put my clip on the timeline."}, {"text": 'Add the title "Second Part"'}]
    visitor.post("/run_sse", visitor.message("", new_message={"parts": parts}))

    assert [s["m"]["text"] for s in visitor.segments(7)] == ["Second Part"]


@costs(50)
@rests_on("POST /run_sse", "draft keys")
def test_a_long_message_is_heard_to_its_end(visitor: Visitor) -> None:
    """What is asked for stands behind two thousand characters."""
    visitor.upload_urls("https://example.com/beach.mp4")
    visitor.say(f"{'Well. ' * 350}Put my clip on the timeline. Add the title 'At Last'")

    assert [segment["m"]["text"] for segment in visitor.segments(7)] == ["At Last"]


@rests_on("POST /run_sse")
def test_chinese_is_written_as_it_is(visitor: Visitor) -> None:
    """UTF-8, and an answer in the language of the question."""
    (text, *_) = visitor.say("你能做什么？").texts

    assert re.search(r"[\u4e00-\u9fff]", text)


@rests_on("POST /run_sse")
def test_english_is_answered_in_english(visitor: Visitor) -> None:
    """The question's language decides."""
    assert not re.search(r"[\u4e00-\u9fff]", "".join(visitor.say(ASK).texts))


@costs(100)
@rests_on("gui talk")
def test_the_prose_speaks_of_a_screen(visitor: Visitor) -> None:
    """Of export buttons, timelines and players that no client of the API has."""
    said = " ".join(visitor.say(SCENE).texts).lower()

    assert re.search(r"export|timeline|player|panel|preview|drag|click", said)


@rests_on("POST /run_sse", "code 422")
def test_another_app_is_not_here(visitor: Visitor) -> None:
    """The agent is `nemo_agent`."""
    names(visitor.try_saying(ASK, app_name="other"), "app_name")
