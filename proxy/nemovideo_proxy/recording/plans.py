"""What a mode comes to: what is replayed, what is recorded, and where that is written."""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass
from pathlib import Path

from nemovideo_proxy.cassette.reading import is_empty
from nemovideo_proxy.replay.modes import Mode


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is done with a cassette that is there.

    `extends` it; `beside`: written to another place first, and put in its own at the end; `over`: nothing
    was recorded into it, so that it is begun again.
    """

    replays: bool = False
    records: bool = True
    extends: bool = False
    beside: bool = False
    over: bool = False


def plan(mode: Mode, path: Path) -> Plan:
    """Return what `mode` means for the cassette at `path`; raises what `Cassette.open` does if it cannot be."""
    exists = path.exists()
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    match mode:
        case "none" if not exists:
            raise FileNotFoundError(
                f"{path} is not there, and mode none only replays: record it with --mode once"
            )
        case "none":
            return Plan(replays=True, records=False)
        case "rewrite":
            return Plan(beside=exists)
        case _ if exists and is_empty(path):
            return Plan(over=True)
        case "once":
            return Plan(replays=exists, records=not exists)
        case "new_episodes":
            return Plan(replays=exists, extends=exists)
        case "all":
            return Plan(extends=exists)


def said(plan: Plan, path: Path, interactions: int) -> str:
    """Return what comes of it, for people: `interactions` are those that are replayed."""
    if not plan.replays:
        return f"recording into {path}"
    what = f"replaying {path} ({interactions} interaction{'' if interactions == 1 else 's'})"
    return f"{what}, recording the rest" if plan.records else f"{what}; nothing goes to the service"
