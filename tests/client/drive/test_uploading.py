"""Files are read while they are sent, and their bytes are told."""

from __future__ import annotations

import os
from email import message_from_bytes
from pathlib import Path

import httpx
import pytest

from nemovideo_client.errors import UsageError
from nemovideo_client.wire.messages import Answer, FilePart, Progress, Request
from nemovideo_client.wire.steps import Flow, Send
from support.driving import Drive

BIG = os.urandom(200_000)


def part(path: Path, content: bytes | None = None) -> FilePart:
    """A file to send, made where it has a content."""
    if content is not None:
        path.write_bytes(content)
    return FilePart(path, path.name, "video/mp4")


def send(*parts: FilePart, progress: Progress | None = None) -> Flow[Answer]:
    """Send files."""
    answer: Answer = yield Send(Request(method="POST", url="/up", files=parts, progress=progress))
    return answer


class Received:
    """Takes uploads apart."""

    def __init__(self) -> None:
        self.parts: list[tuple[str | None, str | None, str, bytes]] = []
        self.requests = 0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Keep the fields of a form."""
        self.requests += 1
        kind = request.headers["content-type"].encode()
        body = message_from_bytes(b"Content-Type: " + kind + b"\r\n\r\n" + request.content)
        assert int(request.headers["content-length"]) == len(request.content)
        for field in body.get_payload():
            assert not isinstance(field, str)
            name = field.get_param("name", header="content-disposition")
            content = field.get_payload(decode=True)
            assert isinstance(content, bytes)
            self.parts.append((str(name), field.get_filename(), field.get_content_type(), content))
        return httpx.Response(200)


def test_files_are_fields_of_a_form(drive: Drive, tmp_path: Path) -> None:
    """Each is a field `files` with its own name, type and content."""
    service = Received()
    files = [part(tmp_path / "a.mp4", b"one\n"), part(tmp_path / "b.mp4", b"")]

    drive(send(*files), service)

    assert service.parts == [
        ("files", "a.mp4", "video/mp4", b"one\n"),
        ("files", "b.mp4", "video/mp4", b""),
    ]


ODD = {
    "plain.mp4": "plain.mp4",
    'a "quoted" one.mp4': "a %22quoted%22 one.mp4",
    "two\r\nlines; name=x.mp4": "two%0D%0Alines; name=x.mp4",
    "back\\slash;x=y.mp4": r"back\\slash;x=y.mp4",
    "été 海滩.mp4": "été 海滩.mp4",
    "🏖️.mp4": "🏖️.mp4",
}
"""Names of files, and how they stand in a form, where quotes, backslashes and ends of lines are escaped."""


def test_odd_names_are_names(drive: Drive, tmp_path: Path) -> None:
    """Whatever a file is called, it is one part of the form, in its own words, and adds no header to it."""
    sent: list[bytes] = []

    def keep(request: httpx.Request) -> httpx.Response:
        sent.append(request.read())
        return httpx.Response(200)

    drive(send(*[part(tmp_path / name, b"film") for name in ODD]), keep)

    boundary, _, _ = sent[0].partition(b"\r\n")
    heads = [one.partition(b"\r\n\r\n") for one in sent[0].split(boundary + b"\r\n")[1:]]
    assert [head.decode().split("\r\n") for head, _, _ in heads] == [
        [
            f'Content-Disposition: form-data; name="files"; filename="{name}"',
            "Content-Type: video/mp4",
        ]
        for name in ODD.values()
    ]
    assert {body.partition(b"\r\n")[0] for _, _, body in heads} == {b"film"}


def test_progress_counts_all_files_together(drive: Drive, tmp_path: Path) -> None:
    """Done grows to the total of all files, each time with the same total."""
    told: list[tuple[int, int | None]] = []
    files = [part(tmp_path / "a.mp4", BIG), part(tmp_path / "b.mp4", b"tail")]

    drive(send(*files, progress=lambda *now: told.append(now)), Received())

    done = [one for one, _ in told]
    assert {total for _, total in told} == {len(BIG) + 4}
    assert done == sorted(set(done))
    assert done[-1] == len(BIG) + 4
    assert len(done) > 2


def test_a_second_attempt_sends_everything_again(drive: Drive, tmp_path: Path) -> None:
    """Files are opened anew for each request, and progress begins anew."""
    service, told = Received(), list[int]()
    file = part(tmp_path / "a.mp4", b"abc")

    def twice() -> Flow[None]:
        yield from send(file, progress=lambda done, _: told.append(done))
        yield from send(file, progress=lambda done, _: told.append(done))

    drive(twice(), service)

    assert [content for *_, content in service.parts] == [b"abc", b"abc"]
    assert told == [3, 3]


@pytest.mark.parametrize("name", ["missing.mp4", "folder", "file/below.mp4"])
def test_what_cannot_be_read(drive: Drive, tmp_path: Path, name: str) -> None:
    """It is the caller's to mend, and nothing is sent."""
    (tmp_path / "folder").mkdir()
    good, service = part(tmp_path / "file", b"x"), Received()

    with pytest.raises(UsageError, match="cannot be read") as raised:
        drive(send(good, part(tmp_path / name)), service)

    assert str(tmp_path / name) in str(raised.value)
    assert service.requests == 0
