"""The balance."""

from __future__ import annotations

from nemovideo_fakeserver.api.call import Call
from nemovideo_fakeserver.api.replies import success
from nemovideo_fakeserver.wire.messages import Reply


def simple(call: Call) -> Reply:
    """Show what is available, what running operations have frozen, and the sum of both."""
    ledger = call.account.ledger
    available, frozen = ledger.available, ledger.frozen
    return success({"available": available, "frozen": frozen, "total": available + frozen})
