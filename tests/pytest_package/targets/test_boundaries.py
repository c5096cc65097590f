from __future__ import annotations

import httpx
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_pytest.cassettes.boundaries import steady

URL = "http://127.0.0.1/upload"


def _upload(content: bytes, name: str = "clip.mp4") -> httpx.Request:
    request = httpx.Request("POST", URL, files={"files": (name, content)})
    request.read()
    return request


@given(st.binary(max_size=200))
def test_the_same_upload_is_the_same_bytes(content: bytes) -> None:
    """Whatever httpx has drawn: head and body are equal, the length is what it was, the content is in it."""
    one, two = _upload(content), _upload(content)
    steadied = steady(one)

    assert one.content != two.content
    assert steadied.content == steady(two).content
    assert steadied.headers == steady(two).headers
    assert steadied.headers["content-length"] == str(len(one.content))
    assert content in steadied.content


def test_another_upload_has_another_boundary() -> None:
    """Else content could hold it."""
    assert (
        steady(_upload(b"a")).headers["content-type"]
        != (steady(_upload(b"b")).headers["content-type"])
    )


def test_a_chosen_boundary_and_everything_else_stays() -> None:
    """What is no draw of httpx is passed on untouched."""
    chosen = httpx.Request(
        "POST", URL, headers={"Content-Type": "multipart/form-data; boundary=mine"}, content=b"x"
    )
    plain = httpx.Request("POST", URL, json={"a": 1})

    assert steady(chosen) is chosen
    assert steady(plain) is plain
