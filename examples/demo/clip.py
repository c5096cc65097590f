"""A clip of our own making."""

from __future__ import annotations

from pathlib import Path


def make_clip(path: Path) -> Path:
    """Write a clip of 8 seconds whose colour drifts from sand to sea."""
    import av
    from PIL import Image

    with av.open(str(path), "w") as file:
        stream = file.add_stream("libx264", rate=25)
        stream.width, stream.height, stream.pix_fmt = 640, 360, "yuv420p"
        for number in range(200):
            share = number / 200
            colour = tuple(
                round(a + (b - a) * share)
                for a, b in zip((225, 200, 150), (20, 110, 170), strict=True)
            )
            picture = Image.new("RGB", (640, 360), colour)
            frame = av.VideoFrame.from_image(picture)  # type: ignore[no-untyped-call]  # PyAV's stub has none
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return path
