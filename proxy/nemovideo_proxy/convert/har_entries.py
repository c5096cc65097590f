"""One entry of a HAR as an interaction."""

from __future__ import annotations

import base64
import hashlib
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urldefrag

from nemovideo_proxy.convert.forms import body_of
from nemovideo_proxy.convert.text import bytes_of
from nemovideo_proxy.model import Blob, Headers, Interaction, Piece, Request, Response


def started(entry: dict[str, Any]) -> datetime:
    """Return when an entry's request began; UTC unless it says otherwise."""
    at = datetime.fromisoformat(entry["startedDateTime"])
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def interaction_of(entry: dict[str, Any], number: int, blobs: dict[Blob, bytes]) -> Interaction:
    """Return an entry as an interaction; what was a file is added to `blobs`.

    Raises `KeyError`, `TypeError` or `ValueError` where the entry is not as HAR has it.
    """
    ended = entry.get("_ended", max(0.0, entry["time"]) / 1000)
    response = _response(entry, ended, blobs)
    return Interaction(
        number=entry.get("_number", number),
        at=entry.get("_at", 0.0),
        request=_request(entry["request"], blobs),
        response=response,
        ended=ended,
        end=entry.get("_end", "reset" if response is None else "eof"),
    )


def _request(said: dict[str, Any], blobs: dict[Blob, bytes]) -> Request:
    post = said.get("postData")
    return Request(
        method=said["method"],
        url=said["_url"] if "_url" in said else _whole(said["url"]),
        headers=_headers(said["headers"]),
        body=body_of(post, blobs) if post else b"",
    )


def _whole(url: str) -> str:
    """Return a URL without a fragment, which is never sent."""
    return urldefrag(url).url if "#" in url else url


def _headers(said: list[dict[str, str]]) -> Headers:
    """Return the headers, without those that HTTP/2 makes of the request line."""
    return tuple((h["name"], h["value"]) for h in said if not h["name"].startswith(":"))


def _response(entry: dict[str, Any], ended: float, blobs: dict[Blob, bytes]) -> Response | None:
    said = entry["response"]
    if not said["status"]:
        return None
    body = _content(said["content"], blobs)
    at = said.get("_at", min(ended, _waited(entry["timings"])))
    size = body.size if isinstance(body, Blob) else len(body)
    whole = [{"at": ended, "size": size}] if size else []
    return Response(
        status=said["status"],
        reason=said["statusText"],
        version=said["httpVersion"] or "HTTP/1.1",
        headers=_headers(said["headers"]),
        at=at,
        body=body,
        pieces=tuple(Piece(p["at"], p["size"]) for p in said.get("_chunks", whole)),
    )


def _waited(timings: dict[str, Any]) -> float:
    """Return the seconds until the head came; `ssl` is a part of `connect`, and -1 says nothing."""
    steps = ("blocked", "dns", "connect", "send", "wait")
    return sum(max(0.0, timings.get(step) or 0.0) for step in steps) / 1000


def _content(content: dict[str, Any], blobs: dict[Blob, bytes]) -> bytes | Blob:
    text = content.get("text") or ""
    data = (
        base64.b64decode(text)
        if content.get("encoding") == "base64"
        else bytes_of(text, content.get("mimeType") or "")
    )
    if "_suffix" not in content:
        return data
    blob = Blob(sha256=hashlib.sha256(data).hexdigest(), size=len(data), suffix=content["_suffix"])
    blobs[blob] = data
    return blob
