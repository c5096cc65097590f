"""Requests are joined with what came of them."""

from __future__ import annotations

import pytest

from nemovideo_fakeserver.core.journal import Fact
from nemovideo_fakeserver.verify import Exchange, exchanges
from support.facts_of import (
    ACCOUNT,
    CHAT,
    DOWNLOAD,
    OPEN,
    POLL,
    SESSION,
    STATE,
    SUBMIT,
    TOKEN,
    UPLOAD,
    Telling,
    a_film,
)


def kinds(facts: tuple[Fact, ...]) -> list[str]:
    """Return the kinds of facts."""
    return [fact.kind for fact in facts]


def only(line: str, told: Telling) -> Exchange:
    """Return the first exchange on a line."""
    return next(each for each in exchanges(told.facts) if each.line == line)


def test_a_message_has_its_reply_its_frames_its_end_and_its_turn() -> None:
    """All that names the request, and the turn that it set in motion, is found with it."""
    chat = only(CHAT, a_film())

    assert chat.status == 200
    assert chat.code is None
    assert kinds(chat.acts) == ["turn.accepted"]
    assert [frame.what["number"] for frame in chat.frames] == [1, 2, 3, 1, 2]
    assert chat.ended is not None
    assert chat.ended.what["how"] == "end"
    assert chat.faults == ()


def test_a_fault_is_found_with_the_request_it_struck() -> None:
    """A fault names its request by number."""
    first, second = (each for each in exchanges(a_film().facts) if each.line == CHAT)

    assert [fault.what["fault"] for fault in second.faults] == ["f1"]
    assert first.faults == ()


def test_a_request_without_a_reply_says_so() -> None:
    """A request that was never answered has neither status nor code."""
    told = Telling()
    told.asked(STATE)
    (each,) = exchanges(told.facts)

    assert (each.reply, each.status, each.code) == (None, None, None)


@pytest.mark.parametrize("line", [OPEN, CHAT, UPLOAD, STATE, SUBMIT, POLL])
def test_a_request_belongs_to_the_session_it_names_or_makes(line: str) -> None:
    """By its path, by its body, by what it made, or by the render it asks for."""
    told = Telling().connect().upload("a.mp4")
    told.chat("hi")
    told.ask(STATE)
    told.export("render_1", [(1, "processing", 5)])

    assert only(line, told).session == SESSION


@pytest.mark.parametrize("line", [TOKEN, DOWNLOAD])
def test_a_request_that_names_no_session_has_none(line: str) -> None:
    """Neither getting a token nor fetching a file is part of a session."""
    assert only(line, a_film()).session is None


def test_a_token_request_belongs_to_the_account_it_made() -> None:
    """It came without a token; whose it is shows by what it made."""
    token = only(TOKEN, Telling().connect())

    assert token.request.what["account"] is None
    assert token.account == ACCOUNT
    assert kinds(token.acts) == ["account.created", "token.issued"]


def test_what_another_account_did_is_not_joined() -> None:
    """Of two requests that wait, an act goes to the one of its own account."""
    told = Telling()
    mine = told.asked(UPLOAD)
    theirs = told.asked(UPLOAD, account="anon_2")
    told.of_session("upload.stored", filename="mine.mp4")
    told.answered(theirs)
    told.answered(mine)
    one, other = exchanges(told.facts)

    assert kinds(one.acts) == ["upload.stored"]
    assert other.acts == ()


def test_of_two_that_wait_the_later_did_it() -> None:
    """What happens is the deed of the request that is being answered."""
    told = Telling()
    told.asked(UPLOAD)
    told.upload("a.mp4")
    first, second = exchanges(told.facts)

    assert first.acts == ()
    assert kinds(second.acts) == ["upload.stored"]


def test_a_request_that_was_let_go_takes_its_reply_along() -> None:
    """A reply alone is no exchange."""
    told = Telling()
    told.ask(STATE)

    assert exchanges(told.facts[1:]) == []


def test_an_exchange_as_data_holds_all_of_its_facts() -> None:
    """The facts come as number, at, kind and what."""
    data = only(CHAT, a_film()).as_json()

    assert data["session"] == SESSION
    assert data["request"]["what"]["line"] == CHAT
    assert [frame["kind"] for frame in data["frames"]] == ["frame"] * 5
    assert data["reply"]["number"] == data["request"]["number"] + 3
