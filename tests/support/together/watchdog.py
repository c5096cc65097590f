"""An end, in real time, to a test that hangs: virtual time that nobody moves would stand for ever."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

REAL_SECONDS = 20.0


@contextmanager
def within(seconds: float = REAL_SECONDS) -> Iterator[None]:
    """Raise TimeoutError in what takes longer; not where a thread cannot be interrupted (Windows)."""
    if not hasattr(signal, "setitimer") or threading.current_thread() != threading.main_thread():
        yield
        return

    def ring(_signal: int, _frame: FrameType | None) -> NoReturn:
        raise TimeoutError(f"nothing has moved virtual time for {seconds:g} real seconds")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
