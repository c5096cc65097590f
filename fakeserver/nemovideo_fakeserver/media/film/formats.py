"""The files a film can be written as, one row each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from nemovideo_fakeserver.core.ports import RATES, SIDES
from nemovideo_fakeserver.media.film.codecs import AAC, GIF, H264, MP3, OPUS, PCM, VP9, Codec
from nemovideo_fakeserver.media.film.flipbook import Flipbook
from nemovideo_fakeserver.media.film.press import Press


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A container by FFmpeg's name, its `options`, and the codecs of `picture` and `sound`, if it has them.

    Pictures have at most `most_side` pixels a side, are at most `most_fps` a second, and go through `printer`.
    """

    muxer: str
    picture: Codec | None = None
    printer: type[Press | Flipbook] = Press
    sound: Codec | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    most_side: int = SIDES[1]
    most_fps: int = RATES[1]

    def size(self, width: int, height: int) -> tuple[int, int]:
        """Return the size of a picture that would be `width` x `height`, its shape kept."""
        scale = min(1.0, self.most_side / max(width, height))
        return round(width * scale), round(height * scale)


_INDEX_IN_FRONT = {"movflags": "+faststart"}

_NOTHING_RANDOM = {"fflags": "+bitexact"}
"""Without it, every file of Matroska's kind bears a number of its own."""

FORMATS: Mapping[str, Format] = {
    "mp4": Format(muxer="mp4", picture=H264, sound=AAC, options=_INDEX_IN_FRONT),
    "mov": Format(muxer="mov", picture=H264, sound=AAC, options=_INDEX_IN_FRONT),
    "webm": Format(muxer="webm", picture=VP9, sound=OPUS, options=_NOTHING_RANDOM),
    "gif": Format(muxer="gif", picture=GIF, printer=Flipbook, most_side=480, most_fps=10),
    "mp3": Format(muxer="mp3", sound=MP3),
    "wav": Format(muxer="wav", sound=PCM),
}
"""By extension; the keys of `core.outputs.MEDIA_TYPES`."""
