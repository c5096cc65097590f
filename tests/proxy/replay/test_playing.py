"""Replies as they were recorded: bytes, times, and ends."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_proxy.matching.rewriting import spliced
from nemovideo_proxy.model import End, Piece, Response
from nemovideo_proxy.replay.playing import rewritten
from nemovideo_proxy.replay.replay import Replay
from support.proxy_replay import Guest, exchange, guest, recording, stream

SAY = "POST /run_sse"
FRAMES = ((0.5, b"data: {}\n\n"), (60.0, b"data:\n\n"), (300.0, b'data: {"end":1}\n\n'))


def _heard(client: Guest, replay: Replay) -> list[tuple[float, bytes]]:
    begun = replay.clock.now()
    with client.http.stream("POST", "/run_sse", json={}, headers=client.sent) as answer:
        return [(replay.clock.now() - begun, piece) for piece in answer.iter_raw()]


def test_a_stream_of_five_minutes_takes_five_minutes_of_virtual_time_and_no_real_one() -> None:
    """Each piece comes by itself, when it came; the wall sees milliseconds."""
    with Replay(recording(stream(SAY, FRAMES, body={}))) as replay:
        begun = time.perf_counter()
        heard = _heard(guest(replay), replay)
        took = time.perf_counter() - begun

    assert [data for _, data in heard] == [data for _, data in FRAMES]
    assert [at for at, _ in heard] == pytest.approx([at for at, _ in FRAMES])
    assert took < 30


def test_at_instant_speed_nobody_waits() -> None:
    """The pieces are the same, and no time goes by on the clock but the wall's."""
    with Replay(recording(stream(SAY, FRAMES, body={})), speed="instant") as replay:
        heard = _heard(guest(replay), replay)

    assert [data for _, data in heard] == [data for _, data in FRAMES]
    assert heard[-1][0] < 30


def test_an_answer_that_took_two_seconds_takes_two_seconds() -> None:
    """A whole reply leaves when the last of it had come."""
    slow = exchange(SAY, {"a": 1}, body={})
    assert slow.response is not None
    late = replace(slow.response, at=1.5, pieces=(Piece(1.5, 4), Piece(2.0, 4)))
    with Replay(recording(replace(slow, response=late))) as replay:
        begun = replay.clock.now()
        answer = guest(replay).ask(SAY, {})

    assert answer.json() == {"a": 1}
    assert replay.clock.now() - begun == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("end", "raised"),
    [
        ("reset", httpx.ReadError),
        ("truncated", httpx.RemoteProtocolError),
        ("lost", httpx.RemoteProtocolError),
        ("timeout", httpx.ReadTimeout),
    ],
)
def test_a_stream_that_ended_badly_ends_so_again(end: End, raised: type[Exception]) -> None:
    """After all that had come."""
    with Replay(recording(stream(SAY, FRAMES[:1], body={}, end=end, ended=3.0))) as replay:
        client = guest(replay)
        with client.http.stream("POST", "/run_sse", json={}, headers=client.sent) as answer:
            pieces = answer.iter_raw()

            assert next(pieces) == FRAMES[0][1]
            with pytest.raises(raised):
                next(pieces)


@pytest.mark.parametrize(
    ("end", "raised"),
    [
        ("reset", httpx.ReadError),
        ("lost", httpx.RemoteProtocolError),
        ("timeout", httpx.ReadTimeout),
    ],
)
def test_a_request_that_had_no_answer_has_none_again(end: End, raised: type[Exception]) -> None:
    """The connection breaks before a byte of a reply."""
    silent = exchange(SAY, body={}, response=None, end=end, ended=4.0)
    with Replay(recording(silent)) as replay, pytest.raises(raised):
        guest(replay).ask(SAY, {})


def test_headers_of_the_connection_are_the_doors_affair() -> None:
    """All others come as they were, in order."""
    told = exchange(SAY, {}, body={})
    assert told.response is not None
    headers = (
        ("X-One", "1"),
        ("Transfer-Encoding", "chunked"),
        ("Connection", "close"),
        ("X-Two", "2"),
    )
    with Replay(
        recording(replace(told, response=replace(told.response, headers=headers)))
    ) as replay:
        answer = guest(replay).ask(SAY, {})

    assert answer.headers.multi_items() == [("x-one", "1"), ("x-two", "2"), ("content-length", "2")]


@given(st.data())
def test_pieces_are_cut_where_they_were_however_long_the_new_values_are(
    data: st.DataObject,
) -> None:
    """What stood before a cut stands before it still; a value that was cut in two comes whole before it."""
    chunks = data.draw(st.lists(st.sampled_from([b"a", b"bb", b"<ID>", b"\n"]), min_size=1))
    body = b"".join(chunks)
    cuts = [*sorted(data.draw(st.sets(st.integers(0, len(body))))), len(body)]
    pieces = [Piece(0.0, end - start) for start, end in zip([0, *cuts], cuts, strict=False)]
    new = data.draw(st.sampled_from([b"", b"x", b"0123456789"]))
    spans = [(at, at + 4, new) for at in range(len(body)) if body[at : at + 4] == b"<ID>"]

    told = rewritten(
        Response(
            status=200,
            headers=(("Content-Length", str(len(body))),),
            body=body,
            pieces=tuple(pieces),
        ),
        spans,
    )

    assert told.body == body.replace(b"<ID>", new)
    assert isinstance(told.body, bytes)
    assert told.headers == (("Content-Length", str(len(told.body))),)
    assert sum(piece.size for piece in told.pieces) == len(told.body)
    done = 0
    for piece, cut in zip(told.pieces, cuts, strict=True):
        done += piece.size
        inside = next((end for start, end, _ in spans if start < cut < end), cut)
        assert told.body[:done] == spliced(body[:inside], [s for s in spans if s[1] <= inside])


def test_media_come_from_their_file(tmp_path: Path) -> None:
    """A blob is read from where the cassette keeps it, and its length is told to HEAD as well."""
    from nemovideo_proxy.cassette import Writer
    from nemovideo_proxy.model import Header, Request

    header = Header(upstream="https://api.test", recorded_at="2033-03-03T00:00:00Z", harness="0")
    with Writer.create(tmp_path / "film.yaml", header) as writer:
        blob = writer.keep_bytes(b"film" * 1000, ".mp4")
        writer.add(
            replace(
                exchange("GET https://cdn.test/film.mp4", token=None),
                number=1,
                request=Request(method="GET", url="https://cdn.test/film.mp4"),
                response=Response(status=200, headers=(("Content-Type", "video/mp4"),), body=blob),
            )
        )
    with Replay(tmp_path / "film.yaml") as replay:
        client = guest(replay, token=None)

        assert client.ask("GET /__asset__/1").content == b"film" * 1000
        assert client.ask("HEAD /__asset__/1").headers["content-length"] == "4000"
        assert client.ask("HEAD /__asset__/1").content == b""
