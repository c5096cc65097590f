"""How a client behaves: what does not change while it works."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import Any
from urllib.parse import urlsplit

from nemovideo_client.skill.attribution import Attribution
from nemovideo_client.words import CONNECTING, READY, Wording

BASE_URL = "https://mega-api-prod.nemovideo.ai"
"""Where the service lives (all four skills, "API base"); `NEMO_API_URL` overrides it."""

DETECTED = "detected"
"""A session language: whatever the user writes in (`topmediai-ai-music-generator`)."""

WEB_URL = "https://nemovideo.com"
"""Where links for people lead (vendor skill 1.9); `NEMO_WEB_URL` overrides it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Every knob; times in seconds.

    `timeout` bounds connecting, writing and waiting for an ordinary answer. A stream may be silent for
    `idle_timeout` (a heartbeat is not silence), bring nothing but heartbeats for `heartbeat_timeout`,
    and last `stream_timeout`; limits are looked at when something arrives. A render is polled every
    `poll_interval`, at most `max_polls` times (None: for as long as it takes). `max_retries` counts
    repetitions of what is safe to repeat. `language` is the user's (None: the one last written in), and
    `session_language` what a new session is told: a tag, None for nothing, or `detected` for the user's.
    """

    base_url: str = BASE_URL
    web_url: str = WEB_URL
    attribution: Attribution | None = None
    timeout: float = 60.0
    max_retries: int = 2
    idle_timeout: float = 300.0
    heartbeat_timeout: float = 600.0
    stream_timeout: float = 900.0
    poll_interval: float = 30.0
    max_polls: int | None = 10
    language: str | None = None
    session_language: str | None = DETECTED
    claim_link: bool = False
    connecting: Wording[str] = field(default=CONNECTING, repr=False)
    ready: Wording[str] = field(default=READY, repr=False)
    top_up: Wording[str] | None = None
    unlock: Wording[str] | None = None
    max_upload: int | None = None

    def __post_init__(self) -> None:
        for name in ("base_url", "web_url"):
            object.__setattr__(self, name, _address(name, getattr(self, name)))
        for name in ("timeout", "idle_timeout", "heartbeat_timeout", "stream_timeout"):
            _at_least(name, getattr(self, name), above=0)
        _at_least("max_retries", self.max_retries)
        _at_least("poll_interval", self.poll_interval)
        if self.max_polls is not None:
            _at_least("max_polls", self.max_polls, above=0)


def _at_least(name: str, value: Any, above: int | None = None) -> None:
    """Refuse a number that makes no sense, whether it came as an argument or from a caller's file."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not isfinite(value) or value < 0 or (above is not None and value <= above):
        lowest = "more than 0" if above is not None else "0 or more"
        raise ValueError(f"{name}: must be {lowest}, not {value!r}")


def url_from(given: str | None, environ: Mapping[str, str], name: str, default: str) -> str:
    """Return a base URL without a trailing slash: the one given, else the environment's, else the default."""
    return _address(name, given or environ.get(name) or default)


def _address(name: str, given: str) -> str:
    """Return an address without a trailing slash. Raises ValueError, which repeats no password."""
    url = given.strip().rstrip("/")
    if not is_web_address(url):
        shown = repr(url) if "@" not in url else "one with a password in it"
        raise ValueError(f"{name}: must be an http:// or https:// address, not {shown}")
    return url


def is_web_address(url: str) -> bool:
    """Say whether `url` has the parts of an address of the web: scheme, host, a port if at all, no user."""
    try:
        parts = urlsplit(url)
        web = parts.scheme in ("http", "https") and parts.username is None
        return web and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port over 65535, half an IPv6 address
        return False
