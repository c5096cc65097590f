from __future__ import annotations

import hashlib
import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_fakeserver.clock import Clock
from nemovideo_fakeserver.surfaces.intake import has_files, inspected, open_intake
from nemovideo_fakeserver.surfaces.multipart import LONGEST_HEADERS, MOST_PARTS
from nemovideo_fakeserver.wire.messages import (
    Body,
    BodyPlan,
    Head,
    Malformed,
    Part,
    Spooled,
    TooLarge,
    Unreadable,
)

FORM = "multipart/form-data; boundary=XX"


def part(
    content: bytes, disposition: str = 'name="files"; filename="a.mp4"', more: str = ""
) -> bytes:
    """Return one part with the delimiter before it."""
    return (
        f"--XX\r\nContent-Disposition: form-data; {disposition}\r\n{more}\r\n".encode()
        + content
        + b"\r\n"
    )


def take(
    spool: Path,
    *chunks: bytes,
    content_type: str = FORM,
    limit: int = 10**6,
    file_limit: int | None = 10**5,
    length: int | None = None,
) -> tuple[Body, list[bytes]]:
    """Feed chunks until refused; return the body and what its parts held on disk."""
    announced = () if length is None else (("content-length", str(length)),)
    head = Head(method="POST", path="/", headers=(("content-type", content_type), *announced))
    plan = BodyPlan(limit=limit, file_limit=file_limit, clock=Clock())
    with open_intake(plan, head, spool) as intake:
        for chunk in chunks:
            intake.feed(chunk)
        body = intake.finish()
        held = [p.path.read_bytes() for p in body.parts] if isinstance(body, Spooled) else []
    assert list(spool.iterdir()) == []
    return body, held


def parts_of(body: Body) -> tuple[Part, ...]:
    """Return the parts of a spooled body."""
    assert isinstance(body, Spooled), body
    return body.parts


@pytest.mark.parametrize("chunks", [[b"hello"], [b"he", b"", b"llo"], [b"", b"hello"]])
def test_a_plain_body_is_collected(tmp_path: Path, chunks: list[bytes]) -> None:
    """Without files expected, the pieces are joined in memory, whatever their type is called."""
    assert take(tmp_path, *chunks, file_limit=None)[0] == b"hello"


def test_a_plain_body_may_be_as_long_as_its_limit(tmp_path: Path) -> None:
    """A body of exactly the limit is welcome, one byte more is not, and no more is read then."""
    assert take(tmp_path, b"hello", file_limit=None, limit=5)[0] == b"hello"
    assert take(tmp_path, b"hel", b"lo!", b"more", file_limit=None, limit=5)[0] == TooLarge(5, 6)


@pytest.mark.parametrize("content_type", [FORM, "multipart/mixed; boundary=XX", "text/plain"])
def test_the_plan_decides_what_is_a_form(tmp_path: Path, content_type: str) -> None:
    """Whatever its type is called, a body is taken apart if files are planned for, else kept as it is."""
    sent = part(b"x") + b"--XX--"

    plain, _ = take(tmp_path, sent, content_type=content_type, file_limit=None)
    form, _ = take(tmp_path, sent, content_type=f"{content_type}; boundary=XX")

    assert plain == sent
    assert len(parts_of(form)) == 1


@pytest.mark.parametrize("content_type", [FORM, "application/json"])
def test_a_length_over_the_limit_is_refused_unread(tmp_path: Path, content_type: str) -> None:
    """When the head announces too much, nothing has been seen of the body."""
    body, _ = take(tmp_path, content_type=content_type, limit=1000, length=1001)

    assert body == TooLarge(1000, 0)


def test_parts_go_to_disk(tmp_path: Path) -> None:
    """Each part is a file with its size and hash; a plain field is one, too, without a file name."""
    body, held = take(
        tmp_path,
        part(b"film" * 100, more="Content-Type: video/mp4\r\n")
        + part(b"", 'name="files"; filename="empty.png"')
        + part(b"en", 'name="language"')
        + b"--XX--\r\n",
    )

    film, empty, language = parts_of(body)
    assert held == [b"film" * 100, b"", b"en"]
    assert (film.field, film.filename, film.content_type) == ("files", "a.mp4", "video/mp4")
    assert (film.size, film.sha256) == (400, hashlib.sha256(b"film" * 100).hexdigest())
    assert (empty.filename, empty.size) == ("empty.png", 0)
    assert (language.field, language.filename, language.content_type) == ("language", None, "")
    assert film.probe is None


@given(data=st.binary(max_size=300), cuts=st.lists(st.integers(0, 600), max_size=8))
def test_chunks_may_be_cut_anywhere(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, cuts: list[int]
) -> None:
    """However a body is cut into pieces, the same parts come out of it."""
    content = data.replace(b"--XX", b"")
    whole = part(content) + part(b"two\r\n--X", 'name="b"') + b"--XX--\r\n"
    edges = [0, *sorted(min(cut, len(whole)) for cut in cuts), len(whole)]

    body, held = take(
        tmp_path_factory.mktemp("spool"),
        *(whole[a:b] for a, b in itertools.pairwise(edges)),
    )

    assert held == [content, b"two\r\n--X"]
    assert [p.sha256 for p in parts_of(body)] == [hashlib.sha256(h).hexdigest() for h in held]


