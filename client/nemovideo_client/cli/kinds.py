"""The kinds of arguments: each takes a text that makes sense, or says why it does not."""

from __future__ import annotations

import math
from argparse import ArgumentTypeError
from pathlib import Path

WEB = ("http://", "https://")


def url(text: str) -> str:
    """Take a URL."""
    if text.startswith(WEB):
        return text
    raise ArgumentTypeError(f"{text!r} does not begin with http:// or https://")


def source(text: str) -> str:
    """Take a URL, or the path of a file that is there."""
    if text.startswith(WEB) or Path(text).is_file():
        return text
    raise ArgumentTypeError(f"{text!r} is neither a file nor a URL (http://, https://)")


def folder(text: str) -> Path:
    """Take a folder that is there."""
    if Path(text).is_dir():
        return Path(text)
    raise ArgumentTypeError(f"there is no folder {text!r}")


def film(text: str) -> Path:
    """Take the path of a file to be, or of a folder to put it in."""
    folder(str(Path(text).parent))
    return Path(text)


def document(text: str) -> str:
    """Take the path of a file to read, whether it is there or not; a pipe or a device might never end."""
    if Path(text).exists() and not Path(text).is_file():
        raise ArgumentTypeError(f"{text!r} is no regular file")
    return text


def word(text: str) -> str:
    """Take something that is one visible word."""
    if text.isascii() and text.isprintable() and len(text.split()) == 1:
        return text.strip()
    raise ArgumentTypeError(f"{text!r} is not one word")


def seconds(text: str) -> float:
    """Take a time."""
    number = _number(text)
    if number is None or not 0 <= number < math.inf:
        raise ArgumentTypeError(f"{text!r} is no number of seconds")
    return number


def count(text: str) -> int:
    """Take a whole number that is not negative."""
    if not (text.isascii() and text.removeprefix("-").isdecimal()):
        raise ArgumentTypeError(f"{text!r} is no whole number")
    if text.startswith("-"):
        raise ArgumentTypeError(f"{text!r} must be 0 or more")
    return int(text)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
