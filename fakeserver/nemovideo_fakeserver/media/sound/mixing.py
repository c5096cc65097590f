"""The sound track: lanes of clips, each a run of samples, added up in blocks. A lane is silent where it has no clip."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import numpy as np

from nemovideo_fakeserver.media.score.music import music
from nemovideo_fakeserver.media.sound.recording import recorded
from nemovideo_fakeserver.media.sound.samples import CHANNELS, RATE, Samples, silence
from nemovideo_fakeserver.media.timeline.clips import Clip

BLOCK = RATE // 2


def mixed(
    lanes: Iterable[Iterable[Clip]], total: int, proceed: Callable[[], None]
) -> Iterator[Samples]:
    """Yield `total` samples in blocks, the last one shorter; `proceed` may raise before any chunk."""
    played = [_blocks(_asking(_played(lane, total), proceed)) for lane in lanes]
    for parts in zip(*(played or [_blocks(quiet(total))]), strict=True):
        yield np.sum(parts, axis=0, dtype=np.float32)


def _asking(chunks: Iterable[Samples], proceed: Callable[[], None]) -> Iterator[Samples]:
    for chunk in chunks:
        proceed()
        yield chunk


def quiet(samples: int) -> Iterator[Samples]:
    """Yield `samples` zeros in chunks."""
    for at in range(0, samples, BLOCK):
        yield silence(min(BLOCK, samples - at))


def _played(lane: Iterable[Clip], total: int) -> Iterator[Samples]:
    at = 0
    for clip in lane:
        start, end = (min(total, round(second * RATE)) for second in (clip.start, clip.end))
        if start == end:  # after the film's end, or shorter than a sample
            continue
        yield from quiet(start - at)
        heard = exactly(voice(clip), end - start)
        yield from faded(heard, end - start, clip.fade_in, clip.fade_out)
        at = end
    yield from quiet(total - at)


def voice(clip: Clip) -> Iterator[Samples]:
    """Yield the samples of a clip at its volume: of its file, else music, from what is known of it."""
    if clip.file is not None:
        chunks = recorded(clip.file, start=clip.offset, speed=clip.speed)
    else:
        lasts = clip.asset.seconds if clip.asset else clip.offset + clip.seconds
        chunks = after(music(clip.notes, clip.seed, lasts), round(clip.offset * RATE))
    factor = np.float32(clip.volume)
    yield from (chunk * factor for chunk in chunks)


def after(chunks: Iterable[Samples], samples: int) -> Iterator[Samples]:
    """Leave out the first `samples`."""
    for chunk in chunks:
        yield chunk[samples:]
        samples = max(0, samples - len(chunk))


def exactly(chunks: Iterable[Samples], samples: int) -> Iterator[Samples]:
    """Cut or fill up with silence to `samples`."""
    left = samples
    for chunk in chunks:
        if left <= 0:
            break
        yield chunk[:left]
        left -= len(chunk)
    yield from quiet(max(0, left))


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
        index = np.arange(here, at, dtype=np.float32)
        rise = index / up if up else np.ones_like(index)
        fall = (total - index) / down if down else np.ones_like(index)
        yield chunk * np.clip(np.minimum(rise, fall), 0, 1)[:, None].astype(np.float32)


def _blocks(chunks: Iterable[Samples]) -> Iterator[Samples]:
    """Cut a run of chunks anew, into blocks of `BLOCK`."""
    held: list[Samples] = []
    size = 0
    for chunk in chunks:
        held.append(chunk)
        size += len(chunk)
        if size >= BLOCK:
            joined = np.concatenate(held)
            whole = size - size % BLOCK
            yield from (joined[at : at + BLOCK] for at in range(0, whole, BLOCK))
            held, size = [joined[whole:]], size - whole
    if size:
        yield np.concatenate(held).reshape(-1, CHANNELS)
