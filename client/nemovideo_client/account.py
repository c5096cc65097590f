"""Who a client is to the service: token, user, and the session it talks in. This changes as it works."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from nemovideo_client.models import Session, Token

ANONYMOUS = "anon_"
"""How the user id of an anonymous account begins (vendor skill 1.9)."""


@dataclass(slots=True, kw_only=True)
class Account:
    """`client_id` is asked when a token is needed for the first time; it may read or make a file.

    `language` is what the user last wrote in, as far as a conversation noticed.
    """

    client_id: Callable[[], str] = field(repr=False)
    token: str | None = field(default=None, repr=False)
    user_id: str | None = field(default=None, repr=False)
    session: Session | None = None
    language: str | None = None
    known: list[str] = field(default_factory=list, repr=False)

    def identify(self) -> str:
        """Return the client id, which is a secret from then on."""
        client_id = self.client_id()
        self.known.append(client_id)
        return client_id

    def adopt(self, token: Token) -> None:
        """Be who this token says; a session of somebody else's is forgotten."""
        if self.user_id != token.user_id or token.user_id is None:
            self.session = None
        self.token, self.user_id = token.value, token.user_id

    def enter(self, session: Session) -> None:
        """Talk in this session from now on."""
        self.session = session
        self.user_id = session.user_id or self.user_id

    @property
    def is_anonymous(self) -> bool:
        """Say whether it is known to be an account that nobody registered."""
        return (self.user_id or "").startswith(ANONYMOUS)

    def secrets(self) -> tuple[str, ...]:
        """Return what must not show up in any message."""
        return tuple(secret for secret in (self.token, *self.known) if secret)
