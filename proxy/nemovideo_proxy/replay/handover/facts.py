"""What the replies of a recording say of the account that they went to.

Only what a reply said is known: a balance stands until the next one, a draft until the next look at the
state. What happened since and was not asked about is not guessed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from nemovideo_proxy import places
from nemovideo_proxy.model import Blob, Interaction, Multipart, first

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file as the upload's reply tells of it, and its content where the recording has it."""

    told: Json
    content: bytes | Blob | None


@dataclass(slots=True, kw_only=True)
class Session:
    """A session: what it is called, its latest draft, its files, and whether a message was worked on."""

    id: str
    task_id: str = ""
    task_name: str = "project"
    language: str = ""
    draft: Json = field(default_factory=dict)
    uploads: list[Upload] = field(default_factory=list)
    worked: bool = False


@dataclass(slots=True, kw_only=True)
class Facts:
    """An account as far as it is known; `now` is when the last reply came, by the service's own clock.

    `dialect` is that of the events: `typed`, `adk` or `flat` (see the fake's `docs/variants.md`).
    """

    now: datetime
    client: str | None = None
    user: str | None = None
    tokens: dict[str, None] = field(default_factory=dict)
    credits: int | None = None
    dialect: str | None = None
    sessions: dict[str, Session] = field(default_factory=dict)

    def session(self, name: str) -> Session:
        """Return the session with this id, which may be new here."""
        return self.sessions.setdefault(name, Session(id=name))


def facts_of(heard: Iterable[Interaction], *, now: datetime) -> Facts:
    """Return what the replies of `heard` say, in their order; without any dates in them it is `now`."""
    facts = Facts(now=now)
    for interaction in heard:
        _hear(facts, interaction)
    return facts


def _hear(facts: Facts, interaction: Interaction) -> None:
    request, response = interaction.request, interaction.response
    _who(facts, request.header("authorization"), request.header("x-client-id"))
    if response is None:
        return
    _when(facts, response.header("date"))
    path = request.url.partition("?")[0]
    asked = _json(request.body)
    session = dict(_values(path)).get("session") or asked.get("session_id")
    if session and path == "/run_sse" and _is_stream(response.headers):
        facts.session(session).worked = True
        facts.dialect = _dialect(response.body) or facts.dialect
    data = _json(response.body).get("data")
    if isinstance(data, dict):
        _data(facts, data, asked)
        if session and "files" in data:
            told = data["files"]
            facts.session(session).uploads += _uploads(told, request.body)


def _who(facts: Facts, authorization: str | None, client: str | None) -> None:
    if authorization:
        facts.tokens[authorization.rpartition(" ")[2]] = None
    facts.client = client or facts.client


def _when(facts: Facts, date: str | None) -> None:
    if date:
        facts.now = parsedate_to_datetime(date)


def _data(facts: Facts, data: Json, asked: Json) -> None:
    match data:
        case {"token": str(token)}:
            facts.tokens[token] = None
            facts.credits = data.get("credits", facts.credits)
        case {"available": int(), "total": int(total)}:
            facts.credits = total
        case {"session_id": str(session)}:
            _session(facts.session(session), data, asked)
    if isinstance(user := data.get("user_id"), str):
        facts.user = user


def _session(session: Session, data: Json, asked: Json) -> None:
    session.task_id = data.get("task_id", session.task_id)
    session.task_name = str(data.get("task_name", asked.get("task_name", session.task_name)))
    session.language = str(asked.get("language", session.language))
    state = data.get("state")
    if isinstance(state, dict) and isinstance(state.get("draft"), dict):
        session.draft = state["draft"]


def _uploads(told: Any, body: object) -> list[Upload]:
    parts = body.parts if isinstance(body, Multipart) else ()
    contents = [part.body for part in parts if "filename" in _disposition(part.headers)]
    known: list[bytes | Blob | None] = [*contents, *[None] * len(told)]
    return [
        Upload(told=one, content=content)
        for one, content in zip(told, known, strict=False)
        if isinstance(one, dict)
    ]


def _disposition(headers: tuple[tuple[str, str], ...]) -> str:
    return first(headers, "content-disposition") or ""


def _values(path: str) -> Iterable[tuple[str, str]]:
    return ((role, path[start:end]) for role, start, end in places.in_path(path))


def _is_stream(headers: tuple[tuple[str, str], ...]) -> bool:
    return (first(headers, "content-type") or "").startswith("text/event-stream")


def _dialect(stream: object) -> str | None:
    """Tell the dialect by the first event that is an object."""
    for line in stream.splitlines() if isinstance(stream, bytes) else ():
        event = _json(line.removeprefix(b"data:"))
        if event:
            return "typed" if "type" in event else "flat" if "text" in event else "adk"
    return None


def _json(body: object) -> Json:
    if not isinstance(body, bytes):
        return {}
    try:
        value = json.loads(body)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
