"""Accounts over HTTP: how they stand, and what people and time would do to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from nemovideo_fakeserver.api import fields
from nemovideo_fakeserver.api.call import Call
from nemovideo_fakeserver.api.control import asking
from nemovideo_fakeserver.api.control.refusing import Absent, Malformed
from nemovideo_fakeserver.api.replies import plain
from nemovideo_fakeserver.api.times import iso
from nemovideo_fakeserver.core import stewardship
from nemovideo_fakeserver.core.account import Account, Token
from nemovideo_fakeserver.core.setting import Setting
from nemovideo_fakeserver.wire.messages import Reply

MOST = 1_000_000_000
"""Credits of one movement."""


def every(call: Call) -> Reply:
    """Show all accounts of this world, with the values of their tokens: the fake made them."""
    return plain({"accounts": [shown(call, account) for account in call.world.accounts]})


def one(call: Call) -> Reply:
    """Show one account."""
    return plain(shown(call, named(call)))


def upgrade(call: Call) -> Reply:
    """Register it, `{"plan": "paid"}` unless `"free"` is said; it keeps what it has."""
    account = named(call)
    plan = _body(call, "plan").get("plan", "paid")
    if plan not in ("free", "paid"):
        raise Malformed(f"plan: must be free or paid, not {fields.shown(plan)}")
    stewardship.upgrade(call.world.setting, account, plan)
    return plain(shown(call, account))


def grant(call: Call) -> Reply:
    """Give it `{"credits": n}` more."""
    account = named(call)
    stewardship.grant(call.world.setting, account, _credits(call))
    return plain(shown(call, account))


def spend(call: Call) -> Reply:
    """Take `{"credits": n}` away; 409 when fewer are available."""
    account = named(call)
    stewardship.spend(call.world.setting, account, _credits(call))
    return plain(shown(call, account))


def expire(call: Call) -> Reply:
    """Let its tokens expire now: all of them, or the one that `{"token": id}` names."""
    return _with_tokens(call, stewardship.expire)


def revoke(call: Call) -> Reply:
    """Revoke its tokens: all of them, or the one that `{"token": id}` names."""
    return _with_tokens(call, stewardship.revoke)


def shown(call: Call, account: Account) -> dict[str, Any]:
    """Return an account as JSON has it."""
    books = account.ledger
    return {
        "account": account.uid,
        "user_id": account.user_id,
        "kind": account.kind,
        "plan": account.plan,
        "credits": {
            "available": books.available,
            "frozen": books.frozen,
            "total": books.total,
        },
        "tokens": [_token(token, call.world.setting.now) for token in account.tokens],
        "sessions": [s.id for s in call.world.sessions if s.account is account],
    }


def _with_tokens(call: Call, act: Callable[[Setting, Account, Sequence[Token]], None]) -> Reply:
    account = named(call)
    act(call.world.setting, account, _tokens(call, account))
    return plain(shown(call, account))


def named(call: Call) -> Account:
    """Return the account that the path names."""
    name = call.params["account"]
    account = call.world.accounts.get(name)
    if account is None:
        raise Absent(f"account: there is no {fields.shown(name)} in this world")
    return account


def _body(call: Call, *legal: str) -> dict[str, Any]:
    body = asking.body(call) if call.body else {}
    unknown = sorted(body.keys() - set(legal))
    if unknown:
        raise Malformed(f"{unknown[0][:40]}: unknown; this takes {' and '.join(legal)} alone")
    return body


def _credits(call: Call) -> int:
    body = _body(call, "credits")
    if "credits" not in body:
        raise Malformed('credits: missing; say how many, as in {"credits": 100}')
    return fields.whole(body, "credits", default=0, low=1, high=MOST)


def _tokens(call: Call, account: Account) -> Sequence[Token]:
    body = _body(call, "token")
    if "token" not in body:
        return account.tokens
    found = [token for token in account.tokens if token.id == body["token"]]
    if not found:
        raise Absent(f"token: this account has no {fields.shown(body['token'])}")
    return found


def _token(token: Token, now: float) -> dict[str, Any]:
    expired = token.expires_at is not None and token.expires_at <= now
    return {
        "id": token.id,
        "name": token.name,
        "value": token.value,
        "scopes": list(token.scopes),
        "created_at": iso(token.created_at),
        "expires_at": None if token.expires_at is None else iso(token.expires_at),
        "state": "revoked" if token.revoked else "expired" if expired else "living",
    }
