"""Finding the routes of a path."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from nemovideo_fakeserver.api.route import Route
from nemovideo_fakeserver.core.variants import Variants


@dataclass(frozen=True, slots=True)
class Match:
    """What a path leads to: routes by method, and the decoded variable segments."""

    routes: dict[str, Route]
    params: dict[str, str]

    def offered(self, variants: Variants) -> Match | None:
        """Return what of it a world that follows these variants has; None where that is nothing."""
        for route in self.routes.values():
            if route.offered is not None:
                return self._limited(variants)
        return self

    def _limited(self, variants: Variants) -> Match | None:
        routes = {m: r for m, r in self.routes.items() if r.offered is None or r.offered(variants)}
        return Match(routes, self.params) if routes else None


class Router:
    """Finds the routes of a path. A fixed path is one look-up; the others are compared segment by segment."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self._fixed: dict[str, Match] = {}
        self._varying: dict[int, dict[str, tuple[list[str], dict[str, Route]]]] = {}
        for route in routes:
            if "{" in route.path:
                pattern = route.path.split("/")
                of_length = self._varying.setdefault(len(pattern), {})
                of_length.setdefault(route.path, (pattern, {}))[1][route.method] = route
            else:
                self._fixed.setdefault(route.path, Match({}, {})).routes[route.method] = route

    def find(self, path: str) -> Match | None:
        """Return what the raw path leads to, or None."""
        fixed = self._fixed.get(path)
        if fixed is not None:
            return fixed
        given = path.split("/")
        for pattern, routes in self._varying.get(len(given), {}).values():
            params = _compare(pattern, given)
            if params is not None:
                return Match(routes, params)
        return None


def _compare(pattern: list[str], given: list[str]) -> dict[str, str] | None:
    params = {}
    for want, have in zip(pattern, given, strict=True):
        if want.startswith("{"):
            value = _decoded(have)
            if not value:
                return None
            params[want[1:-1]] = value
        elif want != have:
            return None
    return params


def _decoded(segment: str) -> str | None:
    try:
        return unquote_to_bytes(segment).decode("utf-8") if "%" in segment else segment
    except UnicodeDecodeError:
        return None
