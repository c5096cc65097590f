from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from nemovideo_proxy.cassette import BrokenCassette, Cassette, Writer, repair
from nemovideo_proxy.cassette.aside import LARGE, VERY_LARGE
from nemovideo_proxy.model import Blob, Interaction, Multipart, Part, Piece, Request, Response
from support.proxy_cassette import HEADER, plain, streamed

FILM = b"\x00\x01\xff" * 1000
SHA = hashlib.sha256(FILM).hexdigest()


@pytest.fixture(name="path")
def _path(tmp_path: Path) -> Path:
    return tmp_path / "talk.yaml"


def download(number: int, body: bytes | Blob) -> Interaction:
    """Return an exchange that brought `body`."""
    request = Request(method="GET", url="https://cdn.example/a.mp4")
    return Interaction(
        number=number, at=0.0, request=request, response=Response(status=200, body=body)
    )


def test_a_file_is_moved_beside_the_cassette(path: Path, tmp_path: Path) -> None:
    """It is called after its content, and the interaction points to it."""
    source = tmp_path / "arriving"
    source.write_bytes(FILM)
    with Writer.create(path, HEADER) as writer:
        blob = writer.keep(source, ".mp4")
        writer.add(download(1, blob))

    assert blob == Blob(sha256=SHA, size=3000, suffix=".mp4")
    assert not source.exists()
    with Cassette.open(path) as cassette:
        (found,) = cassette
        assert found.response is not None
        assert found.response.body == blob
        assert cassette.path_of(blob) == tmp_path / "talk.files" / f"{SHA}.mp4"
        assert cassette.path_of(blob).read_bytes() == FILM
        cassette.check(blob)
        assert cassette.orphans() == ()


def test_the_same_content_lies_there_once(path: Path, tmp_path: Path) -> None:
    """Whether it came as a file or as bytes."""
    source = tmp_path / "arriving"
    source.write_bytes(FILM)
    with Writer.create(path, HEADER) as writer:
        assert writer.keep_bytes(FILM) == writer.keep(source)

    assert [each.name for each in (tmp_path / "talk.files").iterdir()] == [SHA]
    assert not source.exists()


def test_what_is_no_text_and_large_goes_beside(path: Path, tmp_path: Path) -> None:
    """In replies, in requests, in parts; with its times."""
    part = Part(headers=(("Content-Type", "video/mp4"),), body=FILM)
    text = Part(headers=(), body=b"a" * 3000)
    upload = Request(method="POST", url="/", body=Multipart(boundary="b", parts=(part, text)))
    response = Response(status=200, body=FILM, pieces=(Piece(0.5, 1), Piece(1.0, 2999)))
    whole = replace(download(1, FILM), request=upload, response=response)
    blob = Blob(sha256=SHA, size=3000)
    with Writer.create(path, HEADER) as writer:
        written = writer.add(whole)

    assert written == replace(
        whole,
        request=replace(
            upload, body=Multipart(boundary="b", parts=(replace(part, body=blob), text))
        ),
        response=replace(response, body=blob),
    )
    with Cassette.open(path) as cassette:
        assert list(cassette) == [written]


@pytest.mark.parametrize(
    ("body", "stays"),
    [
        (b"\xff" * LARGE, True),
        (b"\xff" * (LARGE + 1), False),
        (b"a" * VERY_LARGE, True),
        (b"a" * (VERY_LARGE + 1), False),
    ],
    ids=["binary", "large binary", "text", "very large text"],
)
def test_what_people_could_read_stays(path: Path, body: bytes, *, stays: bool) -> None:
    """Small bodies and texts are in the document."""
    with Writer.create(path, HEADER) as writer:
        written = writer.add(download(1, body))

    assert written.response is not None
    assert (written.response.body == body) is stays


def test_a_stream_of_events_always_stays(path: Path) -> None:
    """Broken characters do not make a film of it."""
    body = b"data: \xff" * 400
    stream = Response(status=200, headers=(("Content-Type", "text/event-stream"),), body=body)
    with Writer.create(path, HEADER) as writer:
        written = writer.add(replace(plain(1), response=stream))

    assert written.response == stream


@pytest.mark.parametrize(
    ("content", "said"),
    [(None, "is missing"), (b"short", "has 5 bytes, not 3000")],
)
def test_a_binary_that_is_not_there_is_said(path: Path, content: bytes | None, said: str) -> None:
    """Missing, or of another size: a sentence with the file."""
    with Writer.create(path, HEADER) as writer:
        blob = writer.keep_bytes(FILM)
    place = path.with_name("talk.files") / SHA
    place.unlink()
    if content is not None:
        place.write_bytes(content)

    with Cassette.open(path) as cassette, pytest.raises(BrokenCassette, match=said):
        cassette.path_of(blob)


def test_changed_content_is_found_when_asked_for(path: Path) -> None:
    """`check` reads it; `path_of` does not."""
    with Writer.create(path, HEADER) as writer:
        blob = writer.keep_bytes(FILM)
    (path.with_name("talk.files") / SHA).write_bytes(FILM[:-1] + b"!")

    with Cassette.open(path) as cassette:
        cassette.path_of(blob)
        with pytest.raises(BrokenCassette, match="not what its name says"):
            cassette.check(blob)


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "a", "A" * 64, ""])
def test_nothing_outside_the_folder_is_reached(path: Path, name: str) -> None:
    """A name that is no SHA-256 is refused before anything is looked at."""
    Writer.create(path, HEADER).close()

    with Cassette.open(path) as cassette, pytest.raises(BrokenCassette, match="SHA-256"):
        cassette.path_of(Blob(sha256=name, size=1))
    with (
        Cassette.open(path) as cassette,
        pytest.raises(BrokenCassette, match="SHA-256"),
    ):
        cassette.path_of(Blob(sha256=SHA, size=1, suffix="/../x"))


def test_a_suffix_is_short_and_plain(path: Path) -> None:
    """Nothing that could be a path."""
    with Writer.create(path, HEADER) as writer, pytest.raises(ValueError, match="no suffix"):
        writer.keep_bytes(FILM, "/../x")


def test_files_nobody_needs_are_listed(path: Path) -> None:
    """What no interaction of the cassette points to."""
    with Writer.create(path, HEADER) as writer:
        writer.add(download(1, writer.keep_bytes(FILM)))
        other = writer.keep_bytes(b"other", ".bin")

    with Cassette.open(path) as cassette:
        assert cassette.orphans() == (cassette.path_of(other),)


def test_a_repaired_cassette_has_its_files(path: Path) -> None:
    """They are copied; what is missing is told."""
    with Writer.create(path, HEADER) as writer:
        film = writer.keep_bytes(FILM)
        writer.add(download(1, film))
        gone = writer.keep_bytes(b"other")
        writer.add(download(2, gone))
        writer.add(streamed(3))
    (path.with_name("talk.files") / gone.name).unlink()
    out = path.with_name("out.yaml")
    done = repair(path, out)

    assert done.saved == 3
    assert [lost.why for lost in done.lost] == [
        f"interaction 2: {path.with_name('talk.files') / gone.name} is missing"
    ]
    with Cassette.open(out) as cassette:
        cassette.check(film)
