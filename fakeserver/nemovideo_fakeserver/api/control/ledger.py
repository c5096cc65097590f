"""The books over HTTP: every movement of credits."""

from __future__ import annotations

from typing import Any

from nemovideo_fakeserver.api.call import Call
from nemovideo_fakeserver.api.control.accounts import named
from nemovideo_fakeserver.api.replies import plain
from nemovideo_fakeserver.core.account import Account
from nemovideo_fakeserver.wire.messages import Reply


def every(call: Call) -> Reply:
    """Show every movement of credits in this world."""
    return plain({"ledger": [_books(account) for account in call.world.accounts]})


def one(call: Call) -> Reply:
    """Show every movement of one account's credits."""
    return plain(_books(named(call)))


def _books(account: Account) -> dict[str, Any]:
    return {
        "account": account.uid,
        "available": account.ledger.available,
        "frozen": account.ledger.frozen,
        "entries": [
            {
                "at": entry.at,
                "entry": entry.kind,
                "amount": entry.amount,
                "reference": entry.reference,
                "available": entry.available,
                "frozen": entry.frozen,
            }
            for entry in account.ledger.entries
        ],
    }
