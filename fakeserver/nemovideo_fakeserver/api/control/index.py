"""What can be steered: the control paths, in the order of their table."""

from __future__ import annotations

from collections.abc import Sequence

from nemovideo_fakeserver.api.call import Call
from nemovideo_fakeserver.api.replies import plain
from nemovideo_fakeserver.api.route import Route
from nemovideo_fakeserver.wire.messages import Reply


def listed(call: Call, routes: Sequence[Route]) -> Reply:
    """Show these routes, and which world they steer: the default one's name is empty."""
    paths = [{"route": route.name, "does": route.says} for route in routes]
    return plain({"fake": "nemovideo", "world": call.world.name, "routes": paths})
