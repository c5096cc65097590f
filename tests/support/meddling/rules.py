"""What a meddler is told to do, and what it remembers: rules and the requests they were held against."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from nemovideo_fakeserver.wire.messages import Body, Headers, Reply

Instead: TypeAlias = Callable[[], Reply]
"""Makes the reply; the brain behind never sees the request."""

After: TypeAlias = Callable[[Reply], Reply]
"""Changes the reply; the brain behind has acted."""


@dataclass(slots=True, kw_only=True)
class Seen:
    """One request as it came in; `at` is virtual time, `path` without the world, `body` b"" until it is read."""

    method: str
    path: str
    query: str
    headers: Headers
    at: float
    body: Body = b""

    def json(self) -> Any:
        """Return the JSON value of the body."""
        assert isinstance(self.body, bytes), f"{self.body!r} is no JSON"
        return json.loads(self.body)


@dataclass(slots=True, kw_only=True, eq=False)
class Rule:
    """One act of meddling, with how many requests it `matched` and how often it `fired`."""

    line: str
    instead: Instead | None = field(default=None, repr=False)
    after: After | None = field(default=None, repr=False)
    nth: range
    always: bool
    matched: int = 0
    fired: int = 0

    def fires(self, seen: Seen) -> bool:
        """Count the request if it is one of ours, and say whether it is one to meddle with."""
        method, path = self.line.split()
        if method != seen.method or not alike(path, seen.path):
            return False
        self.matched += 1
        return self.always or self.matched in self.nth


def alike(pattern: str, path: str) -> bool:
    """Say whether `path` fits `pattern`, in which `{}` or `{name}` is any segment."""
    wanted, given = pattern.split("/"), path.split("/")
    return len(wanted) == len(given) and all(
        want == have or (want.startswith("{") and bool(have))
        for want, have in zip(wanted, given, strict=True)
    )
