"""Where a skill was installed from, as X-Skill-Platform says it.

SKILL_SOURCE comes first (vendor skill 1.9), then the install path (all four skills), then "unknown".
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath, PureWindowsPath

UNKNOWN = "unknown"

INSTALLED: tuple[tuple[tuple[str, ...], str], ...] = (
    ((".clawhub",), "clawhub"),
    ((".cursor", "skills"), "cursor"),
)
"""Folders below the home directory, and the platform that installs there."""


def detect(
    path: str | PurePath | None,
    environ: Mapping[str, str],
    home: str | PurePath = "~",
) -> str:
    """Return the platform of the skill at `path` (None: no skill); a `~` in front stands for `home`."""
    told = environ.get("SKILL_SOURCE", "").strip()
    if told:
        return told
    folders = _below_home(path, home) if path is not None else ()
    return next((name for start, name in INSTALLED if folders[: len(start)] == start), UNKNOWN)


def _below_home(path: str | PurePath, home: str | PurePath) -> tuple[str, ...]:
    # The rules of Windows paths read both kinds of separator.
    whole = PureWindowsPath(path)
    for start in (PureWindowsPath(home), PureWindowsPath("~")):
        if whole.is_relative_to(start):
            return whole.relative_to(start).parts
    return ()
