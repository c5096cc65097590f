"""Sending a message and reading the stream of what comes of it, in the documented dialect."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from nemovideo_fakeserver import EPOCH, Fake
from support.caller import Caller
from support.wire import refusal

TALK = 'data: {"type":"text","content":"Hello, 你好"}\n\n'.encode()
TYPED = b'data: {"type":"heartbeat"}\n\n'
EMPTY = b"data:\n\n"
CALLED = b'data: {"type":"tool_call","name":"edit_multitrack","args":{"op":"add_title"}}\n\n'
DONE = b'data: {"type":"tool_result","name":"edit_multitrack","result":{"status":"success"}}\n\n'


def pieces(fake: Fake, caller: Caller, text: str) -> list[tuple[float, bytes]]:
    """Return each piece of a stream with the seconds after the epoch at which it came."""
    body = caller.message(text)
    with caller.http.stream("POST", "/run_sse", headers=caller.headers, json=body) as response:
        return [(fake.clock.now() - EPOCH, piece) for piece in response.iter_raw()]


def test_a_talk_is_one_event_in_the_documented_shape(fake: Fake, caller: Caller) -> None:
    """One data line, a blank line, text as UTF-8; no event names, no ids, no closing event."""
    assert pieces(fake, caller, "text 5") == [(5, TALK)]


def test_the_reply_is_an_event_stream(caller: Caller) -> None:
    """The head says text/event-stream and forbids caching; there is no length."""
    body = caller.message("hello")
    with caller.http.stream("POST", "/run_sse", headers=caller.headers, json=body) as response:
        headers = response.headers

    assert headers["content-type"] == "text/event-stream; charset=utf-8"
    assert headers["cache-control"] == "no-cache"
    assert "content-length" not in headers


def test_a_silent_edit_tells_its_tools_and_heartbeats_when_they_happen(
    fake: Fake, caller: Caller
) -> None:
    """Events come at their times, heartbeats every 15 seconds in both forms by turns, the end at the end."""
    assert pieces(fake, caller, "edit 40") == [
        (1, CALLED),
        (15, TYPED),
        (30, EMPTY),
        (39, DONE),
    ]
    assert fake.clock.now() == EPOCH + 40


@pytest.mark.parametrize(
    ("kind", "beats"),
    [("typed", [TYPED, TYPED]), ("empty", [EMPTY, EMPTY]), ("alternate", [TYPED, EMPTY])],
)
def test_heartbeats_have_the_form_the_variant_names(
    variant: Callable[..., Caller], kind: str, beats: list[bytes]
) -> None:
    """`heartbeat_kind` changes heartbeats and nothing else."""
    caller = variant(heartbeat_kind=kind)

    response = caller.post("/run_sse", caller.message("edit 40"))

    assert response.content == CALLED + b"".join(beats) + DONE


def test_a_reader_who_leaves_changes_nothing(fake: Fake, caller: Caller) -> None:
    """The draft changes at its time although nobody reads."""
    body = caller.message("edit 20")
    with caller.http.stream("POST", "/run_sse", headers=caller.headers, json=body):
        pass
    fake.clock.jump(18.999)
    before = caller.tracks()
    fake.clock.jump(0.001)
    after = caller.tracks()

    assert before == []
    assert [track["tt"] for track in after] == [7]


def test_a_second_message_is_worked_on_after_the_first(fake: Fake, rich: Caller) -> None:
    """While an edit of 40 seconds runs, a talk of 5 seconds is answered after 45, with heartbeats until then."""
    body = rich.message("edit 40")
    with rich.http.stream("POST", "/run_sse", headers=rich.headers, json=body):
        later = pieces(fake, rich, "text 5")

    assert later == [(15, TYPED), (30, EMPTY), (45, TALK)]


def test_parts_are_joined(caller: Caller) -> None:
    """Several text parts are one message; parts without text are left out."""
    body = caller.message("")
    body["new_message"]["parts"] = [{"inline_data": {}}, {"text": "text"}, {"text": "9"}]

    assert caller.post("/run_sse", body).content == TALK


@pytest.mark.parametrize("left_out", ["app_name", "user_id"])
def test_only_session_and_message_are_required(caller: Caller, left_out: str) -> None:
    """Documented: token and session id are enough."""
    body = caller.message("hello")
    del body[left_out]

    assert caller.post("/run_sse", body).content == TALK


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"session_id": "1234567890123456789"}, 1002),
        ({"user_id": "anon_0123456789abcdef"}, 1002),
        ({"app_name": "another"}, 422),
        ({"new_message": {"parts": []}}, 422),
        ({"new_message": {"parts": [{"text": "  "}]}}, 422),
        ({"new_message": {"parts": [{"text": 5}]}}, 422),
        ({"new_message": {"parts": ["hello"]}}, 422),
        ({"new_message": "hello"}, 422),
    ],
)
def test_a_refusal_is_json_and_never_an_event(
    caller: Caller, changed: dict[str, Any], code: int
) -> None:
    """What is wrong is decided before the first event, and told in the envelope."""
    response = caller.post("/run_sse", caller.message("hello") | changed)

    assert refusal(response)[1] == code


def test_too_few_credits_are_2001_before_any_event(caller: Caller) -> None:
    """An anonymous account learns the price, what it has, and where to register."""
    caller.say("edit 20")
    response = caller.post("/run_sse", caller.message("generate 100"))
    link = f"http://127.0.0.1/register?bind={caller.uid}"

    told = "Insufficient credits: this costs 100, available 50. Register to get 100 more credits: "
    assert refusal(response) == (200, 2001, told + link)
    assert caller.http.get(link).status_code == 200


def test_a_read_timeout_is_counted_in_virtual_time(caller: Caller) -> None:
    """A client that waits 10 seconds for a piece gives up on a turn that is silent for 15."""
    body = caller.message("generate 100")

    with pytest.raises(httpx.ReadTimeout):
        caller.http.post("/run_sse", headers=caller.headers, json=body, timeout=10)


def test_heartbeats_come_as_often_as_the_variant_says(variant: Callable[..., Caller]) -> None:
    """`heartbeat_interval` is the time between two, in seconds."""
    caller = variant(heartbeat_interval="2s", heartbeat_kind="empty")

    response = caller.post("/run_sse", caller.message("edit 20"))

    assert response.content.count(EMPTY) == 9
