"""When which bytes of a body came: pieces to `at`, `body_at` and `chunks`, and back.

A frame with a time begins a piece, one without belongs to the piece before it. Where pieces cut frames,
`chunks` says what came when, and the time of a frame is that of the piece that made it whole.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

from msgspec import UNSET, UnsetType

from nemovideo_proxy.cassette.forms import ResponseForm
from nemovideo_proxy.model import Piece

Pieces = tuple[Piece, ...]


def plain(at: float, size: int) -> Pieces:
    """Return the pieces of a body that came with the head."""
    return (Piece(at, size),) if size else ()


def of_frames(pieces: Pieces, sizes: Sequence[int]) -> tuple[list[float | None], bool]:
    """Return the time of each frame (None: came with the one before), and whether that says all."""
    ends = list(accumulate(sizes))
    cuts = list(accumulate(piece.size for piece in pieces))
    if not cuts:
        return [None] * len(sizes), not sizes
    homes = [bisect_left(cuts, end) for end in ends]
    times = [
        pieces[home].at if home != before else None
        for before, home in zip([-1, *homes], homes, strict=False)
    ]
    return times, set(cuts) <= set(ends) and all(piece.size for piece in pieces)


def told(form: ResponseForm, sizes: Sequence[int] | None, size: int) -> Pieces:
    """Return the pieces of a body of `size` bytes; raises ValueError if its times contradict each other.

    `sizes` are those of its frames, if it has frames.
    """
    if not isinstance(form.chunks, UnsetType):
        return _chunks(form, sizes, size)
    if sizes is not None and not isinstance(form.frames, UnsetType):
        return _grouped([_or_none(frame.at) for frame in form.frames], sizes, form.at)
    return plain(form.at if isinstance(form.body_at, UnsetType) else form.body_at, size)


def _chunks(form: ResponseForm, sizes: Sequence[int] | None, size: int) -> Pieces:
    assert not isinstance(form.chunks, UnsetType)
    if form.body_at is not UNSET:
        raise ValueError("`chunks` says when the body came; take `body_at` away")
    made = tuple(Piece(at, length) for at, length in form.chunks)
    counted = sum(piece.size for piece in made)
    if made and counted != size:
        raise ValueError(f"the body has {size} bytes and `chunks` {counted}; take `chunks` away")
    if sizes is not None and not isinstance(form.frames, UnsetType):
        times = [_or_none(frame.at) for frame in form.frames]
        if times != of_frames(made, sizes)[0]:
            raise ValueError("frames and `chunks` differ in their times; take `chunks` away")
    return made


def _grouped(times: Sequence[float | None], sizes: Sequence[int], first: float) -> Pieces:
    made: list[Piece] = []
    for at, size in zip(times, sizes, strict=True):
        if at is None and made:
            made[-1] = Piece(made[-1].at, made[-1].size + size)
        elif size or at is not None:
            made.append(Piece(first if at is None else at, size))
    return tuple(made)


def _or_none(at: float | UnsetType) -> float | None:
    return None if isinstance(at, UnsetType) else at
