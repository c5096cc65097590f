"""Accounts, and what people and time do to them; and their books."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from nemovideo_fakeserver.api.control.accounts import MOST
from nemovideo_fakeserver.api.control.refusing import Conflict
from nemovideo_fakeserver.api.openapi import examples
from nemovideo_fakeserver.api.openapi import schema as js
from nemovideo_fakeserver.api.openapi.control.scenarios import told
from nemovideo_fakeserver.api.openapi.operation import (
    Operation,
    json,
    leading,
    leads_to,
    ok,
)
from nemovideo_fakeserver.api.openapi.schema import Schema
from nemovideo_fakeserver.core.account import Kind, Plan
from nemovideo_fakeserver.core.ledger import EntryKind
from nemovideo_fakeserver.core.scopes import SCOPES
from nemovideo_fakeserver.core.variants import Variants

ABOUT = "Accounts, their tokens and credits."

_BALANCE = {"available": js.whole(), "frozen": js.whole()}
_TOKEN = js.record(
    {
        "id": js.text("Its public id"),
        "name": js.text(),
        "value": js.text("The bearer value itself: the fake made it"),
        "scopes": js.each(js.choice(*SCOPES)),
        "created_at": js.date(),
        "expires_at": js.nullable(js.date("Null is never")),
        "state": js.choice("living", "expired", "revoked"),
    }
)
_ENTRY = js.record(
    {
        "at": js.number("Virtual seconds since 1970"),
        "entry": js.choice(*get_args(EntryKind)),
        "amount": js.whole("Credits"),
        "reference": js.text("What it was for"),
        **_BALANCE,
    }
)
SCHEMAS: Mapping[str, Schema] = {
    "Account": js.record(
        {
            "account": js.text("Its id, which never changes"),
            "user_id": js.text("What the API calls its user"),
            "kind": js.choice(*get_args(Kind)),
            "plan": js.choice(*get_args(Plan)),
            "credits": js.ref("Credits"),
            "tokens": js.each(_TOKEN),
            "sessions": js.each(js.text()),
        }
    ),
    "Books": js.record({"account": js.text(), **_BALANCE, "entries": js.each(_ENTRY)}),
}
_AMOUNT = js.record({"credits": js.whole(minimum=1, maximum=MOST)})
_TOKENS = js.record(
    {"token": js.text("One of its tokens, by its id; all unless said")}, optional=("token",)
)
_PLAN = js.record({"plan": js.choice(*get_args(Plan), says="paid unless said")}, optional=("plan",))


def operations(_variants: Variants) -> Mapping[str, Operation]:
    """Describe accounts and their books."""
    account, books = ok(js.ref("Account")), ok(js.ref("Books"))
    one = "/__fake__/accounts/{account}"
    tokens = Operation(
        body=json(_TOKENS, all={}, one={"token": examples.TOKEN_ID}), demanded=False, gives=account
    )
    return {
        "GET /__fake__/accounts": Operation(
            gives=ok(js.record({"accounts": js.each(js.ref("Account"))}))
        ),
        "POST /__fake__/accounts": Operation(
            body=json(told("Account"), rich={"name": "studio", "credits": 25_000}),
            gives=leading(js.ref("Account"), _links(one)),
            refuses=(Conflict,),
        ),
        f"GET {one}": Operation(gives=account),
        f"POST {one}/upgrade": Operation(
            body=json(_PLAN, paid={"plan": "paid"}), demanded=False, gives=account
        ),
        f"POST {one}/grant": Operation(body=json(_AMOUNT, some={"credits": 500}), gives=account),
        f"POST {one}/spend": Operation(
            body=json(_AMOUNT, some={"credits": 40}), gives=account, refuses=(Conflict,)
        ),
        f"POST {one}/expire": tokens,
        f"POST {one}/revoke": tokens,
        "GET /__fake__/ledger": Operation(
            gives=ok(js.record({"ledger": js.each(js.ref("Books"))}))
        ),
        "GET /__fake__/ledger/{account}": Operation(gives=books),
    }


def _links(one: str) -> Mapping[str, Schema]:
    """Lead from a new account to all that can be done to it."""
    acts = ("upgrade", "grant", "spend", "expire", "revoke")
    lines = {"show": f"GET {one}", **{act: f"POST {one}/{act}" for act in acts}}
    lines |= {
        "books": "GET /__fake__/ledger/{account}",
        "reset": "POST /__fake__/reset/accounts/{account}",
    }
    return {name: leads_to(line, account="$response.body#/account") for name, line in lines.items()}
