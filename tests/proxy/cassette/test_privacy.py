"""What is being recorded is for its owner alone, and is an ordinary file once it is settled."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from nemovideo_proxy.cassette import Writer
from nemovideo_proxy.model import Header, Interaction, Request

HEADER = Header(upstream="https://api.example", recorded_at="2026-01-01T00:00:00Z", harness="0")
REQUEST = Request(method="POST", url="/run_sse")


@pytest.fixture(autouse=True)
def _usual() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture(name="path")
def _path(tmp_path: Path) -> Path:
    return tmp_path / "talk.yaml"


def _mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_nobody_else_reads_what_is_being_recorded(path: Path) -> None:
    """Neither the cassette, nor what is unfinished, nor the folder of binaries."""
    with Writer.create(path, HEADER) as writer:
        opening = writer.begin(1, 0.0, REQUEST)
        opening.head(200, "OK", "HTTP/1.1", (), 0.1)
        writer.keep_bytes(bytes(range(256)))
        unfinished = path.with_name("talk.yaml.open")

        assert _mode(path) == 0o600
        assert _mode(unfinished) == 0o700
        assert _mode(unfinished / "1.yaml") == 0o600
        assert _mode(path.with_name("talk.files")) == 0o700


def test_what_is_settled_is_as_the_user_has_it(path: Path) -> None:
    """The modes that any program of the user's would have given."""
    with Writer.create(path, HEADER) as writer:
        for number in (2, 1):  # so that it is put in order
            writer.add(Interaction(number=number, at=0.0, request=REQUEST, response=None))
        writer.keep_bytes(bytes(range(256)))

    assert _mode(path) == 0o644
    assert _mode(path.with_name("talk.files")) == 0o755


def test_a_cassette_that_is_extended_keeps_its_mode(path: Path) -> None:
    """It is the user's own choice."""
    Writer.create(path, HEADER).close()
    path.chmod(0o640)
    with Writer.extend(path) as writer:
        for number in (2, 1):
            writer.add(Interaction(number=number, at=0.0, request=REQUEST, response=None))

    assert _mode(path) == 0o640
