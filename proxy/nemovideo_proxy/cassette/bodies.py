"""Bodies to the keys that stand for them in a document, and back to the same bytes."""

from __future__ import annotations

import base64
import re
from typing import Any

from msgspec import UNSET, UnsetType

from nemovideo_proxy.cassette import json_styles
from nemovideo_proxy.cassette.forms import (
    BodyForm,
    FileForm,
    HeaderLine,
    MultipartForm,
    RequestForm,
)
from nemovideo_proxy.cassette.frames import from_base64
from nemovideo_proxy.cassette.json_trees import is_writable
from nemovideo_proxy.cassette.yaml_writing import Flow
from nemovideo_proxy.model import Blob, Body, Headers, Multipart, Part, first

_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")

Keys = dict[str, Any]


def keys_of(body: Body, headers: Headers) -> Keys:
    """Return what stands for a body; nothing, if it is empty."""
    match body:
        case Blob():
            return {"file": Flow({"name": body.name, "size": body.size})}
        case Multipart():
            parts = [_part(part) for part in body.parts]
            return {"multipart": {"boundary": body.boundary, "parts": parts}}
        case b"":
            return {}
    text = text_of(body)
    if text is None:
        return {"base64": base64.b64encode(body).decode()}
    return _json(text, first(headers, "content-type") or "") or {"text": text}


def text_of(body: bytes) -> str | None:
    """Return a body as text, or None if people would not take it for text."""
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return None
    return None if _NO_TEXT.search(text) else text


def headers_of(headers: Headers) -> Keys:
    """Return what stands for headers."""
    return {"headers": [{name: value} for name, value in headers]} if headers else {}


def from_headers(lines: list[HeaderLine]) -> Headers:
    """Return headers as they were sent."""
    return tuple(pair for line in lines for pair in line.items())


def body_of(form: BodyForm) -> Body:
    """Return the body a form stands for; raises ValueError where there is none."""
    if isinstance(form, RequestForm) and isinstance(form.multipart, MultipartForm):
        return _multipart(form.multipart)
    if isinstance(form.file, FileForm):
        return _blob(form.file)
    return _bytes(form)


def content_of(form: BodyForm) -> bytes | Blob:
    """Return a body that has no parts; raises ValueError where there is none."""
    return _blob(form.file) if isinstance(form.file, FileForm) else _bytes(form)


def _json(text: str, content_type: str) -> Keys:
    taken = json_styles.taken(text)
    if taken is None or not is_writable(taken[0]):
        return {}
    value, style = taken
    if not isinstance(value, (dict, list)) and "json" not in content_type:
        return {}
    return {"json": value} if style == json_styles.PLAIN else {"style": style, "json": value}


def _part(part: Part) -> Keys:
    return headers_of(part.headers) | keys_of(part.body, part.headers)


def _multipart(form: MultipartForm) -> Multipart:
    return Multipart(
        boundary=form.boundary,
        parts=tuple(
            Part(headers=from_headers(part.headers), body=content_of(part)) for part in form.parts
        ),
    )


def _blob(form: FileForm) -> Blob:
    return Blob(sha256=form.name[:64], size=form.size, suffix=form.name[64:])


def _bytes(form: BodyForm) -> bytes:
    if form.json is not UNSET:
        return json_styles.given(form.json, form.style).encode()
    if not isinstance(form.text, UnsetType):
        return form.text.encode()
    return b"" if isinstance(form.base64, UnsetType) else from_base64(form.base64)
