"""Who there should be: accounts with their credits, tokens, and the limits on new ones."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

WEEK = 7 * 86_400.0
PATIENCE = 30.0


@dataclass(slots=True)
class Token:
    """A token that was issued: its `value` is the secret, `expires_at` None is never.

    `asked_at` is when it was asked for as an anonymous one, which counts against the limits.
    """

    id: str
    value: str
    account: str
    scopes: tuple[str, ...]
    expires_at: float | None
    revoked: bool = False
    asked_at: float | None = None

    def state(self, now: float) -> str:
        """Return how it stands: living, expired or revoked."""
        if self.revoked:
            return "revoked"
        return "expired" if self.expires_at is not None and self.expires_at <= now else "living"


@dataclass(slots=True)
class Person:
    """An account. What its turns have frozen is in `holds`, by turn."""

    uid: str
    kind: str = "anonymous"
    plan: str = "free"
    granted: int = 0
    spent: int = 0
    holds: dict[str, int] = field(default_factory=dict)
    filled_at: float | None = None
    tokens: list[Token] = field(default_factory=list)

    @property
    def frozen(self) -> int:
        """What unfinished turns have reserved."""
        return sum(self.holds.values())

    @property
    def available(self) -> int:
        """What may still be spent: the law of the ledger."""
        return self.granted - self.spent - self.frozen

    def fill_up(self, to: int, now: float) -> None:
        """Grant the free credits, once a week and up to a sum."""
        lately = self.filled_at is not None and self.filled_at > now - WEEK
        if not lately and self.available + self.frozen < to:
            self.granted += to - self.available - self.frozen
            self.filled_at = now

    def register(self, plan: str) -> None:
        """Become a registered account; tokens that could render can still."""
        if self.kind == "anonymous":
            for token in self.tokens:
                if "write" in token.scopes and "render" not in token.scopes:
                    token.scopes = (*token.scopes, "render")
        self.kind, self.plan = "registered", plan

    def may(self, token: Token, scope: str) -> bool:
        """Say whether a token of this account has a scope."""
        as_good = {scope, "*"} | (
            {"write"} if scope == "render" and self.kind == "anonymous" else set()
        )
        return bool(as_good & set(token.scopes))


@dataclass(slots=True)
class Limit:
    """At most `most` tokens for a key in `seconds`; None is no limit."""

    most: int | None
    seconds: float
    issued: dict[str, list[float]] = field(default_factory=dict)

    def wait(self, key: str, now: float) -> int:
        """Return the whole seconds until the next one."""
        if self.most is None:
            return 0
        if self.most == 0:
            return math.ceil(self.seconds)
        recent = sorted(at for at in self.issued.get(key, ()) if at + self.seconds > now)
        return math.ceil(recent[-self.most] + self.seconds - now) if len(recent) >= self.most else 0

    def count(self, key: str, at: float) -> None:
        """Note that one was issued."""
        self.issued.setdefault(key, []).append(at)


@dataclass(slots=True)
class SecondChance:
    """Who was refused and comes again half a minute later is let through."""

    refused: dict[str, float] = field(default_factory=dict)

    def wait(self, key: str, now: float) -> int:
        """Return the whole seconds for which one who would be refused is refused still."""
        left = self.refused.setdefault(key, now) + PATIENCE - now
        if left > 0:
            return math.ceil(left)
        del self.refused[key]
        return 0
