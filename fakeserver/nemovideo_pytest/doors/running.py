"""The way to a world on a port whose time runs by itself: plain connections, and waits in its time."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from nemovideo_fakeserver.clock import Clock
from nemovideo_pytest.doors.door import Door
from nemovideo_pytest.doors.moving import Settling
from nemovideo_pytest.doors.plain_http import AsyncPlainTransport, PlainTransport


@contextmanager
def running(url: str, clock: Clock) -> Iterator[Door]:
    """Reach the world at `url`, whose `clock` runs; timeouts hold in real time, and are long."""
    with ExitStack() as used:
        yield Door(
            base_url=url,
            sync_transport=lambda: used.enter_context(PlainTransport()),
            async_transport=AsyncPlainTransport,
            now=clock.now,
            sleep=clock.sleep_sync,
            asleep=clock.sleep,
            thread=lambda target, *args: threading.Thread(target=target, args=args, daemon=True),
            clock=Settling(clock),
        )
