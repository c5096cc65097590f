"""How the text of a variant is read: one small reading for each kind of value.

A reading says what is legal in words that go on after "it is", takes the value out of a text, says of a
value whether a text could have given it, and writes it down so that reading it again gives it back.
Readings are made once, when `variants` is imported, and hold nothing but their bounds.
"""

from __future__ import annotations

from typing import Any, Protocol

from nemovideo_fakeserver.core.units import DAY, seconds, seconds_text, size, size_text

MOST_SECONDS = 3650 * DAY


class Reading(Protocol):
    """What a variant knows of its own values."""

    @property
    def legal(self) -> str:
        """The legal values, in words that follow "it is"."""
        ...

    def read(self, text: str) -> Any:
        """Return the value a text stands for; raises ValueError for a text that stands for none."""
        ...

    def admits(self, value: object) -> bool:
        """Say whether a value is legal."""
        ...

    def text(self, value: Any) -> str:
        """Return the shortest text for a legal value."""
        ...


class Choice:
    """One of a few words."""

    def __init__(self, *words: str) -> None:
        self.words = words

    @property
    def legal(self) -> str:
        """The words."""
        return f"one of: {', '.join(self.words)}"

    def read(self, text: str) -> str:
        """Take the word as it is."""
        return text

    def admits(self, value: object) -> bool:
        """Any of the words."""
        return isinstance(value, str) and value in self.words

    def text(self, value: str) -> str:
        """Return the word."""
        return value


class Switch:
    """On or off; YAML's and Python's words for it are taken, too."""

    words = ("on", "off")
    legal = f"one of: {', '.join(words)}"

    def read(self, text: str) -> bool:
        """Take a word for on or off."""
        if text.lower() in ("on", "yes", "true"):
            return True
        if text.lower() in ("off", "no", "false"):
            return False
        raise ValueError(text)

    def admits(self, value: object) -> bool:
        """True or False."""
        return isinstance(value, bool)

    def text(self, value: bool) -> str:  # noqa: FBT001 as all readings have it
        """Return on or off."""
        return "on" if value else "off"


class Words:
    """One or more words of a list, separated by commas."""

    def __init__(self, *words: str) -> None:
        self.words = words
        self.legal = f"one or more of {', '.join(words)}, separated by commas"

    def read(self, text: str) -> tuple[str, ...]:
        """Take the words in their order, each once."""
        return tuple(dict.fromkeys(word.strip() for word in text.split(",")))

    def admits(self, value: object) -> bool:
        """Any of the words, but not none."""
        return isinstance(value, tuple) and bool(value) and set(value) <= set(self.words)

    def text(self, value: tuple[str, ...]) -> str:
        """Return the words with commas between them."""
        return ",".join(value)


class Count:
    """A whole number; `none` stands for no limit, and is None."""

    legal = "a whole number such as 10, or none"
    MOST = 1_000_000

    def read(self, text: str) -> int | None:
        """Take a number or `none`."""
        if text == "none":
            return None
        if not (text.isascii() and text.isdecimal() and len(text) <= 12):
            raise ValueError(text)
        return int(text)

    def admits(self, value: object) -> bool:
        """None, or a number that is not negative."""
        return value is None or (type(value) is int and 0 <= value <= self.MOST)

    def text(self, value: int | None) -> str:
        """Return the digits, or `none`."""
        return "none" if value is None else str(value)


class Seconds:
    """A span of time; where there is a `never`, that is None."""

    def __init__(self, least: float, example: str, *, never: bool = False) -> None:
        self.least = least
        self.never = never
        self.legal = (
            f"a time from {seconds_text(least)} to {seconds_text(MOST_SECONDS)}, in seconds or such as {example}"
            + (", or never" if never else "")
        )

    def read(self, text: str) -> float | None:
        """Take seconds, a number with a unit (s, m, h, d), or `never`."""
        if self.never and text == "never":
            return None
        return seconds(text)

    def admits(self, value: object) -> bool:
        """A number of seconds within the bounds."""
        if value is None:
            return self.never
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        return self.least <= value <= MOST_SECONDS

    def text(self, value: float | None) -> str:
        """Return the time in its largest whole unit, or `never`."""
        return "never" if value is None else seconds_text(value)


class Bytes:
    """A size; units are powers of 1024."""

    legal = "a size from 1B to 1024GB, in bytes or such as 500MB"
    MOST = 2**40

    def read(self, text: str) -> int:
        """Take bytes, or a number with a unit."""
        return size(text)

    def admits(self, value: object) -> bool:
        """A whole number of bytes within the bounds."""
        return type(value) is int and 1 <= value <= self.MOST

    def text(self, value: int) -> str:
        """Return the size in its largest whole unit."""
        return size_text(value).replace(" ", "")
