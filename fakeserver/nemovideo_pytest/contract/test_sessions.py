"""Sessions: opening one, whose it is, and what its state shows."""

from __future__ import annotations

import re
from typing import Any

import pytest

from nemovideo_pytest.contract.accounts import NewVisitor
from nemovideo_pytest.contract.basis import reading, rests_on
from nemovideo_pytest.contract.instants import DAY
from nemovideo_pytest.contract.messages import ASK
from nemovideo_pytest.contract.replies import data, names, refused
from nemovideo_pytest.contract.visitor import Visitor
from nemovideo_pytest.steering import NemoClock

OPEN = "POST /api/tasks/{user}/with-session/nemo_agent"
STATE = "GET /api/state/nemo_agent/{user}/{session}/latest"
NOBODY = "anon_0000000000000000"


@rests_on(OPEN, "code 0", "session id form")
def test_a_session_has_two_ids(visitor: Visitor) -> None:
    """A task, and a session of 19 digits, as a text."""
    told = data(visitor.ask_session())

    assert {"task_id", "session_id"} <= set(told)
    assert re.fullmatch(r"\d{19}", told["session_id"])
    assert told["task_id"].startswith("task_")


@reading(legacy_min_bodies="off")
@rests_on(OPEN, "legacy_min_bodies=off", "user id form")
def test_a_new_session_tells_whose_it_is(stranger: Visitor) -> None:
    """The user id that came with the token."""
    token = data(stranger.ask_token())
    told = data(stranger.take(token["token"]).ask_session())

    assert set(told) == {"task_id", "session_id", "user_id"}
    assert told["user_id"] == token["user_id"]


@reading(legacy_min_bodies="on")
@rests_on(OPEN, STATE, "legacy_min_bodies=on")
def test_a_new_session_may_leave_that_to_the_state(stranger: Visitor) -> None:
    """`<id>` comes "from create-session or state response"."""
    token = data(stranger.ask_token())
    told = data(stranger.take(token["token"]).ask_session())
    state = data(stranger.ask_state(told["session_id"]))

    assert set(told) == {"task_id", "session_id"}
    assert state["user_id"] == token["user_id"]


@rests_on(OPEN)
def test_every_request_opens_another_session(visitor: Visitor) -> None:
    """Asking again is a new session and a new task, and the first one goes on."""
    first = (visitor.task, visitor.session)
    second = data(visitor.ask_session())

    assert second["session_id"] != first[1]
    assert second["task_id"] != first[0]
    assert data(visitor.ask_state(first[1]))["task_id"] == first[0]


@rests_on(OPEN, STATE)
def test_the_user_in_a_path_may_be_ones_own_id(visitor: Visitor) -> None:
    """`me` and the id that the service told mean the same."""
    user = visitor.user
    told = data(visitor.ask_session(user))
    by_name, by_me = (visitor.ask_state(told["session_id"], who) for who in (user, "me"))

    assert data(by_name) == data(by_me)


@rests_on(OPEN, STATE, "code 1002")
def test_nobody_acts_for_somebody_else(visitor: Visitor) -> None:
    """Another user in the path is refused, as a session that is not there would be."""
    refused(visitor.ask_session(NOBODY), 1002)
    refused(visitor.ask_state(user=NOBODY), 1002)
    path = visitor.upload_path.replace("/me/", f"/{NOBODY}/")
    refused(visitor.post(path, {"urls": ["https://example.com/a.mp4"]}), 1002)
    refused(visitor.try_saying("hello", user_id=NOBODY), 1002)


@pytest.mark.parametrize("language", ["en", "zh-CN", "ja", "", None, "x" * 35])
@rests_on(OPEN, "length limits")
def test_a_language_may_be_said(visitor: Visitor, language: str | None) -> None:
    """Or left empty, or out."""
    assert data(visitor.ask_session(language=language))["session_id"]


@pytest.mark.parametrize("language", ["x" * 36, 5, ["en"]])
@rests_on(OPEN, "length limits", "code 422")
def test_a_language_that_is_none_is_refused(visitor: Visitor, language: Any) -> None:
    """By name."""
    names(visitor.ask_session(language=language), "language")


