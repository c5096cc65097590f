"""How much one render may take: a budget in pixels, those decoded and those encoded.

Time spent grows with them and with little else. A picture that stands still is encoded for one group
(`press.PERIOD`), however long it is shown.
"""

from __future__ import annotations

from nemovideo_fakeserver.core.ports import RenderError
from nemovideo_fakeserver.media.canvas import Canvas
from nemovideo_fakeserver.media.film.press import PERIOD
from nemovideo_fakeserver.media.timeline.line import Timeline
from nemovideo_fakeserver.media.timeline.shots import Shot

MOST_PIXELS = 2e11
"""25 minutes of 1080p30 that are decoded and encoded; about six minutes of work for one core."""


def check(line: Timeline) -> None:
    """Raise RenderError when a film is more work than one render may be."""
    pixels = sum(_pixels(shot, line.canvas) for shot in line.shots)
    if pixels > MOST_PIXELS:
        raise RenderError(
            f"invalid draft: it is {pixels / MOST_PIXELS:.1f} times the work that one render may be;"
            " shorten it, render it in parts, or ask for fewer lines or frames"
        )


def _pixels(shot: Shot, canvas: Canvas) -> float:
    clip, area = shot.clip, canvas.width * canvas.height
    if clip is None or clip.asset is None or clip.footage is None:
        return area * min(shot.frames, canvas.frames(PERIOD))
    seen = clip.asset
    played = min(seen.seconds, shot.frames / canvas.fps * clip.speed)
    return area * shot.frames + seen.width * seen.height * seen.fps * played
