"""A document of a cassette as YAML parses it. Every key says what it means, to readers and to editors."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

from msgspec import UNSET, Meta, Struct, UnsetType

from nemovideo_proxy.cassette.json_styles import PLAIN, Style
from nemovideo_proxy.model import End

VERSION = 1
"""The version of the format."""


class Form(Struct, frozen=True, forbid_unknown_fields=True):
    """A mapping with these keys and no others."""


def _says(text: str, **limits: Any) -> Meta:
    return Meta(description=text, **limits)


Seconds: TypeAlias = Annotated[float, Meta(ge=0, le=1e9)]
Bytes: TypeAlias = Annotated[int, Meta(ge=0)]
HeaderLine: TypeAlias = Annotated[dict[str, str], Meta(min_length=1, max_length=1)]
Headers: TypeAlias = Annotated[
    list[HeaderLine], _says("One header each, in order; names and values exactly as they were sent")
]

ONE_BODY = ("json", "text", "base64", "file", "multipart", "frames")
"""The keys of which a message has one, or none if it has no body."""

ONE_FRAME = ("data", "comment", "raw", "base64")
"""The keys of which a frame has exactly one."""


class HeaderForm(Form, frozen=True, kw_only=True):
    """What a cassette says of itself: its first document."""

    cassette: Annotated[int, _says("The version of the format", ge=VERSION, le=VERSION)]
    upstream: Annotated[str, _says("The origin that was recorded")]
    recorded_at: Annotated[str, _says("When, an ISO time in UTC")]
    expires_after: Annotated[
        Annotated[str, Meta(pattern=r"^[0-9]+(\.[0-9]+)?d$")] | None,
        _says("How long it is trusted: `30d`"),
    ] = None
    notes: Annotated[str, _says("For people")] = ""
    harness: Annotated[str, _says("The version that wrote it")]


class FileForm(Form, frozen=True, kw_only=True):
    """Content that lies in the folder beside the cassette."""

    name: Annotated[
        str,
        _says(
            "The SHA-256 of the content, and a suffix",
            pattern=r"^[0-9a-f]{64}(\.[A-Za-z0-9]{1,16})?$",
        ),
    ]
    size: Bytes


class BodyForm(Form, frozen=True, kw_only=True):
    """What has a body, written in one of these ways."""

    style: Annotated[Style, _says("How the JSON was written")] = PLAIN
    json: Annotated[Any | UnsetType, _says("A JSON body")] = UNSET
    text: Annotated[str | UnsetType, _says("A body that is text in UTF-8")] = UNSET
    base64: Annotated[str | UnsetType, _says("A body that is no text")] = UNSET
    file: FileForm | UnsetType = UNSET

    def __post_init__(self) -> None:
        found = [key for key in ONE_BODY if getattr(self, key, UNSET) is not UNSET]
        if len(found) > 1:
            raise ValueError(f"a body is written in one way, not as {' and '.join(found)}")


class PartForm(BodyForm, frozen=True, kw_only=True):
    """One part of a multipart body."""

    headers: Headers = []


class MultipartForm(Form, frozen=True, kw_only=True):
    """A multipart body in the plain form that clients write: no preamble, no epilogue, CRLF."""

    boundary: Annotated[str, Meta(min_length=1)]
    parts: list[PartForm]


class RequestForm(BodyForm, frozen=True, kw_only=True):
    """What a client sent."""

    method: Annotated[str, Meta(pattern=r"^[!#-'*+.0-9A-Z^-z|~-]+$")]
    url: Annotated[str, _says("Path and query, or absolute for another host", min_length=1)]
    headers: Headers = []
    multipart: MultipartForm | UnsetType = UNSET


class FrameForm(Form, frozen=True, kw_only=True):
    """A part of a stream, in most cases one event."""

    at: Annotated[
        Seconds | UnsetType,
        _says("When it was whole; left out if it came with the one before it"),
    ] = UNSET
    data: Annotated[Any | UnsetType, _says("`data: `, this as JSON, and a blank line")] = UNSET
    comment: Annotated[str | UnsetType, _says("`: `, this, and a blank line")] = UNSET
    raw: Annotated[str | UnsetType, _says("Anything else, with its line breaks")] = UNSET
    base64: Annotated[str | UnsetType, _says("Bytes that are no text")] = UNSET

    def __post_init__(self) -> None:
        if sum(getattr(self, key) is not UNSET for key in ONE_FRAME) != 1:
            raise ValueError("a frame is one of data, comment, raw and base64")


class ResponseForm(BodyForm, frozen=True, kw_only=True):
    """What came back. Times are seconds since the request began."""

    at: Annotated[Seconds, _says("When the head came")] = 0.0
    status: Annotated[int, Meta(ge=100, le=999)]
    reason: str = ""
    version: str = "HTTP/1.1"
    headers: Headers = []
    body_at: Annotated[
        Seconds | UnsetType, _says("When the body came, if at once and not with the head")
    ] = UNSET
    chunks: Annotated[
        list[tuple[Seconds, Bytes]] | UnsetType,
        _says("When which number of bytes came, if that is not told otherwise"),
    ] = UNSET
    frames: Annotated[list[FrameForm] | UnsetType, _says("A stream of events")] = UNSET


class InteractionForm(Form, frozen=True, kw_only=True):
    """A request and what came of it."""

    at: Annotated[Seconds, _says("When it began, since the recording did")]
    request: RequestForm
    response: ResponseForm | UnsetType = UNSET
    end: Annotated[End, _says("How it ended")] = "eof"
    ended: Annotated[Seconds, _says("When it was over, since the request began")]
