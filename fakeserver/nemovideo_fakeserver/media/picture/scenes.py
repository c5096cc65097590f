"""The scene of each clip: footage, an animation, a photo, or a card."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from av.video.frame import VideoFrame

from nemovideo_fakeserver.media.canvas import Canvas
from nemovideo_fakeserver.media.picture import animation, still
from nemovideo_fakeserver.media.picture.animation import Animation
from nemovideo_fakeserver.media.picture.card import Card
from nemovideo_fakeserver.media.picture.footage import Footage
from nemovideo_fakeserver.media.picture.laying import Laid
from nemovideo_fakeserver.media.picture.scene import Scene, Standing, black
from nemovideo_fakeserver.media.timeline.clips import Clip


class Dealt:
    """A card with a look, `skipped` frames into it."""

    def __init__(self, card: Card, laid: Laid, skipped: int) -> None:
        self._card = card
        self._laid = laid
        self._skipped = skipped
        self.loop = card.loop

    def frames(self, first: int) -> Iterator[VideoFrame]:
        """Yield the card's pictures, each in its turn."""
        return map(self._laid, self._card.frames(first + self._skipped))


def scene(clip: Clip | None, canvas: Canvas) -> Scene:
    """Return what a clip shows from its first frame on; without one that is black.

    Only the uploaded files of the clip's asset are opened. Sound has no picture of its own.
    """
    if clip is None:
        return Standing(black(canvas))
    laid = Laid(canvas, clip.look)
    if clip.footage is not None:
        return Footage(clip.footage, laid, offset=clip.offset, speed=clip.speed)
    if clip.file is not None and clip.asset is not None and clip.asset.kind == "image":
        return _picture(clip.file, clip, canvas, laid)
    return _card(clip, canvas, laid)


def _picture(path: Path, clip: Clip, canvas: Canvas, laid: Laid) -> Scene:
    lengths = [max(1, round(ms / clip.speed)) for ms in animation.lengths(path)]
    if lengths:
        return Animation(
            path,
            laid,
            lengths=lengths,
            skipped=canvas.frames(clip.offset / clip.speed),
        )
    return Standing(laid(still.photo(path, canvas)))


def _card(clip: Clip, canvas: Canvas, laid: Laid) -> Scene:
    card = Card.described(canvas, clip.name, clip.notes, clip.seed)
    if clip.asset is not None and clip.asset.kind == "image":
        return Standing(laid(next(card.frames(0))))
    return Dealt(card, laid, canvas.frames(clip.offset))
