"""The balance. Body: public skill page 52127510908; 55942617650 reads it without its wrapper."""

from __future__ import annotations

from typing import Any

from nemovideo_client.models import Credits
from nemovideo_client.wire.calls import fields
from nemovideo_client.wire.messages import Call, Request


def credits() -> Call[Credits]:  # noqa: A001 the endpoint's name; the builtin is the interpreter's credits
    """Ask what is left."""
    return Call(
        endpoint="GET /api/credits/balance/simple",
        request=Request(method="GET", url="/api/credits/balance/simple"),
        read=_credits,
        repeat="safe",
    )


def _credits(data: Any) -> Credits:
    available = _amount(data, "available")
    if available is None:
        raise KeyError("available")
    frozen = _amount(data, "frozen") or 0
    total = _amount(data, "total")
    return Credits(
        available=available,
        frozen=frozen,
        total=available + frozen if total is None else total,
    )


def _amount(data: Any, name: str) -> int | None:
    """Return an amount; a negative one is nothing to spend (54183061932)."""
    amount = fields.whole(data, name)
    return None if amount is None else max(0, amount)
