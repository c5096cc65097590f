"""The account of a recording: what was written, what was replaced, what it cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from nemovideo_proxy.recording.progress import Progress
from nemovideo_proxy.redaction import Replaced


def summary(
    progress: Progress, replaced: Iterable[Replaced], cassette: Path | None, failure: str
) -> tuple[dict[str, Any], str]:
    """Return the account for programs and for people; `cassette` is None where nothing was written."""
    roles: Counter[str] = Counter()
    for each in replaced:
        roles[each.role] += 1
    told: dict[str, Any] = {
        "interactions": progress.interactions,
        "frames": progress.frames,
        "ends": dict(progress.ends),
        "replaced": dict(roles),
        "credits": progress.guard.spent if progress.guard.limit is not None else None,
        "paid_calls": progress.guard.calls,
        "cassette": None if cassette is None else str(cassette),
        "failure": failure or None,
    }
    secrets = ", ".join(f"{count} {role}" for role, count in sorted(roles.items())) or "none"
    interactions = counted(progress.interactions, "interaction")
    frames = counted(progress.frames, "frame")
    lines = [
        f"{interactions}, {frames}; secrets replaced: {secrets}",
        _cut_off(progress.ends["lost"]),
        _cost(progress),
        _where(cassette, failure),
    ]
    return told, "\n".join(line for line in lines if line)


def counted(number: int, what: str) -> str:
    """Return how many there are of something, in words."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _cut_off(lost: int) -> str:
    if not lost:
        return ""
    return f"{counted(lost, 'exchange')} {'was' if lost == 1 else 'were'} cut off (end: lost)"


def _where(cassette: Path | None, failure: str) -> str:
    if cassette is None:
        return "nothing was written (--dry-run)"
    return f"not all of it is in {cassette}" if failure else f"written: {cassette}"


def _cost(progress: Progress) -> str:
    calls = f"{counted(progress.guard.calls, 'message')} {'was' if progress.guard.calls == 1 else 'were'} sent"
    if progress.guard.limit is None:
        return f"{calls}; what they cost was not asked (--max-credits)"
    return f"{calls}; this cassette cost {progress.guard.spent:g} credits"
