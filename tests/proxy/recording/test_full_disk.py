"""A file that cannot grow ends the recording with the reason that the system gives."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from nemovideo_proxy.recording.marked import NotRecorded
from nemovideo_proxy.recording.recorder import Recorder
from nemovideo_proxy.redaction import Redactor
from support.proxy_recording import MemoryWriter

FORM = (
    b'--edge\r\nContent-Disposition: form-data; name="f"; filename="a.mp4"\r\n\r\n'
    + bytes(range(256)) * 800
    + b"\r\n--edge--\r\n"
)


@contextmanager
def _no_file_larger_than(size: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_an_upload_for_which_there_is_no_room_says_so(tmp_path: Path) -> None:
    """The body was spooled, and its film has no room beside it: the sentence is the system's."""
    recorder = Recorder(
        writer=MemoryWriter(tmp_path),
        redactor=Redactor(),
        folder=tmp_path / "spool",
        now=lambda: 0.0,
    )
    spooled = recorder.spool()
    spooled.feed(FORM)

    with (
        _no_file_larger_than(100_000),
        pytest.raises(NotRecorded, match="cannot be written: File too large"),
        recorder.guarding(),
    ):
        recorder.uploaded(spooled, "multipart/form-data; boundary=edge")
