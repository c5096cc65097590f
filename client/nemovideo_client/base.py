"""What a client is, whether it blocks or not: an account, and ways to behave."""

from __future__ import annotations

import copy
from typing import Any, Self

from nemovideo_client.flows.context import Context
from nemovideo_client.models import Session


class BaseClient:
    """Holds what its calls share. Copies made by `with_options` share the account and the connections."""

    _context: Context

    @property
    def session(self) -> Session | None:
        """The session this client talks in; None before the first call that needs one."""
        return self._context.account.session

    @session.setter
    def session(self, session: Session | None) -> None:
        self._context.account.session = session

    @property
    def user_id(self) -> str | None:
        """The account's user id, as far as it is known."""
        return self._context.account.user_id

    @property
    def token(self) -> str | None:
        """The token in use: a secret."""
        return self._context.account.token

    def with_options(self, **changes: Any) -> Self:
        """Return a client that behaves otherwise (see `Options`), on the same account and connections."""
        other = copy.copy(self)
        vars(other)["_context"] = self._context.with_options(**changes)
        return other

    def __repr__(self) -> str:
        """Name the service and the session, and nothing secret."""
        session = self.session.session_id if self.session else None
        return f"<{type(self).__name__} {self._context.options.base_url} session={session}>"
