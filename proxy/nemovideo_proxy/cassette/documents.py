"""Interactions and headers to the text of a document, and back.

Law: what is written is read back at once, and refused unless it is the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from msgspec import UnsetType

from nemovideo_proxy.cassette import bodies, frames, pieces
from nemovideo_proxy.cassette.broken import BrokenCassette, Unwritable
from nemovideo_proxy.cassette.explaining import converted
from nemovideo_proxy.cassette.forms import VERSION, HeaderForm, InteractionForm, ResponseForm
from nemovideo_proxy.cassette.json_styles import PLAIN
from nemovideo_proxy.cassette.plain_reading import Again
from nemovideo_proxy.cassette.yaml_reading import Text
from nemovideo_proxy.cassette.yaml_writing import Flow, written
from nemovideo_proxy.model import Header, Interaction, Request, Response
from nemovideo_proxy.model import size as size_of
from nemovideo_proxy.signature import signature_of

OPENING = re.compile(r"--- # ([0-9]{1,9}) ([!-~]+) ([!-~]+) (-|[0-9a-f]{12})")
"""The first line of a document: number, method, shape, key."""

_NOWHERE = Path("what was written")


def opening_of(number: int, request: Request) -> str:
    """Return the first line of a document; raises `Unwritable`."""
    try:
        opening = f"--- # {number} {signature_of(request)}"
    except UnicodeEncodeError:
        raise Unwritable("half a character is no text") from None
    if not OPENING.fullmatch(opening):
        raise Unwritable(f"`{opening[6:]}` is no number, method and path")
    return opening


def header_text(header: Header) -> str:
    """Return a header as the document that opens a cassette; raises `Unwritable`."""
    days = header.expires_after
    keys: dict[str, Any] = {
        "cassette": VERSION,
        "upstream": header.upstream,
        "recorded_at": header.recorded_at,
        "expires_after": None if days is None else f"{days!r}".removesuffix(".0") + "d",
        "notes": header.notes or None,
        "harness": header.harness,
    }
    text = written({key: value for key, value in keys.items() if value is not None}) + "\n"
    _check(lambda: header_of(text, _NOWHERE, 1), header, "the header")
    return text


def header_of(text: str, path: Path, line: int) -> Header:
    """Return the header a document is; raises `BrokenCassette`."""
    read = Text(text, path, line)
    if not isinstance(read.value, dict) or "cassette" not in read.value:
        raise read.broken((), "this is no cassette", "the first document has `cassette: 1`")
    if read.value["cassette"] != VERSION:
        what = f"this cassette is of version {read.value['cassette']}, not {VERSION}"
        raise read.broken(("cassette",), what, "record it again with `nemo-proxy record`")
    form: HeaderForm = converted(read, HeaderForm)
    days = form.expires_after
    return Header(
        upstream=form.upstream,
        recorded_at=form.recorded_at,
        harness=form.harness,
        expires_after=None if days is None else float(days[:-1]),
        notes=form.notes,
    )


def interaction_text(interaction: Interaction) -> str:
    """Return an interaction as a document; raises `Unwritable`."""
    opening = opening_of(interaction.number, interaction.request)
    keys = {"at": interaction.at, "request": request_keys(interaction.request)}
    if interaction.response is not None:
        keys["response"] = _response_keys(interaction.response)
    if interaction.end != "eof":
        keys["end"] = interaction.end
    text = f"{opening}\n{written(keys | {'ended': interaction.ended})}\n"
    number = interaction.number
    what = f"interaction {number}"
    _check(lambda: _interaction(Again(text, _NOWHERE, 1), number), interaction, what)
    return text


def interaction_of(text: str, number: int, path: Path, line: int) -> Interaction:
    """Return the interaction a document is; raises `BrokenCassette`."""
    return _interaction(Text(text, path, line), number)


def _interaction(read: Text, number: int) -> Interaction:
    if isinstance(read.value, dict) and "ended" not in read.value:
        what = "this document is cut off: it has no `ended`"
        raise read.broken((), what, "write one, or save the rest with `nemo-proxy doctor --repair`")
    return made_of(read, number)


def made_of(read: Text, number: int) -> Interaction:
    """Return the interaction that plain data are; raises `BrokenCassette`."""
    form: InteractionForm = converted(read, InteractionForm)
    return Interaction(
        number=number,
        at=form.at,
        request=_request(form, read),
        response=_response(form.response, read),
        ended=form.ended,
        end=form.end,
    )


def request_keys(request: Request) -> dict[str, Any]:
    """Return what stands for a request."""
    keys = {"method": request.method, "url": request.url}
    return keys | bodies.headers_of(request.headers) | bodies.keys_of(request.body, request.headers)


def head_keys(response: Response) -> dict[str, Any]:
    """Return what stands for a response without its body."""
    keys: dict[str, Any] = {"at": response.at, "status": response.status}
    if response.reason:
        keys["reason"] = response.reason
    if response.version != "HTTP/1.1":
        keys["version"] = response.version
    return keys | bodies.headers_of(response.headers)


def _response_keys(response: Response) -> dict[str, Any]:
    keys = head_keys(response)
    size, came = size_of(response.body), sum(piece.size for piece in response.pieces)
    if response.pieces and came != size:
        raise Unwritable(f"a body has {size} bytes, and its pieces {came}")
    if isinstance(response.body, bytes) and response.body and _is_stream(response):
        return keys | _frame_keys(response, response.body)
    return keys | _time_keys(response) | bodies.keys_of(response.body, response.headers)


def _is_stream(response: Response) -> bool:
    return (response.header("content-type") or "").startswith("text/event-stream")


def _frame_keys(response: Response, body: bytes) -> dict[str, Any]:
    parts = frames.split(body)
    style = frames.style_of(parts)
    times, say_all = pieces.of_frames(response.pieces, [len(part) for part in parts])
    rows = [
        Flow(({} if at is None else {"at": at}) | frames.told(part, style))
        for at, part in zip(times, parts, strict=True)
    ]
    keys: dict[str, Any] = {} if say_all else _chunks(response)
    return keys | ({} if style == PLAIN else {"style": style}) | {"frames": rows}


def _time_keys(response: Response) -> dict[str, Any]:
    size = size_of(response.body)
    if response.pieces == pieces.plain(response.at, size):
        return {}
    if size and len(response.pieces) == 1:
        return {"body_at": response.pieces[0].at}
    return _chunks(response)


def _chunks(response: Response) -> dict[str, Any]:
    return {"chunks": Flow([[piece.at, piece.size] for piece in response.pieces])}


def _request(form: InteractionForm, read: Text) -> Request:
    try:
        body = bodies.body_of(form.request)
    except ValueError as problem:
        raise _wrong(read, "request", problem) from None
    return Request(
        method=form.request.method,
        url=form.request.url,
        headers=bodies.from_headers(form.request.headers),
        body=body,
    )


def _response(form: ResponseForm | UnsetType, read: Text) -> Response | None:
    if isinstance(form, UnsetType):
        return None
    try:
        parts = _frames(form)
        body = bodies.content_of(form) if parts is None else b"".join(parts)
        sizes = None if parts is None else [len(part) for part in parts]
        times = pieces.told(form, sizes, size_of(body))
    except ValueError as problem:
        raise _wrong(read, "response", problem) from None
    return Response(
        status=form.status,
        reason=form.reason,
        version=form.version,
        headers=bodies.from_headers(form.headers),
        at=form.at,
        body=body,
        pieces=times,
    )


def _frames(form: ResponseForm) -> list[bytes] | None:
    if isinstance(form.frames, UnsetType):
        return None
    return [frames.bytes_of(frame, form.style) for frame in form.frames]


def _wrong(read: Text, key: str, problem: ValueError) -> BrokenCassette:
    return read.broken((key,), f"`{key}`: {problem}", "docs/cassettes.md says what stands where")


def _check(read_back: Callable[[], object], value: object, what: str) -> None:
    """Refuse what would not come back as it is."""
    try:
        same = read_back() == value
    except BrokenCassette as problem:
        raise Unwritable(f"{what} is nothing a cassette can hold: {problem.what}") from None
    if not same:
        raise Unwritable(f"{what} would not come back from the cassette as it is")
