"""The client id: made once, kept private, the same for all who ask at once."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path
from uuid import UUID

import pytest

from nemovideo_client import identity
from nemovideo_client.errors import UsageError

ASK = "import sys, pathlib; from nemovideo_client.identity import kept; print(kept(pathlib.Path(sys.argv[1])))"


def test_the_first_to_ask_makes_it(tmp_path: Path) -> None:
    """A UUID, which the next to ask gets as well; nothing else is left in the folder."""
    path = tmp_path / "deep" / "nemovideo" / "client_id"

    made = identity.kept(path)

    assert str(UUID(made)) == made
    assert identity.kept(path) == made
    assert path.read_text() == f"{made}\n"
    assert [file.name for file in path.parent.iterdir()] == ["client_id"]


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX")
def test_it_is_private(tmp_path: Path) -> None:
    """Nobody else may read the file, nor look into the folder that was made for it."""
    path = tmp_path / "nemovideo" / "client_id"
    mask = os.umask(0)
    try:
        identity.kept(path)
    finally:
        os.umask(mask)

    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("content", "id_"),
    [
        (b"my-id", "my-id"),
        (b"  my id 7 \r\n\n", "my id 7"),
        (b"x" * 64, "x" * 64),
    ],
)
def test_what_is_there_is_used(tmp_path: Path, content: bytes, id_: str) -> None:
    """Any printable string of up to 64 characters, without the space around it."""
    path = tmp_path / "client_id"
    path.write_bytes(content)

    assert identity.kept(path) == id_
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    "content", [b"", b" \n", b"x" * 65, "ü".encode(), b"\xff\xfe", b"a\x00b", b"a\nb", b"\x1b[31m"]
)
def test_what_is_damaged_is_replaced(tmp_path: Path, content: bytes) -> None:
    """What no header could carry gives way to a new id, and that one stays."""
    path = tmp_path / "client_id"
    path.write_bytes(content)

    made = identity.kept(path)

    assert str(UUID(made)) == made
    assert identity.kept(path) == made


@pytest.mark.parametrize("place", ["file/client_id", "folder", "file/deep/client_id"])
def test_where_it_cannot_be_kept(tmp_path: Path, place: str) -> None:
    """That is said, with the way out."""
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()

    with pytest.raises(UsageError, match="NEMO_CLIENT_ID") as raised:
        identity.kept(tmp_path / place)

    assert str(tmp_path / place) in str(raised.value)


def test_threads_that_ask_at_once_get_the_same(tmp_path: Path) -> None:
    """Only one of them makes it."""
    path = tmp_path / "nemovideo" / "client_id"
    start, got = threading.Barrier(8), list[str]()

    def ask() -> None:
        start.wait(10)
        got.append(identity.kept(path))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)

    assert len(got) == 8
    assert set(got) == {identity.kept(path)}


def test_processes_that_ask_at_once_get_the_same(tmp_path: Path) -> None:
    """Two programs of one user are one client."""
    path = tmp_path / "nemovideo" / "client_id"
    asked = [
        subprocess.Popen([sys.executable, "-c", ASK, str(path)], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]

    told = [process.communicate(timeout=60)[0].strip() for process in asked]

    assert told == [identity.kept(path)] * 2


def test_who_is_slower_takes_what_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between looking and making, another one may have been faster."""
    path = tmp_path / "client_id"
    link = os.link

    def late(source: Path, target: Path) -> None:
        path.write_text("faster\n")
        link(source, target)

    monkeypatch.setattr(os, "link", late)

    assert identity.kept(path) == "faster"
    assert [file.name for file in tmp_path.iterdir()] == ["client_id"]


def test_a_file_system_without_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There it is moved in place."""

    def refuse(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(os, "link", refuse)
    path = tmp_path / "client_id"

    assert identity.kept(path) == path.read_text().strip()


def test_a_fresh_one_is_new_each_time() -> None:
    """Two are never the same."""
    assert identity.fresh() != identity.fresh()
