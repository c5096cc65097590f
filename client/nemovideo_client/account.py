"""Who a client is to the service: token, user, and the session it talks in. This changes as it works."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, field

from nemovideo_client.errors import RateLimited, TokenRefused
from nemovideo_client.models import Session, Token

ANONYMOUS = "anon_"
"""How the user id of an anonymous account begins (vendor skill 1.9)."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A refusal of a token that holds `until` some time, in seconds on the client's clock."""

    until: float
    refusal: RateLimited

    def told_at(self, now: float) -> RateLimited:
        """Return the refusal as the service would tell it now."""
        told = copy.copy(self.refusal)
        told.retry_after = self.until - now
        return told


@dataclass(slots=True, kw_only=True)
class Account:
    """`client_id` is asked when a token is needed for the first time; it may read or make a file.

    `named`: the caller named the session, so it is theirs to replace. `language` is what the user last
    wrote in, as far as a conversation noticed. `limit`: why no token is to be had for a while; `refused`:
    how the one that there is was refused meanwhile.
    """

    client_id: Callable[[], str] = field(repr=False)
    token: str | None = field(default=None, repr=False)
    user_id: str | None = field(default=None, repr=False)
    session: Session | None = None
    named: bool = False
    language: str | None = None
    known: list[str] = field(default_factory=list, repr=False)
    limit: Limit | None = None
    refused: TokenRefused | None = field(default=None, repr=False)

    def keep_secret(self, secret: str | None) -> None:
        """Let something never show up in any message."""
        if secret and secret not in self.known:
            self.known.append(secret)

    def adopt(self, token: Token) -> None:
        """Be who this token says. A session of somebody else's is forgotten, unless the caller named it."""
        another = self.user_id != token.user_id or token.user_id is None
        if self.token is not None and another and not self.named:
            self.session = None
        self.limit = self.refused = None
        self.keep_secret(self.token)  # a slower call may still be refused with the old one
        self.token, self.user_id = token.value, token.user_id

    def leave(self, session: Session) -> None:
        """Talk in this session no more, and in a new one when next there is something to say."""
        if self.session is session and not self.named:
            self.session = None

    def enter(self, session: Session) -> None:
        """Talk in this session from now on."""
        self.session, self.named = session, False
        self.user_id = session.user_id or self.user_id

    def learn(self, user_id: str | None) -> None:
        """Take a user id where none is known yet: "from create-session or state" (vendor skill 1.9)."""
        self.user_id = self.user_id or user_id

    @property
    def is_anonymous(self) -> bool:
        """Say whether it is known to be an account that nobody registered."""
        return (self.user_id or "").startswith(ANONYMOUS)

    def secrets(self) -> tuple[str, ...]:
        """Return what must not show up in any message."""
        return tuple(secret for secret in (self.token, *self.known) if secret)
