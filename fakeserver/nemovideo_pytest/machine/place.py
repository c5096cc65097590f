"""Where a life that broke a law is written down."""

from __future__ import annotations

from pathlib import Path

FOLDER = ".nemo"
_ROOTS = ("pyproject.toml", "pytest.ini", "tox.ini", "setup.cfg", ".git")


def folder(chosen: Path | str | None = None) -> Path:
    """Return the folder for cases: the one chosen, else `.nemo` beside what marks the root of a project."""
    if chosen is not None:
        return Path(chosen)
    here = Path.cwd()
    roots = (p for p in (here, *here.parents) if any((p / name).exists() for name in _ROOTS))
    return next(roots, here) / FOLDER
