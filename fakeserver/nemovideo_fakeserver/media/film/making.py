"""A film file, from an order.

Nothing is held back: a packet is written as soon as it is its turn. Asked before every packet, every
frame that is decoded or encoded and every chunk of sound is `proceed`, which may raise to give the work
up: so a film is given up within a frame.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from heapq import merge
from pathlib import Path
from typing import Any

import av
from av.packet import Packet

from nemovideo_fakeserver.core.ports import Film, RenderOrder
from nemovideo_fakeserver.media import budget
from nemovideo_fakeserver.media.canvas import Canvas
from nemovideo_fakeserver.media.film.formats import FORMATS
from nemovideo_fakeserver.media.film.output import Output
from nemovideo_fakeserver.media.film.speaker import Speaker
from nemovideo_fakeserver.media.picture.passage import Passage
from nemovideo_fakeserver.media.picture.passages import passages
from nemovideo_fakeserver.media.sound.mixing import mixed
from nemovideo_fakeserver.media.sound.samples import RATE, Samples
from nemovideo_fakeserver.media.timeline import reading


def render(order: RenderOrder, path: Path, proceed: Callable[[], None]) -> Film:
    """Write the film of `order` to `path`. Raises RenderError for a draft that is none, or too much."""
    form = FORMATS[order.format]
    width, height = form.size(order.width, order.height)
    fps = min(order.fps, form.most_fps)
    line = reading.read(replace(order, width=width, height=height, fps=fps))
    if form.picture:
        budget.check(line)
    write(
        Output(path, order.format, order.quality, line.title),
        line.canvas,
        passages(line, proceed),
        mixed(line.lanes, round(line.seconds * RATE), proceed),
        proceed,
    )
    return Film(path=path, seconds=line.seconds, size=path.stat().st_size)


def write(
    output: Output,
    canvas: Canvas,
    pictures: Iterable[Passage],
    blocks: Iterable[Samples],
    proceed: Callable[[], None],
) -> None:
    """Write passages of `pictures` and `blocks` of sound; what the format does not hold is not asked for."""
    form, quality = output.form, output.quality
    with av.open(
        str(output.path.absolute()), "w", format=form.muxer, options=dict(form.options)
    ) as container:
        container.metadata.update(output.metadata)
        runs: list[Iterator[Packet[Any]]] = []
        if form.picture:
            printer = form.printer(container, form.picture, quality, canvas, proceed)
            runs.append(printer.packets(pictures))
        if form.sound:
            runs.append(Speaker(container, form.sound, quality).packets(blocks))
        for packet in merge(*runs, key=_second):
            proceed()
            container.mux(packet)


def _second(packet: Packet[Any]) -> float:
    return float((packet.dts or 0) * packet.time_base)
