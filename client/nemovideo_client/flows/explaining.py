"""Completing an error with what only this client knows: links for this user, words of this skill."""

from __future__ import annotations

from nemovideo_client.errors import (
    ExportBlocked,
    FileTooLarge,
    NemoError,
    OutOfCredits,
    RateLimited,
)
from nemovideo_client.flows.context import Context
from nemovideo_client.flows.patience import LONGEST_WAIT
from nemovideo_client.models import State
from nemovideo_client.wire import calls
from nemovideo_client.wire.envelope import unwrap
from nemovideo_client.wire.steps import Flow, Send


def explained(ctx: Context, error: NemoError, endpoint: str) -> Flow[NemoError]:
    """Return the error, with the endpoint it came from and the remedy for this user."""
    error.endpoint = error.endpoint or endpoint
    match error:
        case OutOfCredits():
            yield from _explain_credits(ctx, error)
        case ExportBlocked() if ctx.options.unlock:
            error.unlock = ctx.say(ctx.options.unlock)
            error.next_step = f"It is about the plan, not about credits. {error.unlock}"
        case FileTooLarge():
            error.limit = ctx.options.max_upload
        case RateLimited() if (error.retry_after or 0) > LONGEST_WAIT:
            error.next_step = f"Come back in {_long(error.retry_after or 0)}."
    return error


def _long(seconds: float) -> str:
    """Return a wait that is too long to sit through: `7 days`, `3 hours`."""
    for unit, size in (("days", 86_400), ("hours", 3_600), ("minutes", 60)):
        if seconds >= 2 * size:
            return f"{round(seconds / size)} {unit}"
    return f"{round(seconds)} seconds"


def _explain_credits(ctx: Context, error: OutOfCredits) -> Flow[None]:
    """Show an anonymous user where to register, and a registered one how to top up (all four skills)."""
    if ctx.account.user_id is None:
        yield from _learn_user(ctx)
    if ctx.account.is_anonymous:
        error.link = error.link or f"{ctx.options.web_url}/register?bind={ctx.account.user_id}"
    if error.link and error.link in error.message:
        error.next_step = "What is in this project is kept."
    elif error.link:
        error.next_step = f"Register to get more, and keep this project: {error.link}"
    elif ctx.options.top_up:
        error.top_up = error.next_step = ctx.say(ctx.options.top_up)


def _learn_user(ctx: Context) -> Flow[None]:
    """Ask the state whose session this is: the documents take the id "from create-session or state"."""
    if ctx.account.session is None:
        return
    call = calls.state(ctx.account.session.session_id)
    try:
        answer = yield Send(ctx.dress(call.request))
        state: State = unwrap(answer, call)
    except NemoError:
        return  # the remedy is then told without a link; the error at hand matters more
    ctx.account.user_id = state.user_id
