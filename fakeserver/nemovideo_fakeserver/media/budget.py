"""How much one render may take: a budget in pixels, those decoded and those encoded.

Time spent grows with them and with little else. A picture that stands still, or a card that repeats
itself, is encoded once (for one group of `press.PERIOD` at least) however long it is shown; what fades
is encoded frame by frame. Nothing is opened to know that, so an animation counts as if it stood still.
"""

from __future__ import annotations

from collections.abc import Iterator

from nemovideo_fakeserver.core.ports import RenderError
from nemovideo_fakeserver.media.canvas import Canvas
from nemovideo_fakeserver.media.film.press import PERIOD
from nemovideo_fakeserver.media.picture.card import SECONDS
from nemovideo_fakeserver.media.picture.fading import Fade
from nemovideo_fakeserver.media.picture.passages import runs
from nemovideo_fakeserver.media.picture.transitions import Joint
from nemovideo_fakeserver.media.picture.words import Words
from nemovideo_fakeserver.media.timeline.line import Timeline
from nemovideo_fakeserver.media.timeline.shots import Shot

MOST_PIXELS = 2e11
"""25 minutes of 1080p30 that are decoded and encoded; about six minutes of work for one core."""


def check(line: Timeline) -> None:
    """Raise RenderError when a film is more work than one render may be."""
    area = line.canvas.width * line.canvas.height
    pixels = sum(
        area * frames + _decoded(shot, line.canvas.fps)
        for shot, frames in zip(line.shots, encoded(line), strict=True)
    )
    if pixels > MOST_PIXELS:
        raise RenderError(
            f"invalid draft: it is {pixels / MOST_PIXELS:.1f} times the work that one render may be;"
            " shorten it, render it in parts, or ask for fewer lines or frames"
        )


def encoded(line: Timeline) -> Iterator[int]:
    """Yield how many frames of each shot are drawn and encoded."""
    canvas, words = line.canvas, Words.of(line.captions, line.canvas)
    for before, shot in zip((None, *line.shots), line.shots, strict=False):
        last, joint = shot.first + shot.frames, Joint.of(shot, before, canvas)
        spans = (
            *(Fade.of(shot.clip, canvas).spans if shot.clip is not None else ()),
            *([(joint.first, joint.last)] if joint is not None else ()),
            *words.within(shot.first, last).spans,
        )
        most = _repeated(shot, canvas)
        parts = ((end - start, moves) for (start, end), moves in runs(shot.first, last, spans))
        yield sum(frames if moves else min(frames, most) for frames, moves in parts)


def _repeated(shot: Shot, canvas: Canvas) -> int:
    """Return how many frames of a shot are enough to show it on and on."""
    if shot.clip is not None and shot.clip.footage is not None:
        return shot.frames
    card = shot.clip is not None and shot.clip.file is None
    return max(1, canvas.frames(SECONDS if card else PERIOD))


def _decoded(shot: Shot, fps: int) -> float:
    """Return the pixels of the footage that a shot plays."""
    clip = shot.clip
    if clip is None or clip.asset is None or clip.footage is None:
        return 0.0
    seen = clip.asset
    played = min(seen.seconds, shot.frames / fps * clip.speed)
    return seen.width * seen.height * seen.fps * played
