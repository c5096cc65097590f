"""The one way to open a media file: one named demuxer, one file object, nothing else.

FFmpeg guesses formats, follows lists and resolves references; left to itself it opens other files
and URLs that an upload names. Here the demuxer is fixed by the caller, no other is allowed, bytes
come only from the file object, and a demuxer that asks for another file is refused. What the file
declares is limited, too: streams, and pixels before a picture is allocated.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO, NoReturn

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.stream import Disposition
from av.video.stream import VideoStream

from nemovideo_fakeserver.media import refusals
from nemovideo_fakeserver.media.opening.sniff import sniff

MOST_PIXELS = 8192 * 8192
MOST_STREAMS = 32

ASPECTS = Fraction(1, 4), Fraction(4)
"""How much wider than high a pixel may be; more is a lie, and such pixels count as square."""

DEMUXERS = {
    "mp4": "mov",
    "mov": "mov",
    "m4a": "mov",
    "avi": "avi",
    "webm": "matroska",
    "mkv": "matroska",
    "mp3": "mp3",
    "wav": "wav",
    "aac": "aac",
}
"""FFmpeg's reader of each format that has a time line; pictures are Pillow's business."""

_PRIVATE = {"mov": {"enable_drefs": "0", "use_absolute_path": "0"}}


class Ration:
    """A file that seems to end after `limit` bytes were read, wherever they lie."""

    def __init__(self, file: BinaryIO, limit: int) -> None:
        self._file = file
        self._left = limit
        self.seek = file.seek
        self.tell = file.tell

    def read(self, size: int = -1) -> bytes:
        """Read at most `size` bytes; nothing once the ration is used up."""
        wanted = self._left if size < 0 else min(size, self._left)
        data = self._file.read(wanted)
        self._left -= len(data)
        return data


@contextmanager
def opened(file: BinaryIO | Ration, format: str) -> Iterator[InputContainer]:  # noqa: A002 - the word of Probe
    """Open `file` as `format`. Raises what PyAV raises, and ValueError for what is not, or too much, to be read."""
    if format not in DEMUXERS:
        raise ValueError(
            f"{format or 'unknown'} content has no time line; one of {', '.join(DEMUXERS)} has"
        )
    demuxer = DEMUXERS[format]
    options = {
        "format_whitelist": demuxer,
        "protocol_whitelist": "none",
        "max_pixels": str(MOST_PIXELS),
        **_PRIVATE.get(demuxer, {}),
    }
    with av.open(file, "r", format=demuxer, options=options, io_open=_refuse) as container:
        # FFmpeg's own `max_streams` leaves out of Matroska what is beyond, and says of MP4 that memory is short
        if len(container.streams) > MOST_STREAMS:
            raise ValueError(
                f"it has {len(container.streams)} streams, at most {MOST_STREAMS} are accepted"
            )
        for stream in (*container.streams.video, *container.streams.audio):
            stream.codec_context.options = {"max_pixels": str(MOST_PIXELS)}
            stream.codec_context.thread_count = 1
        yield container


@contextmanager
def reopened(path: Path) -> Iterator[InputContainer]:
    """Open a file that was accepted before, as what its content is. Raises RenderError if it cannot be."""
    with ExitStack() as stack:
        with refusals.reopening():
            file = stack.enter_context(path.open("rb"))
            container = stack.enter_context(opened(file, sniff(file) or ""))
        yield container


def aspect_of(film: VideoStream) -> Fraction:
    """Return how many times as wide as high the pixels of a film are shown, before it is turned."""
    aspect = film.sample_aspect_ratio or Fraction(1)
    return aspect if ASPECTS[0] <= aspect <= ASPECTS[1] else Fraction(1)


def picture_of(container: InputContainer) -> VideoStream | None:
    """Return the moving picture; a cover that is attached to a sound file is none."""
    streams = container.streams.video
    return next((s for s in streams if not s.disposition & Disposition.attached_pic), None)


def sound_of(container: InputContainer) -> AudioStream | None:
    """Return the first stream of sound."""
    return next(iter(container.streams.audio), None)


def _refuse(url: str, *_: object) -> NoReturn:
    raise PermissionError(f"a media file asked for another file, {url!r}; uploads may not do that")
