"""Small pictures of media: a JPEG of at most `SIDE` pixels a side."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from nemovideo_fakeserver.core.assets import Asset
from nemovideo_fakeserver.media import source
from nemovideo_fakeserver.media.picture import still
from nemovideo_fakeserver.media.sniff import sniff

SIDE = 320


def make(asset: Asset, path: Path) -> None:
    """Write the thumbnail of `asset` to `path`."""
    image = _seen(asset)
    image.thumbnail((SIDE, SIDE))
    image.save(path, "JPEG")


def _seen(asset: Asset) -> Image.Image:
    size = (asset.width or SIDE, asset.height or SIDE // 2)
    if not isinstance(asset.source, Path) or asset.kind == "audio":
        return Image.new("RGB", size, "#345")
    if asset.kind == "image":
        with asset.source.open("rb") as file, still.opened(file, sniff(file) or "") as image:
            return image.convert("RGB")
    with source.reopened(asset.source) as container:
        film = source.picture_of(container)
        assert film is not None
        frame: Image.Image = next(container.decode(film)).to_image()  # type: ignore[no-untyped-call]
        return frame
