"""The event loop that mitmproxy runs in."""

from __future__ import annotations

import asyncio
import sys

from nemovideo_fakeserver.surfaces import aiohttp_app

EAGER_IS_STRICT = (3, 13) <= sys.version_info < (3, 13, 3)
"""Whether Python's eager tasks, which mitmproxy asks for from its 12 on, take no `eager_start`, which uvloop says."""


def new_loop() -> asyncio.AbstractEventLoop:
    """Return a new loop: the fastest that works."""
    return asyncio.new_event_loop() if EAGER_IS_STRICT else aiohttp_app.new_loop()
