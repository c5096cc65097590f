"""Where on the wire a value stands that is somebody's: a token, a client, a session, a render.

One table for two readers. Redaction replaces what stands in a secret place; replay binds what a new
client says there to what the recorded client said. The places are those of the public documents
(`docs/sources.md`): the vendor's skill of each version, its API reference, and the four skills.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, TypeAlias

Role: TypeAlias = Literal[
    "token",
    "client",
    "user",
    "claim",
    "email",
    "cookie",
    "signature",
    "session",
    "task",
    "render",
]
"""What a value is to the conversation."""

SECRET: frozenset[Role] = frozenset(
    ("token", "client", "user", "claim", "email", "cookie", "signature")
)
"""The roles whose values never reach a disk."""

NOBODY = frozenset(("", "me"))
"""What stands in such places without being anybody's: `me` is whoever the token belongs to."""

IN_HEADERS: dict[str, Role] = {
    "authorization": "token",
    "proxy-authorization": "token",
    "x-api-key": "token",
    "x-auth-token": "token",
    "x-client-id": "client",
    "x-user-id": "user",
    "cookie": "cookie",
    "set-cookie": "cookie",
}
"""Headers by name in lower case. Of an authorization the value follows its scheme."""

IN_QUERY: dict[str, Role] = {
    "token": "token",
    "nemo_token": "token",
    "access_token": "token",
    "api_key": "token",
    "ct": "claim",
    "bind": "user",
    "user_id": "user",
    "session": "session",
    "session_id": "session",
    "task": "task",
    "task_id": "task",
    "signature": "signature",
    "sig": "signature",
    "policy": "signature",
    "key-pair-id": "signature",
    "x-amz-signature": "signature",
    "x-amz-credential": "signature",
    "x-amz-security-token": "signature",
    "x-goog-signature": "signature",
    "x-goog-credential": "signature",
    "ossaccesskeyid": "signature",
    "x-oss-signature": "signature",
    "x-oss-credential": "signature",
    "x-oss-security-token": "signature",
    "auth_key": "signature",
}
"""Query parameters by name in lower case: the links of every vendor version, and signed URLs of the
object stores (their public documentation)."""

IN_JSON: dict[str, Role] = {
    "token": "token",
    "access_token": "token",
    "refresh_token": "token",
    "api_key": "token",
    "nemo_token": "token",
    "claim_token": "claim",
    "client_id": "client",
    "user_id": "user",
    "userid": "user",
    "bind_id": "user",
    "email": "email",
    "session_id": "session",
    "sessionid": "session",
    "task_id": "task",
}
"""JSON keys in lower case, at any depth."""

RENDER_KEYS = ("id", "taskId")
"""The top-level keys of a render order and of its status that are the render's id."""

_PATHS = (
    "/api/tasks/{user}/with-session/nemo_agent",
    "/api/upload-video/nemo_agent/{user}/{session}",
    "/api/state/nemo_agent/{user}/{session}/latest",
    "/api/render/proxy/lambda/{render}",
    "/api/render/proxy/lambda/{render}/cancel",
    "/api/render/proxy/{render}/download",
    "/api/render/proxy/{render}",
    "/api/tokens/{token_id}/revoke",
)
_FIXED = frozenset(("/api/render/proxy/lambda", "/api/render/proxy/draft"))


def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(template)))


_TEMPLATES = tuple((template, _pattern(template)) for template in _PATHS)


def in_path(path: str) -> Iterator[tuple[Role, int, int]]:
    """Yield the role of each value in a path (without its query), and where it begins and ends."""
    found = _match(path)
    if found is None:
        return
    for role in ("user", "session", "render"):
        if role in found[1].groupdict():
            yield role, *found[1].span(role)


def shape_of(path: str) -> str:
    """Return a path with the values in it replaced by their roles: `/api/render/proxy/lambda/{render}`."""
    found = _match(path)
    return path if found is None else found[0]


@lru_cache(maxsize=1024)
def _match(path: str) -> tuple[str, re.Match[str]] | None:
    if path in _FIXED:
        return None
    for template, pattern in _TEMPLATES:
        if match := pattern.fullmatch(path):
            return template, match
    return None
