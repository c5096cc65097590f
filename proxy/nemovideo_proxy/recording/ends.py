"""How an exchange ended, from what is known when it does."""

from __future__ import annotations

from dataclasses import dataclass

from nemovideo_proxy.model import End


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What a door saw: the client went; the proxy gave up waiting; the service's socket broke, or just closed."""

    client_left: bool = False
    gave_up: bool = False
    broke: bool = False


def end_of(signs: Signs) -> End:
    """Return how an exchange ended that did not end well."""
    if signs.gave_up:
        return "timeout"
    if signs.client_left:
        return "lost"
    return "reset" if signs.broke else "truncated"
