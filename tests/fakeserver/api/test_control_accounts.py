"""Accounts over HTTP: how they stand, and what people and time would do to them; and their books."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from nemovideo_fakeserver import EPOCH, Fake
from support.caller import Caller
from support.faulty import kinds_of
from support.stage import bearer
from support.wire import refusal, refused

ACCOUNTS = "/__fake__/accounts"


def steer(caller: Caller, act: str, body: Any = None) -> httpx.Response:
    """Do something to the caller's account."""
    return caller.http.post(f"{ACCOUNTS}/{caller.uid}/{act}", json=body)


def test_an_account_is_shown_with_all_it_has(caller: Caller) -> None:
    """Who it is, its credits, its tokens with their values, and its sessions."""
    shown = caller.http.get(f"{ACCOUNTS}/{caller.uid}").json()

    (token,) = shown.pop("tokens")
    assert shown == {
        "account": caller.uid,
        "user_id": caller.uid,
        "kind": "anonymous",
        "plan": "free",
        "credits": {"available": 100, "frozen": 0, "total": 100},
        "sessions": [caller.session],
    }
    assert token.pop("id").startswith("tok_")
    assert token == {
        "name": "anonymous",
        "value": bearer(caller),
        "scopes": ["read", "write", "upload"],
        "created_at": "2033-03-03T03:33:33Z",
        "expires_at": "2033-03-10T03:33:33Z",
        "state": "living",
    }


def test_all_accounts_are_shown(caller: Caller) -> None:
    """In the order in which they came."""
    other = Caller(caller.http).connect("another")

    shown = caller.http.get(ACCOUNTS).json()["accounts"]

    assert [account["account"] for account in shown] == [caller.uid, other.uid]


@pytest.mark.parametrize(
    "act", ["", "/upgrade", "/grant", "/spend", "/expire", "/revoke"], ids=lambda act: act or "show"
)
def test_nobody_is_not_found(http: httpx.Client, act: str) -> None:
    """An id that no account has is named."""
    ask = http.post if act else http.get

    no = refused(ask(f"{ACCOUNTS}/anon_0{act}"))

    assert no == (404, 'account: there is no "anon_0" in this world')


def test_who_registers_keeps_everything(caller: Caller) -> None:
    """Session, draft, credits and token; under its new user id, while the old one still means it."""
    caller.say("edit 20")
    old, before = caller.uid, caller.state()

    shown = steer(caller, "upgrade").json()

    assert (shown["kind"], shown["plan"]) == ("registered", "paid")
    assert shown["user_id"] == old.replace("anon_", "user_")
    assert caller.state() == before
    assert caller.balance()["total"] == 50
    for user in (old, shown["user_id"], "me"):
        path = f"/api/state/nemo_agent/{user}/{caller.session}/latest"
        assert caller.get(path).json()["data"]["user_id"] == shown["user_id"]
    for id_ in (old, shown["user_id"]):
        assert caller.http.get(f"{ACCOUNTS}/{id_}").json()["account"] == old
    again = caller.post("/api/tasks/me/with-session/nemo_agent", {"task_name": "x"})
    assert again.json()["data"]["user_id"] == shown["user_id"]


def test_a_client_that_asks_again_gets_its_registered_account(fake: Fake, caller: Caller) -> None:
    """After its token has expired."""
    steer(caller, "upgrade", {"plan": "free"})
    fake.clock.jump(8 * 86_400)

    again = Caller(caller.http).identify()

    assert again.uid == caller.uid.replace("anon_", "user_")
    assert caller.http.get(ACCOUNTS).json()["accounts"][0]["plan"] == "free"


def test_a_registered_account_may_export_where_the_free_plan_may_not(variant: Any) -> None:
    """That is what one registers for."""
    caller = variant(free_plan_export="block")
    caller.say("edit 20")

    refused = caller.submit("r1").status_code
    steer(caller, "upgrade", {"plan": "paid"})

    assert (refused, caller.submit("r1").status_code) == (402, 200)


