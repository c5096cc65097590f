"""Tokens: which one is used, when a new one is asked for, and how often."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from nemovideo_client.errors import (
    APIConnectionError,
    BadRequest,
    NemoError,
    RateLimited,
    TokenRefused,
)
from nemovideo_client.events import Notice
from nemovideo_client.flows import endpoints
from nemovideo_client.models import Credits
from nemovideo_client.wire.steps import Send, Step
from nemovideo_client.words import ACCOUNT_RENEWED, TOKEN_RENEWED
from support.playbook import MIDNIGHT, Answered, Played, broken, line, play
from support.replies import (
    ASK_CREDITS,
    ASK_SESSION,
    ASK_STATE,
    ASK_TOKEN,
    CLIENT_ID,
    RENEWED,
    SESSION,
    TOKEN,
    context,
    no,
    ok,
    session,
    state,
    status,
    token,
)

BALANCE = ok({"available": 90, "frozen": 10, "total": 100})
NINETY = Credits(available=90, frozen=10, total=100)
WEEK = "604800"
REFUSED = no(1001)


def sent(played: Played[Any], name: str) -> list[str | None]:
    """Return the values of a header in all requests."""
    return [dict(request.headers).get(name) for request in played.requests]


def test_a_token_at_hand_is_used() -> None:
    """With a token there is no asking for another."""
    played = play(endpoints.credits(context()), [(ASK_CREDITS, BALANCE)])

    assert played.result == NINETY
    assert sent(played, "Authorization") == [f"Bearer {TOKEN}"]


def test_without_a_token_an_anonymous_one_is_asked_for_once() -> None:
    """The first call asks for a token under the client id; the next uses it."""
    ctx = context(token=None, user_id=None)

    first = play(endpoints.credits(ctx), [(ASK_TOKEN, token()), (ASK_CREDITS, BALANCE)])
    second = play(endpoints.credits(ctx), [(ASK_CREDITS, BALANCE)])

    assert sent(first, "X-Client-Id") == [CLIENT_ID, None]
    assert sent(first, "Authorization") == [None, f"Bearer {TOKEN}"]
    assert (first.result, second.result) == (NINETY, NINETY)
    assert ctx.account.is_anonymous


def test_a_refused_token_is_replaced_and_the_call_repeated() -> None:
    """1001 gets a new token, once, and the same call with it."""
    played = play(
        endpoints.credits(context()),
        [(ASK_CREDITS, REFUSED), (ASK_TOKEN, token(RENEWED)), (ASK_CREDITS, BALANCE)],
    )

    assert played.result == NINETY
    assert sent(played, "Authorization") == [f"Bearer {TOKEN}", None, f"Bearer {RENEWED}"]


@pytest.mark.parametrize(
    ("before", "notices"),
    [
        ("anon_abc123", []),
        ("anon_other", [Notice(ACCOUNT_RENEWED.en)]),
        (None, [Notice(TOKEN_RENEWED.en)]),
    ],
)
def test_a_new_token_is_told_of_unless_nothing_changes(
    before: str | None, notices: list[Notice]
) -> None:
    """Another account has nothing of the old one; whose a given token was, nobody knows."""
    played = play(
        endpoints.credits(context(user_id=before)),
        [(ASK_CREDITS, REFUSED), (ASK_TOKEN, token(RENEWED)), (ASK_CREDITS, BALANCE)],
    )

    assert played.shown == notices


def test_a_second_refusal_is_final() -> None:
    """1001 for the new token, too, is raised."""
    played = play(
        endpoints.credits(context()),
        [(ASK_CREDITS, REFUSED), (ASK_TOKEN, token(RENEWED)), (ASK_CREDITS, REFUSED)],
    )

    assert isinstance(played.error, TokenRefused)


def test_two_that_are_refused_at_once_ask_for_one_token() -> None:
    """Who waited to be alone finds the token that another one got, and uses it."""
    ctx = context()
    other: list[Played[Credits]] = []

    def meanwhile(asked: str, step: Step) -> Answered:
        if not other:  # the token is refused to both before either renews it
            other.append(
                play(
                    endpoints.credits(ctx),
                    [(ASK_CREDITS, REFUSED), (ASK_TOKEN, token(RENEWED)), (ASK_CREDITS, BALANCE)],
                )
            )
            return REFUSED
        assert asked == ASK_CREDITS
        return BALANCE

    played = play(endpoints.credits(ctx), meanwhile)

    assert played.lines == [ASK_CREDITS, ASK_CREDITS]
    assert (played.result, other[0].result) == (NINETY, NINETY)


def test_two_without_a_token_ask_for_one() -> None:
    """The second to be alone finds a token, and asks for none."""
    ctx = context(token=None)
    first, second = endpoints.credits(ctx), endpoints.credits(ctx)
    alone = [next(first), next(second)]

    for step in alone:
        play(step.flow, lambda asked, _: token(RENEWED) if ctx.account.token is None else None)  # type: ignore[union-attr] # both are Alone

    sends = [first.send(None), second.send(None)]
    assert all(isinstance(step, Send) and line(step) == ASK_CREDITS for step in sends)
    assert ctx.account.token == RENEWED


def test_a_bad_client_id_is_replaced_once() -> None:
    """400 makes a client id, and asks again with it."""
    ctx = context(token=None)

    played = play(
        endpoints.credits(ctx),
        [(ASK_TOKEN, status(400)), (ASK_TOKEN, token()), (ASK_CREDITS, BALANCE)],
    )

    first, second, _ = sent(played, "X-Client-Id")
    assert played.result == NINETY
    assert first == CLIENT_ID
    assert second is not None
    assert len(second) == 36
    assert second != first


def test_a_client_id_that_was_made_stays() -> None:
    """The next token is asked for under the same one: it is this client from then on."""
    ctx = context(token=None)
    script = [
        (ASK_TOKEN, status(400)),
        (ASK_TOKEN, token()),
        (ASK_CREDITS, REFUSED),
        (ASK_TOKEN, token(RENEWED)),
        (ASK_CREDITS, BALANCE),
    ]

    played = play(endpoints.credits(ctx), script)

    _, made, _, again, _ = sent(played, "X-Client-Id")
    assert made is not None
    assert again == made


def test_a_second_bad_client_id_is_final() -> None:
    """400 for a fresh client id is raised."""
    played = play(
        endpoints.credits(context(token=None)), [(ASK_TOKEN, status(400)), (ASK_TOKEN, status(400))]
    )

    assert isinstance(played.error, BadRequest)
    assert played.error.endpoint == ASK_TOKEN


@pytest.mark.parametrize(
    ("refusal", "waits"),
    [
        (status(429), [30.0]),
        (status(429, retry_after="5"), [5.0]),
        (status(429, retry_after="120"), [120.0]),
        (no(429, "slow down"), [30.0]),
    ],
    ids=["unsaid", "5 s", "2 min", "by code"],
)
def test_a_rate_limit_is_waited_for_once(refusal: Answered, waits: list[float]) -> None:
    """429 waits as long as was asked for, else 30 s, and asks again."""
    ctx = context(token=None)
    script = [
        (ASK_TOKEN, refusal),
        *[(f"sleep {wait:g}", None) for wait in waits],
        (ASK_TOKEN, token()),
        (ASK_CREDITS, BALANCE),
    ]

    played = play(endpoints.credits(ctx), script)

    assert played.result == NINETY
    assert played.slept == waits


def test_a_second_rate_limit_is_final() -> None:
    """Another 429 after the wait is raised."""
    script = [(ASK_TOKEN, status(429)), ("sleep 30", None), (ASK_TOKEN, status(429))]

    played = play(endpoints.credits(context(token=None)), script)

    assert isinstance(played.error, RateLimited)


def test_a_token_limit_is_remembered() -> None:
    """Who asks again meanwhile is told how long it still holds, and no request is made."""
    ctx = context(token=None)
    refusal = (ASK_TOKEN, status(429, retry_after=WEEK))
    play(endpoints.credits(ctx), [refusal])
    assert ctx.account.limit is not None
    ctx.account.limit = replace(ctx.account.limit, until=MIDNIGHT + 5)

    early = play(endpoints.credits(ctx), [])
    ctx.account.limit = replace(ctx.account.limit, until=MIDNIGHT)
    later = play(endpoints.credits(ctx), [(ASK_TOKEN, token()), (ASK_CREDITS, BALANCE)])

    assert isinstance(early.error, RateLimited)
    assert early.error.retry_after == 5
    assert later.result == NINETY


def test_a_token_limit_of_a_week_is_not_waited_for() -> None:
    """A wait of seven days is raised at once, with the seconds."""
    played = play(
        endpoints.credits(context(token=None)), [(ASK_TOKEN, status(429, retry_after=WEEK))]
    )

    assert isinstance(played.error, RateLimited)
    assert played.error.retry_after == 604_800
    assert played.slept == []


@pytest.mark.parametrize("failure", [broken(), status(500), status(503)], ids=repr)
def test_a_request_for_a_token_is_not_repeated_once_it_left(failure: Answered) -> None:
    """There is one token in seven days, so a lost one is not asked for again."""
    played = play(endpoints.credits(context(token=None)), [(ASK_TOKEN, failure)])

    assert isinstance(played.error, NemoError)
    assert played.error.endpoint == ASK_TOKEN


def test_a_request_for_a_token_that_never_left_is_repeated() -> None:
    """Not a byte left: after a back-off it is asked for again, twice at most."""
    unsent = broken(sent=False)
    script = [
        (ASK_TOKEN, unsent),
        ("sleep 0.5", None),
        (ASK_TOKEN, unsent),
        ("sleep 1", None),
        (ASK_TOKEN, unsent),
    ]

    played = play(endpoints.credits(context(token=None)), script)

    assert isinstance(played.error, APIConnectionError)


def test_asking_for_a_token_on_purpose() -> None:
    """It is used from then on, and who it belongs to is known; a stranger's session is forgotten."""
    ctx = context(user_id=None)

    played = play(endpoints.create_anonymous_token(ctx), [(ASK_TOKEN, token(RENEWED, "anon_new"))])

    assert played.result.value == RENEWED
    assert (ctx.account.token, ctx.account.user_id) == (RENEWED, "anon_new")
    assert ctx.account.session is None


def test_a_token_refused_while_a_session_is_made() -> None:
    """Making a session, alone already, renews the token by itself."""
    ctx = context(session=None)
    script = [
        (ASK_SESSION, REFUSED),
        (ASK_TOKEN, token(RENEWED)),
        (ASK_SESSION, session()),
        (ASK_STATE, state()),
    ]

    played = play(endpoints.state(ctx), script)

    assert played.result.draft == {}
    assert ctx.account.token == RENEWED


def test_a_session_made_on_purpose_renews_its_token_as_well() -> None:
    """`create_session` is a call like any other: 1001 gets a new token."""
    ctx = context(session=None)
    script = [(ASK_SESSION, REFUSED), (ASK_TOKEN, token(RENEWED)), (ASK_SESSION, session())]

    played = play(endpoints.create_session(ctx, language="zh"), script)

    assert played.result.session_id == SESSION
    assert [body["language"] for body in played.bodies(ASK_SESSION)] == ["zh", "zh"]
