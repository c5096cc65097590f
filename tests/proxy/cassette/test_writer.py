from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nemovideo_proxy.cassette import (
    BrokenCassette,
    Cassette,
    InUse,
    Unwritable,
    Writer,
    interaction_text,
    repair,
)
from nemovideo_proxy.cassette.aside import put_aside
from nemovideo_proxy.model import Blob, Interaction, Piece, Request, Response
from support.proxy_cassette import HEADER, interactions, plain, streamed


@pytest.fixture(name="path")
def _path(tmp_path: Path) -> Path:
    return tmp_path / "talk.yaml"


def read(path: Path) -> list[Interaction]:
    """Return all that a cassette has."""
    with Cassette.open(path) as cassette:
        return list(cassette)


def test_a_cassette_has_what_was_added(path: Path) -> None:
    """Header and interactions come back, and nothing is left beside the file."""
    with Writer.create(path, HEADER) as writer:
        writer.add(plain(1))
        writer.add(streamed(2))

    with Cassette.open(path) as cassette:
        assert cassette.header == HEADER
        assert list(cassette) == [plain(1), streamed(2)]
    assert list(path.parent.iterdir()) == [path]


def test_every_header_comes_back(path: Path) -> None:
    """Notes, the days it is trusted, and what is hard to write."""
    header = replace(HEADER, notes="a: b\n---\nc", expires_after=30.5, upstream="https://x #y")
    Writer.create(path, header).close()

    with Cassette.open(path) as cassette:
        assert cassette.header == header


def test_what_ended_early_stands_early_until_the_cassette_is_closed(path: Path) -> None:
    """A reader sees the order of numbers at any time, the file has it in the end."""
    with Writer.create(path, HEADER) as writer:
        writer.add(plain(2))
        writer.add(plain(1))
        assert [each.number for each in read(path)] == [1, 2]
        with Cassette.open(path) as cassette:
            assert [entry.number for entry in cassette.in_file()] == [2, 1]

    with Cassette.open(path) as cassette:
        assert [entry.number for entry in cassette.in_file()] == [1, 2]
        assert list(cassette) == [plain(1), plain(2)]


def test_a_cassette_does_not_depend_on_the_order_of_ends(tmp_path: Path) -> None:
    """Two recordings of the same session are the same file."""
    first, second = tmp_path / "a.yaml", tmp_path / "b.yaml"
    for path, numbers in ((first, (1, 2, 3)), (second, (3, 1, 2))):
        with Writer.create(path, HEADER) as writer:
            for number in numbers:
                writer.add(plain(number))

    assert first.read_bytes() == second.read_bytes()


def test_numbers_go_on(path: Path) -> None:
    """An extended cassette counts on from its highest number."""
    with Writer.create(path, HEADER) as writer:
        assert writer.next_number() == 1
        writer.add(plain(7))
        assert writer.next_number() == 8
    with Writer.extend(path) as writer:
        assert writer.next_number() == 8
        writer.add(plain(8))

    assert read(path) == [plain(7), plain(8)]


def test_an_exchange_under_way_can_be_read(path: Path) -> None:
    """It is there with all that came so far, and as one that was lost."""
    whole = streamed(1)
    assert isinstance(whole.response, Response)
    assert isinstance(whole.response.body, bytes)
    with Writer.create(path, HEADER) as writer:
        opening = writer.begin(1, whole.at, whole.request)
        assert read(path) == [Interaction(number=1, at=whole.at, request=whole.request, end="lost")]

        opening.head(200, "OK", "HTTP/1.1", whole.response.headers, 0.1)
        opening.piece(0.25, whole.response.body[:41])
        (found,) = read(path)
        assert found.response == replace(
            whole.response, body=whole.response.body[:41], pieces=(Piece(0.25, 41),), at=0.1
        )
        assert (found.end, found.ended) == ("lost", 0.25)

        writer.add(whole)
        assert read(path) == [whole]
        assert not list((path.parent / "talk.yaml.open").glob("*.yaml"))


def test_an_exchange_can_be_dropped(path: Path) -> None:
    """What is not to be kept leaves nothing."""
    with Writer.create(path, HEADER) as writer:
        writer.begin(1, 0.0, plain(1).request).drop()

    assert read(path) == []


def test_a_recording_that_ends_keeps_what_was_under_way(path: Path) -> None:
    """Closing makes it an interaction that was lost."""
    with Writer.create(path, HEADER) as writer:
        opening = writer.begin(1, 0.0, plain(1).request)
        opening.head(200, "OK", "HTTP/1.1", (), 0.5)
        opening.piece(0.75, b"\xe5\xb7")
        opening.piece(1.0, b"")

    (found,) = read(path)
    assert found.response is not None
    assert (found.response.body, found.end, found.ended) == (b"\xe5\xb7", "lost", 1.0)
    assert found.response.pieces == (Piece(0.75, 2), Piece(1.0, 0))
    assert list(path.parent.iterdir()) == [path]


