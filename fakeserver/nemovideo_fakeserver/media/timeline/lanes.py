"""Which sounds are heard when: lanes of clips that do not overlap inside. Sounds mix, up to `LANES` at a time."""

from __future__ import annotations

from collections.abc import Iterable

from nemovideo_fakeserver.core.draft import AUDIO, VIDEO
from nemovideo_fakeserver.media.timeline.clips import Clip

LANES = 8


def lanes(clips: Iterable[Clip]) -> tuple[tuple[Clip, ...], ...]:
    """Put each sound into the first lane that is silent by then; without one it is not heard."""
    found: list[list[Clip]] = []
    for clip in sorted(filter(_audible, clips), key=lambda clip: clip.start):
        lane = next((lane for lane in found if lane[-1].end <= clip.start), None)
        if lane is not None:
            lane.append(clip)
        elif len(found) < LANES:
            found.append([clip])
    return tuple(map(tuple, found))


def _audible(clip: Clip) -> bool:
    """Say whether a clip has a sound: on a sound track all but pictures, else films that were uploaded.

    What is generated for a picture track is silent (assumed: the service adds its music afterwards).
    """
    asset = clip.asset
    if clip.volume == 0 or (asset is not None and asset.kind == "image"):
        return False
    if clip.tt == VIDEO:
        return asset is not None and asset.kind == "video" and asset.origin == "uploaded"
    return clip.tt == AUDIO