@pytest.mark.parametrize("name", ["project", "我的视频项目", "a" * 200, "<b>&amp;</b>"])
@rests_on(OPEN, STATE, "length limits")
def test_the_name_of_a_task_is_kept(visitor: Visitor, name: str) -> None:
    """To the letter, in any script."""
    told = data(visitor.ask_session(task_name=name))

    assert data(visitor.ask_state(told["session_id"]))["task_name"] == name


@pytest.mark.parametrize("name", ["", "   ", "a" * 201, 5, None, ["project"]])
@rests_on(OPEN, "length limits", "code 422")
def test_a_task_needs_a_name(visitor: Visitor, name: Any) -> None:
    """Of 1 to 200 characters."""
    names(visitor.ask_session(task_name=name), "task_name")


@rests_on(OPEN, "code 422")
def test_a_task_without_a_name_is_refused(visitor: Visitor) -> None:
    """The field that is missing is named."""
    names(visitor.post("/api/tasks/me/with-session/nemo_agent", {}), "task_name")


@rests_on(STATE, "empty draft", "canvas and analyses", "media descriptions")
def test_a_new_session_is_empty(visitor: Visitor) -> None:
    """No tracks, no media; a canvas there is, 1920 by 1080."""
    told = data(visitor.ask_state())
    state = told.pop("state")

    assert told == {
        "session_id": visitor.session,
        "task_id": visitor.task,
        "task_name": "project",
        "user_id": told["user_id"],
    }
    assert state == {
        "draft": {},
        "video_infos": [],
        "canvas_config": {"width": 1920, "height": 1080, "aspect_ratio": "16:9"},
        "video_analyses": {},
        "generated_media": [],
    }


@rests_on(STATE)
def test_a_state_has_its_documented_parts(visitor: Visitor) -> None:
    """Whose it is, and five keys inside."""
    told = data(visitor.ask_state())

    assert {"session_id", "task_id", "task_name", "state"} <= set(told)
    assert (told["session_id"], told["task_id"]) == (visitor.session, visitor.task)
    assert {
        "draft", "video_infos", "canvas_config", "video_analyses", "generated_media"
    } <= set(told["state"])  # fmt: skip


@pytest.mark.parametrize("session", ["9" * 19, "1", "nonsense", "会话"])
@rests_on("code 1002", STATE)
def test_a_session_that_never_was_is_unknown(visitor: Visitor, session: str) -> None:
    """1002 wherever it is named."""
    visitor.session = session

    refused(visitor.ask_state(), 1002)
    refused(visitor.try_saying("hello"), 1002)
    refused(visitor.upload(("a.wav", b"")), 1002)
    refused(visitor.upload_urls("https://example.com/a.mp4"), 1002)
    refused(visitor.order(draft={}), 1002)


@rests_on("code 1002", STATE)
def test_a_foreign_session_is_as_good_as_none(visitor: Visitor, another: NewVisitor) -> None:
    """Nobody reads, fills or exports what is somebody else's, and nothing of it shows."""
    visitor.upload_urls("https://example.com/secret.mp4")
    before = data(visitor.ask_state())
    other = another()
    other.session = visitor.session
    for reply in (
        other.ask_state(),
        other.try_saying(ASK),
        other.upload_urls("https://example.com/a.mp4"),
        other.order(draft=before["state"]["draft"]),
    ):
        assert "secret" not in refused(reply, 1002)

    assert data(visitor.ask_state()) == before
    assert other.credits()["total"] == 100


@reading(token_ttl="7d", client_limit=1)
@rests_on("session expiry", "same client again")
def test_a_session_does_not_expire(visitor: Visitor, nemo_clock: NemoClock) -> None:
    """Tokens do; whoever gets a new one finds the session as it was."""
    visitor.upload_urls("https://example.com/a.mp4")
    before = data(visitor.ask_state())
    nemo_clock.jump(60 * DAY)
    visitor.identify()

    assert data(visitor.ask_state()) == before
