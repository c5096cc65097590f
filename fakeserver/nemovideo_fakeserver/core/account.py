"""An account and its tokens: who pays, and who may act for them.

Documented: anonymous scopes are read, write and upload (vendor skill 1.8); who registers keeps everything.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from nemovideo_fakeserver.core.ledger import Ledger
from nemovideo_fakeserver.core.refusals import ScopeMissing

Kind: TypeAlias = Literal["anonymous", "registered"]
Plan: TypeAlias = Literal["free", "paid"]


@dataclass(slots=True, kw_only=True, eq=False)
class Account:
    """Whoever pays. `uid` never changes; it is `anon_` and 16 hex digits where it began as an anonymous one.

    An anonymous account is on the free plan; `client` is its client id, if it has one.
    """

    uid: str
    kind: Kind = "anonymous"
    plan: Plan = "free"
    client: str | None = None
    ledger: Ledger = field(default_factory=Ledger)
    tokens: list[Token] = field(default_factory=list, repr=False)

    @property
    def user_id(self) -> str:
        """What the API calls its user: clients tell an anonymous one by `anon_` (documented: 51912643291)."""
        return self.uid if self.kind == "anonymous" else self.uid.replace("anon_", "user_", 1)

    def register(self, plan: Plan = "paid") -> None:
        """Make it a registered account that keeps all it has (documented: 51912643291).

        What its tokens could do as anonymous ones they then may by a scope of their own.
        """
        if self.kind == "anonymous":
            for token in self.tokens:
                if "write" in token.scopes and "render" not in token.scopes:
                    token.scopes = (*token.scopes, "render")
        self.kind, self.plan = "registered", plan


@dataclass(slots=True, kw_only=True, eq=False)
class Token:
    """A bearer token: `value` is the secret, `id` its public name; `expires_at` None is never.

    `address` is where an anonymous token was asked for; it counts against the limits.
    """

    value: str = field(repr=False)
    id: str
    name: str
    account: Account
    scopes: tuple[str, ...]
    created_at: float
    expires_at: float | None
    revoked: bool = False
    address: str | None = None

    def require(self, scope: str) -> None:
        """Raise `ScopeMissing` unless this token has `scope`.

        An anonymous account renders with `write`: its documented scopes have no `render`, and yet
        the documents let it export.
        """
        enough = {scope, "*"}
        if scope == "render" and self.account.kind == "anonymous":
            enough.add("write")
        if enough.isdisjoint(self.scopes):
            raise ScopeMissing(
                f"this token's scopes are {', '.join(self.scopes)}; this needs {scope}"
            )
