"""Who called: the nearest line of code that is neither Python's nor an installed package's nor ours."""

from __future__ import annotations

import sys
import sysconfig
from functools import lru_cache
from pathlib import Path
from types import FrameType

_OURS = frozenset(
    ("nemovideo_client", "nemovideo_fakeserver", "nemovideo_proxy", "nemovideo_pytest")
)
_INSTALLED = frozenset(("site-packages", "dist-packages"))
_LIBRARY = tuple(sorted({sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib")}))


def caller() -> str:
    """Return `file:line in function` of whoever led to this call; where that is nobody, of the nearest frame."""
    here: FrameType | None = sys._getframe(1)  # noqa: SLF001 the documented way to a frame
    nearest = ""
    while here is not None:
        if not _is_ours(here):
            nearest = nearest or _told(here)
            if not _is_library(here.f_code.co_filename):
                return _told(here)
        here = here.f_back
    return nearest


def _is_ours(frame: FrameType) -> bool:
    return str(frame.f_globals.get("__name__", "")).partition(".")[0] in _OURS


@lru_cache(1024)
def _is_library(file: str) -> bool:
    return (
        file.startswith("<frozen ")
        or bool(_INSTALLED.intersection(Path(file).parts))
        or file.startswith(_LIBRARY)
    )


def _told(frame: FrameType) -> str:
    file = Path(frame.f_code.co_filename)
    try:
        shown = file.relative_to(Path.cwd())
    except ValueError:
        shown = file
    return f"{shown}:{frame.f_lineno} in {frame.f_code.co_name}"
