"""Where a recording ends, somebody else may go on."""

from __future__ import annotations

import json

from nemovideo_fakeserver.wire.messages import Head, Reply, Request
from nemovideo_proxy.replay.player import RanOut
from nemovideo_proxy.replay.replay import Replay
from support.proxy_replay import Recording, exchange, guest, recording

SAY = "POST /run_sse"
STATE = "GET /api/state/nemo_agent/me/s-100001/latest"


def _talk() -> Recording:
    return recording(
        exchange("POST /api/tasks/me/with-session/nemo_agent", {"session_id": "s-100001"}, body={}),
        exchange(STATE, {"session_id": "s-100001", "n": 1}, at=1),
        exchange(SAY, {}, body={"session_id": "s-100001", "text": "go"}, at=2),
        exchange("GET /api/credits/balance/simple", {"available": 7}, at=8),
        exchange(STATE, {"session_id": "s-100001", "n": 2}, at=9),
    )


def _ask(token: str, text: str, session: str = "s-100001") -> Request:
    headers = (("authorization", f"Bearer {token}"), ("content-type", "application/json"))
    body = json.dumps({"session_id": session, "text": text}).encode()
    return Request(head=Head(method="POST", path="/run_sse", headers=headers), body=body)


def test_when_every_act_was_done_the_player_says_what_the_recording_ended_with() -> None:
    """State and credits as they were last recorded, in the values of the visitor."""
    with Replay(_talk()) as replay:
        for token in ("t1", "t2"):
            client = guest(replay, token)
            opened = client.told("POST /api/tasks/me/with-session/nemo_agent", {})
            client.told(SAY, {"session_id": opened["session_id"], "text": "go"})
        session = opened["session_id"]
        answer = replay.player.answer(_ask("t2", "more", session))

    assert isinstance(answer, RanOut)
    assert session != "s-100001"
    assert answer.state is not None
    assert json.loads(answer.state) == {"session_id": session, "n": 2}
    assert answer.credits is not None
    assert json.loads(answer.credits) == {"available": 7}
    assert answer.visitor.binding.recorded("session", session) == "s-100001"
    assert not replay.misses


def test_while_acts_are_left_a_strange_request_is_a_miss() -> None:
    """The client has gone another way than the recording: nobody knows where that ends."""
    with Replay(_talk()) as replay:
        client = guest(replay, "t1")
        client.told("POST /api/tasks/me/with-session/nemo_agent", {})
        answer = replay.player.answer(_ask("t1", "else"))

    assert isinstance(answer, Reply)
    assert answer.status == 503


def test_without_anybody_to_go_on_it_is_a_miss() -> None:
    """The player itself never asks anybody else."""
    with Replay(_talk()) as replay:
        client = guest(replay, "t1")
        client.told("POST /api/tasks/me/with-session/nemo_agent", {})
        client.told(SAY, {"session_id": "s-100001", "text": "go"})
        client.miss(SAY, {"session_id": "s-100001", "text": "more"})

        assert len(replay.misses) == 1
