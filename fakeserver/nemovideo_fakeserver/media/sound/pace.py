"""The pace of a sound: faster or slower, at the pitch it has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from fractions import Fraction

import numpy as np
from av.audio.frame import AudioFrame
from av.filter import Graph

from nemovideo_fakeserver.media.samples import CHANNELS, RATE, Samples, quiet, silence

_SLOWEST, _FASTEST = 0.5, 2.0
"""What FFmpeg's `atempo` does at once without leaving samples out; more is done in several steps."""

_PIECE = 2048
"""Samples of the pieces that `atempo` takes a sound apart into, at this rate."""


def paced(chunks: Iterable[Samples], speed: float) -> Iterator[Samples]:
    """Yield a sound `speed` times as fast: what there is of it lasts so much shorter, to the sample."""
    if speed == 1:
        yield from chunks
        return
    graph, given, made = _graph(speed), 0, 0
    # a piece is put where its beginning belongs: slowed down, its middle would be heard too early
    _push(graph, silence(max(0, round(_PIECE / 2 * (1 - speed)))))
    for chunk in chunks:
        _push(graph, chunk)
        given += len(chunk)
        for samples in _pulled(graph):
            made += len(samples)
            yield samples
    graph.push(None)
    whole = round(given / speed)
    for samples in _pulled(graph):
        yield samples[: max(0, whole - made)]
        made += len(samples)
    yield from quiet(whole - made)


def steps(speed: float) -> list[float]:
    """Return factors within what one step can do; their product is `speed`."""
    found = []
    while not _SLOWEST <= speed <= _FASTEST:
        found.append(_FASTEST if speed > 1 else _SLOWEST)
        speed /= found[-1]
    return [*found, speed]


def _graph(speed: float) -> Graph:
    graph = Graph()
    graph.threads = 1
    nodes = [
        graph.add_abuffer(
            format="flt", sample_rate=RATE, layout="stereo", time_base=Fraction(1, RATE)
        ),
        *(graph.add("atempo", str(step)) for step in steps(speed)),
        graph.add("abuffersink"),
    ]
    graph.link_nodes(*nodes).configure()
    return graph


def _push(graph: Graph, samples: Samples) -> None:
    if len(samples):
        packed = np.ascontiguousarray(samples, np.float32).reshape(1, -1)
        frame = AudioFrame.from_ndarray(packed, format="flt", layout="stereo")
        frame.sample_rate = RATE
        graph.push(frame)


def _pulled(graph: Graph) -> Iterator[Samples]:
    """Yield what has come out of the graph so far."""
    with suppress(BlockingIOError, EOFError):
        while True:
            frame = graph.pull()
            samples: Samples = frame.to_ndarray().astype(np.float32, copy=False)
            yield samples.reshape(-1, CHANNELS)