@given(st.lists(interactions, max_size=3, unique_by=lambda each: each.number))
@settings(max_examples=40, deadline=None)
def test_an_unfinished_exchange_is_kept_to_the_byte(
    tmp_path_factory: pytest.TempPathFactory, wanted: list[Interaction]
) -> None:
    """Whatever came in whatever pieces is there when the recording is taken up again."""
    path = tmp_path_factory.mktemp("cassette") / "talk.yaml"
    writer = Writer.create(path, HEADER)
    for each in wanted:
        opening = writer.begin(each.number, each.at, each.request)
        if each.response is not None and isinstance(each.response.body, bytes):
            told = each.response
            opening.head(told.status, told.reason, told.version, told.headers, told.at)
            at = 0
            for piece in told.pieces:
                opening.piece(piece.at, each.response.body[at : at + piece.size])
                at += piece.size
    by_number = sorted(wanted, key=lambda each: each.number)

    for found, each in zip(read(path), by_number, strict=True):
        assert (found.request, found.at, found.end) == (each.request, each.at, "lost")
        if each.response and each.response.pieces and isinstance(each.response.body, bytes):
            assert found.response == each.response
    unfinished = [put_aside(each, _blob_of) for each in read(path)]
    writer.close()
    assert read(path) == unfinished


def _blob_of(data: bytes) -> Blob:
    return Blob(sha256=hashlib.sha256(data).hexdigest(), size=len(data))


