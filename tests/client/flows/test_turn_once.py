"""A message is paid: it is never sent twice unless the first one certainly came to nothing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_client.errors import APIConnectionError, APITimeoutError, NemoError, RateLimited
from nemovideo_client.flows.turn import turn
from support.playbook import Answered, Service, broken, play
from support.replies import (
    ASK_SESSION,
    ASK_STATE,
    ASK_TOKEN,
    BEAT,
    BOOM,
    CALL,
    DONE,
    ONE_TRACK,
    OPEN_CHAT,
    RENEWED,
    SESSION,
    TWO_TRACKS,
    context,
    no,
    reply,
    session,
    state,
    status,
    text,
    token,
    told,
)

ANSWER = told(text("Done."))
FREE: list[Answered] = [
    broken(sent=False),
    APITimeoutError("nobody there", sent=False),
    no(1001),
    status(401),
    no(1002),
    status(429),
    no(429),
]
"""Answers after which nothing can have been charged, and another attempt is allowed."""

failures = st.sampled_from([broken(), APITimeoutError("silence", sent=True)])
pieces = st.sampled_from([BEAT, CALL, DONE, BOOM, text("Hm."), b"\n", b"data: {", b"\xff\xfe"])
waits = st.sampled_from([0.5, 130.0, 299.0, 700.0])
streams = st.lists(pieces | waits | failures, max_size=8).map(lambda drawn: told(*drawn))
refusals = st.builds(
    no,
    st.sampled_from([0, 2001, 4001, 4002, 402, 404, 409, 422, 500, 9999]),
    st.sampled_from(["", "no"]),
    st.sampled_from([200, 202, 403, 404, 408, 418, 500, 503, 504]),
)
paid: st.SearchStrategy[Answered] = st.one_of(
    failures, streams, refusals, st.builds(status, st.sampled_from([200, 302, 408, 500, 502, 504])),
    st.just(reply({"code": 0, "data": None})),
)  # fmt: skip
"""Answers after which the message may have been accepted, or was refused for good."""

states_ = st.lists(
    st.sampled_from(
        [state(ONE_TRACK), state(TWO_TRACKS), broken(), status(500), no(1001), no(1002)]
    ),
    max_size=8,
)
drafts = states_.map(lambda drawn: [state(ONE_TRACK), *drawn, state(ONE_TRACK)])
"""States to look at: one before the message, and then anything."""


def world(opened: Answered | list[Answered], states: list[Any]) -> Service:
    """A service that gives tokens and sessions, and answers a message as told."""
    return Service(
        {
            ASK_TOKEN: token(RENEWED),
            ASK_SESSION: session(SESSION),
            ASK_STATE: list(states),
            OPEN_CHAT: opened,
        }
    )


@given(paid, drafts, st.booleans(), st.booleans())
def test_once_whatever_comes(
    opened: Answered, states: list[Answered], recover: bool, named: bool
) -> None:
    """However the first one ends, there is no second, and nothing raised is a stranger."""
    here = SESSION if named else None

    played = play(turn(context(), "x", recover=recover, session_id=here), world(opened, states))

    assert played.count(OPEN_CHAT) == 1
    assert played.failure is None or isinstance(played.failure, NemoError)


@given(st.sampled_from(FREE), paid, drafts)
def test_once_more_after_a_no_that_is_free(
    first: Answered, opened: Answered, states: list[Answered]
) -> None:
    """After nothing was accepted it may be sent again (where a session is left), and that one is the last."""
    played = play(turn(context(), "x"), world([first, opened, ANSWER], states))

    assert played.count(OPEN_CHAT) in (1, 2)


@pytest.mark.parametrize(
    ("opened", "times"),
    [
        ([broken(sent=False)], 3),
        ([no(1001)], 2),
        ([no(1002)], 2),
        ([status(429)], 2),
        ([status(408)], 1),
        ([status(429, retry_after="604800")], 1),
        ([no(1001), no(1002), status(429), broken(sent=False), ANSWER], 5),
    ],
    ids=["never left", "1001", "1002", "429", "408", "429 for a week", "one after another"],
)
def test_allowed_repeats_are_counted(opened: list[Answered], times: int) -> None:
    """Each remedy is tried as often as its own rule says, and no more."""
    played = play(turn(context(), "x"), world(opened, [state()]))

    assert played.count(OPEN_CHAT) == times


def test_nothing_left_the_house() -> None:
    """No connection at all is raised after the back-offs; there is nothing to recover."""
    played = play(turn(context(), "x"), world(broken(sent=False), [state()]))

    assert isinstance(played.error, APIConnectionError)
    assert played.slept == [0.5, 1]


def test_a_rate_limit_is_waited_for_once() -> None:
    """429 waits 30 s, sends again, and is raised the second time."""
    played = play(turn(context(), "x"), world(status(429), [state()]))

    assert isinstance(played.error, RateLimited)
    assert played.slept == [30]


def test_what_never_left_says_which_call_it_was() -> None:
    """The error names the endpoint, as that of any other call does."""
    played = play(turn(context(), "x"), world(broken(sent=False), [state()]))

    assert getattr(played.error, "endpoint", None) == "POST /run_sse"
