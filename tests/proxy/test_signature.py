"""What makes two requests the same one."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_proxy.model import Blob, Multipart, Part, Request
from nemovideo_proxy.signature import NOTHING, Signature, signature_of


def _post(url: str, body: object, **more: object) -> Signature:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return signature_of(Request(method="POST", url=url, body=content, **more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/api/state/nemo_agent/me/s1/latest", "/api/state/nemo_agent/anon_1/s2/latest"),
        ("/api/render/proxy/lambda/r1", "/api/render/proxy/lambda/r2"),
        ("/workspace/claim?ct=a&x=1", "/workspace/claim?x=1&ct=b"),
        ("https://cdn.test/a?Signature=1", "https://cdn.test/a?Signature=2"),
    ],
)
def test_values_that_are_somebodys_do_not_count(one: str, other: str) -> None:
    """In paths and queries; nor does the order of parameters."""
    assert signature_of(Request(method="GET", url=one)) == signature_of(
        Request(method="GET", url=other)
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/api/render/proxy/lambda", "/api/render/proxy/draft"),
        ("/api/render/proxy/lambda/r/cancel", "/api/render/proxy/lambda/r"),
        ("/x?a=1", "/x?a=2"),
        ("/x?a=1", "/x"),
        ("https://cdn.test/a", "https://cdn.test/b"),
        ("/cdn/a", "https://cdn.test/cdn/a"),
    ],
)
def test_everything_else_counts(one: str, other: str) -> None:
    """Routes, parameters, hosts."""
    assert signature_of(Request(method="GET", url=one)) != signature_of(
        Request(method="GET", url=other)
    )


def test_ids_in_a_body_do_not_count_and_an_order_may_have_any() -> None:
    """But the same word at the top of another body does."""
    order = "/api/render/proxy/lambda"

    assert _post(order, {"id": "a", "sessionId": "1"}) == _post(
        order, {"sessionId": "2", "id": "b"}
    )
    assert _post("/run_sse", {"session_id": "1"}) == _post("/run_sse", {"session_id": "2"})
    assert _post("/run_sse", {"id": "a"}) != _post("/run_sse", {"id": "b"})
    assert _post(order, {"d": {"id": "a"}}) != _post(order, {"d": {"id": "b"}})


def test_a_part_of_an_upload_is_its_name_and_its_content() -> None:
    """However its header is written, and wherever its content lies."""
    content = b"some film"
    sha256 = "0d45e9c8d9ef9cd6eb4a4c34cb5f9ba2c8a8a5e1fb4f3f0f1a0b4f4f6b1a5c2e"

    def upload(disposition: str, body: bytes | Blob) -> Signature:
        part = Part(
            headers=(("Content-Disposition", disposition), ("Content-Type", "video/mp4")), body=body
        )
        return signature_of(
            Request(method="POST", url="/u", body=Multipart(boundary="b", parts=(part,)))
        )

    plain = upload('form-data; name="files"; filename="a.mp4"', content)

    assert plain == upload("form-data; filename=a.mp4; name=files", content)
    assert plain != upload('form-data; name="files"; filename="b.mp4"', content)
    assert plain != upload('form-data; name="files"; filename="a.mp4"', Blob(sha256=sha256, size=9))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("海滩.png".encode().decode("latin-1"), "海滩.png"),
        (r"C:\\films\\beach.png", "beach.png"),
        ("../../films/beach.png", "beach.png"),
    ],
    ids=["octets", "Windows", "folders"],
)
def test_a_file_is_called_by_the_last_part_of_its_name(one: str, other: str) -> None:
    """As servers take it; a recording has a character for each octet of a header."""

    def upload(name: str) -> Signature:
        said = f'form-data; name="files"; filename="{name}"'
        part = Part(headers=(("Content-Disposition", said),), body=b"film")
        body = Multipart(boundary="b", parts=(part,))
        return signature_of(Request(method="POST", url="/u", body=body))

    assert upload(one) == upload(other)


@given(
    st.text(alphabet=st.characters(min_codepoint=33, max_codepoint=126), max_size=30),
    st.text(max_size=20),
    st.binary(max_size=30),
)
def test_a_signature_has_no_white_space(path: str, value: str, body: bytes) -> None:
    """It stands in one line, and its three parts are told apart by spaces."""
    found = _post(f"/{path}?q={value}", body)

    assert str(found).split() == [found.method, found.shape, found.key]
    assert (found.key == NOTHING) == (body == b"")


def test_a_body_too_deep_to_read_is_bytes() -> None:
    """No request can stop a replay."""
    deep = b"[" * 100_000 + b"]" * 100_000

    assert _post("/run_sse", deep) == _post("/run_sse", deep)
    assert _post("/run_sse", deep) != _post("/run_sse", deep + b" ")
