"""Files for media that so far exist as a description: MP4, PNG or MP3.

A clip is a card whose shade swells every second, with music under it; a picture is one colour;
a sound is music. The colour is the one under which a render shows the same media.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import av
from av.video.frame import VideoFrame
from PIL import Image

from nemovideo_fakeserver.core.assets import Synthetic
from nemovideo_fakeserver.media import film, picture, sound
from nemovideo_fakeserver.media.canvas import Canvas
from nemovideo_fakeserver.media.music import RATE, music
from nemovideo_fakeserver.media.press import Press, Print
from nemovideo_fakeserver.media.speaker import Speaker
from nemovideo_fakeserver.media.timeline import LONGEST, SHORTEST, number

WIDTH, HEIGHT, FPS = 1280, 720, 30
"""What a clip is where its description leaves it open."""

_VOLUME = 0.5


def make(clip: Synthetic, path: Path, proceed: Callable[[], None]) -> None:
    """Write the file of `clip` to `path`; seconds and size are brought within what can be encoded."""
    _MAKERS[clip.kind](clip, path, proceed)


def _video(clip: Synthetic, path: Path, proceed: Callable[[], None]) -> None:
    canvas = _canvas(clip)
    frames = max(1, canvas.frames(_seconds(clip)))

    def pictures(press: Press) -> Iterator[Print]:
        return press.again(_swelling(clip.seed, canvas, press.period), frames)

    film.write(path, canvas, pictures, _music(clip, frames / canvas.fps), proceed)


def _image(clip: Synthetic, path: Path, proceed: Callable[[], None]) -> None:
    proceed()
    canvas = _canvas(clip)
    page = Image.new("YCbCr", (canvas.width, canvas.height), picture.tint(clip.seed))
    page.convert("RGB").save(path, "PNG")


def _audio(clip: Synthetic, path: Path, proceed: Callable[[], None]) -> None:
    with av.open(str(path.absolute()), "w", format="mp3") as container:
        for packet in Speaker(container, "libmp3lame").packets(_music(clip, _seconds(clip))):
            proceed()
            container.mux(packet)


_MAKERS = {"video": _video, "image": _image, "audio": _audio}


def _seconds(clip: Synthetic) -> float:
    return number(clip.seconds, SHORTEST, SHORTEST, LONGEST)


def _canvas(clip: Synthetic) -> Canvas:
    return Canvas.of(clip.width or WIDTH, clip.height or HEIGHT, round(clip.fps) or FPS)


def _swelling(seed: int, canvas: Canvas, period: int) -> Iterator[VideoFrame]:
    for frame in count():
        yield picture.card(canvas, picture.tint(seed, math.sin(math.tau * frame / period)))


def _music(clip: Synthetic, seconds: float) -> Iterator[array[float]]:
    return sound.exactly(music(None, clip.notes, clip.seed, _VOLUME), round(seconds * RATE))
