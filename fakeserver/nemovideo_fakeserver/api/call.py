"""One request on its way to an act: the head, the world, who calls, and the body once it is there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from nemovideo_fakeserver.core.account import Account, Token
from nemovideo_fakeserver.core.refusals import RequestMalformed, SessionUnknown
from nemovideo_fakeserver.core.sessions import Session
from nemovideo_fakeserver.core.world import World
from nemovideo_fakeserver.wire.messages import Body, Head, Malformed, TooLarge

MAX_JSON = 8 * 2**20
"""Bytes of a JSON body."""

MAX_DEPTH = 64
"""Levels of a JSON body."""


@dataclass(slots=True, kw_only=True)
class Call:
    """What a handler works on; `params` are the decoded variable parts of the path.

    `told` is what a handler wants the journal to say of its reply.
    """

    head: Head
    world: World
    params: Mapping[str, str]
    bearer: Token | None = None
    body: Body = field(default=b"", repr=False)
    told: dict[str, Any] = field(default_factory=dict)

    @property
    def token(self) -> Token:
        """The caller's token; only routes that demand one may ask."""
        assert self.bearer is not None, "the route table names no scope for this route"
        return self.bearer

    @property
    def account(self) -> Account:
        """The caller's account."""
        return self.token.account

    @property
    def cdn(self) -> str:
        """The URL below which media lie, as this client reaches it."""
        return f"{self.head.base}/cdn"

    def session(self) -> Session:
        """Return the session the path names; `me` or the caller's own id stand for the user."""
        self.check_user(self.params["user"])
        return self.world.sessions.get(self.account, self.params["session"])

    def check_user(self, user: object) -> None:
        """Raise `SessionUnknown` when `user` is somebody else (which code that gives is assumed).

        The id an account had before it was upgraded still means it (assumed).
        """
        if user is not None and not isinstance(user, str):
            raise RequestMalformed("user_id: must be a string; me stands for the token's own user")
        if user not in (None, "me", self.account.user_id, self.account.uid):
            raise SessionUnknown(f"session not found: this token is not user {user[:40]!r}; use me")

    @property
    def is_form(self) -> bool:
        """Whether the head announces a form; no other kind of multipart brings files."""
        media_type = (self.head.header("content-type") or "").partition(";")[0]
        return media_type.strip().lower() == "multipart/form-data"

    def json(self) -> dict[str, Any]:
        """Return the body as a JSON object; raises `RequestMalformed` naming what is wrong."""
        match self.body:
            case TooLarge(limit, _):
                raise RequestMalformed(f"body: larger than {limit} bytes")
            case Malformed(why):
                raise RequestMalformed(why)
            case bytes(raw):
                return _object(raw)
        raise RequestMalformed("body: a JSON object was expected, not a form")


def _object(raw: bytes) -> dict[str, Any]:
    if not raw.strip():
        raise RequestMalformed("body: empty; a JSON object was expected")
    try:
        value = json.loads(raw.decode("utf-8"), parse_constant=_no_constant)
        if b"\\u" in raw:
            json.dumps(value, ensure_ascii=False).encode()
    except UnicodeDecodeError as problem:
        raise RequestMalformed(f"body: not UTF-8 at byte {problem.start}") from None
    except UnicodeEncodeError:
        raise RequestMalformed("body: a \\u escape is half of a surrogate pair") from None
    except json.JSONDecodeError as problem:
        raise RequestMalformed(
            f"body: not JSON: {problem.msg} at line {problem.lineno} column {problem.colno}"
        ) from None
    except (ValueError, RecursionError) as problem:
        raise RequestMalformed(f"body: not JSON we take: {str(problem)[:100]}") from None
    if not isinstance(value, dict):
        raise RequestMalformed(f"body: a JSON object was expected, not {_kind(value)}")
    _check_depth(value)
    return value


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON number")


def _kind(value: object) -> str:
    return {list: "an array", str: "a string", bool: "a boolean", type(None): "null"}.get(
        type(value), "a number"
    )


def _check_depth(value: object) -> None:
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [
            child
            for node in level
            for child in (node.values() if isinstance(node, dict) else node)  # type: ignore[attr-defined]  # only containers enter
            if isinstance(child, dict | list)
        ]
        if not level:
            return
    raise RequestMalformed(f"body: nested deeper than {MAX_DEPTH} levels")
