"""One call of one endpoint: with a token, in a session, as often as is allowed.

Around an attempt there are three loops, from the inside: `patiently` (network, rate limit), `authorized`
(1001: a new token, once), `in_session` (1002: a new session, once).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from nemovideo_client.account import Limit
from nemovideo_client.errors import (
    BadRequest,
    NemoError,
    RateLimited,
    SessionNotFound,
    TokenRefused,
)
from nemovideo_client.events import Notice
from nemovideo_client.flows.context import Context
from nemovideo_client.flows.explaining import explained
from nemovideo_client.flows.patience import RATE_LIMIT_PAUSE, patiently
from nemovideo_client.identity import fresh
from nemovideo_client.models import Session, Token
from nemovideo_client.wire import calls
from nemovideo_client.wire.envelope import unwrap
from nemovideo_client.wire.messages import Call
from nemovideo_client.wire.steps import Alone, Flow, Identify, Now, Send, Show
from nemovideo_client.words import ACCOUNT_RENEWED, SESSION_RENEWED, TOKEN_RENEWED

T = TypeVar("T")


def exchange(ctx: Context, call: Call[T]) -> Flow[T]:
    """Make a call and return its result."""
    if not call.authorized:
        return (yield from _patient(ctx, call))
    return (yield from authorized(ctx, lambda: _patient(ctx, call)))


def _patient(ctx: Context, call: Call[T]) -> Flow[T]:
    return (yield from patiently(lambda: _attempt(ctx, call), call.repeat, ctx.options.max_retries))


def _attempt(ctx: Context, call: Call[T]) -> Flow[T]:
    """Send the call once."""
    try:
        answer = yield Send(ctx.dress(call.request, authorized=call.authorized))
        return unwrap(answer, call, secrets=ctx.account.secrets())
    except NemoError as error:
        raise (yield from explained(ctx, error, call.endpoint)) from error.__cause__


def authorized(ctx: Context, attempt: Callable[[], Flow[T]]) -> Flow[T]:
    """Run an attempt with a token; when that is refused, get a new one and try once more.

    Where no new one is to be had yet, the refusal stands, for later calls, too: it says more than the
    limit does.
    """
    yield from have_token(ctx)
    used, user = ctx.account.token, ctx.account.user_id
    refused = ctx.account.refused
    if refused is None:
        try:
            return (yield from attempt())
        except TokenRefused as error:
            refused = error
    yield Alone(_replaced_token(ctx, used, refused))
    yield from _tell_of_another(ctx, user)
    return (yield from attempt())


def _tell_of_another(ctx: Context, user: str | None) -> Flow[None]:
    """Say so when the account is not that of `user` any more: what was made before is not in it.

    Whose token was given (`user` is None) nobody knows: the new one may be of the same account.
    """
    if user is None:
        yield Show(Notice(ctx.say(TOKEN_RENEWED)))
    elif user != ctx.account.user_id:
        yield Show(Notice(ctx.say(ACCOUNT_RENEWED)))


def have_token(ctx: Context) -> Flow[None]:
    """See to it that there is a token."""
    if ctx.account.token is None:
        yield Alone(_renewed_token(ctx, None))


def _renewed_token(ctx: Context, refused: str | None) -> Flow[None]:
    """Get a new token, unless somebody else did while this one waited to be alone."""
    if ctx.account.token == refused:
        yield from new_token(ctx)


def _replaced_token(ctx: Context, used: str | None, refused: TokenRefused) -> Flow[None]:
    """Get a new token for one that was refused; where none is to be had yet, the refusal stands."""
    try:
        yield from _renewed_token(ctx, used)
    except RateLimited:
        refused.next_step = "A new one is not to be had yet: set NEMO_TOKEN to a valid one."
        ctx.account.refused = refused
        raise refused.with_traceback(None) from None


def new_token(ctx: Context) -> Flow[Token]:
    """Get an anonymous token, and use it from now on; to be run alone."""
    try:
        token = yield from _ask_for_token(ctx)
    except BadRequest:  # documented remedy of a 400: make a client id, and try again
        ctx.account.client_id, ctx.account.limit = cache(fresh), None
        token = yield from _ask_for_token(ctx)
    ctx.account.adopt(token)
    return token


def _ask_for_token(ctx: Context) -> Flow[Token]:
    """Ask for a token, unless the service has said that there is none to be had before long."""
    limit = ctx.account.limit
    if limit is not None and (yield Now()) < limit.until:
        raise limit.told_at((yield Now()))
    client_id: str = yield Identify(ctx.account.client_id)
    ctx.account.keep_secret(client_id)
    try:
        return (yield from _patient(ctx, calls.anonymous_token(client_id)))
    except RateLimited as refusal:
        wait = RATE_LIMIT_PAUSE if refusal.retry_after is None else refusal.retry_after
        ctx.account.limit = Limit((yield Now()) + wait, refusal)
        raise


def in_session(ctx: Context, session_id: str | None, attempt: Callable[[str], Flow[T]]) -> Flow[T]:
    """Run an attempt in a session: the one named, else the client's own, which is made when missing.

    Should the client's own be lost (1002), it gets a new one and tries once more; should that be lost,
    too, it is forgotten. A session that the caller named is the caller's to replace.
    """
    if session_id is not None:
        return (yield from attempt(session_id))
    session = yield from own_session(ctx)
    if ctx.account.named:
        return (yield from attempt(session.session_id))
    try:
        return (yield from attempt(session.session_id))
    except SessionNotFound:
        yield Show(Notice(ctx.say(SESSION_RENEWED)))
        yield Alone(_new_session(ctx, session))
    session = yield from own_session(ctx)
    try:
        return (yield from attempt(session.session_id))
    except SessionNotFound:
        ctx.account.leave(session)
        raise


def own_session(ctx: Context) -> Flow[Session]:
    """Return the client's session, which is made when there is none."""
    yield from have_token(ctx)
    if ctx.account.session is None:
        used, user = ctx.account.token, ctx.account.user_id
        yield Alone(_new_session(ctx, None))
        if ctx.account.token != used:
            yield from _tell_of_another(ctx, user)
    session = ctx.account.session
    assert session is not None
    return session


def _new_session(ctx: Context, lost: Session | None) -> Flow[None]:
    """Make a session, unless somebody else did while this one waited to be alone."""
    if ctx.account.session is not lost:
        return
    call: Call[Session] = calls.create_session(language=ctx.session_language())
    # Already alone, so a refused token is renewed here, and not by `authorized`, which would wait.
    session = yield from _renewing(ctx, call)
    ctx.account.enter(session)


def _renewing(ctx: Context, call: Call[Any]) -> Flow[Any]:
    """Make a call while alone; a refused token is replaced once."""
    refused = ctx.account.refused
    if refused is None:
        try:
            return (yield from _patient(ctx, call))
        except TokenRefused as error:
            refused = error
    yield from _replaced_token(ctx, ctx.account.token, refused)
    return (yield from _patient(ctx, call))
