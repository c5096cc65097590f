from __future__ import annotations

from pathlib import Path

import pytest

from nemovideo_proxy.cassette import (
    Cassette,
    Lost,
    Writer,
    header_text,
    interaction_text,
    repair,
)
from nemovideo_proxy.model import Interaction
from support.proxy_cassette import HEADER, plain, streamed

HEAD = header_text(HEADER)
ONE, TWO, THREE = (interaction_text(each) for each in (plain(1), streamed(2), plain(3)))


@pytest.fixture(name="path")
def _path(tmp_path: Path) -> Path:
    return tmp_path / "talk.yaml"


def saved(path: Path) -> tuple[list[Interaction], tuple[Lost, ...]]:
    """Repair a cassette, and return what is in the new one and what was lost."""
    out = path.with_name("out.yaml")
    done = repair(path, out)
    with Cassette.open(out) as cassette:
        found = list(cassette)
    assert len(found) == done.saved
    return found, done.lost


def test_a_broken_document_is_left_out_and_told(path: Path) -> None:
    """With the line of the defect, and all others are there."""
    path.write_text(HEAD + ONE + TWO.replace("status: 200", "status: [") + THREE)
    found, lost = saved(path)

    assert found == [plain(1), plain(3)]
    (one,) = lost
    assert one.line > HEAD.count("\n") + ONE.count("\n")
    assert "no YAML" in one.why


def test_a_whole_cassette_is_saved_as_it_is(path: Path) -> None:
    """Byte for byte, and the old one stays."""
    text = HEAD + ONE + TWO + THREE
    path.write_text(text)
    found, lost = saved(path)

    assert (found, lost) == ([plain(1), streamed(2), plain(3)], ())
    assert path.with_name("out.yaml").read_text() == path.read_text() == text


def test_an_edited_request_gets_its_line_anew(path: Path) -> None:
    """The first line of a document need not be right."""
    path.write_text(HEAD + ONE.replace("url: /api/credits", "url: /api/debits"))
    found, lost = saved(path)

    assert [each.request.url for each in found] == ["/api/debits/balance/simple"]
    assert not lost


def test_numbers_that_stand_twice_are_given_once(path: Path) -> None:
    """The second one, and one without a number, come after the last."""
    path.write_text(HEAD + ONE + TWO.replace("# 2 ", "# 1 ") + "---" + ONE[ONE.index("\n") :])
    found, lost = saved(path)

    assert [each.number for each in found] == [1, 2, 3]
    assert [each.request.method for each in found] == ["GET", "POST", "GET"]
    assert not lost


def test_windows_line_ends_are_undone(path: Path) -> None:
    """Nothing of a recording is a carriage return that is not escaped."""
    path.write_bytes((HEAD + ONE + TWO).replace("\n", "\r\n").encode())

    assert saved(path) == ([plain(1), streamed(2)], ())


def test_a_broken_header_is_replaced_by_one_that_says_so(path: Path) -> None:
    """The interactions are there."""
    path.write_text(HEAD.replace("harness", "harnes") + ONE)
    found, lost = saved(path)

    assert found == [plain(1)]
    assert [each.line for each in lost] == [4]
    with Cassette.open(path.with_name("out.yaml")) as cassette:
        assert cassette.header.notes == "The header was broken."


def test_a_file_without_a_header_keeps_its_first_document(path: Path) -> None:
    """It is an interaction, and is saved as one."""
    path.write_text(ONE + TWO)
    found, lost = saved(path)

    assert found == [plain(1), streamed(2)]
    assert [each.line for each in lost] == [2]


def test_an_exchange_that_was_killed_is_saved(path: Path) -> None:
    """From where it was kept while it was under way, if its document is not whole."""
    writer = Writer.create(path, HEADER)
    for number in (1, 2):
        opening = writer.begin(number, 0.0, plain(number).request)
        opening.head(200, "OK", "HTTP/1.1", (), 0.5)
        opening.piece(1.0, b"{")
    with path.open("a") as file:
        file.write(ONE[:-40])
    found, lost = saved(path)

    assert [(each.number, each.end) for each in found] == [(1, "lost"), (2, "lost")]
    assert len(lost) == 2  # the document, and the end of its last line
    writer.close()


def test_nothing_is_lost_with_the_end_of_the_last_line(path: Path) -> None:
    """Where all else is there: what is written last is the time of the end."""
    path.write_text((HEAD + ONE + TWO).removesuffix("\n"))

    assert saved(path) == ([plain(1), streamed(2)], ())


def test_a_repair_makes_a_new_file(path: Path) -> None:
    """It never writes into one that is there, least of all the broken one."""
    path.write_text(HEAD + ONE)
    with pytest.raises(FileExistsError):
        repair(path, path)

    assert path.read_text() == HEAD + ONE


def test_what_is_read_and_cannot_be_written_is_lost(tmp_path: Path) -> None:
    """A header name that somebody wrote by hand is too long: the rest is saved, and the loss is told."""
    path, out = tmp_path / "long.yaml", tmp_path / "out.yaml"
    head = (
        'cassette: 1\nupstream: http://a.test\nrecorded_at: "2026-01-01T00:00:00Z"\nharness: "0"\n'
    )
    first = "\n---\nat: 0\nrequest:\n  method: GET\n  url: /a\nended: 1.0\n"
    path.write_text(
        head + first + first.replace("/a", f"/b\n  headers:\n    - {'a' * 212}: x") + "\n"
    )

    done = repair(path, out)

    assert done.saved == 1
    assert "interaction 2: a key has at most 128 characters" in done.lost[0].why
