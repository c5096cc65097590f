"""How much of a film has to be drawn and encoded, told before anything is.

Law: what is told is what `passages` will show and the press will take. Nothing is opened to know it, so
of an animation each frame counts, as if it never came again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from nemovideo_fakeserver.media.canvas import Canvas
from nemovideo_fakeserver.media.film.press import PERIOD
from nemovideo_fakeserver.media.picture.card import SECONDS
from nemovideo_fakeserver.media.picture.fading import Fade
from nemovideo_fakeserver.media.picture.passages import runs
from nemovideo_fakeserver.media.picture.transitions import Joint
from nemovideo_fakeserver.media.picture.words import Words
from nemovideo_fakeserver.media.timeline.line import Timeline
from nemovideo_fakeserver.media.timeline.shots import Shot


def fresh(line: Timeline, moving: Collection[Path] = ()) -> Iterator[int]:
    """Yield how many frames of each shot are drawn and encoded; the others repeat them.

    Pictures in the files of `moving` are animations.
    """
    canvas, words = line.canvas, Words.of(line.captions, line.canvas)
    for before, shot in zip((None, *line.shots), line.shots, strict=False):
        last, joint = shot.first + shot.frames, Joint.of(shot, before, canvas)
        spans = (
            *(Fade.of(shot.clip, canvas).spans if shot.clip is not None else ()),
            *([(joint.first, joint.last)] if joint is not None else ()),
            *words.within(shot.first, last).spans,
        )
        most = _repeated(shot, canvas, moving)
        parts = ((end - start, moves) for (start, end), moves in runs(shot.first, last, spans))
        yield sum(frames if moves else min(frames, most) for frames, moves in parts)


def _repeated(shot: Shot, canvas: Canvas, moving: Collection[Path]) -> int:
    """Return how many frames of a shot are enough to show it on and on."""
    if shot.clip is not None and (shot.clip.footage is not None or shot.clip.file in moving):
        return shot.frames
    card = shot.clip is not None and shot.clip.file is None
    return max(1, canvas.frames(SECONDS if card else PERIOD))
