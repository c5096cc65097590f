"""Bodies: that they parse, and that their fields are called as documented."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from nemovideo_client.skill.check.bodies import UNREADABLE, bodies, parsed
from nemovideo_client.skill.check.marks import shown
from nemovideo_client.skill.check.quoting import listed, quoted
from nemovideo_client.skill.check.rule import Found, Rule
from nemovideo_client.skill.check.rules.sources import ALL, CURL, REFERENCE
from nemovideo_client.skill.check.searching import near
from nemovideo_client.skill.check.subject import Subject

RIGHT: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "message": {
            "sessionId": "session_id", "session-id": "session_id",
            "appName": "app_name", "userId": "user_id", "newMessage": "new_message",
        },
        "render": {"session_id": "sessionId", "session-id": "sessionId", "render_id": "id", "renderId": "id"},
        "session": {"taskName": "task_name", "task-name": "task_name"},
        "upload": {"sourceType": "source_type", "source-type": "source_type"},
        "claim-token": {"taskId": "task_id", "sessionId": "session_id"},
    }
)  # fmt: skip
"""What is written wrong in a body, and how it is right."""

NEEDED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "message": ("session_id", "new_message"),
        "render": ("id", "sessionId", "draft"),
        "claim-token": ("task_id", "session_id"),
    }
)
"""Fields without which a request makes no sense; those that some documents leave out are not here."""

_KEY = re.compile(r"[\"'\\]*(?<![A-Za-z_-])([A-Za-z_-]{1,40})\\?[\"']?\s{0,20}:")


def _case(subject: Subject) -> Iterator[Found]:
    for body in bodies(subject):
        for key in dict.fromkeys(_KEY.findall(body.text)):
            right = RIGHT.get(body.endpoint, {}).get(key)
            if right:
                yield (
                    near(key, body.line, subject.document.lines),
                    f"{quoted(key)} in the body of {body.of}: it is {quoted(right)} there",
                )


def _missing(subject: Subject) -> Iterator[Found]:
    for call in subject.calls:
        value = parsed(call.request.body)
        if call.endpoint is None or not isinstance(value, dict):
            continue
        written = {RIGHT.get(call.endpoint.name, {}).get(key, key) for key in value}
        missing = [key for key in NEEDED.get(call.endpoint.name, ()) if key not in written]
        if missing:
            yield (
                call.line,
                f"the body of {call.endpoint.line} has no {listed(map(quoted, missing))}",
            )


def _broken(subject: Subject) -> Iterator[Found]:
    for call in subject.calls:
        body = call.request.body
        takes_json = call.endpoint is not None and call.is_at(*RIGHT)
        if takes_json and body and not call.request.files and parsed(body) is UNREADABLE:
            yield call.line, f"the body is not JSON: {quoted(shown(body))}"


def _untyped(subject: Subject) -> Iterator[Found]:
    for call in subject.calls:
        typed = call.request.header("Content-Type")
        body = call.request.body
        if call.endpoint is None or call.open or not body or call.request.query:
            continue
        if typed is None and body.lstrip().startswith(("{", "[")):
            yield (
                call.line,
                f"JSON goes to {call.endpoint.line} without `Content-Type: application/json`; curl calls it a form",
            )


def _upload_field(subject: Subject) -> Iterator[Found]:
    for call in subject.calls:
        wrong = [name for name, _, _ in call.request.form if name not in ("files", "files[]")]
        if call.is_at("upload") and wrong:
            yield call.line, f"the field of an upload is {quoted('files')}, not {quoted(wrong[0])}"


RULES = (
    Rule("field-case", "error", "Spell fields as documented: snake_case everywhere, but `sessionId` in the order of a render.",
         f"{REFERENCE}: all fields are snake_case but sessionId; {ALL}: endpoints", _case),
    Rule("field-missing", "error", "Send the fields that a request cannot do without.",
         f"{ALL}: endpoints; {REFERENCE}", _missing),
    Rule("json-broken", "error", "Print bodies that parse as JSON once their variables are filled in.",
         f"{ALL}: endpoints (JSON bodies)", _broken),
    Rule("content-type-missing", "warning", "Send `Content-Type: application/json` with JSON.",
         f"{ALL}: endpoints; {CURL}: --data", _untyped),
    Rule("upload-field", "error", "Call the field of an upload `files`.",
         f"{REFERENCE}: upload", _upload_field),
)  # fmt: skip
