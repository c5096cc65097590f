"""What a row of a route table says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias

from nemovideo_fakeserver.api.call import Call
from nemovideo_fakeserver.core.variants import Variants
from nemovideo_fakeserver.wire.messages import Reply

Handler: TypeAlias = Callable[[Call], Reply]


@dataclass(frozen=True, kw_only=True)
class Route:
    """One row; `path` has `{name}` where a segment varies.

    `offered` says whether a world that follows these variants has the route at all (None: every one has).
    """

    method: str
    path: str
    scope: str | None
    handler: Handler
    body: Literal["none", "json", "upload"] = "none"
    check: Callable[[Call], None] | None = None
    offered: Callable[[Variants], bool] | None = None

    @cached_property
    def name(self) -> str:
        """Method and path, as the registry of behaviours and the journal call it: one string for all requests."""
        return f"{self.method} {self.path}"

    @property
    def says(self) -> str:
        """What the route does, in a sentence: the first of its handler's own description."""
        return (self.handler.__doc__ or "").strip().partition("\n\n")[0].replace("\n    ", " ")


def route(  # noqa: PLR0913 the columns of a row
    line: str,
    scope: str | None,
    handler: Handler,
    body: Literal["none", "json", "upload"] = "none",
    check: Callable[[Call], None] | None = None,
    *,
    offered: Callable[[Variants], bool] | None = None,
) -> Route:
    """Make a row from `METHOD /path` and the rest."""
    method, path = line.split()
    return Route(
        method=method,
        path=path,
        scope=scope,
        handler=handler,
        body=body,
        check=check,
        offered=offered,
    )
