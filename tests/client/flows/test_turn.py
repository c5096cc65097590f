"""A chat message: what is shown, what it comes to, and what is said to somebody who waits."""

from __future__ import annotations

from typing import Any

import pytest

from nemovideo_client.errors import (
    APIConnectionError,
    OutOfCredits,
    TurnFailed,
)
from nemovideo_client.events import (
    Failure,
    Heartbeat,
    Notice,
    Text,
    ToolCall,
    ToolResult,
    TurnResult,
)
from nemovideo_client.flows.comparing import read_state
from nemovideo_client.flows.turn import turn
from nemovideo_client.wire.steps import Close, Open, Read, Send
from nemovideo_client.words import STILL_WORKING, Wording
from support.playbook import Answered, Pair, Played, Service, Streamed, broken, play
from support.replies import (
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
    event,
    every,
    no,
    reply,
    state,
    status,
    text,
    token,
    told,
)


def said(*pieces: bytes | float | Exception, **arguments: Any) -> Played[TurnResult]:
    """Play a message whose stream has these pieces, over an unchanging state."""
    service = Service({ASK_STATE: state(), OPEN_CHAT: told(*pieces)})
    return play(turn(context(), "Make a clip", **arguments), service)


def test_one_look_then_one_message() -> None:
    """The state is read first, then the message goes out, once, to the session."""
    script: list[Pair] = [
        (ASK_STATE, state()),
        (OPEN_CHAT, told(text("Done."))),
    ]

    played = play(turn(context(), "Make a clip"), script)

    assert played.result.messages == ("Done.",)
    assert played.bodies(OPEN_CHAT) == [
        {
            "app_name": "nemo_agent",
            "user_id": "me",
            "session_id": SESSION,
            "new_message": {"parts": [{"text": "Make a clip"}]},
        }
    ]


def test_events_are_shown_as_they_come() -> None:
    """Words, tools and heartbeats, in order; the result counts them."""
    played = said(BEAT, CALL, 20.0, DONE, text("Done."))

    call = ToolCall("edit_multitrack", {})
    assert played.shown == [Heartbeat(), call, ToolResult("edit_multitrack", {}), Text("Done.")]
    assert played.result == TurnResult(
        messages=("Done.",), tool_calls=(call,), heartbeats=1, duration=20.0
    )


def test_heartbeats_may_stay_unseen() -> None:
    """They are not shown, but counted."""
    played = said(BEAT, BEAT, text("Done."), heartbeats=False)

    assert played.shown == [Text("Done.")]
    assert played.result.heartbeats == 2


def test_a_stream_may_be_cut_anywhere() -> None:
    """Pieces of a connection are no pieces of events."""
    data = CALL + DONE + text("Done.")

    played = said(*[data[i : i + 1] for i in range(len(data))])

    assert played.result == said(data).result


@pytest.mark.parametrize(
    ("language", "notice"), [("en", STILL_WORKING.en), ("zh-CN", STILL_WORKING.zh)]
)
def test_a_notice_every_two_minutes(language: str, notice: str) -> None:
    """Whoever waits hears every 120 s that it goes on, in the user's language."""
    beats = told(*every(40, BEAT, 10), text("Done."))  # 400 s
    service = Service({ASK_STATE: state(), OPEN_CHAT: beats})

    played = play(turn(context(language=language), "x", heartbeats=False), service)

    assert played.shown == [*[Notice(notice)] * 3, Text("Done.")]


def test_an_error_event_fails_the_turn() -> None:
    """TurnFailed carries what was seen; the state is not asked again, and nothing is read any more."""
    service = Service({ASK_STATE: state(), OPEN_CHAT: told(text("Hm."), BOOM, text("No."))})

    played = play(turn(context(), "x"), service)

    assert isinstance(played.error, TurnFailed)
    assert played.error.turn.messages == ("Hm.",)
    assert played.error.turn.ended == "failed"
    assert played.shown == [Text("Hm."), Failure("boom")]
    assert played.lines == [ASK_STATE, OPEN_CHAT]


def test_without_recovery_there_is_one_request() -> None:
    """`recover=False` asks for no state, whatever becomes of the stream."""
    for pieces, ended in ((DONE, "closed"), (broken(), "dropped")):
        played = said(pieces, recover=False)

        assert played.lines == [OPEN_CHAT]
        assert played.result.ended == ended
        assert not played.result.recovered


