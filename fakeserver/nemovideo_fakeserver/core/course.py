"""How the renders of a world go: how long they take, by time or by polls, and how they end."""

from __future__ import annotations

from dataclasses import dataclass

SHORTEST, LONGEST = 20.0, 90.0
"""Seconds a render takes (documented: 20-40 in some skills, 30-90 in another)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Polls:
    """Which poll first says `processing`, and which that the render is over; the first poll is 1."""

    processing: int
    over: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The renders of a world, in order of submission.

    They take from `shortest` to `longest` seconds, or `polls`, however long those take. `failures` says
    of the first ones why each fails, None being one that completes; the others complete, or with
    `last_sticks` end as the last of these.
    """

    shortest: float = SHORTEST
    longest: float = LONGEST
    polls: Polls | None = None
    failures: tuple[str | None, ...] = ()
    last_sticks: bool = False

    def failure(self, number: int) -> str | None:
        """Return why the render with this number, from 0, fails; None when it completes."""
        if number < len(self.failures):
            return self.failures[number]
        return self.failures[-1] if self.last_sticks and self.failures else None


USUAL = Course()
