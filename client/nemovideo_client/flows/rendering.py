"""Ordering a film and waiting for it.

Documented: poll every 30 s, ten times (vendor skill 1.9) or until it is over (three of the four skills);
a failed render is tried once more under a new id (vendor skill 1.9).
"""

from __future__ import annotations

from nemovideo_client.draft.timeline import ready
from nemovideo_client.errors import (
    APIConnectionError,
    Conflict,
    NemoError,
    NotFound,
    NothingToExport,
    RateLimited,
    RenderCancelled,
    RenderFailed,
    RenderStatusUnknown,
    RenderTimeout,
    ServerError,
)
from nemovideo_client.events import Notice
from nemovideo_client.flows.comparing import read_state
from nemovideo_client.flows.context import Context
from nemovideo_client.flows.exchange import exchange, in_session
from nemovideo_client.models import OVER, Json, Render
from nemovideo_client.wire import calls
from nemovideo_client.wire.hush import tidy
from nemovideo_client.wire.steps import Flow, Now, Show, Sleep
from nemovideo_client.words import RENDERING_AGAIN

RUNNING = frozenset({"pending", "processing"})
TAKEN_IDS = 5
"""How many ids are tried when others have taken them."""


def rendered(ctx: Context, session_id: str | None, output: Json | None) -> Flow[Render]:
    """Order a film of a session's draft and wait until it is there; a failure is tried again, once."""
    try:
        return (yield from _rendered(ctx, session_id, output))
    except RenderFailed:
        yield Show(Notice(ctx.say(RENDERING_AGAIN)))
        return (yield from _rendered(ctx, session_id, output))


def _rendered(ctx: Context, session_id: str | None, output: Json | None) -> Flow[Render]:
    render = yield from ordered(ctx, session_id, output)
    yield Show(render)
    return (yield from awaited(ctx, render.id))


def ordered(ctx: Context, session_id: str | None, output: Json | None) -> Flow[Render]:
    """Order a film of the draft as it is now. Raises NothingToExport when there is nothing in it."""

    def attempt(session: str) -> Flow[Render]:
        state = yield from read_state(ctx, session)
        if not ready(state.draft):
            raise NothingToExport("There is nothing on the timeline yet")
        return (yield from _submitted(ctx, session, state.draft, output))

    return (yield from in_session(ctx, session_id, attempt))


def _submitted(ctx: Context, session: str, draft: Json, output: Json | None) -> Flow[Render]:
    """Submit under an id of our making; one that is taken gives way to the next."""
    now: float = yield Now()
    first = int(now * 1000)
    for number in range(first, first + TAKEN_IDS):
        try:
            return (yield from _submit(ctx, f"render_{number}", session, draft, output))
        except Conflict as error:
            taken = error
    raise taken


def _submit(
    ctx: Context, render_id: str, session: str, draft: Json, output: Json | None
) -> Flow[Render]:
    """Submit once; where the answer is lost, ask for the render before submitting it again."""
    call = calls.submit_render(render_id, session, draft, output)
    try:
        return (yield from exchange(ctx, call))
    except (APIConnectionError, ServerError) as error:
        lost = error
    try:
        return (yield from exchange(ctx, calls.render_status(render_id)))
    except NotFound:
        pass
    except (APIConnectionError, ServerError):
        raise lost from None
    try:
        return (yield from exchange(ctx, call))
    except Conflict:  # the first order arrived after all: the id is taken by us
        return (yield from exchange(ctx, calls.render_status(render_id)))


def awaited(ctx: Context, render_id: str, *, at_once: bool = False) -> Flow[Render]:
    """Poll a render until it is completed; shows how it stands each time.

    `at_once`: the first look does not wait, as the render may be an old one. A look that fails is a
    look. Raises RenderFailed, RenderCancelled, RenderStatusUnknown, and RenderTimeout after the last.
    """
    polls = 0
    failed: NemoError | None = None
    while ctx.options.max_polls is None or polls < ctx.options.max_polls:
        if polls or not at_once:
            yield Sleep(ctx.options.poll_interval)
        polls += 1
        try:
            render = yield from exchange(ctx, calls.render_status(render_id))
        except (APIConnectionError, ServerError, RateLimited) as error:
            failed = error
            continue
        failed = None
        yield Show(render)
        if render.status in OVER:
            return _completed(ctx, render)
        if render.status not in RUNNING:
            raise RenderStatusUnknown(
                f"The render has the status {tidy(render.status)[:40]!r}, which no document names",
                render_id=render_id,
                next_step=f"Ask again later: the render id is {render_id}.",
            )
    raise RenderTimeout(
        f"The render is still running after {polls} polls"
        if failed is None
        else f"The render could not be asked about: {failed.message}",
        render_id=render_id,
        next_step=f"Resume later with the render id {render_id}.",
    ) from failed


def _completed(ctx: Context, render: Render) -> Render:
    if render.status == "failed":
        reason = tidy(render.error or "no reason given", ctx.account.secrets())
        raise RenderFailed(f"The render failed: {reason}", render_id=render.id)
    if render.status == "cancelled":
        raise RenderCancelled("The render was cancelled", render_id=render.id)
    return render
