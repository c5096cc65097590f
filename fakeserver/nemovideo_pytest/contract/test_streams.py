"""The stream that answers a message: its form, its order, its times, its end."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from nemovideo_pytest.contract.basis import costs, reading, rests_on
from nemovideo_pytest.contract.pace import Pace
from nemovideo_pytest.contract.replies import names, refused
from nemovideo_pytest.contract.stream import Heard
from nemovideo_pytest.contract.visitor import Visitor

TYPED = reading(sse_dialect="typed")
ASK = "what can you do?"
LOOP = "Make a 10-second lo-fi loop at 80 BPM"
SCENE = "make a 4 second video of a city timelapse"
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

    if visitor.service.fake is not None:
        assert visitor.service.now() - began < 0.01


@pytest.mark.parametrize("field", ["app_name", "user_id"])
@rests_on("POST /run_sse")
def test_a_message_needs_a_session_and_words_alone(visitor: Visitor, field: str) -> None:
    """ "Only NEMO_TOKEN and session_id are required"."""
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


ADK = reading(sse_dialect="adk")
FLAT = reading(sse_dialect="flat")


@ADK
@costs(50)
@rests_on("sse_dialect=adk")
def test_events_may_be_those_of_an_agent_server(visitor: Visitor) -> None:
    """Content with one part each, by the model or, for a tool's answer, the user; ids and times."""
    began = visitor.service.now()
    heard = visitor.say(LOOP)
    told = [event for event in heard.events if event.data]
    bodies = [event.body for event in told]

    assert {"tool_call", "tool_result"} <= set(heard.kinds)
    assert len({body["id"] for body in bodies}) == len(bodies)
    assert len({body["invocationId"] for body in bodies}) == 1
    assert {body["author"] for body in bodies} == {"nemo_agent"}
    for event in told:
        role = "user" if event.kind == "tool_result" else "model"
        assert event.body["content"]["role"] == role
    times = [body["timestamp"] for body in bodies]
    assert times == sorted(times)
    if visitor.service.fake is not None:
        assert [round(t - began, 2) for t in times] == [round(event.at, 2) for event in told]


@ADK
@costs(50)
@rests_on("sse_dialect=adk")
def test_an_agent_server_tells_a_change_with_the_answer_of_a_tool(visitor: Visitor) -> None:
    """A call's id comes again with its answer, which carries the draft as it then is."""
    heard = visitor.say(LOOP)
    (call,), (answer,) = heard.of("tool_call"), heard.of("tool_result")
    asked = call.body["content"]["parts"][0]["functionCall"]
    told = answer.body["content"]["parts"][0]["functionResponse"]

    assert (asked["id"], asked["name"]) == (told["id"], told["name"])
    assert set(asked) == {"id", "args", "name"}
    assert set(told) == {"id", "name", "response"}
    assert answer.body["actions"]["stateDelta"] == {"draft": visitor.draft()}


@ADK
@rests_on("sse_dialect=adk")
def test_an_agent_server_says_a_text_in_pieces_and_whole(visitor: Visitor) -> None:
    """Partial events first, together what comes once more without that mark; no heartbeat is typed."""
    heard = visitor.say(ASK)
    pieces = [e.body for e in heard.of("text") if e.body.get("partial")]
    (whole,) = heard.texts

    assert len(pieces) == 2
    assert "".join(p["content"]["parts"][0]["text"] for p in pieces) == whole
    assert all(not beat.data for beat in heard.beats)


@FLAT
@costs(50)
@rests_on("sse_dialect=flat")
def test_events_may_be_words_alone(visitor: Visitor) -> None:
    """`{"text": ...}`, tools unsaid, every utterance after the first on a line of its own."""
    heard = visitor.say(LOOP)
    words = [json.loads(event.data) for event in heard.events if event.data]

    assert all(set(word) == {"text"} for word in words)
    assert all(word["text"].startswith("\n") for word in words[1:])
    assert not any(word["text"].startswith("\n") for word in words[:1])
    assert visitor.segments(1)


@FLAT
@costs(100)
@rests_on("sse_dialect=flat")
def test_words_alone_have_empty_signs_of_life(visitor: Visitor) -> None:
    """A generation still shows that it goes on."""
    heard = visitor.say(SCENE)

    assert len(heard.beats) >= 6
    assert all(not beat.data for beat in heard.beats)
    assert len(heard.texts) >= 2


@pytest.mark.parametrize(
    "seconds",
    [
        pytest.param(900, marks=reading(sse_max="15m")),
        pytest.param(600, marks=reading(sse_max="10m")),
        pytest.param(60, marks=reading(sse_max="60s")),
    ],
    ids=str,
)
@rests_on("sse_max=15m", "messages in one session")
def test_a_stream_lasts_so_long_and_no_longer(visitor: Visitor, pace: Pace, seconds: int) -> None:
    """Work that waits its turn behind other work shows only that it goes on, until the stream ends."""
    for _ in range(seconds // 5):
        visitor.leave(ASK)
    heard = visitor.say(ASK)

    assert -0.01 <= heard.ended - seconds <= pace.slack
    assert heard.kinds == []


@reading(sse_max="never")
@rests_on("messages in one session", "durations")
def test_a_stream_may_last_as_long_as_the_work(visitor: Visitor) -> None:
    """More than fifteen minutes of waiting, and then the words."""
    for _ in range(181):
        visitor.leave(ASK)
    heard = visitor.say(ASK)

    assert heard.ended > 905 - 15
    assert heard.kinds == ["text"]


@rests_on("POST /run_sse", "code 422")
def test_another_app_is_not_here(visitor: Visitor) -> None:
    """The agent is `nemo_agent`."""
    names(visitor.try_saying(ASK, app_name="other"), "app_name")
