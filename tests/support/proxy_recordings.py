"""Recordings made up for the tests of the proxy's tools: one session by hand, and any by Hypothesis."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from nemovideo_proxy.convert.recording import Recording
from nemovideo_proxy.model import (
    Blob,
    End,
    Header,
    Headers,
    Interaction,
    Multipart,
    Part,
    Piece,
    Request,
    Response,
)

UPSTREAM = "https://api.example.test"
HEADER = Header(upstream=UPSTREAM, recorded_at="2026-03-18T10:00:00Z", harness="0.1.0")
TOKEN = "nmv_usr_KGdwtlGw3hBDUpV-4_FJfEgYqFbTXQuYPKPq1w2e3r4"
JSON: Headers = (("Content-Type", "application/json"),)
FILM = bytes(range(256)) * 5
FRAMES = (b'data: {"type":"text","content":"\xe5\xa5\xbd"}\n\n', b"data:\n\n", b": still here\n\n")


def blob_of(content: bytes, suffix: str = "") -> Blob:
    """Return the blob that `content` lies in."""
    return Blob(sha256=hashlib.sha256(content).hexdigest(), size=len(content), suffix=suffix)


def answered(
    number: int,
    line: str,
    body: Any = b"",
    *,
    sent: Any = b"",
    headers: Headers = JSON,
    status: int = 200,
    at: float | None = None,
    asked: Headers = JSON,
) -> Interaction:
    """Return an interaction whose reply came at once; bodies that are no bytes are written as JSON."""
    method, _, url = line.partition(" ")
    content = as_bytes(body)
    return Interaction(
        number=number,
        at=float(number) if at is None else at,
        request=Request(method=method, url=url, headers=asked, body=as_bytes(sent)),
        response=Response(
            status=status,
            reason="OK" if status == 200 else "",
            headers=headers,
            body=content,
            pieces=(Piece(0.0, len(content)),) if content else (),
        ),
    )


def as_bytes(body: Any) -> bytes:
    """Return a body as it is sent."""
    return body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()


def streamed(
    number: int,
    frames: Sequence[tuple[float, bytes]],
    *,
    sent: Any = b"{}",
    end: End = "eof",
    at: float | None = None,
    ended: float | None = None,
) -> Interaction:
    """Return a message whose stream had `frames`, each in a piece of its own."""
    plain = answered(number, "POST /run_sse", sent=sent, at=at)
    assert plain.response is not None
    response = replace(
        plain.response,
        headers=(("Content-Type", "text/event-stream"),),
        body=b"".join(frame for _, frame in frames),
        pieces=tuple(Piece(at, len(frame)) for at, frame in frames),
    )
    last = frames[-1][0] if frames else 0.0
    return replace(plain, response=response, ended=last if ended is None else ended, end=end)


def session() -> Recording:
    """Return a small session: a token, an upload of a film, a stream that is cut, and no answer."""
    film = blob_of(FILM, ".mp4")
    form = Multipart(
        boundary="cut-here",
        parts=(
            Part(headers=(("Content-Disposition", 'form-data; name="note"'),), body=b"hello"),
            Part(
                headers=(
                    ("Content-Disposition", 'form-data; name="files"; filename="a film.mp4"'),
                    ("Content-Type", "video/mp4"),
                ),
                body=film,
            ),
        ),
    )
    upload = answered(2, "POST /api/upload-video/nemo_agent/me/1", {"code": 0}, at=1.5)
    kind = (("Content-Type", "multipart/form-data; boundary=cut-here"),)
    frames = [(0.25 * number, frame) for number, frame in enumerate(FRAMES, 1)]
    interactions = (
        answered(
            1, "POST /api/auth/anonymous-token", {"code": 0, "data": {"token": TOKEN}}, at=0.0
        ),
        replace(upload, request=replace(upload.request, headers=kind, body=form)),
        streamed(3, frames, end="truncated"),
        replace(answered(4, "GET /api/state?x=1&y=%20"), response=None, end="reset"),
        answered(5, "GET https://cdn.example.test/a.mp4?sig=1", FILM, headers=()),
    )
    return Recording(header=HEADER, interactions=interactions, read={film: FILM}.__getitem__)


_TOKENS = st.text("abcdefghijklmnopqrstuvwxyzABCXYZ0123456789-", min_size=1, max_size=12)
_LATIN = st.text(
    st.characters(min_codepoint=0x20, max_codepoint=0xFF, exclude_characters="\x7f"), max_size=20
)
_TYPES = st.sampled_from(
    (
        "application/json",
        "text/event-stream; charset=utf-8",
        "text/plain; charset=gb2312",
        "text/plain; charset=utf-16",
        "text/plain; charset=nonsense",
        "application/octet-stream",
        "application/x-www-form-urlencoded",
    )
)
_HEADERS = st.tuples(
    st.lists(st.tuples(_TOKENS, _LATIN), max_size=4).map(tuple),
    st.lists(_TYPES.map(lambda kind: ("Content-Type", kind)), max_size=1).map(tuple),
).map(lambda both: (*both[0], *both[1]))
_CONTENT = st.binary(max_size=60) | st.text(max_size=30).map(str.encode)
_SECONDS = st.floats(0, 1e6).map(lambda seconds: round(seconds, 3))
_PATHS = st.text("abc/%20?&=_é", max_size=20).map(lambda text: "/" + text.lstrip("/"))
_ENDS: st.SearchStrategy[End] = st.sampled_from(("eof", "truncated", "reset", "timeout", "lost"))


@st.composite
def recordings(draw: st.DrawFn) -> Recording:
    """Draw a recording of which nothing is usual but that it may be."""
    contents: dict[Blob, bytes] = {}
    count = draw(st.integers(0, 4))
    interactions = tuple(_interaction(draw, number, contents) for number in range(1, count + 1))
    return Recording(header=HEADER, interactions=interactions, read=contents.__getitem__)


def _interaction(draw: st.DrawFn, number: int, contents: dict[Blob, bytes]) -> Interaction:
    return Interaction(
        number=number,
        at=draw(_SECONDS),
        request=Request(
            method=draw(st.sampled_from(("GET", "POST", "DELETE"))),
            url=draw(st.sampled_from(("", UPSTREAM, "https://cdn.example.test"))) + draw(_PATHS),
            headers=draw(_HEADERS),
            body=_multipart(draw, contents) if draw(st.booleans()) else _body(draw, contents),
        ),
        response=draw(st.none()) if draw(st.booleans()) else _response(draw, contents),
        ended=draw(_SECONDS),
        end=draw(_ENDS),
    )


def _body(draw: st.DrawFn, contents: dict[Blob, bytes]) -> bytes | Blob:
    content = draw(_CONTENT)
    if not content or draw(st.booleans()):
        return content
    blob = blob_of(content, draw(st.sampled_from(("", ".mp4"))))
    contents[blob] = content
    return blob


def _multipart(draw: st.DrawFn, contents: dict[Blob, bytes]) -> Multipart:
    parts = draw(st.lists(_HEADERS, min_size=1, max_size=3))
    return Multipart(
        boundary=draw(_TOKENS),
        parts=tuple(Part(headers=headers, body=_body(draw, contents)) for headers in parts),
    )


def _response(draw: st.DrawFn, contents: dict[Blob, bytes]) -> Response:
    body = _body(draw, contents)
    size = body.size if isinstance(body, Blob) else len(body)
    cuts = sorted({0, size, *draw(st.lists(st.integers(0, size), max_size=4))})
    sizes = [after - before for before, after in itertools.pairwise(cuts)]
    return Response(
        status=draw(st.integers(200, 599)),
        reason=draw(_LATIN),
        version=draw(st.sampled_from(("HTTP/1.1", "HTTP/2.0"))),
        headers=draw(_HEADERS),
        at=draw(_SECONDS),
        body=body,
        pieces=tuple(Piece(draw(_SECONDS), size) for size in sizes),
    )
