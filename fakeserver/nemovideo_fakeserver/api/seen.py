"""How a request and its reply read in the journal: everything a test or the judge asks, and no secret.

Tokens appear by their id; a bearer value that is in no table by a fingerprint, so that one can see that it
was the same again. In paths, queries, headers and bodies a token's value is cut down to its prefix.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import blake2b
from math import isfinite
from typing import Any

from nemovideo_fakeserver.core.account import Token
from nemovideo_fakeserver.core.discretion import discreet
from nemovideo_fakeserver.wire.messages import Body, Head, Spooled

LONGEST = 2000
"""Characters of one string of a body that the journal keeps."""

LONGEST_KEY = 200
"""Characters of a key of a body that the journal keeps."""

DEEPEST = 64
"""Levels of a body that the journal keeps."""

MOST = 64 * 1024
"""Characters of a condensed body; of a longer one the journal keeps the first level's scalars alone."""

UNTOLD = frozenset({"authorization", "cookie", "x-api-key", "proxy-authorization"})


def described(head: Head, token: Token | None) -> dict[str, Any]:
    """Return what the head of a request says, and whose `token` it brings."""
    return {
        "method": head.method,
        "path": discreet(head.path),
        "query": discreet(head.query),
        "peer": head.peer,
        "account": token.account.uid if token else None,
        "token": token.id if token else _fingerprint(head.header("authorization")),
        "headers": {name: discreet(value) for name, value in head.headers if name not in UNTOLD},
    }


def session_of(params: Mapping[str, str], body: Any) -> str | None:
    """Return the session that a request names, in its path or in its body."""
    if "session" in params:
        return params["session"]
    found = body.get("session_id", body.get("sessionId")) if isinstance(body, dict) else None
    return found if isinstance(found, str) else None


def _fingerprint(header: str | None) -> str | None:
    if not header:
        return None
    return "?" + blake2b(header.encode("utf-8", "replace"), digest_size=4).hexdigest()


def size(body: Body) -> int | None:
    """Return the length of a body in bytes, of its files where it is a form; None for one that was not read."""
    if isinstance(body, bytes):
        return len(body)
    return sum(part.size for part in body.parts) if isinstance(body, Spooled) else None


def condensed(body: Body) -> Any:
    """Return a body as the journal has it: JSON with long strings cut, the names of files, or None."""
    if isinstance(body, Spooled):
        return {
            "files": [
                {"field": part.field, "filename": part.filename, "size": part.size}
                for part in body.parts
            ]
        }
    if not isinstance(body, bytes) or not body:
        return None
    try:
        told = _short(json.loads(body))
        long = len(body) > MOST and len(json.dumps(told, ensure_ascii=False)) > MOST
    except (ValueError, RecursionError):
        return None
    return _first_level(told) if long else told


def _first_level(told: Any) -> Any:
    if not isinstance(told, dict):
        return None
    scalars = {key: value for key, value in told.items() if not isinstance(value, dict | list)}
    return dict(list(scalars.items())[:20])


def _short(value: Any, depth: int = 0) -> Any:
    """Return a JSON value cut to size, and such that whoever reads JSON can read it."""
    match value:
        case dict() | list() if depth == DEEPEST:
            return "…"
        case dict():
            return {_text(k, LONGEST_KEY): _member(k, v, depth + 1) for k, v in value.items()}
        case list():
            return [_short(inner, depth + 1) for inner in value]
    return _scalar(value)


def _member(key: str, value: Any, depth: int) -> Any:
    return _draft(value) if key == "draft" else _short(value, depth)


def _scalar(value: Any) -> Any:
    match value:
        case str():
            return _text(value, LONGEST)
        case int() if not -(2**63) <= value < 2**63:
            return _text(str(value), LONGEST)
        case float() if not isfinite(value):
            return None
    return value


def _text(text: str, most: int) -> str:
    """Return a text without secrets and without halves of characters, cut to so many characters."""
    whole = discreet(text if text.isascii() else text.encode("utf-8", "replace").decode())
    return whole if len(whole) <= most else whole[:most] + "…"


def _draft(draft: Any) -> Any:
    """A draft is told by its size: what is in it stands in the facts of its changes."""
    if not isinstance(draft, dict):
        return _short(draft)
    tracks = draft.get("t")
    return {
        "tracks": len(tracks) if isinstance(tracks, list) else 0,
        "d": _short(draft.get("d"), DEEPEST),
    }
