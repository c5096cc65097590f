"""What has to be the same for a live request to be a recorded one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeAlias, cast, get_args

from nemovideo_proxy.matching.asked import Asked
from nemovideo_proxy.signature import Signature

Criterion: TypeAlias = Literal["method", "path", "query", "body", "headers"]
USUAL: tuple[Criterion, ...] = ("method", "path", "query", "body")

OF_THE_WAY = frozenset(
    (
        "accept",
        "accept-encoding",
        "authorization",
        "connection",
        "content-length",
        "content-type",
        "cookie",
        "expect",
        "host",
        "transfer-encoding",
        "user-agent",
        "x-client-id",
    )
)
"""Headers that belong to the client or the connection, and are never compared."""


def criteria(names: Iterable[str]) -> tuple[Criterion, ...]:
    """Return what is compared; ValueError for what cannot be."""
    given = tuple(names)
    legal = get_args(Criterion)
    for name in given:
        if name not in legal:
            raise ValueError(f"match_on knows no {name!r}: give some of {', '.join(legal)}")
    return cast("tuple[Criterion, ...]", given)


def key_of(signature: Signature, match_on: tuple[Criterion, ...]) -> tuple[str, ...]:
    """Return what of a signature is compared: as a rule all of it."""
    if match_on == USUAL:
        return signature
    path, _, query = signature.shape.partition("?")
    said = {"method": signature.method, "path": path, "query": query, "body": signature.key}
    return tuple([said[name] for name in match_on if name != "headers"])


def same_headers(recorded: Asked, asked: Asked) -> bool:
    """Say whether two requests have the same headers, but for those of the way."""
    return _compared(recorded) == _compared(asked)


def _compared(asked: Asked) -> list[tuple[str, str]]:
    return sorted(
        (name.lower(), value) for name, value in asked.headers if name.lower() not in OF_THE_WAY
    )
