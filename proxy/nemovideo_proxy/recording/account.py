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
    lines = [
        f"{progress.interactions} interactions, {progress.frames} frames; secrets replaced: {secrets}",
        _cost(progress),
        "nothing was written (--dry-run)" if cassette is None else f"written: {cassette}",
    ]
    return told, "\n".join(lines)


def _cost(progress: Progress) -> str:
    calls = f"{progress.guard.calls} messages were sent"
    if progress.guard.limit is None:
        return f"{calls}; what they cost was not asked (--max-credits)"
    return f"{calls}; this cassette cost {progress.guard.spent:g} credits"
