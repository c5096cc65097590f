"""A cassette of VCR.py as a recording: strings, `!!binary`, buffers, packed bodies, and its old httpx form.

Such a cassette says nothing of times. Requests get a second each, so that their order is kept.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import yaml

from nemovideo_proxy.convert.har_others import commonest, local, unpacked_headers
from nemovideo_proxy.convert.recording import Recording, Unreadable
from nemovideo_proxy.convert.version import HARNESS
from nemovideo_proxy.counting import counted
from nemovideo_proxy.model import Header, Interaction, Piece, Request, Response

TIMES = "VCR.py does not say when anything happened: the requests are a second apart"


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # chosen at run time
    """The safe loader, with the tags that VCR.py itself wrote; it builds nothing but texts and bytes."""


def _buffer(loader: Any, node: Any) -> bytes:
    state = loader.construct_mapping(node, deep=True).get("state") or (b"",)
    return _bytes(state[0])


def _iterator(loader: Any, node: Any) -> bytes:
    args: Any = loader.construct_mapping(node, deep=True).get("args") or ([],)
    return b"".join(_bytes(piece) for piece in args[0])


_TAG = "tag:yaml.org,2002:python/"
_Loader.add_constructor(_TAG + "str", lambda loader, node: loader.construct_scalar(node))
_Loader.add_constructor(_TAG + "unicode", lambda loader, node: loader.construct_scalar(node))
_Loader.add_constructor(_TAG + "tuple", lambda loader, node: tuple(loader.construct_sequence(node)))
_Loader.add_constructor(_TAG + "object/new:_io.BytesIO", _buffer)
_Loader.add_constructor(_TAG + "object/apply:builtins.iter", _iterator)


def loaded(text: str) -> Any:
    """Return the document in `text`; raises `Unreadable` with the line."""
    try:
        return yaml.load(text, Loader=_Loader)  # noqa: S506  # it is the safe one
    except yaml.MarkedYAMLError as problem:
        line = problem.problem_mark.line + 1 if problem.problem_mark else 1
        raise Unreadable(f"this is no YAML: {problem.problem}", line) from None
    except yaml.YAMLError as problem:
        raise Unreadable(f"this is no YAML: {' '.join(str(problem).split())}") from None


def recording_of(document: Any, *, upstream: str | None = None) -> Recording:
    """Return what a cassette of VCR.py holds; `upstream` is the origin, else that of most requests.

    Raises `Unreadable` with the place in the document.
    """
    place = "interactions"
    interactions = []
    unpacked = 0
    try:
        for index, said in enumerate(document["interactions"]):
            place = f"interactions[{index}]"
            response = _response(said["response"])
            plain = _unpacked(response)
            unpacked += plain is not response
            request = _request(said["request"])
            interactions.append(_interaction(index, request, plain))
    except (KeyError, TypeError, ValueError, AttributeError, OSError, zlib.error) as problem:
        what = f"{problem} is missing" if isinstance(problem, KeyError) else str(problem)
        raise Unreadable(f"{place}: {what}") from None
    if not interactions and not upstream:
        raise Unreadable("interactions: there are none; --upstream says whose they would be")
    origin = (upstream or commonest(i.request.url for i in interactions)).rstrip("/")
    now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return Recording(
        header=Header(upstream=origin, recorded_at=now, harness=HARNESS, notes=TIMES),
        interactions=tuple(local(interaction, origin) for interaction in interactions),
        lost=tuple(_lost(unpacked)),
    )


def _lost(unpacked: int) -> Iterable[str]:
    yield TIMES
    yield "each reply is one piece"
    if unpacked:
        replies = counted(unpacked, "reply", many="replies")
        yield f"the Content-Encoding of {replies}, kept unpacked"


def _interaction(index: int, request: Request, response: Response) -> Interaction:
    return Interaction(number=index + 1, at=float(index), request=request, response=response)


def _request(said: dict[str, Any]) -> Request:
    uri = said["uri"]
    urlsplit(uri)
    return Request(
        method=said["method"],
        url=uri,
        headers=tuple(_headers(said["headers"])),
        body=_bytes(said.get("body")),
    )


def _response(said: dict[str, Any]) -> Response:
    # the form of httpx before version 6 has `status_code` and `content`
    body = _bytes(said["content"] if "status_code" in said else said["body"].get("string"))
    status = {"code": said["status_code"]} if "status_code" in said else said["status"]
    return Response(
        status=status["code"],
        reason=status.get("message") or "",
        headers=tuple(_headers(said["headers"])),
        body=body,
        pieces=(Piece(0.0, len(body)),) if body else (),
    )


def _headers(said: dict[str, Any]) -> Iterable[tuple[str, str]]:
    for name, values in said.items():
        for value in values if isinstance(values, (list, tuple)) else [values]:
            yield name, value if isinstance(value, str) else _bytes(value).decode("latin-1")


def _bytes(said: Any) -> bytes:
    match said:
        case None:
            return b""
        case str():
            return said.encode()
        case bytes():
            return said
        case {"string": inner}:
            return _bytes(inner)
        case list() | tuple():
            return b"".join(_bytes(piece) for piece in said)
    raise ValueError(f"a body cannot be {type(said).__name__}")


def _unpacked(response: Response) -> Response:
    """Return a reply whose body is as it was before it was packed; of what we cannot unpack, itself."""
    encoding = (response.header("content-encoding") or "").lower()
    body = response.body
    if not isinstance(body, bytes) or encoding not in {"gzip", "x-gzip", "deflate"}:
        return response
    plain = _unpack(body, encoding)
    return Response(
        status=response.status,
        reason=response.reason,
        headers=unpacked_headers(response, len(plain)),
        body=plain,
        pieces=(Piece(0.0, len(plain)),) if plain else (),
    )


def _unpack(body: bytes, encoding: str) -> bytes:
    if not body.startswith(b"\x1f\x8b") and encoding != "deflate":
        return body  # VCR.py may have unpacked it and left the header
    if encoding != "deflate":
        return gzip.decompress(body)
    try:
        return zlib.decompress(body)
    except zlib.error:
        return zlib.decompress(body, -zlib.MAX_WBITS)
