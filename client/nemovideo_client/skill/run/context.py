"""What stands before a value says what is wanted there: a key of JSON, a header, a part of a path."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from nemovideo_client.skill.meanings import meaning

PLACE = re.compile(
    r"<(?P<angled>[A-Za-z][\w .'-]*)>|(?<!\$)\{(?P<braced>[A-Za-z_]\w*)\}"
    r"|(?<![\w$])(?P<yours>YOUR_[A-Z_]+)\b|(?<=[/\"' =])(?P<capitals>[A-Z][A-Z0-9_]{2,})(?=[\"'/&?]|$)"
)
"""How people mark the place of a value: `<session_id>`, `{session_id}`, YOUR_SESSION_ID, SESSION_ID."""

KEYS: Mapping[str, str] = MappingProxyType(
    {
        "id": "render_id",
        "X-Client-Id": "client_id",
        "urls": "url",
        "text": "message",
        "bind": "user_id",
        "Authorization": "token",
    }
)
"""Keys of bodies, headers and queries whose own names do not say it."""

_KEY = re.compile(r"[\"'\\]*([A-Za-z_-]+)\\?[\"']?\s*[:=]\s*\[?\\?[\"']?(?:Bearer )?$")
_RENDER = re.compile(r"/(?:lambda|proxy)/$")
_SESSION = re.compile(r"nemo_agent/[^/]+/$")


def wanted(before: str) -> str:
    """Return the meaning of a value by what stands before it; empty where that says nothing."""
    found = _KEY.search(before[-80:])
    if found:
        return KEYS.get(found[1]) or meaning(found[1])
    if before.endswith("=@"):  # the file of a form
        return "file"
    if _RENDER.search(before):
        return "render_id"
    return "session_id" if _SESSION.search(before) else ""


def means(name: str, before: str) -> str:
    """Return the meaning of a name where it stands; what is vague by itself is told by its place."""
    own, here = meaning(name), wanted(before)
    if own in ("", "any_id", "url") and here:
        return here
    return own
