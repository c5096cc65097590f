"""A film file: pictures and sound are encoded side by side, in the order of their time.

Nothing is held back: a packet is written as soon as it is its turn, and asked before is `proceed`,
which may raise to give the work up.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from heapq import merge
from itertools import chain, repeat
from pathlib import Path
from typing import Any

import av
from av.packet import Packet

from nemovideo_fakeserver.core.ports import Film, RenderOrder
from nemovideo_fakeserver.media import picture, sound, timeline
from nemovideo_fakeserver.media.canvas import Canvas
from nemovideo_fakeserver.media.music import RATE
from nemovideo_fakeserver.media.press import Press, Print
from nemovideo_fakeserver.media.speaker import Speaker
from nemovideo_fakeserver.media.timeline import Shot


def render(order: RenderOrder, path: Path, proceed: Callable[[], None]) -> Film:
    """Write the film of `order` to `path`. Raises `timeline.RenderError` for a draft that is none."""
    line = timeline.read(order)
    seconds = line.frames / line.canvas.fps
    write(
        path,
        line.canvas,
        lambda press: chain.from_iterable(
            _printed(shot, press, line.canvas) for shot in line.shots
        ),
        sound.mixed(line.lanes, round(seconds * RATE)),
        proceed,
    )
    return Film(path=path, seconds=seconds, size=path.stat().st_size)


def write(
    path: Path,
    canvas: Canvas,
    pictures: Callable[[Press], Iterable[Print]],
    blocks: Iterable[array[float]],
    proceed: Callable[[], None],
) -> None:
    """Write an MP4 (H.264, AAC, its index in front) of what `pictures` prints and of `blocks` of sound."""
    with av.open(
        str(path.absolute()), "w", format="mp4", options={"movflags": "+faststart"}
    ) as container:
        press, speaker = Press(container, canvas), Speaker(container, "aac")
        printed = press.timed(pictures(press))
        for packet in merge(printed, speaker.packets(blocks), key=_second):
            proceed()
            container.mux(packet)


def _second(packet: Packet[Any]) -> float:
    return float((packet.dts or 0) * packet.time_base)


def _printed(shot: Shot, press: Press, canvas: Canvas) -> Iterator[Print]:
    """Print a shot: an uploaded clip frame by frame, all else as a picture that stands still."""
    clip = shot.clip
    asset = clip.asset if clip is not None else None
    if clip is None:
        frame = picture.card(canvas, picture.BLACK)
    elif asset is None or not isinstance(asset.source, Path) or asset.kind == "audio":
        frame = picture.card(canvas, picture.tint(clip.seed))
    elif asset.kind == "image":
        frame = picture.photo(asset.source, canvas)
    else:
        start = clip.offset + shot.skipped / canvas.fps * clip.speed
        return press.each(
            picture.moving(asset.source, canvas, start=start, speed=clip.speed, frames=shot.frames)
        )
    return press.again(repeat(frame), shot.frames)
