"""Still pictures, brought to the size at which they are seen."""

from __future__ import annotations

from pathlib import Path

from av.video.frame import VideoFrame
from PIL import Image, ImageOps

from nemovideo_fakeserver.media import refusals
from nemovideo_fakeserver.media.canvas import Canvas
from nemovideo_fakeserver.media.opening.pictures import reopened


def photo(path: Path, canvas: Canvas) -> VideoFrame:
    """Return the one picture of a file, as `fitted` does."""
    with reopened(path) as image:
        image.draft(
            "RGB", (canvas.width, canvas.height)
        )  # a JPEG may decode at a fraction of its size
        with refusals.reopening():
            image.load()
        return fitted(image, canvas)


def fitted(image: Image.Image, canvas: Canvas) -> VideoFrame:
    """Return a picture in RGB, upright and on black, as large as it is seen on the canvas."""
    upright = ImageOps.exif_transpose(image).convert("RGBA")
    _, _, width, height = canvas.fit(*upright.size)
    small = upright.resize((width, height))
    page = Image.new("RGB", small.size)
    page.paste(small, mask=small)
    frame: VideoFrame = VideoFrame.from_image(page)  # type: ignore[no-untyped-call] # PyAV's stub has none
    return frame
