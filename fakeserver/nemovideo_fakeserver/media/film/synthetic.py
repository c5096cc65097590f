"""Files for media that so far exist as a description, in the format that it names.

A film shows the card and plays the music that a render of the same media does; a picture is the card
when it begins. A film is silent unless its notes say that it has `sound`: what is generated for a
session has none, what stands in for the film of somebody else has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from av.video.frame import VideoFrame
from PIL import Image

from nemovideo_fakeserver.core.assets import Synthetic
from nemovideo_fakeserver.media.canvas import Canvas
from nemovideo_fakeserver.media.film import making
from nemovideo_fakeserver.media.film.codecs import AAC, H264, MP3
from nemovideo_fakeserver.media.film.formats import FORMATS, Format
from nemovideo_fakeserver.media.film.target import Target
from nemovideo_fakeserver.media.opening.pictures import READERS
from nemovideo_fakeserver.media.picture.card import Card
from nemovideo_fakeserver.media.picture.passage import Passage
from nemovideo_fakeserver.media.samples import RATE, Samples, quiet
from nemovideo_fakeserver.media.score.music import music
from nemovideo_fakeserver.media.timeline.reading import LONGEST, SHORTEST
from nemovideo_fakeserver.media.values import number

WIDTH, HEIGHT, FPS = 1280, 720, 30
"""What a clip is where its description leaves it open."""

UPLOADS: Mapping[str, Format] = {
    **FORMATS,
    "mkv": Format(muxer="matroska", picture=H264, sound=AAC, options={"fflags": "+bitexact"}),
    "avi": Format(muxer="avi", picture=H264, sound=MP3),
    "m4a": Format(muxer="ipod", sound=AAC),
    "aac": Format(muxer="adts", sound=AAC),
}
"""What others upload and a film is not rendered as, too."""


class Upload(Target):
    """A file as somebody might have uploaded it."""

    @property
    def form(self) -> Format:
        """What the format means."""
        return UPLOADS[self.format]


def make(clip: Synthetic, path: Path) -> None:
    """Write the file of `clip` to `path`; seconds and size are brought within what can be encoded."""
    canvas = Canvas.of(clip.width or WIDTH, clip.height or HEIGHT, round(clip.fps) or FPS)
    card = Card.described(canvas, clip.label, clip.notes, clip.seed)
    if clip.kind == "image":
        pictured(next(card.frames())).save(path, READERS[clip.format])
        return
    frames = max(1, canvas.frames(_seconds(clip)))
    passage = Passage(frames, card.frames(), card.loop)
    loud = clip.kind == "audio" or clip.notes.get("sound") is True
    blocks = heard(clip) if loud else quiet(round(frames / canvas.fps * RATE))
    making.write(Upload(path, clip.format), canvas, [passage], blocks)


def pictured(frame: VideoFrame) -> Image.Image:
    """Return a frame as a picture in RGB."""
    image: Image.Image = frame.to_image()  # type: ignore[no-untyped-call] # PyAV's stub has none
    return image


def heard(clip: Synthetic) -> Iterator[Samples]:
    """Play what is heard of a clip that has a sound."""
    return music(clip.notes, clip.seed, _seconds(clip))


def _seconds(clip: Synthetic) -> float:
    return number(clip.seconds, SHORTEST, SHORTEST, LONGEST)
