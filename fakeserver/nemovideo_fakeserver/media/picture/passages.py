"""A time line as passages: every shot in its turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import repeat

from av.video.frame import VideoFrame

from nemovideo_fakeserver.media.canvas import Canvas
from nemovideo_fakeserver.media.picture import footage
from nemovideo_fakeserver.media.picture.passage import Passage
from nemovideo_fakeserver.media.timeline.clips import Clip
from nemovideo_fakeserver.media.timeline.line import Timeline
from nemovideo_fakeserver.media.timeline.shots import Shot


def passages(line: Timeline, proceed: Callable[[], None]) -> Iterator[Passage]:
    """Yield passages that fill the film; `proceed` may raise before any frame is worked on."""
    return (_passage(shot, line.canvas, proceed) for shot in line.shots)


def _passage(shot: Shot, canvas: Canvas, proceed: Callable[[], None]) -> Passage:
    """Show a shot: an uploaded clip frame by frame, all else as a picture that stands still."""
    clip = shot.clip
    if clip is None or clip.footage is None:
        return Passage(shot.frames, repeat(_still(clip, canvas)), loop=1)
    start = clip.offset + shot.skipped / canvas.fps * clip.speed
    moving = footage.moving(clip.footage, canvas, start=start, speed=clip.speed, proceed=proceed)
    return Passage(shot.frames, moving)


def _still(clip: Clip | None, canvas: Canvas) -> VideoFrame:
    if clip is None:
        return footage.card(canvas, footage.BLACK)
    if clip.file is not None:
        return footage.photo(clip.file, canvas)
    return footage.card(canvas, footage.tint(clip.seed))
