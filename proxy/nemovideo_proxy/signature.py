"""What makes two requests the same one: method, shape of the path, and what their bodies ask for.

Values that are somebody's (see `places`) are replaced by their role: a new client has ids of its own.
The shape stands in the first line of every document of a cassette, and so does the key, a short hash of
the body: those lines are its index.
"""

from __future__ import annotations

import hashlib
import json
from email.message import Message
from email.utils import collapse_rfc2231_value
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, quote, urlencode

from nemovideo_proxy import places
from nemovideo_proxy.model import Blob, Body, Multipart, Part, Request, first

NOTHING = "-"
"""The key of a request without a body."""

_CANONICAL = json.JSONEncoder(sort_keys=True, ensure_ascii=True, separators=(",", ":"))


class Signature(NamedTuple):
    """Method, shape and key; none of them holds white space."""

    method: str
    shape: str
    key: str

    def __str__(self) -> str:
        return f"{self.method} {self.shape} {self.key}"


def signature_of(request: Request) -> Signature:
    """Return what `request` has in common with the same request of another client."""
    path = request.url.partition("?")[0]
    return signed(request.method, request.url, meaning_of(path, request.headers, request.body))


def signed(method: str, url: str, meaning: Any) -> Signature:
    """Return the signature of a request for `url` whose body asks for `meaning`."""
    path, _, query = url.partition("?")
    shape = quote(places.shape_of(path), safe="/:{}%@!$&'()*+,;=~")
    if asked := _asked(query):
        shape += "?" + asked
    return Signature(method, shape, key_of(meaning))


def meaning_of(path: str, headers: tuple[tuple[str, str], ...], body: Body) -> Any:
    """Return what a body asks for as a JSON value; values that are somebody's are their role in braces."""
    match body:
        case b"":
            return None
        case bytes():
            return _said(path, headers, body)
        case Blob():
            return {"sha256": body.sha256}
        case Multipart():
            return [_part(part) for part in body.parts]


def key_of(meaning: Any) -> str:
    """Return the short hash of what a body asks for."""
    if meaning is None:
        return NOTHING
    return hashlib.sha256(_CANONICAL.encode(meaning).encode()).hexdigest()[:12]


def _asked(query: str) -> str:
    """Return the parameters in a fixed order, without the values that are somebody's."""
    if not query:
        return ""
    pairs = [
        (name, f"{{{role}}}" if (role := places.IN_QUERY.get(name.lower())) else value)
        for name, value in parse_qsl(query, keep_blank_values=True)
    ]
    return urlencode(sorted(pairs), safe="{}")


def _said(path: str, headers: tuple[tuple[str, str], ...], body: bytes) -> Any:
    try:
        return anybody(json_of(headers, body), is_order=is_order(path))
    except (ValueError, RecursionError):
        return {"sha256": hashlib.sha256(body).hexdigest()}


def json_of(headers: tuple[tuple[str, str], ...], body: bytes) -> Any:
    """Return the JSON value that a body is; ValueError if it is none, or said to be something else."""
    if "json" not in (first(headers, "content-type") or "json"):
        raise ValueError("the content type is not that of JSON")
    return json.loads(body)


def is_order(path: str) -> bool:
    """Say whether the top-level `places.RENDER_KEYS` of what is sent there are a render's id."""
    return path.startswith("/api/render/proxy/")


def anybody(value: Any, *, is_order: bool = False) -> Any:
    """Return a JSON value with the strings that are somebody's replaced by their role in braces."""
    match value:
        case dict():
            return {
                key: f"{{{role}}}"
                if (role := role_of(key, is_order=is_order)) and isinstance(inner, str)
                else anybody(inner)
                for key, inner in value.items()
            }
        case list():
            return [anybody(inner) for inner in value]
        case _:
            return value


def role_of(key: str, *, is_order: bool) -> places.Role | None:
    """Return the role of what a JSON object has under `key`."""
    if is_order and key in places.RENDER_KEYS:
        return "render"
    return places.IN_JSON.get(key.lower())


def part_meaning(field: str, filename: str | None, sha256: str) -> Any:
    """Return what one part of a multipart body asks for; of a file's name the last part, as RFC 7578 has it."""
    last = filename and filename.replace("\\", "/").rpartition("/")[2]
    return {"field": field, "filename": last, "sha256": sha256}


def _part(part: Part) -> Any:
    content = (
        part.body.sha256 if isinstance(part.body, Blob) else hashlib.sha256(part.body).hexdigest()
    )
    said = Message()
    said["content-disposition"] = _as_sent(first(part.headers, "content-disposition") or "")
    field = said.get_param("name", "", header="content-disposition")
    return part_meaning(collapse_rfc2231_value(field), said.get_filename(), content)


def _as_sent(text: str) -> str:
    """Return the text of a part's header: a recording has a character for each byte of its UTF-8."""
    try:
        return text.encode("latin-1").decode("utf-8", "replace")
    except UnicodeEncodeError:
        return text  # somebody wrote it by hand
