"""A reply on its way is one view of its clock: through every wait, until its last byte is written.

A view for each wait would not do: between two of them a jump would find nothing left to wait for.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import Self

from nemovideo_fakeserver.clock import Clock
from nemovideo_fakeserver.clock.views import View


class Watch:
    """The view of one reply; a context manager that ends it."""

    __slots__ = ("_clock", "_open", "_view")

    def __init__(self) -> None:
        self._clock: Clock | None = None
        self._view: View | None = None
        self._open = ExitStack()

    def on(self, clock: Clock) -> View:
        """Return the view on `clock`, which begins with the first call."""
        if self._view is None or clock is not self._clock:
            self.close()
            self._clock, self._view = clock, self._open.enter_context(clock.view())
        return self._view

    def close(self) -> None:
        """End the view: nothing is left to be written."""
        self._view = None
        self._open.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
