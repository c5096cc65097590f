"""Google's own model of an agent event reads every event of the ADK dialect."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from nemovideo_fakeserver import Options
from nemovideo_fakeserver.core.variants import Variants
from support.caller import Caller
from support.stage import client, grant, scripted_fake

pytestmark = pytest.mark.filterwarnings("ignore")  # what google-adk warns about is its own affair


@pytest.fixture
def model() -> Any:
    """The class `google.adk.events.Event`."""
    events = pytest.importorskip(
        "google.adk.events", reason="google-adk is not installed; `tox -e adk` installs it"
    )
    return events.Event


@pytest.fixture
def speaker() -> Iterator[Caller]:
    """A caller with many credits whom the fake answers in the ADK dialect."""
    options = Options(variants=Variants(sse_dialect="adk"))
    with scripted_fake(options) as fake, client(fake) as http:
        caller = Caller(http).connect()
        grant(fake, caller, 900)
        yield caller


@pytest.mark.parametrize("text", ["text 20", "edit 40", "generate 100", "fail 20"])
def test_every_event_is_one_of_googles(model: Any, speaker: Caller, text: str) -> None:
    """Each data line that is not empty is accepted, and says the same when it is written again."""
    lines = speaker.post("/run_sse", speaker.message(text)).text.split("\n\n")
    sent = [line.removeprefix("data: ") for line in lines if line.startswith("data: ")]
    read = [model.model_validate_json(line) for line in sent]

    assert read
    for line, event in zip(sent, read, strict=True):
        told = json.loads(line)
        again = json.loads(event.model_dump_json(by_alias=True, exclude_none=True))
        assert again["content"] == told["content"]
        assert again["actions"]["stateDelta"] == told["actions"]["stateDelta"]
        assert (event.author, event.id) == (told["author"], told["id"])
        assert event.invocation_id == told["invocationId"]
        assert event.timestamp == told["timestamp"]
        assert bool(event.partial) is told.get("partial", False)


def test_tools_and_words_are_understood(model: Any, speaker: Caller) -> None:
    """Calls, responses and text come out where google-adk's own readers look for them."""
    lines = speaker.post("/run_sse", speaker.message("generate 100")).text.split("\n\n")
    events = [model.model_validate_json(line[6:]) for line in lines if line.startswith("data: ")]

    calls = [call for event in events for call in event.get_function_calls()]
    answers = [answer for event in events for answer in event.get_function_responses()]
    words = [
        part.text for event in events if event.is_final_response() for part in event.content.parts
    ]
    assert [(call.name, call.id) for call in calls] == [("generate_video_with_seedance", "call-1")]
    assert [(a.name, a.id, a.response) for a in answers] == [
        ("generate_video_with_seedance", "call-1", {"status": "success"})
    ]
    assert words == ["Your video is ready! Click Export to save it."]
