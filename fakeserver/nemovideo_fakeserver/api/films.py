"""A film that an answer speaks of: waited for where it is due and not there yet, and for how long.

Law: where time stands (rate 0) an answer waits until the work is done, however long that takes: what
it says must not depend on how fast the machine is. Where time runs by itself the machine may be slower
than the clock; a client has a real timeout, so that it is told within `PATIENCE` how the render stands.
But a render that was shown completed is waited for: its status does not go back.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from nemovideo_fakeserver.api.call import Call
from nemovideo_fakeserver.core.render import Render, View
from nemovideo_fakeserver.wire.messages import Pending, Reply

PATIENCE = 5.0
"""Real seconds for which an answer waits for a film where time runs by itself."""


def told(
    call: Call, render: Render, tell: Callable[[View], Reply], *, waited: bool = False
) -> Reply:
    """Return what `tell` makes of how a render stands, once its film is there or was `waited` for."""
    seen = call.world.renders.look(render)
    clock = call.world.setting.clock
    hurried = clock.rate > 0 and not render.shown
    if seen.wait is None or (waited and hurried):
        return tell(seen)
    return Reply(
        body=Pending(
            clock=clock,
            job=seen.wait,
            resume=partial(told, call, render, tell, waited=True),
            patience=PATIENCE if hurried else None,
        )
    )
