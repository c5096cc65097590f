from __future__ import annotations

from pathlib import Path

import pytest

from nemovideo_proxy.cassette import BrokenCassette, Cassette, Writer, repair
from nemovideo_proxy.model import Interaction
from support.proxy_cassette import HEADER, plain, streamed

RECORDED = [plain(1), streamed(2), plain(3)]


@pytest.fixture(name="whole")
def _whole(tmp_path: Path) -> bytes:
    path = tmp_path / "whole.yaml"
    with Writer.create(path, HEADER) as writer:
        for each in RECORDED:
            writer.add(each)
    return path.read_bytes()


def ends_of(whole: bytes) -> list[int]:
    """Return where each document has all it needs: the line end after its last line."""
    starts = [at + 1 for at in range(len(whole)) if whole.startswith(b"\n---", at)]
    return [end - 1 for end in (*starts[1:], len(whole))]


def read(path: Path) -> list[Interaction] | BrokenCassette:
    """Return what a cassette has, or what is wrong with it."""
    try:
        with Cassette.open(path) as cassette:
            return list(cassette)
    except BrokenCassette as problem:
        return problem


def test_a_file_cut_at_any_byte_loses_no_earlier_document(tmp_path: Path, whole: bytes) -> None:
    """Either it is read with all documents before the cut, or it is said to be broken, with the line."""
    path = tmp_path / "cut.yaml"
    ends = ends_of(whole)
    for size in range(len(whole)):
        path.write_bytes(whole[:size])
        kept = sum(end <= size for end in ends)
        found = read(path)
        if isinstance(found, BrokenCassette):
            assert found.line <= whole.count(b"\n", 0, size) + 1
            assert size not in (*ends, len(whole))
        else:
            assert found == RECORDED[:kept], size


def test_what_is_before_a_cut_is_repaired(tmp_path: Path, whole: bytes) -> None:
    """Wherever a file is cut off, all that was whole is in the repaired one, and what was not is told."""
    path, out = tmp_path / "cut.yaml", tmp_path / "out.yaml"
    ends = ends_of(whole)
    first = whole.index(b"\n---") + 1
    for size in range(first, len(whole), 7):
        path.write_bytes(whole[:size])
        out.unlink(missing_ok=True)
        kept = sum(end <= size for end in ends)
        done = repair(path, out)
        last = whole[:size].rpartition(b"\n")[2]
        if last.startswith(b"ended: "):
            assert done.saved == kept + 1
            assert bool(done.lost) == (last == b"ended: ")  # a time that begins is taken for whole
        else:
            assert done.saved == kept
        with Cassette.open(out) as cassette:
            assert cassette.header == HEADER
            assert list(cassette)[:kept] == RECORDED[:kept]


def test_a_write_that_a_kill_cut_off_is_as_if_it_had_not_been(tmp_path: Path, whole: bytes) -> None:
    """The exchange under way is there still: the cassette opens, and is taken up with it, wherever the cut is."""
    third = whole.rindex(b"\n---") + 1
    first_line, last_line = range(third, third + 50), range(len(whole) - 14, len(whole))
    for size in sorted({*first_line, *last_line, *range(third, len(whole), 7)}):
        path = tmp_path / str(size) / "talk.yaml"
        path.parent.mkdir()
        writer = Writer.create(path, HEADER)
        writer.add(RECORDED[0])
        writer.add(RECORDED[1])
        writer.begin(3, RECORDED[2].at, RECORDED[2].request)
        with path.open("ab") as file:
            file.write(whole[third:size])
        cut = size < len(whole) - 1
        expected = Interaction(number=3, at=4.5, request=RECORDED[2].request, end="lost")
        last = expected if cut else RECORDED[2]

        with Cassette.open(path) as cassette:
            assert list(cassette) == [*RECORDED[:2], last], size
        _forget(writer)
        with Writer.extend(path) as again:
            assert again.next_number() == 4
        with Cassette.open(path) as cassette:
            assert list(cassette) == [*RECORDED[:2], last], size
        assert list(path.parent.iterdir()) == [path]


def _forget(writer: Writer) -> None:
    """Let go of the lock as the death of a process does, and of nothing else."""
    writer._lock.release()
