"""Events in other words: those of an agent server, or words alone."""

from __future__ import annotations

from nemovideo_pytest.contract.basis import costs, reading, rests_on
from nemovideo_pytest.contract.messages import ASK, LOOP, SCENE
from nemovideo_pytest.contract.visitor import Visitor

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
    if visitor.is_alone:
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
    """`{"text": ...}` and nothing else: tools are unsaid, and work all the same."""
    heard = visitor.say(LOOP)

    assert all(set(event.body) == {"text"} for event in heard.events if event.data)
    assert visitor.segments(1)


@FLAT
@costs(100)
@rests_on("sse_dialect=flat")
def test_words_alone_begin_new_lines(visitor: Visitor) -> None:
    """Every utterance after the first, since they are only pieces of text; signs of life are empty."""
    heard = visitor.say(SCENE)
    first, *others = (event.body["text"] for event in heard.events if event.data)

    assert not first.startswith("\n")
    assert others
    assert all(text.startswith("\n") for text in others)
    assert len(heard.beats) >= 6
    assert all(not beat.data for beat in heard.beats)
