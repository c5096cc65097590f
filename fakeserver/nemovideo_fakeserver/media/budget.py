"""How much one render may take: a budget in pixels that are decoded, drawn or encoded.

Time spent grows with them, and with the sound, and with little else. A picture that repeats itself is
drawn and encoded for one round only, however long it is shown, but for another one wherever words
come or go above it. The count is rough; what it lets through by mistake is ended by `studio.SECONDS`.
"""

from __future__ import annotations

from nemovideo_fakeserver.core.ports import RenderError
from nemovideo_fakeserver.media.film.press import PERIOD
from nemovideo_fakeserver.media.picture import card
from nemovideo_fakeserver.media.timeline.captions import Caption
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
        work += sum(_seen(shot, line) for shot in line.shots)
    if work > MOST_PIXELS:
        raise RenderError(
            f"invalid draft: it is {work / MOST_PIXELS:.1f} times the work that one render may be;"
            " shorten it, render it in parts, or ask for fewer lines or frames"
        )


def _heard(clip: Clip) -> float:
    """Files are read from where the clip begins, music is composed from its own beginning."""
    return SOUND * (clip.seconds * clip.speed if clip.file else clip.offset + clip.seconds)


def _seen(shot: Shot, line: Timeline) -> float:
    clip, canvas = shot.clip, line.canvas
    area = canvas.width * canvas.height
    asset = clip.asset if clip else None
    if clip is None or asset is None or clip.file is None:
        return DRAWN * area * _fresh(shot, line, card.SECONDS)
    if clip.footage is None:
        return asset.width * asset.height + DRAWN * area * _fresh(shot, line, PERIOD)
    played = min(asset.seconds, shot.frames / canvas.fps * clip.speed)
    return area * shot.frames + asset.width * asset.height * asset.fps * played


def _fresh(shot: Shot, line: Timeline, loop: float) -> float:
    """Return for how many frames of a shot, which comes again after `loop` seconds, something is new."""
    fps = line.canvas.fps
    start, end = shot.first / fps, (shot.first + shot.frames) / fps
    above = [words for words in line.captions if words.start < end and words.end > start]
    return min(shot.frames, fps * (loop + sum(2 * loop + _fades(words) for words in above)))


def _fades(words: Caption) -> float:
    return words.fade_in + words.fade_out
