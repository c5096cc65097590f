"""What the service answers, as plain values, and contexts for flows to run in."""

from __future__ import annotations

import json
from typing import Any

from nemovideo_client.account import Account
from nemovideo_client.flows.context import Context
from nemovideo_client.models import Session
from nemovideo_client.options import Options
from nemovideo_client.skill.attribution import Attribution
from nemovideo_client.wire.messages import Answer
from support.playbook import Streamed

TOKEN = "nmv_usr_SECRET-token-0001"
RENEWED = "nmv_usr_SECRET-token-0002"
CLIENT_ID = "11111111-SECRET-client"
USER = "anon_abc123"
SESSION = "5529798706024415232"
ATTRIBUTION = (
    ("X-Skill-Source", "my-skill"),
    ("X-Skill-Version", "1.2"),
    ("X-Skill-Platform", "clawhub"),
)

ASK_TOKEN = "POST /api/auth/anonymous-token"
ASK_SESSION = "POST /api/tasks/me/with-session/nemo_agent"
ASK_CREDITS = "GET /api/credits/balance/simple"
ASK_STATE = f"GET /api/state/nemo_agent/me/{SESSION}/latest"
ASK_UPLOAD = f"POST /api/upload-video/nemo_agent/me/{SESSION}"
ASK_CLAIM = "POST /api/auth/claim-token"
OPEN_CHAT = "open POST /run_sse"
SUBMIT = "POST /api/render/proxy/lambda"
LINK = "https://cdn.test/film.mp4"

CLIP = {"tt": 0, "sg": [{"id": "c1", "s": 0, "d": 8000, "m": {"name": "beach"}}]}
TITLE = {"tt": 7, "sg": [{"id": "t1", "s": 0, "d": 3000, "m": {"text": "Hi"}}]}
ONE_TRACK: dict[str, Any] = {"t": [CLIP], "d": 8000}
TWO_TRACKS: dict[str, Any] = {"t": [CLIP, TITLE], "d": 8000}


def context(
    *,
    token: str | None = TOKEN,
    session: str | None = SESSION,
    user_id: str | None = USER,
    **options: Any,
) -> Context:
    """Return a context with a token and a session, unless told otherwise."""
    account = Account(
        client_id=lambda: CLIENT_ID,
        token=token,
        user_id=user_id,
        session=None if session is None else Session(session_id=session, task_id="task_1"),
    )
    who = Attribution(source="my-skill", version="1.2", platform="clawhub")
    return Context(Options(attribution=who, **options), account)


def reply(body: Any, status: int = 200, **headers: str) -> Answer:
    """Return an answer with this JSON; `retry_after="5"` is the header `retry-after`."""
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    kind = (("content-type", "application/json"),)
    return Answer(status=status, headers=kind + named, body=json.dumps(body).encode())


def ok(data: Any) -> Answer:
    """Return a yes."""
    return reply({"code": 0, "data": data})


def no(code: int, message: str = "", status: int = 200, **headers: str) -> Answer:
    """Return a no with a business code."""
    return reply({"code": code, "message": message, "data": None}, status, **headers)


def status(number: int, **headers: str) -> Answer:
    """Return a page of a proxy's, which says nothing but its status."""
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Answer(
        status=number,
        headers=(("content-type", "text/html"), *named),
        body=b"<html><h1>Oh no</h1></html>",
    )


def token(value: str = TOKEN, user_id: str | None = USER) -> Answer:
    """Return a new anonymous token."""
    return ok({"token": value, "user_id": user_id, "credits": 100})


def session(session_id: str = SESSION) -> Answer:
    """Return a new session."""
    return ok({"session_id": session_id, "task_id": "task_1", "user_id": USER})


def state(draft: dict[str, Any] | None = None, **parts: Any) -> Answer:
    """Return a state with this draft."""
    return ok({"state": {"draft": draft or {}, **parts}, "user_id": USER})


def render(render_status: str, progress: int = 0, **fields: Any) -> Answer:
    """Return how a render stands."""
    return reply({"status": render_status, "progress": progress, **fields})


def rendered(url: str | None = LINK) -> Answer:
    """Return a finished render."""
    return render("completed", 100, output={"url": url, "size": 1024, "duration": 8.0})


def film(length: int | None = 1024) -> Answer:
    """Return the head of a film."""
    size = (("content-length", str(length)),) if length is not None else ()
    return Answer(status=200, headers=(("content-type", "video/mp4"), *size))


def event(**fields: Any) -> bytes:
    """Return one server-sent event of the typed dialect."""
    return f"data: {json.dumps(fields)}\n\n".encode()


def text(words: str) -> bytes:
    """Return an event with a message."""
    return event(type="text", content=words)


BEAT = event(type="heartbeat")
CALL = event(type="tool_call", name="edit_multitrack", args={})
DONE = event(type="tool_result", name="edit_multitrack", result={})
BOOM = event(type="error", message="boom")


def told(*pieces: bytes | float | Exception) -> Streamed:
    """Return an event stream of these pieces; a number is seconds that pass."""
    head = Answer(status=200, headers=(("content-type", "text/event-stream"),))
    return Streamed(head, pieces)


def every(seconds: float, what: bytes, times: int) -> list[bytes | float]:
    """Return so many events, each after so many seconds."""
    return [piece for _ in range(times) for piece in (seconds, what)]
