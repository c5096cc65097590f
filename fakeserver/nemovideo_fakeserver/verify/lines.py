"""The line of a query held against the route and the path of a request."""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import lru_cache

from nemovideo_fakeserver.verify.comparing import COMPARED, Point
from nemovideo_fakeserver.verify.exchanges import Exchange


def line_point(line: str, exchange: Exchange) -> Point:
    """Return whether `line` names the route of a request, or its method and path as they came."""
    close = max(_closeness(line, had[:COMPARED]) for had in (exchange.line, exchange.asked))
    return Point(field="line", expected=line, was=exchange.line, fits=close == 1.0, closeness=close)


@lru_cache(maxsize=1_024)
def _closeness(line: str, had: str) -> float:
    """Return 1 where they agree; else the method counts a quarter and the path the rest, less."""
    method, _, path = line.partition(" ")
    had_method, _, had_path = had.partition(" ")
    same_method = method == "*" or method.upper() == had_method.upper()
    if same_method and _alike(path, had_path):
        return 1.0
    near = 1.0 if _alike(path, had_path) else SequenceMatcher(None, path, had_path).ratio()
    return 0.9 * (0.25 * same_method + 0.75 * near)


def _alike(pattern: str, path: str) -> bool:
    """Say whether `path` fits `pattern`, in which `{}` or `{name}` is any segment."""
    wanted, given = pattern.split("/"), path.split("/")
    return len(wanted) == len(given) and all(
        want == have or (want[:1] == "{" and want[-1:] == "}" and bool(have))
        for want, have in zip(wanted, given, strict=True)
    )
