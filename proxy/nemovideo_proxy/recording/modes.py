"""What is replayed, what is recorded, and where it is written: five words, each a row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

Mode: TypeAlias = Literal["none", "once", "new_episodes", "all", "rewrite"]
"""`none` replays only; `once` records where there is no cassette yet, else replays; `new_episodes` replays
what is known and records the rest; `all` goes to the service every time and appends; `rewrite` begins the
cassette anew, and keeps the old one unless the recording ends well.
"""

MODES: tuple[Mode, ...] = get_args(Mode)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a mode comes to. `beside`: written to another file first, and put in place at the end."""

    replays: bool
    records: bool
    extends: bool = False
    beside: bool = False


class UnknownMode(ValueError):
    """No mode is called that."""


def mode_of(name: str) -> Mode:
    """Return the mode of that name; raises UnknownMode."""
    if name not in MODES:
        raise UnknownMode(f"no mode is called {name!r}; there are {', '.join(MODES)}")
    return name


def plan(mode: Mode, *, exists: bool) -> Plan:
    """Return what `mode` means where the cassette does or does not exist."""
    match mode:
        case "none":
            return Plan(replays=True, records=False)
        case "once":
            return Plan(replays=exists, records=not exists)
        case "new_episodes":
            return Plan(replays=exists, records=True, extends=exists)
        case "all":
            return Plan(replays=False, records=True, extends=exists)
        case "rewrite":
            return Plan(replays=False, records=True, beside=exists)
