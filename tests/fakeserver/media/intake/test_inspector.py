"""What strangers upload cannot hang the server."""

from __future__ import annotations

import os
import signal
import struct
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import nemovideo_fakeserver
from nemovideo_fakeserver.core.assets import ACCEPTED
from nemovideo_fakeserver.media.intake.inspector import Inspector
from nemovideo_fakeserver.media.intake.probe import probe
from nemovideo_fakeserver.wire.messages import Probe, Unreadable


@pytest.fixture
def inspector() -> Iterator[Inspector]:
    """An inspector with a child that is started on demand."""
    with Inspector() as opened:
        yield opened


@pytest.fixture
def flood(samples: Mapping[str, Path], tmp_path: Path) -> Path:
    """A small film whose tables declare a quarter of a billion samples of one byte each."""
    data = bytearray(samples["mp4"].read_bytes())
    count = 1 << 28
    struct.pack_into(">II", data, data.index(b"stsz") + 8, 1, count)
    struct.pack_into(">I", data, data.index(b"stsc") + 16, count)
    struct.pack_into(">I", data, data.index(b"stts") + 12, count)
    path = tmp_path / "flood.mp4"
    path.write_bytes(data)
    return path


def test_an_inspector_says_what_probe_says(
    inspector: Inspector, samples: Mapping[str, Path], tmp_path: Path
) -> None:
    """Every format, and a refusal, come back from the child unchanged."""
    text = tmp_path / "line\nbreak é.mp4"
    text.write_text("text")
    paths = [*(samples[name] for name in ACCEPTED), text]

    assert [inspector.probe(path) for path in paths] == [probe(path) for path in paths]


def test_a_file_that_floods_memory_is_refused_and_the_next_one_is_not(
    inspector: Inspector, flood: Path, samples: Mapping[str, Path]
) -> None:
    """Tables far larger than their file end at the limit; the inspector goes on."""
    refused = inspector.probe(flood)
    accepted = inspector.probe(samples["mp4"])

    assert isinstance(refused, Unreadable)
    assert accepted == probe(samples["mp4"])


STANDSTILL = pytest.mark.skipif(
    not hasattr(signal, "SIGSTOP"), reason="needs a child that can be made to stand still"
)


def stop(inspector: Inspector) -> None:
    """Let the child stand still."""
    assert inspector._child is not None
    os.kill(inspector._child.pid, signal.SIGSTOP)


@STANDSTILL
def test_a_file_that_takes_too_long_is_refused(
    inspector: Inspector, samples: Mapping[str, Path]
) -> None:
    """A child that has not answered in time is killed, and that is the answer."""
    inspector.probe(samples["png"])
    stop(inspector)
    inspector._seconds = 0
    refused = inspector.probe(samples["mp4"])

    assert refused == Unreadable(
        "The file cannot be used: looking into it takes too much time or memory."
    )


def test_a_child_that_died_is_replaced(inspector: Inspector, samples: Mapping[str, Path]) -> None:
    """A child that somebody ended between two files costs neither of them."""
    before = inspector.probe(samples["png"])
    assert inspector._child is not None
    inspector._child.end()

    assert inspector.probe(samples["png"]) == before


def test_an_installation_that_is_broken_is_not_the_files_fault(
    inspector: Inspector,
    samples: Mapping[str, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """When the child cannot import what it needs, that is raised, with what the child said."""
    package = tmp_path / "nemovideo_fakeserver"
    package.mkdir()
    (package / "__init__.py").write_text("raise ImportError('half of it is missing')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    with pytest.raises(RuntimeError, match=r"(?s)does not start;.*half of it is missing"):
        inspector.probe(samples["png"])


def test_the_current_folder_is_not_searched_for_modules(
    inspector: Inspector,
    samples: Mapping[str, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A user's json.py is no business of the child's."""
    (tmp_path / "json.py").write_text("raise SystemExit('run by mistake')")
    monkeypatch.chdir(tmp_path)

    assert isinstance(inspector.probe(samples["png"]), Probe)


def test_the_child_finds_the_package_where_its_parent_did(
    inspector: Inspector,
    samples: Mapping[str, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A package that is not installed, and that only its parent's path leads to, is found."""
    root = str(Path(nemovideo_fakeserver.__file__).parents[1])
    hide = f"import sys; sys.path[:] = [p for p in sys.path if p != {root!r}]"
    (tmp_path / "sitecustomize.py").write_text(hide)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    assert isinstance(inspector.probe(samples["png"]), Probe)


def test_a_file_that_is_not_there_is_the_callers_mistake(inspector: Inspector) -> None:
    """A missing file raises, and starts no child."""
    with pytest.raises(FileNotFoundError):
        inspector.probe(Path("nowhere.mp4"))


CLOSING = Unreadable("The file cannot be looked into: the server is closing.")


def test_closing_twice_is_closing_once(inspector: Inspector, samples: Mapping[str, Path]) -> None:
    """After `close` no child is left and none is started; a file that still comes is refused."""
    inspector.probe(samples["png"])
    inspector.close()
    inspector.close()

    assert inspector.probe(samples["png"]) == CLOSING
    assert inspector._child is not None
    assert not inspector._child.alive


@STANDSTILL
def test_closing_does_not_wait_for_a_file_that_is_looked_into(
    inspector: Inspector, samples: Mapping[str, Path]
) -> None:
    """The child is killed in the midst of its work; nobody waits for its time to run out."""
    inspector.probe(samples["png"])
    stop(inspector)
    with ThreadPoolExecutor(1) as reader:
        answer = reader.submit(inspector.probe, samples["png"])
        inspector.close()

    assert answer.result() == CLOSING
