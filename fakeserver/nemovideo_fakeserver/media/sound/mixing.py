"""The sound track: the clips of all lanes added up, block by block.

Music with a share to duck by is added up apart from all else, which decides how far it steps back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from nemovideo_fakeserver.media.samples import Samples, silence
from nemovideo_fakeserver.media.sound.ducking import Follower
from nemovideo_fakeserver.media.sound.limiting import limited
from nemovideo_fakeserver.media.sound.playing import Playing
from nemovideo_fakeserver.media.sound.windows import WINDOW
from nemovideo_fakeserver.media.timeline.clips import Clip

BLOCK = 50 * WINDOW
"""Samples in a block: whole windows, half a second."""


def mixed(lanes: Iterable[Iterable[Clip]], total: int) -> Iterator[Samples]:
    """Yield `total` samples in blocks, the last one shorter.

    Open are only the files of clips that are heard in the block.
    """
    clips = [Playing(clip, total) for clip in chain.from_iterable(lanes)]
    return limited(_summed(clips, total))


def _summed(clips: list[Playing], total: int) -> Iterator[Samples]:
    follower = Follower() if any(clip.duck for clip in clips) else None
    coming = sorted(clips, key=lambda clip: clip.first, reverse=True)
    playing: list[Playing] = []
    for at in range(0, total, BLOCK):
        end = min(at + BLOCK, total)
        while coming and coming[-1].first < end:
            playing.append(coming.pop())
        yield _block(playing, at, end, follower)
        for clip in playing:
            if clip.last <= end:
                clip.close()
        playing = [clip for clip in playing if clip.last > end]


def _block(playing: Iterable[Playing], at: int, end: int, follower: Follower | None) -> Samples:
    """Add up what is heard from sample `at` to before `end`, ducking what gives way to the rest."""
    heard, music, share = (silence(end - at) for _ in range(3))
    for clip in playing:
        here = slice(max(clip.first - at, 0), min(clip.last, end) - at)
        samples = clip.take(here.stop - here.start)
        if clip.duck:
            music[here] += samples
            share[here] += samples * clip.duck
        else:
            heard[here] += samples
    if follower is None:
        return heard
    return heard + (music - share * follower(heard))
