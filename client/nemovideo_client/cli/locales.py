"""What the environment says of whoever sits here: their language, and whether a text came through whole."""

from __future__ import annotations

import os


def spoken_here() -> str | None:
    """Return the locale that messages are to be in, such as `zh_CN.UTF-8`; None where none is set."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    return next((os.environ[name] for name in names if os.environ.get(name)), None)


def is_whole(text: str) -> bool:
    """Say whether all of a text from outside could be decoded: Python marks what could not."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
