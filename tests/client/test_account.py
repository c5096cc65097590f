"""The account: who the service takes a client for, and what it keeps to itself."""

from __future__ import annotations

import pytest

from nemovideo_client.account import Account
from nemovideo_client.models import Session, Token

HERE = Session(session_id="7", task_id="t", user_id="anon_1")


def account(user_id: str | None = "anon_1") -> Account:
    """An account in a session."""
    return Account(
        client_id=lambda: "cid-SECRET", token="old-SECRET", user_id=user_id, session=HERE
    )


@pytest.mark.parametrize(
    ("before", "after", "session"),
    [
        ("anon_1", "anon_1", HERE),
        ("anon_1", "anon_2", None),
        (None, "anon_1", None),
        ("anon_1", None, None),
        (None, None, None),
    ],
)
def test_adopting_a_token(before: str | None, after: str | None, session: Session | None) -> None:
    """The session stays only if it is certainly the same user's."""
    one = account(before)

    one.adopt(Token(value="new", user_id=after))

    assert (one.token, one.user_id, one.session) == ("new", after, session)


@pytest.mark.parametrize(("told", "known"), [("u_9", "u_9"), (None, "anon_1")])
def test_entering_a_session(told: str | None, known: str) -> None:
    """It may tell who the user is; where it does not, what was known stays."""
    one = account()

    one.enter(Session(session_id="8", user_id=told))

    assert one.session == Session(session_id="8", user_id=told)
    assert one.user_id == known


@pytest.mark.parametrize(
    ("known", "told", "then"),
    [(None, "anon_2", "anon_2"), ("anon_1", "anon_2", "anon_1"), ("anon_1", None, "anon_1")],
)
def test_what_else_tells_the_user_is_believed_where_nothing_did(
    known: str | None, told: str | None, then: str
) -> None:
    """A token or a new session knows better than a state."""
    one = account(known)

    one.learn(told)

    assert one.user_id == then


@pytest.mark.parametrize(
    ("user_id", "anonymous"), [("anon_1", True), ("usr_1", False), (None, False), ("", False)]
)
def test_anonymity(user_id: str | None, anonymous: bool) -> None:
    """Known by the beginning of the user id."""
    assert account(user_id).is_anonymous is anonymous


def test_secrets() -> None:
    """The token, those before it, and what was to be kept secret; nothing empty, and none of it printed."""
    one = account()

    assert one.secrets() == ("old-SECRET",)
    for secret in ("cid-SECRET", "cid-SECRET", "", None):
        one.keep_secret(secret)
    assert one.secrets() == ("old-SECRET", "cid-SECRET")
    one.adopt(Token(value="new-SECRET"))
    assert one.secrets() == ("new-SECRET", "cid-SECRET", "old-SECRET")
    assert "SECRET" not in repr(one)
    assert Account(client_id=str).secrets() == ()


def test_values_keep_their_secrets() -> None:
    """A token's value and users' ids stay out of `repr`."""
    assert "SECRET" not in repr(Token(value="SECRET", user_id="SECRET"))
    assert "anon_1" not in repr(HERE)
