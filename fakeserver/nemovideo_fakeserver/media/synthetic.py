"""Files for media that so far exist as a description: MP4, PNG or MP3.

A clip is a card whose shade swells every second, with music under it; a picture is one colour;
a sound is music. The colour is the one under which a render shows the same media.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from av.video.frame import VideoFrame
from PIL import Image

from nemovideo_fakeserver.core.assets import Synthetic
from nemovideo_fakeserver.media.canvas import Canvas
from nemovideo_fakeserver.media.film import making
from nemovideo_fakeserver.media.film.output import Output
from nemovideo_fakeserver.media.film.press import PERIOD
from nemovideo_fakeserver.media.picture import footage
from nemovideo_fakeserver.media.picture.passage import Passage
from nemovideo_fakeserver.media.score.music import music
from nemovideo_fakeserver.media.sound.samples import Samples
from nemovideo_fakeserver.media.timeline.reading import LONGEST, SHORTEST
from nemovideo_fakeserver.media.timeline.values import number

WIDTH, HEIGHT, FPS = 1280, 720, 30
"""What a clip is where its description leaves it open."""

_VOLUME = 0.5


def make(clip: Synthetic, path: Path, proceed: Callable[[], None]) -> None:
    """Write the file of `clip` to `path`; seconds and size are brought within what can be encoded."""
    _MAKERS[clip.kind](clip, path, proceed)


def _video(clip: Synthetic, path: Path, proceed: Callable[[], None]) -> None:
    canvas = _canvas(clip)
    frames = max(1, canvas.frames(_seconds(clip)))

    loop = canvas.frames(PERIOD)
    passage = Passage(frames, _swelling(clip.seed, canvas, loop), loop)
    making.write(Output(path), canvas, [passage], _music(clip, frames / canvas.fps), proceed)


def _image(clip: Synthetic, path: Path, proceed: Callable[[], None]) -> None:
    proceed()
    canvas = _canvas(clip)
    page = Image.new("YCbCr", (canvas.width, canvas.height), footage.tint(clip.seed))
    page.convert("RGB").save(path, "PNG")


def _audio(clip: Synthetic, path: Path, proceed: Callable[[], None]) -> None:
    making.write(Output(path, "mp3"), _canvas(clip), (), _music(clip, _seconds(clip)), proceed)


_MAKERS = {"video": _video, "image": _image, "audio": _audio}


def _seconds(clip: Synthetic) -> float:
    return number(clip.seconds, SHORTEST, SHORTEST, LONGEST)


def _canvas(clip: Synthetic) -> Canvas:
    return Canvas.of(clip.width or WIDTH, clip.height or HEIGHT, round(clip.fps) or FPS)


def _swelling(seed: int, canvas: Canvas, period: int) -> Iterator[VideoFrame]:
    for frame in count():
        yield footage.card(canvas, footage.tint(seed, math.sin(math.tau * frame / period)))


def _music(clip: Synthetic, seconds: float) -> Iterator[Samples]:
    return (_VOLUME * chunk for chunk in music(clip.notes, clip.seed, seconds))
