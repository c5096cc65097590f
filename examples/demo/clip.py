"""A clip of our own making: a beach, and the sound of its waves."""

from __future__ import annotations

from pathlib import Path

SECONDS, FPS = 8, 25
_PRIMING = 0.05
"""Seconds by which the sound is shorter, since AAC begins before it."""


def make_clip(path: Path) -> Path:
    """Write eight seconds of a beach."""
    import av
    import numpy as np

    from examples.demo import beach

    with av.open(str(path), "w", options={"movflags": "+faststart"}) as file:
        seen = file.add_stream("libx264", rate=FPS, options={"preset": "veryfast", "crf": "21"})
        seen.width, seen.height, seen.pix_fmt = beach.WIDTH, beach.HEIGHT, "yuv420p"
        heard = file.add_stream("aac", rate=beach.RATE, layout="mono")
        for number in range(SECONDS * FPS):
            picture = beach.picture(number / FPS)
            frame = av.VideoFrame.from_image(picture)  # type: ignore[no-untyped-call]  # PyAV's stub has none
            file.mux(seen.encode(frame))
        file.mux(seen.encode(None))
        waves = av.AudioFrame.from_ndarray(
            np.atleast_2d(beach.sound(SECONDS - _PRIMING)), format="fltp", layout="mono"
        )
        waves.sample_rate = beach.RATE
        file.mux(heard.encode(waves))
        file.mux(heard.encode(None))
    return path