def test_request_id() -> None:
    """The result knows what the service calls the request."""
    opened = told(text("Hi."))
    head = reply({}, x_request_id="req-7")
    headers = (*opened.head.headers, *head.headers[1:])
    stream = Streamed(type(head)(status=200, headers=headers), opened.pieces)

    played = play(turn(context(), "x"), [(ASK_STATE, state()), (OPEN_CHAT, stream)])

    assert played.result.request_id == "req-7"


# Silent edits


def test_a_silent_edit_is_told_from_the_state() -> None:
    """Without a word, the states before and after are compared."""
    service = Service({ASK_STATE: [state(ONE_TRACK), state(TWO_TRACKS)], OPEN_CHAT: told(CALL)})

    played = play(turn(context(), "x"), service)

    assert played.result.silent
    assert len(played.result.changes) == 1
    assert "Hi" in played.result.changes[0]
    assert not played.result.recovered
    assert played.slept == []


def test_a_silent_edit_may_take_a_while_to_show() -> None:
    """Three looks, three seconds apart, and no more."""
    later = Service(
        {
            ASK_STATE: [state(), state(), state(), state(ONE_TRACK)],
            OPEN_CHAT: told(CALL, DONE),
        }
    )
    never = Service({ASK_STATE: state(ONE_TRACK), OPEN_CHAT: told(CALL, DONE)})

    shown, silent = (play(turn(context(), "x"), service) for service in (later, never))

    assert (shown.slept, bool(shown.result.changes)) == ([3, 3], True)
    assert (silent.slept, silent.result.changes) == ([3, 3], ())
    assert silent.count(ASK_STATE) == 4


def test_a_look_that_failed_does_not_outweigh_those_that_did_not() -> None:
    """The last look saw the project, and nothing new in it: no message is lost."""
    states: list[Answered] = [state(ONE_TRACK), broken(), state(ONE_TRACK), state(ONE_TRACK)]
    service = Service({ASK_STATE: states, OPEN_CHAT: told(CALL, DONE)})

    played = play(turn(context(max_retries=0), "x"), service)

    assert (played.result.silent, played.result.changes) == (True, ())


def test_new_media_count_as_a_change() -> None:
    """Where the draft stays the same, new media are told."""
    service = Service(
        {
            ASK_STATE: [state(), state(generated_media=[{"url": "https://cdn.test/a.mp4"}])],
            OPEN_CHAT: told(CALL),
        }
    )

    played = play(turn(context(), "x"), service)

    assert played.result.changes == ("✅ New media in the project",)


def test_words_need_no_comparison() -> None:
    """After an answer the state is not read again."""
    assert said(CALL, DONE, text("Done.")).lines == [ASK_STATE, OPEN_CHAT]


# Refusals


def test_out_of_credits_leads_an_anonymous_user_to_registration() -> None:
    """2001 is raised before anything is charged, with the link for this user."""
    played = play(turn(context(), "x"), [(ASK_STATE, state()), (OPEN_CHAT, no(2001, "too dear"))])

    assert isinstance(played.error, OutOfCredits)
    assert played.error.link == "https://nemovideo.com/register?bind=anon_abc123"
    assert played.error.link in str(played.error)
    assert played.error.endpoint == "POST /run_sse"


def test_who_it_is_can_be_learnt_from_the_state() -> None:
    """With a token from the environment nobody knows the user id, until the state before a message tells."""
    ctx = context(user_id=None)

    played = play(turn(ctx, "x"), [(ASK_STATE, state()), (OPEN_CHAT, no(2001))])

    assert isinstance(played.error, OutOfCredits)
    assert ctx.account.user_id == "anon_abc123"
    assert played.error.link == "https://nemovideo.com/register?bind=anon_abc123"


def test_a_state_tells_nothing_of_an_account_that_was_left_for_another() -> None:
    """A reply to the token before may be about its account; the next state is about the new one."""
    ctx = context(user_id=None)
    anew = [(ASK_STATE, no(1001)), (ASK_TOKEN, token(RENEWED, None)), (ASK_STATE, state())]

    play(read_state(ctx, SESSION), anew)

    assert (ctx.account.token, ctx.account.user_id) == (RENEWED, None)


