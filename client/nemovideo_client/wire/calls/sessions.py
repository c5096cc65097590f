"""Sessions: opening one, talking in it, reading how it stands.

Bodies: public skill pages 52127510908, 51912643291 and 51965008902, vendor skill 1.9. The path's user is
`me` throughout (vendor skill 1.9).
"""

from __future__ import annotations

from typing import Any, NoReturn

from nemovideo_client.models import Json, Session, State
from nemovideo_client.wire.calls import fields
from nemovideo_client.wire.calls.paths import path
from nemovideo_client.wire.messages import Call, Request

_PARTS = ("draft", "video_infos", "canvas_config", "video_analyses", "generated_media")


def create_session(*, task_name: str = "project", language: str | None = None) -> Call[Session]:
    """Open a session; each call opens another one (54183061932)."""
    body = {"task_name": task_name} | ({"language": language} if language else {})
    return Call(
        endpoint="POST /api/tasks/me/with-session/nemo_agent",
        request=Request(method="POST", url="/api/tasks/me/with-session/nemo_agent", json=body),
        read=_session,
    )


def run_sse(session_id: str, text: str) -> Call[NoReturn]:
    """Say something. The yes is an event stream, so any whole answer to this is an error."""
    body = {
        "app_name": "nemo_agent",
        "user_id": "me",
        "session_id": session_id,
        "new_message": {"parts": [{"text": text}]},
    }
    return Call(
        endpoint="POST /run_sse",
        request=Request(
            method="POST",
            url="/run_sse",
            headers=(("Accept", "text/event-stream"),),
            json=body,
        ),
        read=_no_stream,
    )


def state(session_id: str) -> Call[State]:
    """Ask how a session stands."""
    return Call(
        endpoint="GET /api/state/nemo_agent/me/{session}/latest",
        request=Request(
            method="GET",
            url=path("/api/state/nemo_agent/me/{session}/latest", session=session_id),
        ),
        read=_state,
        repeat="safe",
    )


def _session(data: Any) -> Session:
    session_id = fields.identifier(data, "session_id")
    if session_id is None:
        raise KeyError("session_id")
    return Session(
        session_id=session_id,
        task_id=fields.identifier(data, "task_id"),
        user_id=fields.identifier(data, "user_id", "bind_id"),
    )


def _no_stream(_: Any) -> NoReturn:
    raise KeyError("event_stream")


def _state(data: Any) -> State:
    parts = _parts(data)
    return State(
        session_id=fields.identifier(data, "session_id"),
        task_id=fields.identifier(data, "task_id"),
        task_name=fields.text(data, "task_name"),
        user_id=fields.identifier(parts | data, "user_id", "bind_id"),
        draft=fields.mapping(parts, "draft") or {},
        video_infos=fields.objects(parts, "video_infos") or (),
        canvas=fields.mapping(parts, "canvas_config") or {},
        analyses=parts.get("video_analyses"),
        generated_media=parts.get("generated_media"),
    )


def _parts(data: Any) -> Json:
    """Return what is under `state`, or the reply itself where that has the parts of one."""
    inner = fields.mapping(data, "state")
    if inner is not None:
        return inner
    if not any(part in data for part in _PARTS):
        raise KeyError("state")
    return dict(data)
