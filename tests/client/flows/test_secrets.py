"""No token and no client id shows up anywhere: in what is shown, raised, asked or returned."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_client import NemoClient
from nemovideo_client.errors import APIConnectionError, NemoError
from nemovideo_client.flows import endpoints
from nemovideo_client.flows.context import Context
from nemovideo_client.flows.conversation import converse
from nemovideo_client.flows.turn import turn
from nemovideo_client.models import Render
from nemovideo_client.wire.steps import Open, Send, Step
from support.playbook import MIDNIGHT, Answered, Played, Service, play
from support.replies import (
    ASK_CLAIM,
    ASK_CREDITS,
    ASK_SESSION,
    ASK_STATE,
    ASK_TOKEN,
    ASK_UPLOAD,
    CLIENT_ID,
    LINK,
    ONE_TRACK,
    OPEN_CHAT,
    RENEWED,
    SESSION,
    SUBMIT,
    TOKEN,
    context,
    event,
    no,
    ok,
    render,
    reply,
    session,
    state,
    token,
    told,
)

SECRETS = (TOKEN, RENEWED, CLIENT_ID)
SECRET = re.compile("|".join(SECRETS))
Refusal: TypeAlias = tuple[int, str, int]
"""Code, the field that is worded, and status."""


class Echo:
    """A service that refuses some paths, and repeats in its refusal what it was sent."""

    def __init__(self, refusals: dict[str, Refusal]) -> None:
        self._refusals = refusals
        self._good = Service({path: good(path) for path in PATHS})

    def __call__(self, asked: str, step: Step) -> Answered:
        """Refuse, or give a fitting yes."""
        if asked not in self._refusals or not isinstance(step, Send | Open):
            return self._good(asked, step)
        code, field, status = self._refusals[asked]
        sent = ", ".join(f"{name}: {value}" for name, value in step.request.headers)
        body = {"code": code, field: f"refused: {sent}", "data": None}
        return reply(body, status)


def leaks(played: Played[Any], ctx: Context) -> list[str]:
    """Return where a secret shows: in all that was shown, raised, asked and returned, and in the context."""
    failure = played.failure
    chain: list[BaseException] = []
    while failure is not None and failure not in chain:
        chain.append(failure)
        failure = failure.__cause__ or failure.__context__  # type: ignore[assignment] # only Exceptions are raised
    seen = {
        "shown": played.shown,
        "errors": [(repr(error), str(error), vars(error)) for error in chain],
        "steps": played.steps,
        "results": played.results,
        "context": ctx,
    }
    return [
        f"{place}: {secret}"
        for place, things in seen.items()
        for secret in SECRETS
        if secret in f"{things!r} {things}"
    ]


def flows(ctx: Context) -> dict[str, Any]:
    """Return flows of every kind."""
    return {
        "credits": endpoints.credits(ctx),
        "state": endpoints.state(ctx),
        "upload": endpoints.upload(ctx, "a.mp4"),
        "token": endpoints.create_anonymous_token(ctx),
        "session": endpoints.create_session(ctx),
        "claim": endpoints.claim_link(ctx),
        "chat": turn(ctx, "x"),
        "submit": endpoints.submit_render(ctx),
        "wait": endpoints.wait_for_render(ctx, "r9"),
        "cancel": endpoints.cancel_render(ctx, "r9"),
        "further token": endpoints.create_api_token(ctx, "laptop"),
        "further tokens": endpoints.list_api_tokens(ctx),
        "revoke": endpoints.revoke_api_token(ctx, "t1"),
        "download": endpoints.download_render(
            ctx, Render(id="r9", status="completed", url=LINK), Path("film.mp4")
        ),
        "converse": converse(ctx, text="Make it blue", folder=Path()),
    }


NAMES = list(flows(context()))
POLL = "GET /api/render/proxy/lambda/r9"
LOOK = f"GET /api/render/proxy/lambda/render_{int(MIDNIGHT * 1000)}"
CANCEL = "POST /api/render/proxy/lambda/r9/cancel"
NEW_TOKEN, TOKENS, REVOKE = "POST /api/tokens", "GET /api/tokens", "POST /api/tokens/t1/revoke"
PATHS = [
    ASK_CREDITS, ASK_STATE, ASK_UPLOAD, ASK_TOKEN, ASK_SESSION, ASK_CLAIM, OPEN_CHAT, SUBMIT, POLL, LOOK,
    CANCEL, NEW_TOKEN, TOKENS, REVOKE, f"open GET {LINK}", "open GET /api/render/proxy/r9/download",
]  # fmt: skip


def good(path: str) -> Any:
    """Return a fitting yes."""
    yes = {
        ASK_TOKEN: token(RENEWED),
        ASK_SESSION: session(SESSION),
        ASK_STATE: state(ONE_TRACK),
        ASK_CREDITS: ok({"available": 1}),
        NEW_TOKEN: ok({"id": "t1", "name": "laptop", "token": RENEWED}),
        TOKENS: ok({"tokens": [{"id": "t1", "name": "laptop"}]}),
        POLL: render("completed", output={"url": LINK}),
    }
    return yes.get(path, no(0))


refusals = st.dictionaries(
    st.sampled_from(PATHS),
    st.tuples(
        st.sampled_from([0, 1001, 1002, 2001, 4001, 402, 409, 500, 9999]),
        st.sampled_from(["message", "error", "detail", "reason", "x"]),
        st.sampled_from([200, 400, 401, 402, 403, 404, 409, 418, 422, 429, 500]),
    ),
    max_size=4,
)


@given(st.sampled_from(NAMES), refusals, st.booleans())
def test_an_echoing_service_is_hushed(
    name: str, refused: dict[str, Refusal], connected: bool
) -> None:
    """Whatever refuses, and however it words it: nothing of ours is repeated."""
    ctx = context(token=TOKEN if connected else None)

    played = play(flows(ctx)[name], Echo(refused))

    assert played.failure is None or isinstance(played.failure, NemoError)
    assert leaks(played, ctx) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_token_refused_for_good(name: str) -> None:
    """Neither the old nor the new token shows when both are refused, nor the client id."""
    ctx = context(token=None)
    refused = {path: (1001, "message", 200) for path in PATHS if path != ASK_TOKEN}

    played = play(flows(ctx)[name], Echo(refused))

    assert leaks(played, ctx) == []


@pytest.mark.parametrize("name", ["cancel", "further token", "further tokens", "revoke"])
def test_what_goes_well_shows_no_secret_either(name: str) -> None:
    """A further token is told by its value only, and that is not printed."""
    ctx = context()

    played = play(flows(ctx)[name], Echo({}))

    assert played.result
    assert leaks(played, ctx) == []


@pytest.mark.parametrize("act", [NemoClient.credits, NemoClient.create_anonymous_token])
def test_a_network_that_fails_tells_no_secret(act: Callable[[NemoClient], Any]) -> None:
    """What httpx says stays visible as the cause, and tells of the request no more than where it went."""

    def service(request: httpx.Request) -> httpx.Response:
        assert SECRET.search(str(request.headers.raw))
        raise httpx.ReadError("reset", request=request)

    http = httpx.Client(transport=httpx.MockTransport(service))
    nemo = NemoClient(
        base_url="https://api.test",
        token=TOKEN,
        client_id=CLIENT_ID,
        http_client=http,
        sleep=lambda _: None,
        now=lambda: 0.0,
    )

    with http, pytest.raises(APIConnectionError) as caught:
        act(nemo)

    cause = caught.value.__cause__
    assert isinstance(cause, httpx.ReadError)
    about = (caught.value, vars(caught.value), cause, cause.request, cause.request.headers.raw)
    assert not SECRET.search("".join(f"{thing!r} {thing}" for thing in about))


def test_a_render_that_failed_for_a_secret_reason() -> None:
    """The reason of a failed render is hushed as any other message, and fit to be printed."""
    ctx = context()
    service = Service({POLL: render("failed", error=f"of {TOKEN}\x1b[31m")})

    played = play(endpoints.wait_for_render(ctx, "r9"), service)

    assert str(played.error).isprintable()
    assert TOKEN not in str(played.error)


def test_a_turn_that_failed_for_a_secret_reason() -> None:
    """An error event is shown without secrets and without control characters."""
    ctx = context()
    stream = told(event(type="error", message=f"of {TOKEN}\x1b[31m"))
    service = Service({ASK_STATE: state(), OPEN_CHAT: stream})

    played = play(turn(ctx, "x"), service)

    assert leaks(played, ctx) == []
    assert played.shown[0].message.isprintable()
