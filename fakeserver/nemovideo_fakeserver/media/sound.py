"""The sound track: lanes of clips, each a run of samples, added up in blocks.

Everything is one channel of floats (`music.RATE` samples a second), so that adding needs no clipping
and the encoder takes the sum as it is. A lane is silent where it has no clip.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from itertools import repeat
from operator import add
from pathlib import Path
from typing import TypeAlias

from nemovideo_fakeserver.media.music import RATE, music
from nemovideo_fakeserver.media.recording import recorded
from nemovideo_fakeserver.media.timeline import Clip

BLOCK = RATE // 2

Samples: TypeAlias = "array[float]"

SILENCE: Samples = array("f", bytes(4 * BLOCK))


def mixed(
    lanes: Iterable[Iterable[Clip]], total: int, proceed: Callable[[], None]
) -> Iterator[Samples]:
    """Yield `total` samples in blocks, the last one shorter; `proceed` may raise before any chunk."""
    played = [_blocks(_asking(_played(lane, total), proceed)) for lane in lanes]
    played = played or [_blocks(silence(total))]
    for parts in zip(*played, strict=True):
        loud = [part for part in parts if part is not SILENCE] or [parts[0]]
        block = loud[0]
        for part in loud[1:]:
            block = array("f", map(add, block, part))
        yield block


def _asking(chunks: Iterable[Samples], proceed: Callable[[], None]) -> Iterator[Samples]:
    for chunk in chunks:
        proceed()
        yield chunk


def silence(samples: int) -> Iterator[Samples]:
    """Yield `samples` zeros in blocks."""
    yield from repeat(SILENCE, samples // BLOCK)
    if samples % BLOCK:
        yield SILENCE[: samples % BLOCK]


def _played(lane: Iterable[Clip], total: int) -> Iterator[Samples]:
    at = 0
    for clip in lane:
        start, end = (min(total, round(second * RATE)) for second in (clip.start, clip.end))
        if start == end:  # after the film's end, or shorter than a sample
            continue
        yield from silence(start - at)
        heard = exactly(_voice(clip), end - start)
        yield from faded(heard, end - start, clip.fade_in, clip.fade_out)
        at = end
    yield from silence(total - at)


def _voice(clip: Clip) -> Iterator[Samples]:
    """Return the samples of a clip: of its file, else music, from what is known of it."""
    source = clip.asset.source if clip.asset is not None else None
    if isinstance(source, Path):
        return _louder(recorded(source, start=clip.offset, speed=clip.speed), clip.volume)
    return music(clip.bpm, source.notes if source else {}, clip.seed, clip.volume)


def exactly(chunks: Iterable[Samples], samples: int) -> Iterator[Samples]:
    """Cut or fill up with silence to `samples`."""
    left = samples
    for chunk in chunks:
        if left <= 0:
            break
        yield chunk if len(chunk) <= left else chunk[:left]
        left -= len(chunk)
    yield from silence(max(0, left))


def _louder(chunks: Iterator[Samples], volume: float) -> Iterator[Samples]:
    return chunks if volume == 1 else (array("f", [volume * x for x in chunk]) for chunk in chunks)


def faded(
    chunks: Iterable[Samples], total: int, fade_in: float, fade_out: float
) -> Iterator[Samples]:
    """Let the sound of `total` samples rise and fall; both in seconds."""
    up, down, at = round(fade_in * RATE), round(fade_out * RATE), 0
    for chunk in chunks:
        here, at = at, at + len(chunk)
        if here >= up and at <= total - down:
            yield chunk
            continue
        ends = zip(chunk, range(here, at), strict=True)
        yield array(
            "f",
            [
                x * min(1.0, i / up if up else 1.0, (total - i) / down if down else 1.0)
                for x, i in ends
            ],
        )


def _blocks(chunks: Iterable[Samples]) -> Iterator[Samples]:
    """Cut a run of chunks anew, into blocks of `BLOCK`; a whole silent block stays the one `SILENCE`."""
    held: Samples = array("f")
    for chunk in chunks:
        if not held and chunk is SILENCE:
            yield chunk
            continue
        held.extend(chunk)
        whole = len(held) - len(held) % BLOCK
        yield from (held[at : at + BLOCK] for at in range(0, whole, BLOCK))
        held = held[whole:]
    if held:
        yield held
