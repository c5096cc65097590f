"""Cassettes of VCR.py: it replays ours, and what it wrote is read."""

from __future__ import annotations

import gzip
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
import vcr  # type: ignore[import-untyped]  # has no types
import yaml
from hypothesis import given

from nemovideo_proxy.convert.har_out import absolute
from nemovideo_proxy.convert.recording import Recording, Unreadable
from nemovideo_proxy.convert.vcr_in import loaded, recording_of
from nemovideo_proxy.convert.vcr_out import losses, vcr_of
from nemovideo_proxy.model import Interaction
from support.proxy_recordings import FILM, FRAMES, TOKEN, UPSTREAM, answered, recordings, session


def test_vcrpy_replays_what_is_written(tmp_path: Path) -> None:
    """A client under VCR.py, which may not record, gets the recorded replies from the original URLs."""
    path = tmp_path / "cassette.yaml"
    path.write_text(vcr_of(session()))

    with vcr.use_cassette(str(path), record_mode="none") as cassette, httpx.Client() as http:
        token = http.post(UPSTREAM + "/api/auth/anonymous-token")
        http.post(UPSTREAM + "/api/upload-video/nemo_agent/me/1")
        stream = http.post(UPSTREAM + "/run_sse")
        film = http.get("https://cdn.example.test/a.mp4?sig=1")
        assert cassette.all_played

    assert token.json() == {"code": 0, "data": {"token": TOKEN}}
    assert token.headers["content-type"] == "application/json"
    assert stream.content == b"".join(FRAMES)
    assert film.content == FILM


def test_losses_are_said() -> None:
    """Each kind of thing that VCR.py has no place for is a sentence."""
    said = "\n".join(losses(session()))

    assert "when the pieces came of 1 reply that streamed" in said
    assert "the times of all requests" in said
    assert "that 1 reply broke off" in said
    assert "1 request that nobody answered" in said


def _url(interaction: Interaction) -> str:
    return absolute(interaction.request.url, UPSTREAM)


@given(recordings())
def test_bodies_come_back(recording: Recording) -> None:
    """From a cassette of VCR.py come the bytes of every body and the reply to every request."""
    back = recording_of(loaded(vcr_of(recording)), upstream=UPSTREAM)

    kept = [i for i in recording.interactions if i.response]
    assert [_url(i) for i in back.interactions] == [_url(i) for i in kept]
    for mine, its in zip(kept, back.interactions, strict=True):
        assert its.request.body == recording.bytes_of(mine.request.body)
        assert mine.response is not None
        assert its.response is not None
        assert its.response.body == recording.bytes_of(mine.response.body)
        assert its.response.status == mine.response.status


def _cassette(body: Any, headers: dict[str, Any] | None = None) -> Any:
    response = {
        "status": {"code": 200, "message": "OK"},
        "headers": headers or {},
        "body": {"string": body},
    }
    request: dict[str, Any] = {"method": "GET", "uri": "https://a.test/x"}
    request |= {"body": None, "headers": {}}
    return {"version": 1, "interactions": [{"request": request, "response": response}]}


def _body(document: Any) -> Any:
    response = recording_of(document).interactions[0].response
    assert response is not None
    return response.body


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(b"hello", mtime=0)),
        ("deflate", zlib.compress(b"hello")),
        ("deflate", zlib.compress(b"hello", wbits=-15)),
        ("gzip", b"hello"),
    ],
    ids=("gzip", "zlib", "bare deflate", "unpacked already"),
)
def test_packed_bodies_are_unpacked(encoding: str, packed: bytes) -> None:
    """A packed reply is kept plain, without the header that says it is packed."""
    headers = {"Content-Encoding": [encoding], "Content-Length": ["9"]}
    response = recording_of(_cassette(packed, headers)).interactions[0].response

    assert response is not None
    assert response.body == b"hello"
    assert response.headers == (("Content-Length", "5"),)


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("string: !!binary aGVsbG8=", b"hello"),
        ("string: !!python/unicode 'h\\u00e9'", b"h\\u00e9"),
        ("string: null", b""),
        ("!!python/object/new:_io.BytesIO {state: !!python/tuple [!!binary aGk=, 0, null]}", b"hi"),
    ],
)
def test_what_vcrpy_wrote_is_read(text: str, body: bytes) -> None:
    """Strings, binaries, and the buffers of old cassettes give their bytes."""
    inner = loaded(text)
    document = _cassette(inner["string"] if isinstance(inner, dict) else inner)

    assert _body(document) == body


def test_the_old_form_of_httpx_is_read() -> None:
    """Cassettes of VCR.py before version 6 have `status_code` and `content`."""
    document = _cassette("")
    document["interactions"][0]["response"] = {
        "status_code": 201,
        "http_version": "HTTP/1.1",
        "headers": {"a": "b"},
        "content": "made",
    }
    response = recording_of(document).interactions[0].response

    assert response is not None
    assert (response.status, response.body, response.headers) == (201, b"made", (("a", "b"),))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("interactions:\n- request: {}\n  response: {}\n", "interactions[0]: 'body' is missing"),
        ("a: [\n", "did not find expected node"),
        ("!!python/object/apply:os.system [ls]", "could not determine a constructor"),
    ],
)
def test_a_broken_cassette_is_refused_with_its_place(text: str, says: str) -> None:
    """The error says where, and no object is ever built from a tag."""
    with pytest.raises(Unreadable) as refused:
        recording_of(loaded(text))

    assert says in str(refused.value)


def test_what_is_written_is_plain_yaml() -> None:
    """Any safe YAML reader reads it: there are no tags but `!!binary`."""
    document = yaml.safe_load(vcr_of(session()))

    assert document["version"] == 1
    assert len(document["interactions"]) == 4


@pytest.mark.parametrize("text", ["a\x85b", "a\u2028b", "a\rb", "\x00"])
def test_what_yaml_readers_disagree_on_is_binary(text: str) -> None:
    """Characters that some readers take for a line break, or refuse, are written as `!!binary`."""
    recording = replace(session(), interactions=(answered(1, "GET /x", text.encode(), headers=()),))

    assert "!!binary" in vcr_of(recording)
