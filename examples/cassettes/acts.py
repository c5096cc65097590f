"""What is done while a recorder listens: what a user would do, and what goes wrong for one."""

from __future__ import annotations

import httpx

from examples.cassettes.stage import Stage
from examples.demo.clip import make_clip
from nemovideo_client import Conversation, ExportBlocked, Problem

GENERATE = "Generate an 8 second video of a lighthouse at dawn"

SMALL = {"format": "mp4", "quality": "low", "resolution": "360p"}
"""So that a recording does not weigh megabytes."""


def workflow(stage: Stage) -> None:
    """Token, session, upload, music, a title, credits, claim link, film."""
    clip = stage.clip or make_clip(stage.folder / "beach.mp4")
    with stage.client() as nemo:
        talk = Conversation(nemo, folder=stage.folder)
        said = (
            ("Here is my clip", (str(clip),)),
            ("Make a lo-fi hip-hop loop at 80 BPM for my clip, calm, at 35% volume", ()),
            ('Add the title "Paradise Found", white, top-center, for 3 seconds', ()),
            ("How many credits do I have left?", ()),
            ("send me the video in 360p", ()),
        )
        for message, files in said:
            _say(talk, message, files)


def conversation_zh(stage: Stage) -> None:
    """The same in Chinese, without a clip."""
    with stage.client() as nemo:
        talk = Conversation(nemo, folder=stage.folder)
        for message in (
            "做一段12秒的lo-fi背景音乐,80 BPM",
            "加一个标题“天堂”",
            "还剩多少积分?",
            "导出360p",
        ):
            _say(talk, message)


def silent_edit(stage: Stage) -> None:
    """An edit that says nothing, and a look at the state that finds out what it did."""
    with stage.client() as nemo:
        turn = nemo.chat("Make a 20-second lo-fi loop at 80 BPM")
        assert turn.changes
        assert not turn.text


def generation(stage: Stage) -> None:
    """One generation, whatever becomes of its stream, and the film of it."""
    with stage.client() as nemo:
        nemo.chat(GENERATE)
        nemo.credits()
        nemo.export(stage.folder / "film.mp4", output=SMALL)


def token_expired(stage: Stage) -> None:
    """A token that is no longer good: 1001, and the way out of it."""
    with stage.http(stage.token()) as http:
        _refused(http.get("/api/credits/balance/simple").json(), 1001)
        again = http.post("/api/auth/anonymous-token", headers={"X-Client-Id": "returning-client"})
        http.headers["Authorization"] = f"Bearer {again.json()['data']['token']}"
        assert http.get("/api/credits/balance/simple").json()["code"] == 0


def session_unknown(stage: Stage) -> None:
    """A session that is not there: 1002."""
    with stage.http(_new_token(stage)) as http:
        _refused(http.get("/api/state/nemo_agent/me/1234567890123456789/latest").json(), 1002)
        _refused(http.post("/run_sse", json=_message("1234567890123456789", GENERATE)).json(), 1002)


def credits_short(stage: Stage) -> None:
    """A generation that cannot be paid for: 2001."""
    with stage.http(_new_token(stage)) as http:
        _refused(http.post("/run_sse", json=_message(_session(http), GENERATE)).json(), 2001)


def file_unsupported(stage: Stage) -> None:
    """A file that is no media: 4001."""
    with stage.http(_new_token(stage)) as http:
        path = f"/api/upload-video/nemo_agent/me/{_session(http)}"
        text = {"files": ("notes.mp4", b"these are notes, and no video", "video/mp4")}
        _refused(http.post(path, files=text).json(), 4001)


def export_blocked(stage: Stage) -> None:
    """An export that the plan does not allow: HTTP 402."""
    try:
        with stage.client() as nemo:
            nemo.chat("Make a 20-second lo-fi loop at 80 BPM")
            nemo.export(stage.folder / "film.mp4", output=SMALL)
    except ExportBlocked:
        return
    raise AssertionError("the export was not blocked")


def rate_limited(stage: Stage) -> None:
    """A second token for the same client: HTTP 429."""
    with stage.http() as http:
        headers = {"X-Client-Id": "somebody-in-a-hurry"}
        assert http.post("/api/auth/anonymous-token", headers=headers).status_code == 200
        assert http.post("/api/auth/anonymous-token", headers=headers).status_code == 429


def _say(talk: Conversation, message: str, files: tuple[str, ...] = ()) -> None:
    for shown in talk.say(message, files=files):
        assert not isinstance(shown, Problem), shown


def _new_token(stage: Stage) -> str:
    with stage.http() as http:
        reply = http.post("/api/auth/anonymous-token", headers={"X-Client-Id": "somebody-new"})
        return str(reply.json()["data"]["token"])


def _session(http: httpx.Client) -> str:
    reply = http.post("/api/tasks/me/with-session/nemo_agent", json={"task_name": "project"})
    return str(reply.json()["data"]["session_id"])


def _message(session: str, text: str) -> dict[str, object]:
    return {
        "app_name": "nemo_agent",
        "user_id": "me",
        "session_id": session,
        "new_message": {"parts": [{"text": text}]},
    }


def _refused(reply: dict[str, object], code: int) -> None:
    assert reply["code"] == code, reply
