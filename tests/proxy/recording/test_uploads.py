"""A multipart body is taken apart only where the same bytes come of putting it together."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_proxy.model import Blob, Multipart, Part
from nemovideo_proxy.recording.uploads import (
    SMALL,
    boundary_of,
    small_text,
    streams_up,
    taken_apart,
)

NAMES = st.text("abcXYZ-", min_size=1, max_size=10)


class Kept(dict[str, bytes]):
    """Contents by their hash."""

    def keep(self, content: bytes | memoryview, suffix: str) -> Blob:
        """Keep one."""
        digest = hashlib.sha256(content).hexdigest()
        self[digest] = bytes(content)
        return Blob(sha256=digest, size=len(content), suffix=suffix)

    def of(self, part: Part) -> bytes:
        """Return the content of a part."""
        return self[part.body.sha256] if isinstance(part.body, Blob) else part.body


def _joined(multipart: Multipart, kept: Kept) -> bytes:
    edge = b"--" + multipart.boundary.encode()
    parts = b"".join(
        edge
        + b"\r\n"
        + b"".join(f"{name}: {value}\r\n".encode("latin-1") for name, value in part.headers)
        + b"\r\n"
        + kept.of(part)
        + b"\r\n"
        for part in multipart.parts
    )
    return parts + edge + b"--\r\n"


@given(
    contents=st.lists(st.tuples(NAMES, st.binary(max_size=3000)), min_size=1, max_size=4),
)
def test_parts_give_back_the_body(
    contents: list[tuple[str, bytes]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever the parts hold, the body is made of them again."""
    written = Multipart(
        boundary="=-edge",
        parts=tuple(
            Part(
                headers=(("Content-Disposition", f'form-data; name="{name}"; filename="a.PNG"'),),
                body=content,
            )
            for name, content in contents
        ),
    )
    kept, path = Kept(), tmp_path_factory.mktemp("up") / "body"
    path.write_bytes(_joined(written, kept))
    found = taken_apart(path, "=-edge", kept.keep)

    assert found is not None
    assert _joined(found, kept) == path.read_bytes()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"preamble\r\n--e\r\nA: b\r\n\r\nx\r\n--e--\r\n",
        b"--e\r\nA: b\r\n\r\nx\r\n--e--\r\nepilogue",
        b"--e\r\nA: b\r\n\r\nx\r\n",
        b"--e\r\nA:b\r\n\r\nx\r\n--e--\r\n",
    ],
)
def test_what_is_not_plain_stays_whole(body: bytes, tmp_path: Path) -> None:
    """A preamble, an epilogue, no end, or headers in another form: the body is kept as it is."""
    path = tmp_path / "body"
    path.write_bytes(body)

    assert taken_apart(path, "e", Kept().keep) is None


def test_the_boundary_is_read_from_the_content_type() -> None:
    """With quotation marks or without."""
    assert boundary_of("multipart/form-data; boundary=abc") == "abc"
    assert boundary_of('multipart/form-data; charset=x; boundary="a b"') == "a b"
    assert boundary_of("application/json") is None


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ((("Content-Type", "multipart/form-data; boundary=x"),), True),
        ((("Transfer-Encoding", "chunked"),), True),
        ((("Transfer-Encoding", "Chunked"), ("Content-Type", "application/octet-stream")), True),
        ((("Transfer-Encoding", "chunked"), ("Content-Type", "application/json")), False),
        ((("Content-Type", "application/octet-stream"),), False),
        ((), False),
    ],
)
def test_what_has_no_known_length_and_is_no_text_is_not_held(
    headers: tuple[tuple[str, str], ...], expected: bool
) -> None:
    """Nobody can say how much of it will come."""
    assert streams_up(headers) is expected


@pytest.mark.parametrize(
    ("content", "is_one"), [(b"a little", True), (b"\xff", False), (b"a" * (SMALL + 1), False)]
)
def test_a_little_text_is_read_back(content: bytes, is_one: bool, tmp_path: Path) -> None:
    """It is a body like any other that is text; all else stays a file."""
    path = tmp_path / "body"
    path.write_bytes(content)

    assert small_text(path) == (content if is_one else None)
