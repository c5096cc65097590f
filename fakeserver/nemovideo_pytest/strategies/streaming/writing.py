"""Events as bytes, with all the freedom of the HTML standard (section 9.2.6): line ends, comments, spaces.

Law: the data of an event is the same however it is written. Where a line that ends with CR is followed by
an empty line, that one never ends with LF alone: the two would be one line end.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

LINE_ENDS = ("\n", "\r\n", "\r")
COMMENTS = (": keep-alive", ":", ": 你好", ":data: no", ": {}")
BOM = b"\xef\xbb\xbf"


@st.composite
def payloads(draw: st.DrawFn, value: Any, *, lines: bool) -> str:
    """Ways to write a JSON value, on one line or (`lines`) on several; None is an empty text."""
    if value is None:
        return ""
    plain = draw(st.booleans())
    style: dict[str, Any] = draw(
        st.sampled_from(
            [{"separators": (",", ":")}, {}, *([{"indent": 1}, {"indent": 0}] if lines else [])]
        )
    )
    return json.dumps(value, ensure_ascii=plain, **style)


@st.composite
def blocks(draw: st.DrawFn, payload: str, ends: Sequence[str], *, comments: bool) -> list[bytes]:
    """Ways to write one event, as lines with their ends; the last one is the empty line."""
    lines = [_field(draw, line) for line in payload.split("\n")]
    if comments:
        said = draw(st.lists(st.sampled_from(COMMENTS), max_size=1))
        lines = [*said, *lines] if draw(st.booleans()) else [*lines, *said]
    written = [(line, draw(st.sampled_from(ends))) for line in lines]
    after = written[-1][1]
    last = [end for end in ends if not (after == "\r" and end == "\n")]
    empty = draw(st.sampled_from(last or ["\r\n"]))
    return [(line + end).encode() for line, end in (*written, ("", empty))]


def _field(draw: st.DrawFn, line: str) -> str:
    """One space behind the colon is not part of the data, so a line that begins with one needs another."""
    if not line:
        return draw(st.sampled_from(["data:", "data: ", "data"]))
    return f"data: {line}" if line.startswith(" ") or draw(st.booleans()) else f"data:{line}"
