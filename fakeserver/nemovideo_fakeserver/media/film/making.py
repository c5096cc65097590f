"""A film file, from an order.

Nothing is held back: a packet is written as soon as it is its turn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from heapq import merge
from pathlib import Path
from typing import Any

import av
from av.packet import Packet

from nemovideo_fakeserver.core.ports import Film, RenderOrder
from nemovideo_fakeserver.media.canvas import Canvas
from nemovideo_fakeserver.media.film import budget
from nemovideo_fakeserver.media.film.formats import FORMATS
from nemovideo_fakeserver.media.film.speaker import Speaker
from nemovideo_fakeserver.media.film.target import Target
from nemovideo_fakeserver.media.picture.passage import Passage
from nemovideo_fakeserver.media.picture.passages import passages
from nemovideo_fakeserver.media.samples import RATE, Samples
from nemovideo_fakeserver.media.sound.mixing import mixed
from nemovideo_fakeserver.media.timeline import reading


def render(order: RenderOrder, path: Path) -> Film:
    """Write the film of `order` to `path`. Raises RenderError for a draft that is none, or too much."""
    form = FORMATS[order.format]
    width, height = form.size(order.width, order.height)
    fps = min(order.fps, form.most_fps)
    line = reading.read(replace(order, width=width, height=height, fps=fps))
    budget.check(line, pictures=form.picture is not None)
    write(
        Target(path, order.format, order.quality, line.title),
        line.canvas,
        passages(line),
        mixed(line.lanes, round(line.seconds * RATE)),
    )
    return Film(path=path, seconds=line.seconds, size=path.stat().st_size)


def write(
    target: Target,
    canvas: Canvas,
    pictures: Iterable[Passage],
    blocks: Iterable[Samples],
) -> None:
    """Write passages of `pictures` and `blocks` of sound; what the format does not hold is not asked for."""
    form, quality = target.form, target.quality
    with av.open(
        str(target.path.absolute()), "w", format=form.muxer, options=dict(form.options)
    ) as container:
        container.metadata.update(target.metadata)
        runs: list[Iterator[Packet[Any]]] = []
        if form.picture:
            printer = form.printer(container, form.picture, quality, canvas)
            runs.append(printer.packets(pictures))
        if form.sound:
            runs.append(Speaker(container, form.sound, quality).packets(blocks))
        for packet in merge(*runs, key=_second):
            container.mux(packet)


def _second(packet: Packet[Any]) -> float:
    return float((packet.dts or 0) * packet.time_base)
