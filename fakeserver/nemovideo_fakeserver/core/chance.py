"""Chance without a stream: every draw is a function of the seed and of what is drawn.

A shared random stream would make a value depend on who drew before, so that two clients at once
would reorder each other's ids. Here a draw is named by a path such as (account, "session", 3): the
same path under the same seed always gives the same value, whatever else happens.
"""

from __future__ import annotations

import base64
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TypeVar

T = TypeVar("T")
Name = str | int


@dataclass(frozen=True, slots=True)
class Chance:
    """A place in the tree of draws; `at` goes down, the other methods draw here."""

    path: str

    @property
    def seed(self) -> str:
        """The seed that this place and all others in its tree follow from."""
        return self.path.partition("\x1f")[0]

    def at(self, *names: Name) -> Chance:
        """Return the place below this one with these names."""
        return Chance("\x1f".join((self.path, *map(str, names))))

    def octets(self, count: int, *names: Name) -> bytes:
        """Draw up to 64 bytes."""
        return blake2b(
            self.at(*names).path.encode("utf-8", "surrogatepass"), digest_size=count
        ).digest()

    def number(self, *names: Name) -> int:
        """Draw a whole number below 2**64."""
        return int.from_bytes(self.octets(8, *names))

    def uniform(self, low: float, high: float, *names: Name) -> float:
        """Draw a number from low to high, rounded to a millisecond's precision."""
        return round(low + (high - low) * (self.number(*names) / 2**64), 3)

    def happens(self, probability: float, *names: Name) -> bool:
        """Say yes with the given probability."""
        return self.number(*names) < probability * 2**64

    def choice(self, options: Sequence[T], *names: Name) -> T:
        """Draw one of the options."""
        return options[self.number(*names) % len(options)]

    def digits(self, count: int, *names: Name) -> str:
        """Draw a decimal string of exactly `count` digits that does not begin with 0."""
        low = 10 ** (count - 1)
        return str(low + int.from_bytes(self.octets(16, *names)) % (9 * low))

    def hex(self, count: int, *names: Name) -> str:
        """Draw `count` hexadecimal digits (an even count, at most 128)."""
        return self.octets(count // 2, *names).hex()

    def base64url(self, *names: Name) -> str:
        """Draw 43 base64url characters: 32 bytes without padding."""
        return base64.urlsafe_b64encode(self.octets(32, *names)).rstrip(b"=").decode("ascii")

    def uuid(self, *names: Name) -> str:
        """Draw a UUID of version 4."""
        return str(uuid.UUID(bytes=self.octets(16, *names), version=4))
