"""A worker answers every line, and stays within its limits."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from subprocess import PIPE
from typing import Any

import pytest
from PIL import Image

from nemovideo_fakeserver.core.ports import RenderOrder
from nemovideo_fakeserver.media.film import making
from nemovideo_fakeserver.media.studio import orders, worker

OrderMaker = Callable[..., RenderOrder]


def line(do: str, path: Path, of: Mapping[str, Any]) -> str:
    """A question."""
    return orders.line({"": [do, str(path), of]})[5:-1]


def told(answer: str) -> dict[str, Any]:
    """What is said in reply."""
    found: dict[str, Any] = json.loads(answer)
    assert len(found) == 1
    return found


def one_second(order: OrderMaker) -> Mapping[str, Any]:
    """A film of one card."""
    return orders.order_to_dict(order({"t": [{"tt": 0, "sg": [{"d": 1000}]}]}))


def test_a_film_is_made(order: OrderMaker, tmp_path: Path) -> None:
    """The reply says how long and how large it is."""
    path = tmp_path / "film"

    said = told(worker.answer(line("render", path, one_second(order))))

    assert said == {"done": {"seconds": 1.0, "size": path.stat().st_size}}


def test_what_is_refused_is_said_in_words(order: OrderMaker, tmp_path: Path) -> None:
    """A sentence for the client."""
    of = orders.order_to_dict(order({"t": []}))

    assert told(worker.answer(line("render", tmp_path / "film", of)))["refused"].startswith(
        "invalid draft"
    )


def test_what_goes_wrong_is_told_with_its_trace(tmp_path: Path) -> None:
    """For those who run it; the worker goes on."""
    for question in ("no json", line("juggle", tmp_path, {}), line("make", tmp_path, {})):
        assert "Traceback" in told(worker.answer(question))["failed"]


def test_too_little_memory_is_said_in_words(
    order: OrderMaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What would need more than there is, is refused."""

    def render(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(making, "render", render)

    said = told(worker.answer(line("render", tmp_path / "film", one_second(order))))

    assert "more memory than there is" in said["refused"]


def test_what_is_nested_too_deep_is_said_in_words() -> None:
    """What could be written, and is too much for who reads it, is refused: that is the client's draft."""
    depth = 100_000

    said = told(worker.answer(f'["render", "film", {{"draft": {"[" * depth}{"]" * depth}}}]'))

    assert said == {"refused": "invalid draft: nested too deep; send it as it was received"}


def _gone(path: Path) -> None:
    path.unlink()


def _emptied(path: Path) -> None:
    path.write_bytes(b"")


def _replaced(path: Path) -> None:
    path.write_text("#EXTM3U\n/etc/passwd\n")


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:60])


@pytest.mark.parametrize("harm", [_gone, _emptied, _replaced, _cut])
@pytest.mark.parametrize("name", ["mp4", "png", "gif", "mp3"])
def test_an_upload_that_can_no_longer_be_opened_is_said_in_words(
    name: str,
    harm: Callable[[Path], None],
    order: OrderMaker,
    samples: Mapping[str, Path],
    tmp_path: Path,
) -> None:
    """Whatever became of it since it was accepted; the sentence has no path."""
    clip = tmp_path / f"clip.{name}"
    shutil.copyfile(samples[name], clip)
    track = {"tt": 1 if name == "mp3" else 0, "sg": [{"d": 500, "src": "u"}]}
    of = orders.order_to_dict(order({"t": [track]}, {"u": clip}))
    harm(clip)

    said = told(worker.answer(line("render", tmp_path / "film.mp4", of)))

    assert "can no longer be opened; upload that again" in said["refused"]
    assert str(tmp_path) not in said["refused"]


LIMITED = """
import sys
from nemovideo_fakeserver.media.children import serving
from nemovideo_fakeserver.media.studio import worker
from nemovideo_fakeserver.media.film import making, synthetic, thumbnail
memory, file = map(int, sys.argv[1:])
serving.limit(serving.Limits(memory=memory, file=file, patience=0))
serving.serve(worker.answer)
"""

NEEDS_LIMITS = pytest.mark.skipif(sys.platform != "linux", reason="the limits are Linux's")


def asked(question: str, *, memory: int = 1 << 32, file: int = 1 << 30) -> dict[str, Any]:
    """What a worker with other limits says."""
    command = [sys.executable, "-c", LIMITED, str(memory), str(file)]
    with subprocess.Popen(command, stdin=PIPE, stdout=PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.stdin.write(question + "\n")
        process.stdin.flush()
        answer = process.stdout.readline()
    return told(answer)


@NEEDS_LIMITS
@pytest.mark.parametrize(
    ("do", "of"), [("render", {}), ("make", {"kind": "image"}), ("make", {"kind": "audio"})]
)
def test_a_file_may_not_be_too_large(
    do: str, of: dict[str, Any], order: OrderMaker, tmp_path: Path
) -> None:
    """Whoever writes it, the disk does not fill up, and the client hears why."""
    clip = {"seconds": 5.0, "label": "sea", "seed": 1, **of}
    question = line(do, tmp_path / "file", one_second(order) if do == "render" else clip)

    assert "larger than 1 GiB" in asked(question, file=2000)["refused"]


@NEEDS_LIMITS
def test_a_picture_may_not_need_too_much_memory(order: OrderMaker, tmp_path: Path) -> None:
    """A photo that is too large for the worker is refused, and does not bring down more than it."""
    photo = tmp_path / "photo.png"
    Image.new("L", (8000, 8000)).save(photo)
    draft = {"t": [{"tt": 0, "sg": [{"d": 100, "src": "u"}]}]}
    of = orders.order_to_dict(order(draft, {"u": photo}))

    said = asked(line("render", tmp_path / "film", of), memory=450 << 20)

    assert "more memory than there is" in said["refused"]
