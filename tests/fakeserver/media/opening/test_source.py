"""Every wall around a media file stands by itself, whatever the others would hold back."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from PIL import Image, UnidentifiedImageError

from nemovideo_fakeserver.media.intake import glance
from nemovideo_fakeserver.media.intake.probe import probe
from nemovideo_fakeserver.media.opening import pictures, source
from nemovideo_fakeserver.wire.messages import Probe, Unreadable

ONLY_THIS_FILE = {"protocol_whitelist": "none", "max_pixels": "67108864"}
NO_REFERENCE = {"enable_drefs": "0", "use_absolute_path": "0"}


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("mp4", {"format_whitelist": "mov", **ONLY_THIS_FILE, **NO_REFERENCE}),
        ("mov", {"format_whitelist": "mov", **ONLY_THIS_FILE, **NO_REFERENCE}),
        ("m4a", {"format_whitelist": "mov", **ONLY_THIS_FILE, **NO_REFERENCE}),
        ("avi", {"format_whitelist": "avi", **ONLY_THIS_FILE}),
        ("webm", {"format_whitelist": "matroska", **ONLY_THIS_FILE}),
        ("mkv", {"format_whitelist": "matroska", **ONLY_THIS_FILE}),
        ("mp3", {"format_whitelist": "mp3", **ONLY_THIS_FILE}),
        ("wav", {"format_whitelist": "wav", **ONLY_THIS_FILE}),
        ("aac", {"format_whitelist": "aac", **ONLY_THIS_FILE}),
    ],
)
def test_what_a_reader_is_told(
    name: str,
    options: Mapping[str, str],
    samples: Mapping[str, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One reader, one file, no references, no more pixels than are accepted; and whom to ask for other files."""
    told: dict[str, Any] = {}
    usual = av.open

    def listen(*args: Any, **about: Any) -> Any:
        told.update(about)
        return usual(*args, **about)

    monkeypatch.setattr(av, "open", listen)

    with source.opened(io.BytesIO(samples[name].read_bytes()), name):
        pass

    assert told["options"] == options
    assert told["format"] == options["format_whitelist"]
    with pytest.raises(PermissionError, match=r"another file, '/etc/passwd'"):
        told["io_open"]("/etc/passwd", 0, {})


def tracks(number: int, form: str) -> io.BytesIO:
    """A file of so many sounds."""
    file = io.BytesIO()
    frame = AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), format="flt", layout="mono")
    frame.sample_rate, frame.pts, frame.time_base = 8000, 0, Fraction(1, 8000)
    with av.open(file, "w", format=form) as container:
        for _ in range(number):
            stream = container.add_stream("aac", rate=8000, layout="mono")
            assert isinstance(stream, AudioStream)
        for stream in container.streams.audio:
            container.mux([*stream.encode(frame), *stream.encode(None)])
    file.seek(0)
    return file


@pytest.mark.parametrize(("name", "form"), [("mp4", "mp4"), ("mkv", "matroska")])
def test_a_file_of_many_streams_is_refused_in_words(name: str, form: str, tmp_path: Path) -> None:
    """Thirty-two are accepted, one more is not, whatever the container."""
    path = tmp_path / "tracks"

    for number in (32, 33, 40):
        path.write_bytes(tracks(number, form).getvalue())
        seen = probe(path)
        if number == 32:
            assert isinstance(seen, Probe), seen
        else:
            why = f"it has {number} streams, at most 32 are accepted"
            assert seen == Unreadable(f"The {name} file cannot be used: {why}.")


@pytest.mark.parametrize("name", ["mp4", "mov", "avi", "webm", "mkv"])
def test_a_film_may_not_grow_while_it_is_decoded(
    name: str, samples: Mapping[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the header said, no frame of more pixels than are accepted is made room for."""
    monkeypatch.setattr(source, "MOST_PIXELS", 64 * 48 - 1)
    file = io.BytesIO(samples[name].read_bytes())

    with source.opened(file, name) as container, pytest.raises(av.FFmpegError):
        next(container.decode(video=0))


def test_a_glance_reads_no_more_than_its_ration(
    samples: Mapping[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file whose index lies beyond it cannot be used."""
    assert isinstance(probe(samples["mp4"]), Probe)

    monkeypatch.setattr(glance, "RATION", 200)

    assert isinstance(probe(samples["mp4"]), Unreadable)


@pytest.mark.parametrize("name", pictures.READERS)
@pytest.mark.parametrize("other", [*pictures.READERS, "bmp", "tiff", "eps", "ico"])
def test_a_picture_is_read_by_the_one_reader_only(
    name: str, other: str, samples: Mapping[str, Path]
) -> None:
    """Pillow knows many formats; of what is not the one that was found it opens nothing."""
    if other in samples:
        file = io.BytesIO(samples[other].read_bytes())
    else:
        file = io.BytesIO()
        Image.new("RGB", (32, 32)).save(file, other)
        file.seek(0)

    if other == name:
        assert pictures.opened(file, name).size == (64, 48)
    else:
        with pytest.raises(UnidentifiedImageError):
            pictures.opened(file, name)


def test_the_shape_of_pixels_is_that_of_the_stream(
    make_film: Callable[..., Path], tmp_path: Path
) -> None:
    """Square, where nothing is said."""
    with av.open(str(make_film(tmp_path / "a.mp4", sound=False))) as container:
        assert source.aspect_of(container.streams.video[0]) == 1


@pytest.mark.parametrize("name", source.DEMUXERS)
def test_a_file_is_decoded_in_one_thread(name: str, samples: Mapping[str, Path]) -> None:
    """As many workers as there are cores leave no core for more, and none for those who serve."""
    with source.reopened(samples[name]) as container:
        streams = (*container.streams.video, *container.streams.audio)
        threads = {stream.codec_context.thread_count for stream in streams}

    assert threads == {1}
