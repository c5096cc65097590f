"""Interactions of all kinds, as a recording could have them, for tests of cassettes."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from nemovideo_proxy.model import (
    Blob,
    Header,
    Headers,
    Interaction,
    Multipart,
    Part,
    Piece,
    Request,
    Response,
)

HEADER = Header(
    upstream="https://nemo.example", recorded_at="2033-03-03T03:33:33Z", harness="0.1.0"
)

HOSTILE = (
    "---",
    "--- # 1 GET / -",
    "\n---\n",
    "a\n--- \nb",
    "...",
    "\n...\n",
    "%YAML 1.1",
    "yes",
    "No",
    "y",
    "null",
    "~",
    "",
    "0x1f",
    "1_000",
    "0o17",
    "12:30:45",
    "2033-03-03",
    "1e3",
    ".inf",
    ".nan",
    "=",
    "<<",
    "&a",
    "*a",
    "!!python/object:os.system",
    "!x",
    "# c",
    "a # b",
    "a: b",
    "a:",
    ": a",
    "- a",
    "? a",
    "{a",
    "[a",
    "a, b",
    "'",
    '"',
    "\\",
    "|",
    ">",
    "@",
    "`",
    " a",
    "a ",
    "\ta",
    "a\t",
    "a\tb\nc",
    "a\n\n",
    "\n\na",
    "a\n b\n",
    " a\nb",
    "a\nb",
    "a\nb\n",
    "a \nb",
    "a\n\tb",
    "a\rb",
    "a\r\nb",
    "a\x85b",
    "a\u2028b",
    "a\u2029b",
    "\ufeffa",
    "\u202ea",
    "\u200b",
    "\x00",
    "\x1b",
    "\x7f",
    "\x9f",
    "\xa0",
    "\xad",
    "\ufffe",
    "\U0001f3ac",
    "\U0001f468\u200d\U0001f469",
    "已完成，可以在时间线面板预览",
    "a" * 200,
    "12",
    "-1.5",
    "+1",
    "true",
    "!",
    "/a?b=c#d",
    "a:b",
    "http://a/b",
)
"""Texts that YAML, or some reader of it, could take for something else."""

texts = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(max_size=30),
    st.lists(st.sampled_from(HOSTILE), max_size=3).map("\n".join),
)
latin = st.text(st.characters(max_codepoint=255), max_size=20)
times = st.one_of(
    st.integers(0, 10**6).map(lambda ms: ms / 1000), st.floats(0, 1e9, allow_nan=False)
)

json_values: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@st.composite
def json_texts(draw: st.DrawFn) -> str:
    """JSON as some program wrote it, or nearly JSON."""
    value = draw(json_values)
    text = json.dumps(
        value,
        ensure_ascii=draw(st.booleans()),
        indent=draw(st.sampled_from([None, 2, 4])),
        separators=draw(st.sampled_from([None, (",", ":"), (", ", ":")])),
    )
    return draw(
        st.sampled_from(
            [
                text,
                text + "\n",
                text + "\n\n",
                " " + text,
                '{"a":1,"a":2}',
                '{"a":1.00}',
                '{"a":1E5}',
                '{"a":NaN}',
                '{"a":-Infinity}',
                '{"a":-0}',
                '{"a":1e999}',
                '{"a":"\\ud83d"}',
                '{"a":"\\u0041\\/"}',
                '{"\\ud83d\\ude00":12345678901234567890123456789}',
                "[" * 60 + "]" * 60,
                "[" * 3_000,
                '{"' + "k" * 300 + '":1}',
                '{"a":' + "9" * 5000 + "}",
            ]
        )
    )


@st.composite
def sse_bodies(draw: st.DrawFn) -> bytes:
    """Streams of events as services write them, and as they do not."""
    blank = draw(st.sampled_from(["\n\n", "\n\n", "\r\n\r\n", "\r\r"]))
    event = st.one_of(
        json_texts().map(lambda text: f"data: {text}{blank}".encode()),
        json_values.map(lambda value: f"data: {json.dumps(value)}{blank}".encode()),
        json_values.map(
            lambda value: (
                b"data: "
                + json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
                + b"\n\n"
            )
        ),
        texts.map(lambda text: f": {text}{blank}".encode()),
        texts.map(lambda text: f"event: x\nid: 1\ndata: {text}{blank}".encode()),
        st.sampled_from([b"data:\n\n", b"\n\n", b"\r\n", b":\n\n", b"data: [DONE]\n\n", b"\xe5"]),
        st.binary(max_size=8),
    )
    body = b"".join(draw(st.lists(event, max_size=5)))
    return body[: draw(st.integers(0, len(body)))] if draw(st.booleans()) else body


bodies = st.one_of(
    st.binary(max_size=200),
    texts.map(str.encode),
    json_texts().map(str.encode),
    sse_bodies(),
    st.sampled_from(["utf-16", "utf-8-sig"]).map('{"a":1}'.encode),
)
blobs = st.builds(
    Blob,
    sha256=st.text("0123456789abcdef", min_size=64, max_size=64),
    size=st.integers(0, 2**40),
    suffix=st.sampled_from(["", ".mp4", ".PNG"]),
)
names = st.sampled_from(
    ["X-A", "content-type", "Content-Type", "Set-Cookie", "n", "!#$%&'*+.^_`|~"]
)
headers: st.SearchStrategy[Headers] = st.lists(
    st.tuples(
        names,
        st.one_of(
            latin,
            st.sampled_from(HOSTILE),
            st.sampled_from(["application/json", "text/event-stream", "video/mp4"]),
        ),
    ),
    max_size=4,
).map(tuple)
multiparts = st.builds(
    Multipart,
    boundary=st.text(st.characters(codec="ascii"), min_size=1, max_size=20),
    parts=st.lists(st.builds(Part, headers=headers, body=st.one_of(bodies, blobs)), max_size=3).map(
        tuple
    ),
)
requests = st.builds(
    Request,
    method=st.sampled_from(["GET", "POST", "M-SEARCH", "get"]),
    url=st.one_of(
        st.sampled_from(
            [
                "/",
                "/api/state/nemo_agent/u/s/latest?x=1&token=a",
                "https://cdn.example/a b.mp4?Signature=x#y",
                "/%E4%BD%A0?q=%0A&q=",
                "/?",
                "*",
            ]
        ),
        texts.filter(bool),
    ),
    headers=headers,
    body=st.one_of(bodies, blobs, multiparts),
)


@st.composite
def cuttings(draw: st.DrawFn, size: int) -> tuple[Piece, ...]:
    """Any way in which a body of `size` bytes can come, with pieces of no bytes among them."""
    cuts = sorted(draw(st.lists(st.integers(0, size), max_size=6)))
    ends = [*cuts, size]
    came = [end - start for start, end in zip([0, *cuts], ends, strict=True)]
    return tuple(Piece(draw(times), length) for length in came)


@st.composite
def responses(draw: st.DrawFn) -> Response:
    """Any reply."""
    is_stream = draw(st.booleans())
    body = draw(sse_bodies() if is_stream else st.one_of(bodies, blobs))
    size = len(body) if isinstance(body, bytes) else body.size
    at = draw(times)
    kinds: Headers = (("Content-Type", "text/event-stream"),) if is_stream else ()
    return Response(
        status=draw(st.integers(100, 999)),
        reason=draw(latin),
        version=draw(st.sampled_from(["HTTP/1.1", "HTTP/1.0", "HTTP/2.0"])),
        headers=kinds + draw(headers),
        at=at,
        body=body,
        pieces=draw(st.one_of(st.just(()), st.just((Piece(at, size),)), cuttings(size))),
    )


interactions = st.builds(
    Interaction,
    number=st.integers(1, 999_999_999),
    at=times,
    request=requests,
    response=st.one_of(st.none(), responses()),
    ended=times,
    end=st.sampled_from(["eof", "truncated", "reset", "timeout", "lost"]),
)

EVENTS = (
    'data: {"type":"text","content":"好的"}\n\n'.encode(),
    b"data:\n\n",
    b": still here\n\n",
    b'data: {"type":"heartbeat"}\n\n',
)


def plain(number: int) -> Interaction:
    """Return an exchange of JSON."""
    body = b'{"code":0,"data":{"available":%d}}' % number
    return Interaction(
        number=number,
        at=number * 1.5,
        request=Request(method="GET", url="/api/credits/balance/simple", headers=(("A", "b"),)),
        response=Response(
            status=200,
            reason="OK",
            headers=(("Content-Type", "application/json"),),
            at=0.1,
            body=body,
            pieces=(Piece(0.125, len(body)),),
        ),
        ended=0.2,
    )


def streamed(number: int) -> Interaction:
    """Return a stream of events that broke off."""
    return Interaction(
        number=number,
        at=number * 1.5,
        request=Request(
            method="POST",
            url="/run_sse",
            headers=(("Content-Type", "application/json"),),
            body=b'{"new_message":{"parts":[{"text":"a\\nb"}]}}',
        ),
        response=Response(
            status=200,
            reason="OK",
            headers=(("Content-Type", "text/event-stream"),),
            at=0.1,
            body=b"".join(EVENTS),
            pieces=tuple(Piece(at * 0.5, len(event)) for at, event in enumerate(EVENTS, 1)),
        ),
        end="reset",
        ended=2.5,
    )
