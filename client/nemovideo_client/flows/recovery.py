"""What became of a message whose stream broke: never send it again, wait and look.

Documented (vendor skill 1.9; 52370889394): wait 30 s and query the state; when it changed, report; else
wait 60 s and query again; after five queries without a change, report a failure and offer a retry.
"""

from __future__ import annotations

from dataclasses import replace

from nemovideo_client.errors import TurnLost
from nemovideo_client.events import Notice, TurnResult
from nemovideo_client.flows.comparing import first_difference
from nemovideo_client.flows.context import Context
from nemovideo_client.models import State
from nemovideo_client.wire.steps import Flow, Show
from nemovideo_client.words import CONNECTION_LOST

WAITS = (30.0, 60.0, 60.0, 60.0, 60.0)
"""Seconds before each query of the state."""


def recovered(ctx: Context, session_id: str, before: State, result: TurnResult) -> Flow[TurnResult]:
    """Return the result with what the state shows; raises TurnLost when it shows nothing new."""
    yield Show(Notice(ctx.say(CONNECTION_LOST)))
    told = yield from first_difference(ctx, session_id, before, WAITS, result)
    if not told:
        raise TurnLost(
            "The connection broke, and nothing has changed in the project since", turn=result
        )
    return replace(result, recovered=True, changes=told)
