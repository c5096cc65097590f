"""A film file, from an order.

Nothing is held back: a packet is written as soon as it is its turn. Asked before every packet, every
frame that is decoded or encoded and every chunk of sound is `proceed`, which may raise to give the work
up: so a film is given up within a frame.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from heapq import merge
from pathlib import Path
from typing import Any

import av
from av.packet import Packet

from nemovideo_fakeserver.core.ports import Film, RenderOrder
from nemovideo_fakeserver.media import budget
from nemovideo_fakeserver.media.canvas import Canvas
from nemovideo_fakeserver.media.film.press import Press
from nemovideo_fakeserver.media.film.speaker import Speaker
from nemovideo_fakeserver.media.picture.passage import Passage
from nemovideo_fakeserver.media.picture.passages import passages
from nemovideo_fakeserver.media.sound.mixing import mixed
from nemovideo_fakeserver.media.sound.samples import RATE, Samples
from nemovideo_fakeserver.media.timeline import reading


def render(order: RenderOrder, path: Path, proceed: Callable[[], None]) -> Film:
    """Write the film of `order` to `path`. Raises RenderError for a draft that is none, or too much."""
    line = reading.read(order)
    budget.check(line)
    write(
        path,
        line.canvas,
        passages(line, proceed),
        mixed(line.lanes, round(line.seconds * RATE), proceed),
        proceed,
    )
    return Film(path=path, seconds=line.seconds, size=path.stat().st_size)


def write(
    path: Path,
    canvas: Canvas,
    pictures: Iterable[Passage],
    blocks: Iterable[Samples],
    proceed: Callable[[], None],
) -> None:
    """Write an MP4 (H.264, AAC, its index in front) of passages of `pictures` and of `blocks` of sound."""
    with av.open(
        str(path.absolute()), "w", format="mp4", options={"movflags": "+faststart"}
    ) as container:
        press, speaker = Press(container, canvas, proceed), Speaker(container, "aac")
        for packet in merge(press.packets(pictures), speaker.packets(blocks), key=_second):
            proceed()
            container.mux(packet)


def _second(packet: Packet[Any]) -> float:
    return float((packet.dts or 0) * packet.time_base)
