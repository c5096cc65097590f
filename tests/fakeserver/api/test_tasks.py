"""Opening sessions and reading their state."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from nemovideo_fakeserver.api.tasks import aspect_ratio
from support.caller import Caller
from support.wire import refusal

CREATE = "/api/tasks/{}/with-session/nemo_agent"
STATE = "/api/state/nemo_agent/{}/{}/latest"


def test_a_new_session_looks_as_documented(caller: Caller) -> None:
    """Task id, the session id as 19 digits in a string, and the user id that `?bind=` needs."""
    response = caller.post(CREATE.format("me"), {"task_name": "project", "language": "en"})

    assert response.status_code == 200
    assert re.fullmatch(
        rb'{"code":0,"data":{"task_id":"task_[0-9a-f]{16}","session_id":"[1-9][0-9]{18}",'
        rb'"user_id":"%s"}}' % caller.uid.encode(),
        response.content,
    )


def test_every_call_opens_another_session(caller: Caller) -> None:
    """Creating is not idempotent."""
    ids = {caller.open().session for _ in range(3)}

    assert len(ids) == 3


@pytest.mark.parametrize("body", [{}, {"language": ""}, {"language": None}, {"language": "zh-CN"}])
def test_a_language_is_optional(caller: Caller, body: dict[str, Any]) -> None:
    """A tag, nothing, or null: all are seen in public skills."""
    response = caller.post(CREATE.format("me"), {"task_name": "project", **body})

    assert response.json()["code"] == 0


def test_the_path_takes_me_or_the_own_id(caller: Caller) -> None:
    """`me` and the caller's id mean the caller; anybody else's id is 1002."""
    own = caller.post(CREATE.format(caller.uid), {"task_name": "project"})
    same = caller.get(STATE.format(caller.uid, caller.session))
    other = caller.post(CREATE.format("anon_0123456789abcdef"), {"task_name": "project"})

    assert own.json()["code"] == 0
    assert same.content == caller.get(STATE.format("me", caller.session)).content
    assert refusal(other)[:2] == (200, 1002)


def test_the_state_of_a_new_session_is_empty(caller: Caller) -> None:
    """All five documented parts are there from the start, the draft empty, the canvas assumed."""
    response = caller.get(STATE.format("me", caller.session))

    assert response.text == (
        f'{{"code":0,"data":{{"session_id":"{caller.session}","task_id":"{caller.task}",'
        f'"task_name":"project","user_id":"{caller.uid}","state":{{"draft":{{}},"video_infos":[],'
        '"canvas_config":{"width":1920,"height":1080,"aspect_ratio":"16:9"},'
        '"video_analyses":{},"generated_media":[]}}}'
    )


def test_the_state_follows_the_work(rich: Caller) -> None:
    """A finished generation shows as a segment of the draft and in generated_media, by the same URL."""
    rich.say("generate 100")

    state = rich.state()
    (clip,) = state["generated_media"]
    (track,) = state["draft"]["t"]
    assert (track["tt"], track["sg"][0]["src"]) == (0, clip["cdn_url"])
    assert clip["cdn_url"] == f"http://127.0.0.1/cdn/generated/{clip['filename']}"
    assert list(clip) == [
        "filename",
        "file_type",
        "cdn_url",
        "duration",
        "width",
        "height",
        "fps",
        "hash",
        "thumbnail_url",
    ]
    assert clip["thumbnail_url"] == f"{clip['cdn_url']}/thumbnail.jpg"


def test_a_url_upload_is_analysed(caller: Caller) -> None:
    """An uploaded video has an entry in video_analyses under its hash."""
    caller.post(
        f"/api/upload-video/nemo_agent/me/{caller.session}", {"urls": ["https://x.test/a.mp4"]}
    )

    state = caller.state()
    (info,) = state["video_infos"]
    assert state["video_analyses"][info["hash"]]["duration"] == info["duration"]


@pytest.mark.parametrize("session", ["1234567890123456789", "x", "%00", "%2F", "%E4%BD%A0"])
def test_an_unknown_session_is_1002(caller: Caller, session: str) -> None:
    """Whatever stands in the path, a session the account does not have is not found."""
    status, code, message = refusal(caller.get(STATE.format("me", session)))

    assert (status, code) == (200, 1002)
    assert message.startswith("session not found")


def test_a_foreign_session_is_unknown(caller: Caller) -> None:
    """Another account's session is told from an invented one in nothing but its id."""
    other = Caller(caller.http).connect("another")

    assert refusal(other.get(STATE.format("me", caller.session)))[1] == 1002


@pytest.mark.parametrize(
    ("size", "ratio"),
    [((1920, 1080), "16:9"), ((1080, 1920), "9:16"), ((500, 500), "1:1"), ((1366, 768), "16:9")],
)
def test_the_aspect_ratio_is_the_nearest_common_one(size: tuple[int, int], ratio: str) -> None:
    """Sizes near a common ratio get its name."""
    assert aspect_ratio(*size) == ratio


def test_a_new_session_may_leave_the_user_id_to_the_state(variant: Callable[..., Caller]) -> None:
    """From version 1.0 on the example replies have none: "from create-session or state response"."""
    caller = variant(legacy_min_bodies="on")
    told = caller.post(CREATE.format("me"), {"task_name": "project"}).json()["data"]
    state = caller.get(STATE.format("me", told["session_id"])).json()["data"]

    assert list(told) == ["task_id", "session_id"]
    assert state["user_id"] == caller.uid
