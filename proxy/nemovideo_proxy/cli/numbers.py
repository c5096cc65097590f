"""The numbers that flags take; what cannot be is refused where the flags are read."""

from __future__ import annotations

from argparse import ArgumentTypeError
from math import isfinite

LAST_PORT = 65535


def port(text: str) -> int:
    """Read the number of a port; 0 is a free one."""
    number = _whole(text)
    if not 0 <= number <= LAST_PORT:
        raise ArgumentTypeError(f"{text} is no port: there are 0 (a free one) to {LAST_PORT}")
    return number


def count(text: str) -> int:
    """Read how many there are, of something of which there is one at least."""
    number = _whole(text)
    if number < 1:
        raise ArgumentTypeError(f"{text} is less than 1")
    return number


def amount(text: str) -> float:
    """Read a finite number that is not negative."""
    number = _finite(text)
    if number < 0:
        raise ArgumentTypeError(f"{text} is less than 0")
    return number


def more_than_nothing(text: str) -> float:
    """Read a finite number that is more than 0."""
    number = _finite(text)
    if number <= 0:
        raise ArgumentTypeError(f"{text} is not more than 0")
    return number


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no whole number") from None


def _finite(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no number") from None
    if not isfinite(number):
        raise ArgumentTypeError(f"{text} is no number that anything could be compared with")
    return number
