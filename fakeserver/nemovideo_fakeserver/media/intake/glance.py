"""A glance at a media file: its headers and one frame, decoded to be sure that it can be.

The cost is bounded whatever the file's size: at most `RATION` bytes are read of a film or a sound,
and a picture's size is checked before it is decoded.
"""

from __future__ import annotations

from typing import BinaryIO

from av.audio.stream import AudioStream
from av.container import InputContainer
from av.video.stream import VideoStream

from nemovideo_fakeserver.media.opening import pictures, source
from nemovideo_fakeserver.wire.messages import Probe

RATION = 64 * 1024 * 1024
MOST_SIDE = 8192
MOST_SECONDS = 24 * 3600.0


def at(file: BinaryIO, found: str) -> Probe:
    """Probe `file`, whose first bytes say it is `found`. Raises all that Pillow and PyAV raise."""
    if found in pictures.READERS:
        return _picture(file, found)
    with source.opened(source.Ration(file, RATION), found) as container:
        film, sound = source.picture_of(container), source.sound_of(container)
        if film is not None:
            return _film(container, film, found)
        if sound is not None:
            return _sound(container, sound, found)
    raise ValueError("it has neither picture nor sound")


def _picture(file: BinaryIO, found: str) -> Probe:
    with pictures.opened(file, found) as image:
        _check_size(*image.size)
        image.load()
        width, height = image.size[::-1] if pictures.lies_on_its_side(image) else image.size
    return Probe(kind="image", format=found, width=width, height=height)


def _film(container: InputContainer, film: VideoStream, found: str) -> Probe:
    frame = next(container.decode(film), None)
    if frame is None:
        raise ValueError("no frame of it can be decoded")
    _check_size(frame.width, frame.height)
    size = max(1, round(frame.width * source.aspect_of(film))), frame.height
    width, height = size[::-1] if frame.rotation % 180 else size
    fps = float(film.average_rate or film.guessed_rate or 0)
    seconds = _seconds(container, film, exact=False)
    return Probe(
        kind="video", format=found, seconds=seconds, width=width, height=height, fps=round(fps, 3)
    )


def _sound(container: InputContainer, sound: AudioStream, found: str) -> Probe:
    if next(container.decode(sound), None) is None:
        raise ValueError("no sound of it can be decoded")
    seconds = _seconds(container, sound, exact=found == "aac")
    return Probe(kind="audio", format="m4a" if found in {"mp4", "mov"} else found, seconds=seconds)


def _check_size(width: int, height: int) -> None:
    if not (0 < width <= MOST_SIDE and 0 < height <= MOST_SIDE):
        raise ValueError(f"it is {width}x{height} pixels, at most {MOST_SIDE} a side are accepted")


def _seconds(container: InputContainer, stream: VideoStream | AudioStream, *, exact: bool) -> float:
    """Return the length the header gives; without one, or when it is only guessed, walk the packets."""
    seconds = (container.duration or 0) / 1_000_000
    if exact or seconds <= 0:
        seconds = _walked(container, stream)
    if not 0 < seconds <= MOST_SECONDS:
        raise ValueError(
            f"it lasts {seconds:.0f} seconds, more than 0 and at most {MOST_SECONDS:.0f} are accepted"
        )
    return round(seconds, 3)


def _walked(container: InputContainer, stream: VideoStream | AudioStream) -> float:
    container.seek(0)
    ends = [p.pts + (p.duration or 0) for p in container.demux(stream) if p.pts is not None]
    base = stream.time_base
    return float((max(ends) - (stream.start_time or 0)) * base) if ends and base else 0.0
