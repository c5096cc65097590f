"""HAR 1.2: valid by its published schema, read by another program, and back without a loss."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]  # has no types
import pytest
from hypothesis import given

from nemovideo_proxy.convert.har_in import recording_of
from nemovideo_proxy.convert.har_out import har_of
from nemovideo_proxy.convert.recording import Recording, Unreadable
from support.proxy_recordings import FRAMES, recordings, session

SCHEMA = json.loads((Path(__file__).parent / "har-schema-2.0.0.json").read_text())


def _written(recording: Recording) -> Any:
    return json.loads(json.dumps(har_of(recording)))


@given(recordings())
def test_every_recording_is_a_valid_har(recording: Recording) -> None:
    """The published JSON Schema of HAR finds nothing, and neither does the rule it forgot for params."""
    har = _written(recording)

    jsonschema.Draft6Validator(SCHEMA).validate(har)
    for entry in har["log"]["entries"]:
        for param in entry["request"].get("postData", {}).get("params", ()):
            assert isinstance(param["name"], str)
        assert entry["time"] == sum(entry["timings"].values())


@given(recordings())
def test_there_and_back_loses_nothing(recording: Recording) -> None:
    """Every byte, header, piece time and end of a recording comes back from its HAR."""
    back = recording_of(_written(recording))

    assert back.header == recording.header
    assert back.interactions == recording.interactions
    for mine, its in zip(recording.interactions, back.interactions, strict=True):
        assert back.bytes_of(its.request.body) == recording.bytes_of(mine.request.body)
        if mine.response and its.response:
            assert back.bytes_of(its.response.body) == recording.bytes_of(mine.response.body)
    assert back.lost == ()


def test_a_stream_has_its_times_and_its_text() -> None:
    """Browser tools show a stream's text; when each piece came stands in a field of its own."""
    entry = _written(session())["log"]["entries"][2]

    assert entry["startedDateTime"] == "2026-03-18T10:00:03+00:00"
    assert entry["timings"] == {"send": 0, "wait": 0, "receive": 750}
    assert entry["response"]["content"]["text"] == b"".join(FRAMES).decode()
    assert entry["response"]["_chunks"] == [
        {"at": 0.25 * number, "size": len(frame)} for number, frame in enumerate(FRAMES, 1)
    ]
    assert entry["_end"] == "truncated"


def test_an_upload_shows_its_parts() -> None:
    """The parts of a form are named in `params`, with the names and types of files."""
    post = _written(session())["log"]["entries"][1]["request"]["postData"]

    note, film = post["params"]
    assert (note["name"], note["value"]) == ("note", "hello")
    assert (film["name"], film["fileName"], film["contentType"]) == (
        "files",
        "a film.mp4",
        "video/mp4",
    )


def _entry(url: str, body: dict[str, Any], **others: Any) -> dict[str, Any]:
    request = {"method": "GET", "url": url, "httpVersion": "h2", "headers": [], "cookies": []}
    response = {
        "status": 200,
        "statusText": "",
        "httpVersion": "",
        "headers": [],
        "content": {"size": 0, "mimeType": "application/json", **body},
    }
    timings = {"blocked": 5, "dns": -1, "connect": 20, "ssl": 15, "send": 1, "wait": 74}
    return {
        "startedDateTime": "2026-03-18T10:00:00.500+01:00",
        "time": 250.0,
        "request": request,
        "response": response,
        "timings": {**timings, "receive": 150},
        **others,
    }


def test_a_browsers_har_is_read() -> None:
    """Times, unpacked bodies, headers of HTTP/2, and downloads that a reply named are understood."""
    first = _entry("https://a.test/api/x?q=1#part", {"text": '{"u":"https://cdn.test/f.png"}'})
    first["request"]["headers"] = [
        {"name": ":authority", "value": "a.test"},
        {"name": "Accept", "value": "*/*"},
    ]
    first["response"]["headers"] = [
        {"name": "content-encoding", "value": "br"},
        {"name": "content-length", "value": "9"},
    ]
    film = _entry("https://cdn.test/f.png", {"text": "iVBORw==", "encoding": "base64"})
    advert = _entry("https://ads.test/a.js", {"text": "x"})
    late = _entry("https://a.test/api/y", {}, startedDateTime="2026-03-18T09:00:01Z")

    read = recording_of(
        {"log": {"entries": [film, advert, late, first]}}, upstream="https://a.test"
    )

    assert [i.request.url for i in read.interactions] == ["/api/x?q=1", "/api/y"]
    read = recording_of({"log": {"entries": [first, film, advert, late]}})
    one, two, _ = read.interactions
    assert [i.request.url for i in read.interactions] == [
        "/api/x?q=1",
        "https://cdn.test/f.png",
        "/api/y",
    ]
    assert read.header.upstream == "https://a.test"
    assert read.header.recorded_at == "2026-03-18T09:00:00.500Z"
    assert one.request.headers == (("Accept", "*/*"),)
    assert one.response is not None
    assert one.response.headers == (("content-length", "30"),)
    assert (one.response.at, one.ended) == (0.1, 0.25)
    assert one.response.pieces[0].at == 0.25
    assert two.response is not None
    assert two.response.body == b"\x89PNG"
    assert any("1 request to other hosts" in sentence for sentence in read.lost)
    assert any("the Content-Encoding of 1 reply, kept" in sentence for sentence in read.lost)


@pytest.mark.parametrize(
    ("har", "says"),
    [
        ({}, "log: 'log' is missing"),
        ([], "log: list indices must be integers"),
        ({"log": {"entries": [{}]}}, "log.entries[0]: 'startedDateTime' is missing"),
        ({"log": {"entries": []}}, "log.entries: there are none"),
    ],
)
def test_what_is_no_har_is_refused_with_its_place(har: Any, says: str) -> None:
    """The error names the place in the document, and what is wrong there."""
    with pytest.raises(Unreadable) as refused:
        recording_of(har)

    assert says in str(refused.value)
