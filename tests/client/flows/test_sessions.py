"""Sessions: made when missing, replaced once when lost, and left alone when the caller named them."""

from __future__ import annotations

from typing import Any

import pytest

from nemovideo_client.errors import SessionNotFound
from nemovideo_client.events import Notice, TurnResult
from nemovideo_client.flows.endpoints import state
from nemovideo_client.flows.turn import turn
from nemovideo_client.models import State
from nemovideo_client.wire.steps import Step
from nemovideo_client.words import SESSION_RENEWED
from support.playbook import Answered, Pair, Played, play
from support.replies import (
    ASK_SESSION,
    ASK_STATE,
    ASK_TOKEN,
    ONE_TRACK,
    OPEN_CHAT,
    RENEWED,
    SESSION,
    TWO_TRACKS,
    context,
    no,
    session,
    text,
    token,
    told,
)
from support.replies import state as state_reply

NEW = "7000000000000000000"
ASK_NEW_STATE = f"GET /api/state/nemo_agent/me/{NEW}/latest"
LOST = no(1002)


def test_a_missing_session_is_made() -> None:
    """The first call that needs a session makes one, and the client stays in it."""
    ctx = context(session=None)

    played = play(state(ctx), [(ASK_SESSION, session()), (ASK_STATE, state_reply(ONE_TRACK))])

    assert played.result.draft == ONE_TRACK
    assert ctx.account.session is not None
    assert ctx.account.session.session_id == SESSION


def test_a_lost_session_is_replaced_once_and_said() -> None:
    """1002 makes a new session, tells the reader, and asks there."""
    script = [
        (ASK_STATE, LOST),
        (ASK_SESSION, session(NEW)),
        (ASK_NEW_STATE, state_reply(ONE_TRACK)),
    ]

    played = play(state(context()), script)

    assert played.result.draft == ONE_TRACK
    assert played.shown == [Notice(SESSION_RENEWED.en)]


def test_a_second_loss_is_final() -> None:
    """1002 in the new session is raised, and the session is used no more."""
    ctx = context()
    script = [(ASK_STATE, LOST), (ASK_SESSION, session(NEW)), (ASK_NEW_STATE, LOST)]

    played = play(state(ctx), script)

    assert isinstance(played.error, SessionNotFound)
    assert ctx.account.session is None


def test_a_named_session_is_the_callers() -> None:
    """1002 in a session that the caller named is raised, and no other is made."""
    played = play(
        state(context(), session_id="42"), [("GET /api/state/nemo_agent/me/42/latest", LOST)]
    )

    assert isinstance(played.error, SessionNotFound)


def test_two_that_lose_a_session_make_one() -> None:
    """Who waited to be alone goes on in the session that another one made."""
    ctx = context()
    other: list[Played[State]] = []

    def meanwhile(asked: str, _: Step) -> Answered:
        if not other:
            script = [
                (ASK_STATE, LOST),
                (ASK_SESSION, session(NEW)),
                (ASK_NEW_STATE, state_reply()),
            ]
            other.append(play(state(ctx), script))
            return LOST
        return state_reply(TWO_TRACKS)

    played = play(state(ctx), meanwhile)

    assert played.lines == [ASK_STATE, ASK_NEW_STATE]
    assert played.result.draft == TWO_TRACKS


def test_a_new_account_leaves_the_old_session() -> None:
    """When the new token is somebody else's, the session is lost, and a message goes on in a new one."""
    script: list[Pair] = [
        (ASK_STATE, no(1001)),
        (ASK_TOKEN, token(RENEWED, "anon_other")),
        (ASK_STATE, LOST),
        (ASK_SESSION, session(NEW)),
        (ASK_NEW_STATE, state_reply()),
        (OPEN_CHAT, told(text("Hi."))),
    ]

    played: Played[TurnResult] = play(turn(context(), "hello"), script)

    assert played.result.text == "Hi."
    assert [body["session_id"] for body in played.bodies(OPEN_CHAT)] == [NEW]


@pytest.mark.parametrize(
    ("options", "written", "sent"),
    [
        ({}, None, {"language": "en"}),
        ({}, "ja", {"language": "ja"}),
        ({"language": "zh"}, "ja", {"language": "zh"}),
        ({"session_language": "es"}, "ja", {"language": "es"}),
        ({"session_language": None}, "ja", {}),
    ],
)
def test_language_of_a_session(
    options: dict[str, Any], written: str | None, sent: dict[str, str]
) -> None:
    """As the skill says: fixed, left out, or the user's, as told or as last written, else English."""
    ctx = context(session=None, **options)
    ctx.account.language = written

    played = play(state(ctx), [(ASK_SESSION, session()), (ASK_STATE, state_reply())])

    assert played.bodies(ASK_SESSION) == [{"task_name": "project"} | sent]
