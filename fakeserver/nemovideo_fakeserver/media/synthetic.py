"""Files for media that so far exist as a description, in the format that it names.

A film shows the card and plays the music that a render of the same media does; a picture is the card
when it begins. A film is silent unless its notes say that it has `sound`: what is generated for a
session has none, what stands in for the film of somebody else has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import av
from av.video.frame import VideoFrame
from PIL import Image

from nemovideo_fakeserver.core.assets import Synthetic
from nemovideo_fakeserver.media.canvas import Canvas
from nemovideo_fakeserver.media.film import making
from nemovideo_fakeserver.media.film.speaker import Speaker
from nemovideo_fakeserver.media.picture.card import Card
from nemovideo_fakeserver.media.picture.passage import Passage
from nemovideo_fakeserver.media.picture.still import READERS
from nemovideo_fakeserver.media.score.music import music
from nemovideo_fakeserver.media.sound.samples import Samples
from nemovideo_fakeserver.media.timeline.reading import LONGEST, SHORTEST
from nemovideo_fakeserver.media.timeline.values import number

WIDTH, HEIGHT, FPS = 1280, 720, 30
"""What a clip is where its description leaves it open."""


def make(clip: Synthetic, path: Path, proceed: Callable[[], None]) -> None:
    """Write the file of `clip` to `path`; seconds and size are brought within what can be encoded."""
    _MAKERS[clip.kind](clip, path, proceed)


def card(clip: Synthetic, canvas: Canvas) -> Image.Image:
    """Draw what a clip shows when it begins."""
    return pictured(next(_card(clip, canvas).frames()))


def pictured(frame: VideoFrame) -> Image.Image:
    """Return a frame as a picture in RGB."""
    image: Image.Image = frame.to_image()  # type: ignore[no-untyped-call] # PyAV's stub has none
    return image


def heard(clip: Synthetic) -> Iterator[Samples]:
    """Play what is heard of a clip that has a sound."""
    return music(clip.notes, clip.seed, _seconds(clip))


def _video(clip: Synthetic, path: Path, proceed: Callable[[], None]) -> None:
    canvas = _canvas(clip)
    frames = max(1, canvas.frames(_seconds(clip)))
    shown = _card(clip, canvas)
    passage = Passage(frames, shown.frames(), shown.loop)
    blocks = heard(clip) if clip.notes.get("sound") is True else iter(())
    making.write(path, canvas, [passage], blocks, proceed)


def _image(clip: Synthetic, path: Path, proceed: Callable[[], None]) -> None:
    proceed()
    card(clip, _canvas(clip)).save(path, READERS[clip.format])


def _audio(clip: Synthetic, path: Path, proceed: Callable[[], None]) -> None:
    with av.open(str(path.absolute()), "w", format="mp3") as container:
        for packet in Speaker(container, "libmp3lame").packets(heard(clip)):
            proceed()
            container.mux(packet)


_MAKERS = {"video": _video, "image": _image, "audio": _audio}


def _card(clip: Synthetic, canvas: Canvas) -> Card:
    return Card(canvas, clip.label, None, clip.seed)


def _seconds(clip: Synthetic) -> float:
    return number(clip.seconds, SHORTEST, SHORTEST, LONGEST)


def _canvas(clip: Synthetic) -> Canvas:
    return Canvas.of(clip.width or WIDTH, clip.height or HEIGHT, round(clip.fps) or FPS)
