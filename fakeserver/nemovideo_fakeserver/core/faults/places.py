"""Whether a fault that waits somewhere is meant by what has happened: at this place, by this account."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=1024)
def leads_to(wanted: str, reached: str) -> bool:
    """Say whether a fault that waits at `wanted` is meant by the place `reached`.

    Moments are the same or not. A route is wanted as `METHOD /path`, with `{}` or `{name}` for any one
    segment, and reached as a raw path.
    """
    if wanted == reached or " " not in wanted:
        return wanted == reached
    method, path = wanted.split(" ", 1)
    reached_method, _, reached_path = reached.partition(" ")
    want, have = path.split("/"), reached_path.split("/")
    return (
        method == reached_method
        and len(want) == len(have)
        and all(w == h or (w.startswith("{") and h) for w, h in zip(want, have, strict=True))
    )


def same_account(wanted: str, uid: str | None) -> bool:
    """Say whether `wanted` is the account `uid`: an account that has registered also has a new user id."""
    return uid is not None and _lasting(wanted) == _lasting(uid)


def _lasting(id_: str) -> str:
    return id_.removeprefix("anon_").removeprefix("user_")
