"""A stream of Server-Sent Events as frames people can read, and back to the same bytes.

A frame is the bytes up to a blank line, and whatever follows the last of those. Nothing hangs on where
exactly a stream is cut: the frames joined are the stream.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from typing import Any

from msgspec import UNSET

from nemovideo_proxy.cassette import json_styles
from nemovideo_proxy.cassette.forms import FrameForm
from nemovideo_proxy.cassette.json_styles import ON_A_LINE, PLAIN, Style
from nemovideo_proxy.cassette.json_trees import is_writable

_BLANK = re.compile(rb"\n\r?\n|\r\r")
_DATA = "data: "
_COMMENT = ": "
_END = "\n\n"


def split(body: bytes) -> list[bytes]:
    """Return the frames of a stream."""
    ends = [found.end() for found in _BLANK.finditer(body)]
    if not ends or ends[-1] < len(body):
        ends.append(len(body))
    return [body[start:end] for start, end in zip([0, *ends], ends, strict=False) if start < end]


def style_of(frames: Sequence[bytes]) -> Style:
    """Return the style in which the first JSON of a stream was written."""
    for frame in frames:
        if (text := _line(frame, _DATA)) is not None:
            taken = json_styles.taken(text, ON_A_LINE)
            if taken is not None and isinstance(taken[0], (dict, list)):
                return taken[1]
    return PLAIN


def told(frame: bytes, style: Style) -> dict[str, Any]:
    """Return the key and the value that stand for a frame."""
    if (text := _line(frame, _DATA)) is not None:
        taken = json_styles.taken(text, (style,))
        if taken is not None and is_writable(taken[0]):
            return {"data": taken[0]}
    if (text := _line(frame, _COMMENT)) is not None:
        return {"comment": text}
    return raw(frame)


def raw(frame: bytes) -> dict[str, Any]:
    """Return the key and the value that stand for a frame, whatever it is."""
    try:
        return {"raw": frame.decode()}
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(frame).decode()}


def bytes_of(form: FrameForm, style: Style) -> bytes:
    """Return the bytes of a frame; raises ValueError where there are none."""
    if form.data is not UNSET:
        return f"{_DATA}{json_styles.given(form.data, style)}{_END}".encode()
    if isinstance(form.comment, str):
        return f"{_COMMENT}{form.comment}{_END}".encode()
    if isinstance(form.raw, str):
        return form.raw.encode()
    return from_base64(str(form.base64))


def from_base64(text: str) -> bytes:
    """Return the bytes; raises ValueError if it is no base64. White space says nothing."""
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except binascii.Error as problem:
        raise ValueError(f"this is no base64: {problem}") from None


def _line(frame: bytes, start: str) -> str | None:
    """Return what stands between `start` and a blank line in a frame that is one line, or None."""
    try:
        text = frame.decode()
    except UnicodeDecodeError:
        return None
    if not text.startswith(start) or not text.endswith(_END):
        return None
    inside = text[len(start) : -len(_END)]
    return None if "\n" in inside or "\r" in inside else inside