def test_who_it_is_is_asked_where_no_state_was_looked_at() -> None:
    """A message alone says nothing of its user; the question is asked when the answer is needed."""
    script = [(OPEN_CHAT, no(2001)), (ASK_STATE, state())]

    played = play(turn(context(user_id=None), "x", recover=False), script)

    assert isinstance(played.error, OutOfCredits)
    assert played.error.link == "https://nemovideo.com/register?bind=anon_abc123"


def test_a_link_in_the_message_is_not_told_twice() -> None:
    """Where the service's own words lead to registration, they are enough."""
    link = "https://nemovideo.test/register?bind=u1"
    script: list[Pair] = [(ASK_STATE, state()), (OPEN_CHAT, no(2001, f"Register at {link}"))]

    played = play(turn(context(), "x"), script)

    assert isinstance(played.error, OutOfCredits)
    assert played.error.link == link
    assert str(played.error).count("/register") == 1


@pytest.mark.parametrize(("language", "advice"), [("en", "Top up."), ("zh", "请充值。")])
def test_a_registered_user_is_told_how_to_top_up(language: str, advice: str) -> None:
    """In the skill's words; there is nothing to register."""
    ctx = context(user_id="usr_1", top_up=Wording("Top up.", "请充值。"), language=language)

    played = play(turn(ctx, "x"), [(ASK_STATE, state()), (OPEN_CHAT, no(2001))])

    assert isinstance(played.error, OutOfCredits)
    assert (played.error.link, played.error.top_up) == (None, advice)
    assert str(played.error).endswith(advice)


def test_nobody_is_asked_about_without_a_session() -> None:
    """Where neither user nor session are known, the remedy is told without a link."""
    ctx = context(user_id=None, session=None)

    played = play(turn(ctx, "x", session_id="42", recover=False), [(OPEN_CHAT, no(2001))])

    assert isinstance(played.error, OutOfCredits)
    assert played.error.link is None


def test_without_that_the_remedy_has_no_link() -> None:
    """Should the state be refused as well, the error at hand is raised all the same."""
    script = [(OPEN_CHAT, no(2001)), (ASK_STATE, status(500))]

    played = play(turn(context(user_id=None), "x", recover=False), script)

    assert isinstance(played.error, OutOfCredits)
    assert played.error.link is None


def test_an_endless_refusal_is_not_read_to_its_end() -> None:
    """A page without end is read for a megabyte."""
    page = Streamed(status(403), (b"<p>" * 10_000,) * 1_000)

    played = play(turn(context(), "x"), [(ASK_STATE, state()), (OPEN_CHAT, page)])

    assert getattr(played.error, "status", None) == 403
    assert len([step for step in played.steps if type(step).__name__ == "Read"]) < 40


def test_a_refusal_is_closed_before_anything_else_is_asked() -> None:
    """There is one stream at a time, and none is kept open for nothing."""
    script = [(OPEN_CHAT, no(2001)), (ASK_STATE, state())]

    played = play(turn(context(user_id=None), "x", recover=False), script)

    kinds = [type(step) for step in played.steps]
    assert kinds[kinds.index(Open) :] == [Open, Read, Read, Close, Send]


@pytest.mark.parametrize("failure", [broken(), status(503)], ids=["broken", "503"])
def test_a_lost_token_renewal_is_no_lost_message(failure: Any) -> None:
    """A message refused with 1001 was not sent: should the new token not arrive, there is nothing to recover."""
    script = [(ASK_STATE, state()), (OPEN_CHAT, no(1001)), (ASK_TOKEN, failure)]

    played = play(turn(context(), "x"), script)

    assert getattr(played.error, "endpoint", None) == ASK_TOKEN
    assert played.slept == []


def test_a_first_token_that_is_lost_is_no_lost_message() -> None:
    """Without recovery the token is asked for just before the message: its failure is raised."""
    ctx = context(token=None, session="42")

    played = play(turn(ctx, "x", session_id="42", recover=False), [(ASK_TOKEN, broken())])

    assert isinstance(played.error, APIConnectionError)


def test_unknown_events_are_shown() -> None:
    """A kind that no document names is skipped, but not hidden."""
    played = said(event(type="mood", value=1), text("Hi."))

    assert [type(thing).__name__ for thing in played.shown] == ["Unknown", "Text"]