@pytest.mark.parametrize(
    ("claimed", "filename"),
    [
        ('filename="音乐.mp3"', "音乐.mp3"),
        ('filename="../../etc/passwd"', "../../etc/passwd"),
        ('filename="a \\"b\\".mp4"', 'a "b".mp4'),
        ('filename=""', ""),
        ("filename=bare.mp4", "bare.mp4"),
    ],
)
def test_a_file_name_is_data(tmp_path: Path, claimed: str, filename: str) -> None:
    """What a client calls its file is kept as it is, and never becomes a path."""
    body, _ = take(tmp_path, part(b"x", f'name="files"; {claimed}') + b"--XX--\r\n")

    (only,) = parts_of(body)
    assert only.filename == filename
    assert only.path.name == "0"
    assert only.path.parent.parent == tmp_path


def test_a_file_name_of_broken_octets_is_replaced(tmp_path: Path) -> None:
    """Octets that are no UTF-8 become replacement characters."""
    whole = (part(b"x") + b"--XX--\r\n").replace(b"a.mp4", b"\xff\xe9.mp4")

    body, _ = take(tmp_path, whole)

    assert parts_of(body)[0].filename == "��.mp4"


def test_a_file_over_its_limit_stops_the_work(tmp_path: Path) -> None:
    """The first file that grows over the limit refuses the whole body, with what was seen of it."""
    body, _ = take(tmp_path, part(b"x" * 50)[:-2], b"y" * 60, b"z" * 10**4, file_limit=100)

    assert body == TooLarge(100, 110)


def test_a_body_over_its_limit_stops_the_work(tmp_path: Path) -> None:
    """Many small parts may not add up to more than the limit of the whole."""
    one = part(b"x" * 50)

    body, _ = take(tmp_path, one, one, one, limit=2 * len(one))

    assert body == TooLarge(2 * len(one), 3 * len(one))


def test_a_plain_field_is_not_held_to_the_limit_of_files(tmp_path: Path) -> None:
    """Only files count against the limit of a file."""
    body, _ = take(tmp_path, part(b"x" * 50, 'name="note"') + b"--XX--", file_limit=10)

    assert parts_of(body)[0].size == 50


@pytest.mark.parametrize(
    ("chunks", "why"),
    [
        ([], "ends before its closing boundary"),
        ([part(b"cut off")[:-5]], "ends before its closing boundary"),
        ([part(b"x")], "ends before its closing boundary"),
        ([b"no boundary at all"], "cannot be taken apart"),
        ([b"--XX\r\nbroken header\r\n\r\nx"], "cannot be taken apart"),
        ([part(b"x", 'filename="a.mp4"')], "Part 1 of the multipart body has no name"),
        ([part(b"x") * (MOST_PARTS + 1)], f"more than {MOST_PARTS} parts"),
        (
            [part(b"x", more=f"X-Long: {'y' * LONGEST_HEADERS}\r\n")],
            "headers exceed 16384 bytes|header size",
        ),
        (
            [part(b"x", more="X-A: yyyyyyyyyy\r\n" * 1000)],
            "headers exceed 16384 bytes|header count",
        ),
    ],
)
def test_a_broken_multipart_says_why(tmp_path: Path, chunks: list[bytes], why: str) -> None:
    """What cannot be taken apart is malformed, in one sentence, and what follows is not looked at."""
    body, _ = take(tmp_path, *chunks, b"")

    assert isinstance(body, Malformed)
    assert body.why.endswith(".")
    assert any(reason in body.why for reason in why.split("|")), body.why


@pytest.mark.parametrize(
    "content_type",
    [
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=" + "x" * 71,
        "Multipart/Form-Data; 边界=1",
    ],
)
def test_a_multipart_without_a_boundary_is_malformed(tmp_path: Path, content_type: str) -> None:
    """A multipart type that names no usable boundary is refused before a byte is read."""
    body, _ = take(tmp_path, b"anything", content_type=content_type)

    assert body == Malformed("The multipart content type names no usable boundary.")


def test_what_follows_the_last_part_is_ignored(tmp_path: Path) -> None:
    """An epilogue changes nothing."""
    body, held = take(tmp_path, part(b"x") + b"--XX--", b"\r\nepilogue", b"--XX\r\n")

    assert isinstance(body, Spooled)
    assert held == [b"x"]


def test_files_are_looked_into(tmp_path: Path) -> None:
    """Each file gets its probe; plain fields, and bodies without files, are left alone."""
    body, _ = take(tmp_path, part(b"x") + part(b"y", 'name="b"') + b"--XX--")
    field_only, _ = take(tmp_path, part(b"y", 'name="b"') + b"--XX--")

    seen = inspected(body, lambda path: Unreadable(path.name))

    assert [p.probe for p in parts_of(seen)] == [Unreadable("0"), None]
    assert has_files(body)
    assert not has_files(field_only)
    assert not has_files(b"bytes")
    assert inspected(TooLarge(1, 2), lambda _: Unreadable("never")) == TooLarge(1, 2)
