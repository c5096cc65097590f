"""Finding out from the state what a message did, where its stream does not say."""

from __future__ import annotations

from collections.abc import Iterable

from nemovideo_client.draft.changes import changes
from nemovideo_client.errors import (
    APIConnectionError,
    APIRefusal,
    APIResponseError,
    ServerError,
    TurnLost,
)
from nemovideo_client.events import TurnResult
from nemovideo_client.flows.context import Context
from nemovideo_client.flows.exchange import exchange
from nemovideo_client.models import State
from nemovideo_client.wire import calls
from nemovideo_client.wire.steps import Flow, Sleep
from nemovideo_client.words import MEDIA_ADDED


def read_state(ctx: Context, session_id: str) -> Flow[State]:
    """Return the state of a session; where nothing else has told whose it is, the state does."""
    used = ctx.account.token
    state = yield from exchange(ctx, calls.state(session_id))
    if ctx.account.token == used:  # else it may be about an account that was left meanwhile
        ctx.account.learn(state.user_id)
    return state


def first_difference(
    ctx: Context, session_id: str, before: State, waits: Iterable[float], turn: TurnResult
) -> Flow[tuple[str, ...]]:
    """Look at the state after each wait (seconds) until it differs from `before`; return what differs.

    A look that fails has seen no change. Raises TurnLost, with what was seen of the `turn`, when the
    service refuses to show the state, or the last look fails.
    """
    failed: Exception | None = None
    for wait in waits:
        if wait:
            yield Sleep(wait)
        try:
            after = yield from read_state(ctx, session_id)
        except (APIConnectionError, ServerError) as error:
            failed = error
            continue
        except (APIRefusal, APIResponseError) as error:
            raise _lost(turn) from error
        failed = None
        if told := differences(ctx, before, after):
            return told
    if failed is not None:
        raise _lost(turn) from failed
    return ()


def _lost(turn: TurnResult) -> TurnLost:
    return TurnLost("What became of this message cannot be seen in the project", turn=turn)


def differences(ctx: Context, before: State, after: State) -> tuple[str, ...]:
    """Return what differs between two states: in the draft, else in the media at hand."""
    told = changes(before.draft, after.draft, ctx.language)
    if told:
        return told
    media = (before.video_infos, before.generated_media)
    return (ctx.say(MEDIA_ADDED),) if media != (after.video_infos, after.generated_media) else ()
