"""What an uploaded file is, by its content: a value, or one sentence why it is refused.

The first bytes choose the only reader that may look at the file; a container that was cut off is
refused before that reader is loaded. Loading it takes longer than probing, hence the late import.
"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from nemovideo_fakeserver.media.intake.extent import truncated
from nemovideo_fakeserver.media.opening.sniff import sniff
from nemovideo_fakeserver.wire.messages import Probe, Unreadable


def probe(path: Path) -> Probe | Unreadable:
    """Look into the file at `path`. Raises OSError when there is no such file, and nothing else.

    This runs in the caller's process, where a demuxer cannot be stopped: see `inspector` for that.
    """
    size = path.stat().st_size
    if size == 0:
        return Unreadable("The file is empty.")
    with path.open("rb") as file:
        found = sniff(file)
        if found is None:
            return Unreadable("The content is none of the accepted formats.")
        if truncated(file, found, size):
            return Unreadable(
                f"The {found} file is cut off: it promises more than its {size} bytes."
            )
        return _look(file, found, str(path))


def _look(file: BinaryIO, found: str, name: str) -> Probe | Unreadable:
    from nemovideo_fakeserver.media.intake import glance  # PyAV takes 0.4 s to load

    try:
        return glance.at(file, found)
    except Exception as error:  # foreign parsers raise whatever broken bytes lead them to
        return Unreadable(f"The {found} file cannot be used: {_sentence(error, name)}.")


def _sentence(error: Exception, name: str) -> str:
    """Return what a parser says is wrong, but nothing that names the file on this machine."""
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    if name in text or repr(name) in text:
        return "its content cannot be read"
    return " ".join(str(text).split()).rstrip(".")[:200]
