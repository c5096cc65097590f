"""What a client is, whether it blocks or not: an account, and ways to behave."""

from __future__ import annotations

import copy
import inspect
from collections.abc import Callable
from typing import Any, Self, TypeVar

from nemovideo_client.flows.context import Context
from nemovideo_client.models import Session

M = TypeVar("M", bound=Callable[..., Any])


def described(method: M, flow: Callable[..., Any], returns: str, name: str = "") -> M:
    """Give a method the words and the signature of its flow, as a user of the client sees them.

    `name` is the method's where it is not the flow's. `returns` has `{}` where the flow's result stands; a flow's annotations are text, `Flow[Credits]`.
    """
    signature = inspect.signature(flow)
    result = str(signature.return_annotation).removeprefix("Flow[").removesuffix("]")
    own = inspect.Parameter("self", inspect.Parameter.POSITIONAL_OR_KEYWORD)
    parameters = [own, *list(signature.parameters.values())[1:]]
    method.__name__ = name or flow.__name__
    method.__doc__ = flow.__doc__
    vars(method)["__signature__"] = signature.replace(
        parameters=parameters, return_annotation=returns.format(result)
    )
    return method


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
