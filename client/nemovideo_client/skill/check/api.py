"""The documented API: hosts and endpoints, each with its source, and the one that is nearest to a wrong one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from nemovideo_client.skill.check.marks import MARK

HOST = "mega-api-prod.nemovideo.ai"
OLD_HOSTS = frozenset({"mega-api-dev.nemovideo.ai", "mega-api.nemovideo.ai"})
"""Printed by the vendor's skill up to 1.5, and for half an hour of 1.6."""

WEB_HOSTS = frozenset({"nemovideo.com", "nemovideo.ai", "www.nemovideo.com", "www.nemovideo.ai", "dev.nemovideo.ai"})  # fmt: skip

ALL = "all four skills: endpoints"
REFERENCE = "7fe0b89 api-reference (52127510908)"
README = "27ce8fe README (51880699555)"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A documented endpoint; `old` if only the first version of the vendor's skill had it."""

    name: str
    method: str
    path: str
    source: str
    old: bool = False

    @property
    def line(self) -> str:
        """Method and path."""
        return f"{self.method} {self.path}"


ENDPOINTS = (
    Endpoint("anonymous-token", "POST", "/api/auth/anonymous-token", ALL),
    Endpoint("claim-token", "POST", "/api/auth/claim-token", "7d8899f SKILL 1.9"),
    Endpoint("session", "POST", "/api/tasks/{user}/with-session/nemo_agent", ALL),
    Endpoint("message", "POST", "/run_sse", ALL),
    Endpoint("upload", "POST", "/api/upload-video/nemo_agent/{user}/{session}", ALL),
    Endpoint("credits", "GET", "/api/credits/balance/simple", ALL),
    Endpoint("state", "GET", "/api/state/nemo_agent/{user}/{session}/latest", ALL),
    Endpoint("render", "POST", "/api/render/proxy/lambda", ALL),
    Endpoint("poll", "GET", "/api/render/proxy/lambda/{render}", ALL),
    Endpoint("cancel", "POST", "/api/render/proxy/lambda/{render}/cancel", REFERENCE),
    Endpoint("download", "GET", "/api/render/proxy/{render}/download", REFERENCE),
    Endpoint("download", "HEAD", "/api/render/proxy/{render}/download", REFERENCE),
    Endpoint("render", "POST", "/api/render/proxy/draft", README, old=True),
    Endpoint("poll", "GET", "/api/render/proxy/{render}", README, old=True),
    Endpoint("tokens", "POST", "/api/tokens", README),
    Endpoint("tokens", "GET", "/api/tokens", README),
    Endpoint("tokens", "POST", "/api/tokens/{token}/revoke", README),
)


_OPEN = re.compile(rf"{MARK.pattern}|\$\{{?\w|<[^>]*>|\{{[^}}]*\}}|^:\w|\*$")
"""How a value is written that has a place in a path."""

REMEMBERED = 4096
"""Paths whose endpoints are looked up once; a document repeats its own."""


def is_nemo(host: str) -> bool:
    """Say whether a host is one of NemoVideo's, documented or not."""
    name = host.partition(":")[0].lower()
    return name.endswith((".nemovideo.ai", ".nemovideo.com")) or name in WEB_HOSTS


@lru_cache(REMEMBERED)
def segments(path: str) -> tuple[str, ...]:
    """Return the segments of a path; `*` where a value has its place."""
    return tuple("*" if _is_open(part) else part for part in path.strip("/").split("/"))


def _is_open(part: str) -> bool:
    return _OPEN.search(part) is not None


_FIXED = frozenset({"lambda", "draft"})
"""Where an old path has a render's id, the present one has one of these."""


def _fits(path: tuple[str, ...], endpoint: Endpoint, *, loosely: bool) -> bool:
    documented = segments(endpoint.path)
    if len(path) != len(documented):
        return False
    return all(
        given == wanted or (wanted == "*" and given not in _FIXED) or (loosely and given == "*")
        for given, wanted in zip(path, documented, strict=True)
    )


@lru_cache(REMEMBERED)
def at(path: str) -> tuple[Endpoint, ...]:
    """Return the endpoints at a path, whatever the method; literally documented ones go first."""
    given = segments(path)
    found = [one for one in ENDPOINTS if _fits(given, one, loosely=False)] or [
        one for one in ENDPOINTS if _fits(given, one, loosely=True)
    ]
    return tuple(sorted(found, key=lambda one: segments(one.path).count("*")))


def find(method: str, path: str) -> Endpoint | None:
    """Return the endpoint for a request, or None."""
    return next((one for one in at(path) if one.method == method), None)


def begins(path: str) -> bool:
    """Say whether a path is the beginning of a documented one, as prose may name it."""
    given = segments(path)
    return any(_begins(given, segments(one.path)) for one in ENDPOINTS)


def _begins(given: tuple[str, ...], documented: tuple[str, ...]) -> bool:
    pairs = zip(given, documented, strict=False)
    return len(given) < len(documented) and all(wanted in (own, "*") for own, wanted in pairs)


@lru_cache(REMEMBERED)
def nearest(method: str, path: str) -> Endpoint:
    """Return the documented endpoint that is most like a wrong one."""
    import difflib

    given = "/".join(segments(path))

    def likeness(endpoint: Endpoint) -> float:
        documented = "/".join(segments(endpoint.path))
        same = difflib.SequenceMatcher(None, given[:200], documented, autojunk=False).ratio()
        return same + 0.05 * (endpoint.method == method) - 0.2 * endpoint.old

    return max(ENDPOINTS, key=likeness)


def methods(endpoints: Sequence[Endpoint]) -> Iterator[str]:
    """Give the methods of endpoints, each once."""
    yield from dict.fromkeys(endpoint.method for endpoint in endpoints)