def test_credits_come_and_go(caller: Caller) -> None:
    """The replies show how it stands then, and the books have each movement."""
    given = steer(caller, "grant", {"credits": 25}).json()["credits"]
    taken = steer(caller, "spend", {"credits": 120}).json()["credits"]

    assert (given["available"], taken["available"]) == (125, 5)
    assert caller.balance()["available"] == 5
    entries = caller.http.get(f"/__fake__/ledger/{caller.uid}").json()["entries"]
    assert [(e["entry"], e["amount"], e["reference"]) for e in entries] == [
        ("grant", 100, "anonymous token"),
        ("grant", 25, "steered"),
        ("spend", 120, "steered"),
    ]


def test_more_than_there_is_cannot_be_spent(caller: Caller) -> None:
    """As things stand it cannot be done, and nothing has changed."""
    no = refused(steer(caller, "spend", {"credits": 101}))

    assert no[0] == 409
    assert caller.balance()["available"] == 100


@pytest.mark.parametrize("act", ["grant", "spend"])
@pytest.mark.parametrize(
    ("body", "says"),
    [
        (None, 'credits: missing; say how many, as in {"credits": 100}'),
        ({"credits": 0}, "credits: must be a whole number from 1 to 1000000000, not 0"),
        ({"credits": 1.5}, "not 1.5"),
        ({"credits": True}, "not true"),
        ({"credits": 10**10}, "not 10000000000"),
        ({"credit": 1}, "credit: unknown; this takes credits alone"),
    ],
    ids=str,
)
def test_credits_are_whole_and_some(caller: Caller, act: str, body: Any, says: str) -> None:
    """Anything else is refused, and says what would do."""
    status, message = refused(steer(caller, act, body))

    assert status == 400
    assert says in message
    assert caller.balance()["available"] == 100


@pytest.mark.parametrize(
    ("act", "body", "says"),
    [
        ("upgrade", {"plan": "gold"}, 'plan: must be free or paid, not "gold"'),
        ("upgrade", {"pla": "paid"}, "pla: unknown; this takes plan alone"),
        ("expire", {"token": "tok_0"}, 'token: this account has no "tok_0"'),
        ("revoke", {"token": 5}, "token: this account has no 5"),
    ],
)
def test_what_makes_no_sense_changes_nothing(
    caller: Caller, act: str, body: Any, says: str
) -> None:
    """The error says what would."""
    before = caller.http.get(ACCOUNTS).json()

    assert refused(steer(caller, act, body))[1] == says
    assert caller.http.get(ACCOUNTS).json() == before


@pytest.mark.parametrize(
    ("act", "state", "says"),
    [("expire", "expired", "token has expired"), ("revoke", "revoked", "token has been revoked")],
)
def test_tokens_end_when_told(fake: Fake, caller: Caller, act: str, state: str, says: str) -> None:
    """One that is named, or all; whoever shows one then hears why it is refused."""
    other = caller.post("/api/tokens", {"name": "other"}).json()["data"]

    shown = steer(caller, act, {"token": other["id"]}).json()["tokens"]
    assert [token["state"] for token in shown] == ["living", state]
    shown = steer(caller, act).json()["tokens"]

    assert [token["state"] for token in shown] == [state, state]
    assert says in refusal(caller.get("/api/credits/balance/simple"))[2]
    ended = [fact["token"] for fact in kinds_of(fake, f"token.{state}")]
    assert ended == [other["id"], shown[0]["id"]]


def test_the_books_are_those_of_all(fake: Fake, rich: Caller) -> None:
    """Every movement with its time, what it is for, and what was left."""
    other = Caller(rich.http).connect("another")
    fake.clock.jump(5)
    rich.say("edit 20")

    books = rich.http.get("/__fake__/ledger").json()["ledger"]

    assert [one["account"] for one in books] == [rich.uid, other.uid]
    turn = {"amount": 50, "reference": f"{rich.session}/1", "available": 950}
    assert books[0]["entries"][2:] == [
        {"at": EPOCH + 5, "entry": "freeze", "frozen": 50, **turn},
        {"at": EPOCH + 25, "entry": "settle", "frozen": 0, **turn},
    ]
    assert (books[0]["available"], books[0]["frozen"]) == (950, 0)


def test_worlds_do_not_share_accounts(fake: Fake, caller: Caller) -> None:
    """An account of one is nobody in another."""
    reply = caller.http.get(f"/~other/{ACCOUNTS.lstrip('/')}/{caller.uid}")

    assert reply.status_code == 404
    assert caller.http.get("/~other/__fake__/accounts").json() == {"accounts": []}
