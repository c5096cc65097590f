"""How much one render may take: a budget in pixels that are decoded, drawn or encoded.

Time spent grows with them, and with the sound, and with little else. The count is rough; what it lets
through by mistake is ended by `studio.SECONDS`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from nemovideo_fakeserver.media import refusals
from nemovideo_fakeserver.media.film.forecast import fresh
from nemovideo_fakeserver.media.picture import animation
from nemovideo_fakeserver.media.picture.transitions import Joint
from nemovideo_fakeserver.media.timeline.clips import Clip
from nemovideo_fakeserver.media.timeline.line import Timeline
from nemovideo_fakeserver.media.timeline.shots import Shot

MOST_PIXELS = 2e11
"""25 minutes of 1080p30 that are decoded and encoded; about six minutes of work for one core."""

DRAWN = 3.0
"""Drawing a pixel and encoding it takes as long as encoding so many."""

LEAD = 5.0
"""Seconds of footage that are decoded on the way from a key frame to where a clip begins: encoders put key
frames at most some ten seconds apart unless they are told otherwise, and half of it is usual."""

UNTOLD_FPS = 60.0
"""Frames a second of footage that does not say how many it has."""

SOUND = 2.5e7
"""Composing, decoding or mixing a second of sound takes as long as encoding so many pixels."""


def check(line: Timeline, *, pictures: bool = True) -> None:
    """Raise RenderError when a film is more work than one render may be; without `pictures`, its sound."""
    work = sum(_heard(clip) for lane in line.lanes for clip in lane)
    if pictures:
        work += _seen(line)
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


def _seen(line: Timeline) -> float:
    fps, area = line.canvas.fps, line.canvas.width * line.canvas.height
    moving = _animated(line)
    work, before = 0.0, None
    for shot, frames in zip(line.shots, fresh(line, moving), strict=True):
        footage = shot.clip is not None and shot.clip.footage is not None
        work += area * frames * (1 if footage else DRAWN) + _decoded(shot, fps, moving)
        if before is not None and Joint.of(shot, before, line.canvas) is not None:
            last = replace(before, skipped=before.skipped + before.frames - 1, frames=1)
            work += _decoded(last, fps, moving)
        before = shot
    return work


def _animated(line: Timeline) -> set[Path]:
    """Return the files of pictures that move; no more than their heads is read."""
    clips = (shot.clip for shot in line.shots if shot.clip is not None)
    files = {clip.file for clip in clips if clip.file is not None and clip.footage is None}
    return set(filter(animation.moves, files))


def _decoded(shot: Shot, fps: int, moving: Collection[Path]) -> float:
    """Return the pixels of the file that are decoded to show a shot."""
    clip = shot.clip
    if clip is None or clip.asset is None or clip.file is None:
        return 0.0
    seen = clip.asset
    area = float(seen.width * seen.height)
    if clip.footage is not None:
        played = min(seen.seconds, shot.frames / fps * clip.speed)
        lead = min(clip.offset + shot.skipped / fps * clip.speed, LEAD)
        return area * (seen.fps or UNTOLD_FPS) * (lead + played)
    if clip.file in moving:  # read through to know how long each frame is shown, then shown
        return min(animation.MOST_PIXELS, animation.MOST_FRAMES * area) + area * shot.frames
    return area
