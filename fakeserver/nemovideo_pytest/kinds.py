"""What the value of a setting can be: each kind reads a text, and says what is wrong with it.

A kind raises ValueError with the end of a sentence, such as "is none of off, warn, error": who knows where the
value stands puts that, and the value, before it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from typing import Any

ON = ("yes", "on", "true", "1")
OFF = ("no", "off", "false", "0")


@dataclass(frozen=True, slots=True)
class Kind:
    """How a text becomes a value: by `read`. `choices` are the legal texts, where they can be listed.

    A `switch` is given on the command line without a value.
    """

    read: Callable[[str], Any]
    choices: tuple[str, ...] = ()
    switch: bool = False


def is_on(text: str) -> bool:
    """Say whether a text, in any case, switches something on; ValueError where it says neither."""
    word = text.strip().lower()
    if word not in (*ON, *OFF):
        raise ValueError(f"is no switch: it is on with {', '.join(ON)}, off with {', '.join(OFF)}")
    return word in ON


TEXT = Kind(str)
SWITCH = Kind(is_on, switch=True)


def choice(*names: str) -> Kind:
    """Return the kind that is one of these names."""

    def read(text: str) -> str:
        if text not in names:
            raise ValueError(f"is none of {', '.join(names)}")
        return text

    return Kind(read, choices=names)


def number(*, least: float = 0.0, because: str = "") -> Kind:
    """Return the kind that is a number above 0, or at least `least`; `because` says why less would not do."""

    def read(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = 0.0
        if not 0 < value < inf:
            raise ValueError("is no number above 0")
        if value < least:
            raise ValueError(f"is below {least:g}: {because}")
        return value

    return Kind(read)


def words(text: str) -> tuple[str, str]:
    """Return key and value of a reading of the documents, such as `preset=4.4`; ValueError for what is none."""
    key, is_said, value = text.partition("=")
    if not (key and is_said):
        raise ValueError("is no reading: say KEY=VALUE, such as preset=4.4")
    return key, value


def _reading(text: str) -> str:
    """Return `text` if the fake knows that reading. The fake is loaded for it: only where one was given."""
    from nemovideo_fakeserver.core.presets import chosen

    pair = words(text)
    try:
        chosen([pair])
    except ValueError as problem:
        raise ValueError(f"is no reading: {problem}") from None
    return text


READING = Kind(_reading)
