"""The dialects beside the typed one: what Google's agent server would write, and words alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from nemovideo_fakeserver import EPOCH, Fake, Options, Variants
from nemovideo_fakeserver.api.dialects import DIALECTS
from nemovideo_fakeserver.core.draft import TEXT, Put
from nemovideo_fakeserver.core.plan import Beat, Call, Edit, Plan, Result, Say, Scene
from nemovideo_fakeserver.core.variants import legal_values
from support.caller import Caller
from support.stage import client

ACTIONS = (
    '"actions":{"stateDelta":{},"artifactDelta":{},"requestedAuthConfigs":{},'
    '"requestedToolConfirmations":{}},"nodeInfo":{"path":""}'
)


@pytest.fixture
def adk(variant: Callable[..., Caller]) -> Caller:
    """A caller of a fake that speaks the ADK dialect."""
    return variant(sse_dialect="adk")


def events(raw: bytes) -> list[dict[str, Any]]:
    """Return what the non-empty data lines of a stream say."""
    lines = raw.decode().split("\n\n")
    return [json.loads(line.removeprefix("data: ")) for line in lines if line.startswith("data: ")]


def test_every_dialect_of_the_variants_is_spoken() -> None:
    """The table of dialects and the legal values of the variant are the same."""
    assert set(DIALECTS) == set(legal_values()["sse_dialect"])


def test_an_utterance_is_told_in_pieces_and_then_whole(adk: Caller) -> None:
    """Two partial events and the whole text, byte for byte as google-adk orders their keys."""
    raw = adk.post("/run_sse", adk.message("text 5")).content
    first, second, whole = events(raw)
    call = whole["invocationId"]

    assert raw.decode() == "".join(
        f'data: {{"content":{{"parts":[{{"text":"{text}"}}],"role":"model"}},{partial}'
        f'"invocationId":"{call}","author":"nemo_agent",{ACTIONS},'
        f'"id":"{event["id"]}","timestamp":{EPOCH + 5}}}\n\n'
        for text, partial, event in [
            ("Hell", '"partial":true,', first),
            ("o, 你好", '"partial":true,', second),
            ("Hello, 你好", "", whole),
        ]
    )


def test_ids_are_uuids_and_no_event_shares_one(adk: Caller) -> None:
    """The invocation is `e-` and a UUID; every event has a UUID of its own."""
    told = events(adk.post("/run_sse", adk.message("text 5")).content)

    assert len({UUID(event["id"]) for event in told}) == len(told)
    assert {UUID(event["invocationId"].removeprefix("e-")) for event in told}


def test_a_tool_is_called_by_the_model_and_answers_as_the_user(adk: Caller) -> None:
    """Call and response share an id; the response carries the draft as the edit leaves it."""
    call, response = events(adk.post("/run_sse", adk.message("edit 20")).content)

    assert call["content"] == {
        "parts": [
            {
                "functionCall": {
                    "id": "call-1",
                    "args": {"op": "add_title"},
                    "name": "edit_multitrack",
                }
            }
        ],
        "role": "model",
    }
    assert response["content"] == {
        "parts": [
            {
                "functionResponse": {
                    "id": "call-1",
                    "name": "edit_multitrack",
                    "response": {"status": "success"},
                }
            }
        ],
        "role": "user",
    }
    assert response["actions"]["stateDelta"] == {"draft": adk.state()["draft"]}


def test_heartbeats_are_empty_data_lines(adk: Caller) -> None:
    """A typed heartbeat would be no ADK event."""
    raw = adk.post("/run_sse", adk.message("edit 40")).content

    assert raw.count(b"data:\n\n") == 2
    assert b"heartbeat" not in raw


def test_a_dialect_changes_events_and_nothing_else(variant: Callable[..., Caller]) -> None:
    """Under every dialect the same message costs the same and leaves the same draft."""
    outcomes = []
    for dialect in DIALECTS:
        caller = variant(sse_dialect=dialect)
        caller.say("edit 20")
        outcomes.append((caller.session, caller.balance(), caller.state()))

    assert outcomes[0] == outcomes[1] == outcomes[2]


# The flat dialect


def test_words_are_all_that_is_told(variant: Callable[..., Caller]) -> None:
    """`{"text": ...}` (55942617650): tools stay unsaid, and a heartbeat is an empty data line."""
    flat = variant(sse_dialect="flat", heartbeat_kind="typed")
    talk = flat.post("/run_sse", flat.message("text 5")).content
    edit = flat.post("/run_sse", flat.message("edit 40")).content

    assert talk.decode() == 'data: {"text":"Hello, 你好"}\n\n'
    assert edit == b"data:\n\n" * 2


def two_utterances(message: str, scene: Scene) -> Plan:
    """Plan to say something twice."""
    return Plan(kind="text", beats=(Beat(1.0, Say("One.")), Beat(2.0, Say("Two."))), lasts=3.0)


def test_a_second_utterance_begins_a_new_line() -> None:
    """Who joins the pieces, as there is nothing else to do with them, can tell the two apart."""
    options = Options(variants=Variants(sse_dialect="flat"))
    with Fake(options, agent=two_utterances) as fake, client(fake) as http:
        caller = Caller(http).connect()
        told = caller.say("go")

    assert "".join(event["text"] for event in told) == "One.\nTwo."


def two_results_at_once(message: str, scene: Scene) -> Plan:
    """Plan an edit some time before its result, and a second result at the same moment."""
    title = {"id": "title", "s": 0, "d": 3000, "m": {"text": "Hi"}}
    beats = (
        Beat(1.0, Call("edit_multitrack", {})),
        Beat(2.0, Edit(Put(TEXT, title))),
        Beat(3.0, Result("edit_multitrack", {})),
        Beat(3.0, Result("edit_multitrack", {})),
    )
    return Plan(kind="edit", beats=beats, lasts=5.0)


def test_a_result_carries_what_changed_since_the_one_before() -> None:
    """An edit shows in the next result, once, however long before it was made."""
    options = Options(variants=Variants(sse_dialect="adk"))
    with Fake(options, agent=two_results_at_once) as fake, client(fake) as http:
        caller = Caller(http).connect()
        told = events(caller.post("/run_sse", caller.message("go")).content)
        draft = caller.state()["draft"]

    assert told[1]["actions"]["stateDelta"] == {"draft": draft}
    assert told[2]["actions"]["stateDelta"] == {}
