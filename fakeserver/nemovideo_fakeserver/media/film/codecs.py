"""FFmpeg's encoders, and how each is set up: to be fast, and as good as the order's `quality` asks.

What encodes pictures looks at no later frame and puts key frames only where it is told to, so that
every frame becomes one packet at once, and a group from key frame to key frame stands for itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from nemovideo_fakeserver.core.outputs import QUALITIES


@dataclass(frozen=True, slots=True, kw_only=True)
class Codec:
    """The encoder `name`, its `settings`, and those of each quality: low, medium, high."""

    name: str
    settings: Mapping[str, str] = field(default_factory=dict)
    by_quality: tuple[Mapping[str, str], ...] = ({}, {}, {})

    def options(self, quality: str) -> dict[str, str]:
        """Return all settings for a quality; a word that is none counts as the highest."""
        rank = QUALITIES.index(quality) if quality in QUALITIES else -1
        return {**self.settings, **self.by_quality[rank]}


_COLOURS = {
    "color_primaries": "smpte170m",
    "color_trc": "smpte170m",
    "colorspace": "smpte170m",
    "color_range": "tv",
}
"""What the numbers of a picture mean: BT.601 in the range of television, as they were computed."""


def _bit_rates(*rates: int) -> tuple[Mapping[str, str], ...]:
    return tuple({"b": str(rate * 1000)} for rate in rates)


H264 = Codec(
    name="libx264",
    settings={"preset": "ultrafast", "tune": "zerolatency", "g": "100000", **_COLOURS},
    by_quality=({"crf": "34"}, {"crf": "29"}, {"crf": "24"}),
)

VP9 = Codec(
    name="libvpx-vp9",
    settings={
        "deadline": "realtime",
        "cpu-used": "8",
        "lag-in-frames": "0",
        "auto-alt-ref": "0",
        "b": "0",  # the quality is constant, whatever it takes
        "g": "100000",
        **_COLOURS,
    },
    by_quality=({"crf": "48"}, {"crf": "40"}, {"crf": "32"}),
)

GIF = Codec(
    name="gif",
    # what differs from the page before is found by numbers of colours, which mean others in each palette
    settings={"gifflags": "-offsetting-transdiff"},
)

AAC = Codec(
    name="aac",
    settings={"aac_coder": "fast"},  # the usual one needs twice as long for music
    by_quality=_bit_rates(96, 128, 160),
)

OPUS = Codec(name="libopus", by_quality=_bit_rates(64, 96, 128))

MP3 = Codec(name="libmp3lame", by_quality=_bit_rates(96, 128, 192))

PCM = Codec(name="pcm_s16le")
