"""How much one render may take: a budget in pixels that are decoded, drawn or encoded.

Time spent grows with them, and with the sound, and with little else. The count is rough; what it lets
through by mistake is ended by `studio.SECONDS`.
"""

from __future__ import annotations

from nemovideo_fakeserver.media import refusals
from nemovideo_fakeserver.media.picture.forecast import fresh
from nemovideo_fakeserver.media.timeline.clips import Clip
from nemovideo_fakeserver.media.timeline.line import Timeline
from nemovideo_fakeserver.media.timeline.shots import Shot

MOST_PIXELS = 2e11
"""25 minutes of 1080p30 that are decoded and encoded; about six minutes of work for one core."""

DRAWN = 3.0
"""Drawing a pixel and encoding it takes as long as encoding so many."""

SOUND = 2.5e7
"""Composing, decoding or mixing a second of sound takes as long as encoding so many pixels."""


def check(line: Timeline, *, pictures: bool = True) -> None:
    """Raise RenderError when a film is more work than one render may be; without `pictures`, its sound."""
    work = sum(_heard(clip) for lane in line.lanes for clip in lane)
    if pictures:
        area = line.canvas.width * line.canvas.height
        for shot, frames in zip(line.shots, fresh(line), strict=True):
            decoded = _decoded(shot, line.canvas.fps)
            work += decoded + area * frames * (1 if _moves(shot) else DRAWN)
    if work > MOST_PIXELS:
        raise refusals.too_much(
            f"it is {work / MOST_PIXELS:.1f} times the work that one render may be"
        )


def _heard(clip: Clip) -> float:
    """Files are read from where the clip begins, music is composed from its own beginning to its end."""
    if clip.file:
        return SOUND * clip.seconds * clip.speed
    whole = clip.asset.seconds if clip.asset else clip.seconds
    return SOUND * min(whole, clip.offset + clip.seconds)


def _moves(shot: Shot) -> bool:
    return shot.clip is not None and shot.clip.footage is not None


def _decoded(shot: Shot, fps: int) -> float:
    """Return the pixels of the file that a shot shows."""
    clip = shot.clip
    if clip is None or clip.asset is None or clip.file is None:
        return 0.0
    seen = clip.asset
    if clip.footage is None:
        return seen.width * seen.height
    played = min(seen.seconds, shot.frames / fps * clip.speed)
    return seen.width * seen.height * seen.fps * played
