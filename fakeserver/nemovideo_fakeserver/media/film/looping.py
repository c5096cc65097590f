"""What repeats itself: handed on while it is encoded for the first time, then once more from memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import cycle, islice
from typing import TypeVar

MOST_HELD = 64 * 1024 * 1024
"""Bytes of encoded pictures that are kept to be shown again; of a round that has more, none is."""

_BESIDE = 200
"""Bytes that keeping one takes beside its own."""

Print = TypeVar("Print", bound=tuple[bytes, int])
"""An encoded picture with what is to be known of it."""


def looped(prints: Iterable[Print], round_: int, frames: int) -> Iterator[Print]:
    """Yield `frames` prints: the first `round_` again and again, as long as they are not too large to keep.

    From `prints` no more is taken than that; where they are too large, each one is.
    """
    kept: list[Print] = []
    held = 0
    for taken in islice(prints, frames):
        yield taken
        held += len(taken[0]) + _BESIDE
        if held > MOST_HELD:
            kept.clear()
            continue
        kept.append(taken)
        if len(kept) == round_:
            yield from islice(cycle(kept), frames - round_)
            return
