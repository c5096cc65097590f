"""The time by default: seconds since the Unix epoch, that never jump when somebody sets the clock.

A stream is given up after so many minutes, and was paid for: a clock that is put forward meanwhile must
not end it.
"""

from __future__ import annotations

import time

_EPOCH = time.time() - time.monotonic()


def steady() -> float:
    """Return the time."""
    return _EPOCH + time.monotonic()
