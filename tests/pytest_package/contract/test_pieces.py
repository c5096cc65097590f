"""The suite's own eyes: reading streams, replies and films, and telling time."""

from __future__ import annotations

import json
from collections.abc import Iterator

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_fakeserver.core.assets import ACCEPTED
from nemovideo_fakeserver.media.intake.probe import probe
from nemovideo_fakeserver.wire.messages import Probe
from nemovideo_pytest.contract import film, samples
from nemovideo_pytest.contract.instants import instant
from nemovideo_pytest.contract.pace import Pace
from nemovideo_pytest.contract.replies import data, names, refused, seen
from nemovideo_pytest.contract.stream import Event, Heard, events

CALL = {"content": {"parts": [{"functionCall": {"name": "cut"}}], "role": "model"}}
ANSWER = {"content": {"parts": [{"functionResponse": {"name": "cut"}}], "role": "user"}}
SAID = {"content": {"parts": [{"text": "Hello"}], "role": "model"}}


def event(body: object) -> Event:
    """Return an event with this body."""
    return Event(at=0.0, data=json.dumps(body))


@pytest.mark.parametrize(
    ("body", "kind", "text"),
    [
        ({"type": "text", "content": "Hello"}, "text", "Hello"),
        ({"type": "tool_call", "name": "cut", "args": {}}, "tool_call", ""),
        ({"type": "heartbeat"}, "heartbeat", ""),
        ({"type": "error", "content": "tape"}, "error", ""),
        ({"text": "Hello"}, "text", "Hello"),
        ({"error": "tape"}, "error", ""),
        (SAID, "text", "Hello"),
        ({**SAID, "partial": True}, "text", ""),
        (CALL, "tool_call", ""),
        (ANSWER, "tool_result", ""),
    ],
)
def test_an_event_is_read_in_every_dialect(body: object, kind: str, text: str) -> None:
    """What it is about, and what is said in it."""
    assert (event(body).kind, event(body).text) == (kind, text)


def test_an_empty_line_of_data_is_a_sign_of_life() -> None:
    """The documents' second form."""
    assert Event(at=0.0, data="").kind == "heartbeat"


@given(st.lists(st.text(st.characters(exclude_categories=["C", "Zl", "Zp"])), max_size=5), st.data())  # fmt: skip
def test_a_stream_is_read_in_any_pieces(texts: list[str], drawn: st.DataObject) -> None:
    """Wherever the network cuts it."""
    raw = b"".join(f"data: {json.dumps({'text': text})}\n\n".encode() for text in texts)
    cuts = sorted(drawn.draw(st.lists(st.integers(0, len(raw)), max_size=6)))
    pieces = [raw[a:b] for a, b in zip([0, *cuts], [*cuts, len(raw)], strict=True)]

    assert [e.body["text"] for e in events(pieces, lambda: 0.0)] == texts


@pytest.mark.parametrize("raw", [b"event: text\ndata: {}\n\n", b": hello\n\n", b"data: {}"])
def test_what_no_document_has_is_no_stream(raw: bytes) -> None:
    """Names, comments, and an end in the middle of an event."""
    with pytest.raises(AssertionError):
        list(events([raw], lambda: 0.0))


def test_times_are_those_of_arrival() -> None:
    """Each event has the time at which its last byte came."""
    clock: Iterator[float] = iter([1.0, 2.0])
    came = list(events([b"data: {}\n", b"\ndata:\n\n"], lambda: next(clock)))

    assert [one.at for one in came] == [2.0, 2.0]


def test_what_was_heard_is_sorted() -> None:
    """Signs of life are none of its kinds."""
    heard = Heard(
        events=(event({"type": "text", "content": "a"}), event({"type": "heartbeat"})), ended=3.0
    )

    assert (heard.kinds, heard.texts, len(heard.beats)) == (["text"], ["a"], 1)
    assert heard.of("heartbeat") == heard.beats


def reply(status: int, body: object) -> httpx.Response:
    """Return a reply in JSON."""
    return httpx.Response(status, json=body)


def test_an_envelope_is_opened() -> None:
    """A success has its data, a refusal its message; each is told from the other."""
    no = reply(200, {"code": 1001, "message": "token not found", "data": None})

    assert data(reply(200, {"code": 0, "data": {"a": 1}})) == {"a": 1}
    assert refused(no, 1001) == "token not found"
    with pytest.raises(AssertionError):
        data(no)
    with pytest.raises(AssertionError):
        refused(no, 1002)
    with pytest.raises(AssertionError, match="draft is not named"):
        names(reply(422, {"code": 422, "message": "id: missing"}), "draft")


@pytest.mark.parametrize(
    "body",
    [
        {"taskId": "r", "status": "completed", "progress": 100, "output": {"url": "u"}},
        {
            "success": True,
            "data": {"id": "r", "status": "completed", "progress": 100, "outputUrl": "u"},
        },
    ],
    ids=["top", "data"],
)
def test_a_render_is_read_in_either_shape(body: object) -> None:
    """The documents print both."""
    stands = seen(reply(200, body))

    assert (stands.id, stands.status, stands.progress, stands.url) == ("r", "completed", 100, "u")


def test_samples_are_of_the_documented_formats() -> None:
    """One for each, and each what it is called."""
    assert tuple(samples.FORMATS) == ACCEPTED
    for extension, kind in samples.FORMATS.items():
        found = probe(samples.MEDIA / f"sample.{extension}")
        assert isinstance(found, Probe)
        assert (found.format, found.kind) == (extension, kind.file_type)
        assert len(samples.sample(extension)) < 40_000


def test_a_film_is_measured() -> None:
    """Without a decoder."""
    found = film.read(samples.sample("mp4"))

    assert (round(found.seconds, 1), found.width, found.height) == (4.0, 64, 36)
    assert found.codecs == {"avc1", "mp4a"}


@pytest.mark.parametrize("content", [b"", b"RIFF....", samples.sample("png")])
def test_what_is_no_film_is_told(content: bytes) -> None:
    """An assertion, as of any failure."""
    with pytest.raises(AssertionError, match="no MP4"):
        film.read(content)


def test_an_instant_has_one_form() -> None:
    """As the documents print it."""
    assert instant("1970-01-02T00:00:00Z") == 86_400
    for other in ("1970-01-02T00:00:00", "1970-01-02", "86400"):
        with pytest.raises(AssertionError):
            instant(other)


def test_a_fast_clock_needs_patience() -> None:
    """Exact where time waits for the test; with a few seconds to spare where it runs."""
    assert (Pace(rate=0).slack, Pace(rate=0).allows(0.1)) == (0.01, True)
    assert Pace(rate=1).allows(5)
    assert not Pace(rate=600).allows(20)
    assert Pace(rate=1).slack < Pace(rate=60).slack


@pytest.mark.parametrize("size", [46, 2048, 2049])
def test_a_sound_has_the_size_that_is_asked_for(size: int) -> None:
    """To the byte."""
    assert len(samples.wav(size)) == size
