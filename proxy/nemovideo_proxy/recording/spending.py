"""How much a recording may cost: asks for the balance before each paid call, and stops before the limit.

The law:

* A paid call counts as PRESUMED credits from the moment it is let through until a balance that was read
  after its end says otherwise.
* A call that could take the sum over the limit is not let through.
* Credits count per account: what a fresh account holds is not what an old one got back.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from nemovideo_proxy.model import Request
from nemovideo_proxy.recording.marked import Marked

PRESUMED = 100
"""Credits that a paid call counts until it is known."""

PAID = frozenset((("POST", "/run_sse"),))
"""The calls that freeze credits: messages to the agent. Renders are free (the public documents)."""

BALANCE = "/api/credits/balance/simple"


@dataclass(slots=True)
class _Account:
    first: float
    last: float
    presumed: int = 0

    @property
    def spent(self) -> float:
        return max(0.0, self.first - self.last) + self.presumed * PRESUMED


@dataclass(slots=True)
class _Turn:
    message: str
    account: str


@dataclass(slots=True)
class Guard:
    """What has been spent, and what is underway; `limit` in credits, None for any."""

    limit: float | None = None
    allow_resend: bool = False
    calls: int = 0
    _accounts: dict[str, _Account] = field(default_factory=dict)
    _turns: dict[str, _Turn] = field(default_factory=dict)
    _running: dict[int, tuple[str, str]] = field(default_factory=dict)

    @property
    def spent(self) -> float:
        """Credits: known ones, and the presumed ones of calls no balance has settled."""
        return sum(account.spent for account in self._accounts.values())

    def is_paid(self, request: Request) -> bool:
        """Say whether a request freezes credits."""
        return (request.method, request.url.partition("?")[0]) in PAID

    def balance_request(self, request: Request) -> Request:
        """Return the guard's own question, asked as whoever makes `request`."""
        dropped = ("content-length", "content-type", "transfer-encoding", "accept", "host")
        kept = tuple(pair for pair in request.headers if pair[0].lower() not in dropped)
        return Request(method="GET", url=BALANCE, headers=(*kept, ("Accept", "application/json")))

    def heard(self, request: Request, status: int, body: bytes) -> bool:
        """Take the balance from a reply, whoever asked for it; says whether there was one."""
        available = _available(body) if status == 200 else None
        if available is None:
            return False
        who = _account_of(request)
        if who not in self._accounts:
            self._accounts[who] = _Account(available, available)
            return True
        account = self._accounts[who]
        account.last = available
        account.presumed = sum(1 for _, theirs in self._running.values() if theirs == who)
        return True

    def refusal(self, request: Request) -> Marked | None:
        """Return why a paid call is not let through, or None; the balance must have been heard before."""
        if self.limit is None:
            return None
        if not self.allow_resend and (again := self._resent(request)) is not None:
            return again
        if _account_of(request) not in self._accounts:
            return self._refused("the balance could not be read, so nobody knows what this costs")
        if self.spent + PRESUMED > self.limit:
            return self._refused(
                f"{self.spent:g} of {self.limit:g} credits are spent, and a message counts as {PRESUMED} "
                "until the balance says otherwise: record on with a larger --max-credits"
            )
        return None

    def begun(self, number: int, request: Request) -> None:
        """Note that the paid call `number` was let through."""
        self.calls += 1
        who, session, message = _account_of(request), *_said(request)
        if who in self._accounts:
            self._accounts[who].presumed += 1
        self._running[number] = (session, who)
        self._turns[session] = _Turn(message, who)

    def ended(self, number: int, *, whole: bool) -> None:
        """Note that its reply ended. Of one that broke off, the turn may still run: it is not forgotten."""
        session, _ = self._running.pop(number, ("", ""))
        if whole:
            self._turns.pop(session, None)

    def _resent(self, request: Request) -> Marked | None:
        session, message = _said(request)
        turn = self._turns.get(session)
        if turn is None or turn.message != message:
            return None
        return Marked(
            why="resend",
            sentence="the same message was sent to this session before, and its turn has not been seen to "
            "end: sending it again may be paid twice; --allow-resend lets it through",
        )

    def _refused(self, why: str) -> Marked:
        return Marked(
            why="budget", sentence=why, facts=(("spent", self.spent), ("limit", self.limit))
        )


def _account_of(request: Request) -> str:
    """Return who asks, without keeping the token."""
    return hashlib.sha256((request.header("authorization") or "").encode()).hexdigest()


def _available(body: bytes) -> float | None:
    try:
        data: Any = json.loads(body)["data"]
        return float(data["available"])
    except (ValueError, KeyError, TypeError):
        return None


def _said(request: Request) -> tuple[str, str]:
    """Return the session of a message and, as a hash, what it says."""
    body = request.body if isinstance(request.body, bytes) else b""
    try:
        asked: Any = json.loads(body)
        session = str(asked.get("session_id") or asked.get("sessionId") or "")
        said = json.dumps(asked.get("new_message") or asked.get("newMessage"), sort_keys=True)
    except (ValueError, AttributeError):
        session, said = "", body.decode("latin-1")
    return session, hashlib.sha256(said.encode()).hexdigest()
