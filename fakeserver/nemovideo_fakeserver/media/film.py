"""A film file: pictures and sound are encoded side by side, in the order of their time.

Nothing is held back: a packet is written as soon as it is its turn. Asked before every packet, every
frame that is decoded or encoded and every chunk of sound is `proceed`, which may raise to give the work
up: so a film is given up within a frame.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from heapq import merge
from itertools import chain, islice, repeat
from pathlib import Path
from typing import Any

import av
from av.packet import Packet
from av.video.frame import VideoFrame

from nemovideo_fakeserver.core.ports import Film, RenderOrder
from nemovideo_fakeserver.media import budget, picture, sound, timeline
from nemovideo_fakeserver.media.canvas import Canvas
from nemovideo_fakeserver.media.music import RATE
from nemovideo_fakeserver.media.press import Press, Print
from nemovideo_fakeserver.media.speaker import Speaker
from nemovideo_fakeserver.media.timeline import Clip, Shot


def render(order: RenderOrder, path: Path, proceed: Callable[[], None]) -> Film:
    """Write the film of `order` to `path`. Raises RenderError for a draft that is none, or too much."""
    line = timeline.read(order)
    budget.check(line)
    seconds = line.frames / line.canvas.fps
    write(
        path,
        line.canvas,
        lambda press: chain.from_iterable(
            _printed(shot, press, line.canvas, proceed) for shot in line.shots
        ),
        sound.mixed(line.lanes, round(seconds * RATE), proceed),
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
        press, speaker = Press(container, canvas, proceed), Speaker(container, "aac")
        printed = press.timed(pictures(press))
        for packet in merge(printed, speaker.packets(blocks), key=_second):
            proceed()
            container.mux(packet)


def _second(packet: Packet[Any]) -> float:
    return float((packet.dts or 0) * packet.time_base)


def _printed(
    shot: Shot, press: Press, canvas: Canvas, proceed: Callable[[], None]
) -> Iterator[Print]:
    """Print a shot: an uploaded clip frame by frame, all else as a picture that stands still."""
    clip = shot.clip
    if clip is None or clip.footage is None:
        return press.again(repeat(_still(clip, canvas)), shot.frames)
    start = clip.offset + shot.skipped / canvas.fps * clip.speed
    frames = picture.moving(clip.footage, canvas, start=start, speed=clip.speed, proceed=proceed)
    return press.each(islice(frames, shot.frames))


def _still(clip: Clip | None, canvas: Canvas) -> VideoFrame:
    if clip is None:
        return picture.card(canvas, picture.BLACK)
    asset = clip.asset
    if asset is not None and asset.kind == "image" and isinstance(asset.source, Path):
        return picture.photo(asset.source, canvas)
    return picture.card(canvas, picture.tint(clip.seed))
