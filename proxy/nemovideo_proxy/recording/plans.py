"""What a mode comes to: what is replayed, what is recorded, and where that is written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from nemovideo_proxy.replay.modes import Mode


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """`extends` what is there; `beside`: written to another place first, and put in its own at the end."""

    replays: bool = False
    records: bool = True
    extends: bool = False
    beside: bool = False


def plan(mode: Mode, path: Path) -> Plan:
    """Return what `mode` means for the cassette at `path`; raises FileNotFoundError if it cannot be."""
    exists = path.exists()
    match mode:
        case "none" if not exists:
            raise FileNotFoundError(
                f"{path} is not there, and mode none only replays: record it with --mode once"
            )
        case "none":
            return Plan(replays=True, records=False)
        case "once":
            return Plan(replays=exists, records=not exists)
        case "new_episodes":
            return Plan(replays=exists, extends=exists)
        case "all":
            return Plan(extends=exists)
        case "rewrite":
            return Plan(beside=exists)