def test_one_process_records(path: Path) -> None:
    """A second one is told so, in a sentence, and the first goes on."""
    with Writer.create(path, HEADER) as writer:
        with pytest.raises(InUse, match=r"talk\.yaml is being recorded by another process"):
            Writer.extend(path)
        script = (
            "import sys; from nemovideo_proxy.cassette import Writer; Writer.extend(sys.argv[1])"
        )
        other = subprocess.run(
            [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=False
        )
        assert "InUse" in other.stderr
        writer.add(plain(1))

    assert read(path) == [plain(1)]


def test_a_cassette_is_not_overwritten(path: Path) -> None:
    """What is there stays as it is."""
    path.write_text("mine")

    with pytest.raises(FileExistsError, match="is there already"):
        Writer.create(path, HEADER)
    assert path.read_text() == "mine"
    assert list(path.parent.iterdir()) == [path]


def test_nothing_is_added_to_what_is_not_there(path: Path) -> None:
    """A missing cassette is a sentence, and leaves no trace."""
    with pytest.raises(FileNotFoundError, match="nothing can be added"):
        Writer.extend(path)
    assert list(path.parent.iterdir()) == []


def test_a_broken_cassette_is_not_extended(path: Path) -> None:
    """The file and its surroundings stay as they were."""
    path.write_text("cassette: 1\n")

    with pytest.raises(BrokenCassette):
        Writer.extend(path)
    assert path.read_text() == "cassette: 1\n"
    assert list(path.parent.iterdir()) == [path]


def test_a_cassette_that_is_cut_off_is_not_extended(path: Path) -> None:
    """What is left of its last document stays, for a person to decide."""
    with Writer.create(path, HEADER) as writer:
        writer.add(plain(1))
        writer.add(plain(2))
    cut = path.read_bytes()[:-20]
    path.write_bytes(cut)

    with pytest.raises(BrokenCassette, match="cut off"):
        Writer.extend(path)
    assert path.read_bytes() == cut
    assert list(path.parent.iterdir()) == [path]


def test_a_write_that_fails_leaves_no_half_document(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the disk is full, what was there stays whole, and so does what comes later."""
    write = os.write

    def full(file: int, data: bytes) -> int:
        if len(data) > 50:
            return write(file, data[:50])
        raise OSError("no space left")

    with Writer.create(path, HEADER) as writer:
        writer.add(plain(1))
        opening = writer.begin(2, 0.0, plain(2).request)
        opening.head(200, "OK", "HTTP/1.1", (), 0.0)
        with monkeypatch.context() as patch:
            patch.setattr(os, "write", full)
            with pytest.raises(OSError, match="no space"):
                opening.piece(0.5, b"x" * 200)
            with pytest.raises(OSError, match="no space"):
                writer.add(plain(2))
        opening.piece(0.75, b"y")
        assert read(path)[0] == plain(1)
        assert read(path)[1].response == Response(
            status=200, reason="OK", body=b"y", pieces=(Piece(0.75, 1),)
        )
        writer.add(plain(3))

    assert [each.number for each in read(path)] == [1, 2, 3]


def test_a_folder_is_made_for_a_cassette(tmp_path: Path) -> None:
    """A recording into a new place needs no preparation."""
    path = tmp_path / "new" / "place" / "talk.yaml"
    Writer.create(path, HEADER).close()

    assert read(path) == []


def test_what_cannot_be_folded_in_is_left_where_it_is(path: Path) -> None:
    """A seal that refuses the whole of what it let pass in pieces does not lock others out."""

    def seal(data: bytes) -> None:
        if b"secret" in data:
            raise Sealed

    writer = Writer.create(path, HEADER, seal=seal)
    opening = writer.begin(1, 0.0, plain(1).request)
    opening.head(200, "OK", "HTTP/1.1", (), 0.0)
    opening.piece(0.5, b"sec")
    opening.piece(0.5, b"ret")

    with pytest.raises(Sealed):
        writer.close()
    assert [each.end for each in read(path)] == ["lost"]
    with Writer.extend(path):
        pass
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("defect", [b"\xff\n", b"at: [\n", b"\0\n"])
def test_what_was_left_behind_broken_is_said(path: Path, defect: bytes) -> None:
    """Which file it is, and that it can be removed; everything else can be read."""
    with Writer.create(path, HEADER) as writer:
        writer.add(plain(1))
        writer.begin(2, 0.0, plain(2).request)
        left = path.with_name("talk.yaml.open") / "2.yaml"
        left.write_bytes(left.read_bytes() + defect)

        with Cassette.open(path) as cassette:
            assert cassette.interaction(cassette.entries[0]) == plain(1)
            with pytest.raises(BrokenCassette, match=r"2\.yaml:.*; remove the file to go on"):
                cassette.interaction(cassette.entries[1])
        done = repair(path, path.with_name("out.yaml"))
        assert (done.saved, len(done.lost)) == (1, 1)
        left.unlink()


def test_a_number_is_given_once(path: Path) -> None:
    """A second interaction of the same number is a mistake of the caller."""
    with Writer.create(path, HEADER) as writer:
        writer.add(plain(1))
        with pytest.raises(ValueError, match="in the cassette already"):
            writer.add(plain(1))


class Sealed(Exception):
    """What a seal refuses with."""


def test_nothing_is_written_that_the_seal_refuses(path: Path) -> None:
    """Not the header, not what is under way, no piece, no document, no binary: nothing of it is on disk."""

    def seal(data: bytes) -> None:
        if b"secret" in data:
            raise Sealed

    with pytest.raises(Sealed):
        Writer.create(path, replace(HEADER, notes="secret"), seal=seal)
    secret = Request(method="GET", url="/", headers=(("X", "secret"),))
    with Writer.create(path, HEADER, seal=seal) as writer:
        with pytest.raises(Sealed):
            writer.begin(1, 0.0, secret)
        with pytest.raises(Sealed):
            writer.keep_bytes(b"secret")
        opening = writer.begin(2, 0.0, plain(2).request)
        with pytest.raises(Sealed):
            opening.head(200, "secret", "HTTP/1.1", (), 0.0)
        opening.head(200, "OK", "HTTP/1.1", (), 0.0)
        with pytest.raises(Sealed):
            opening.piece(0.1, b"a secret")
        with pytest.raises(Sealed):
            writer.add(replace(plain(2), request=secret))
        written = b"".join(each.read_bytes() for each in path.parent.rglob("*") if each.is_file())
        assert b"secret" not in written
        writer.add(plain(2))

    assert read(path) == [plain(2)]


@pytest.mark.parametrize(
    "wrong",
    [
        replace(plain(1), at=-1.0),
        replace(plain(1), ended=float("nan")),
        replace(plain(1), number=-1),
        replace(plain(1), request=Request(method="GET", url="")),
        replace(plain(1), request=Request(method="G T", url="/")),
        replace(plain(1), request=Request(method="GET", url="/\ud800")),
        replace(plain(1), request=Request(method="GET", url="/", headers=(("a", "\ud800"),))),
        replace(plain(1), response=Response(status=200, body=b"ab", pieces=(Piece(0.0, 1),))),
        replace(plain(1), response=Response(status=200, body=Blob(sha256="../x", size=1))),
    ],
    ids=lambda wrong: "",
)
def test_what_would_not_come_back_is_refused(path: Path, wrong: Interaction) -> None:
    """A value that is none is an error when it is written, and leaves the cassette as it was."""
    with Writer.create(path, HEADER) as writer:
        before = path.read_bytes()
        with pytest.raises(Unwritable):
            writer.add(wrong)
        assert path.read_bytes() == before


def test_a_document_is_what_it_is_alone(path: Path) -> None:
    """The text of an entry is the text of the interaction: formatting is stable."""
    with Writer.create(path, HEADER) as writer:
        writer.add(streamed(1))

    with Cassette.open(path) as cassette:
        assert cassette.text(cassette.entries[0]) == interaction_text(streamed(1))
