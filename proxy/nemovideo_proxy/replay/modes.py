"""What is done with a request that the cassette does not have, and with one that it has."""

from __future__ import annotations

from typing import Literal, TypeAlias, cast, get_args

Mode: TypeAlias = Literal["none", "once", "new_episodes", "all", "rewrite"]
"""`none`: replay, and never record. `once`: record where there is no cassette yet, else replay.
`new_episodes`: replay what is there, record what is new. `all`: record everything behind what is there.
`rewrite`: record everything into a new cassette in the place of the old.
"""


def mode(name: str) -> Mode:
    """Return the mode of that name; ValueError for one that does not exist."""
    legal = get_args(Mode)
    if name not in legal:
        raise ValueError(f"there is no mode {name!r}: choose one of {', '.join(legal)}")
    return cast("Mode", name)
