"""What a mutant is: a fault in the words of a user, what it violates, and how it gets into the fake."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeAlias

from mutants.patient import Patient
from mutants.surgery import Surgery

Change: TypeAlias = Callable[[Surgery], None]
Probe: TypeAlias = Callable[[Patient], Any]
"""Looks at a fake in one place; what it returns differs between the healthy one and the mutant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """A fake with one fault.

    `says` is what is wrong with it, `violates` the row of the provenance registry that says otherwise.
    `reading` are the variants under which the probe sees the fault, such as `preset=4.4`; "" are the defaults.
    """

    name: str
    chapter: str
    says: str
    violates: str
    change: Change
    probe: Probe
    reading: str = ""

    @contextmanager
    def alive(self) -> Iterator[None]:
        """Let the fake be this mutant for a while; raises `surgery.Gone` where that is no longer possible."""
        surgery = Surgery()
        try:
            self.change(surgery)
            yield
        finally:
            surgery.undo()


def mutant(violates: str, probe: Probe, reading: str = "") -> Callable[[Change], Mutant]:
    """Make a mutant of a function: its name is the function's, and its sentence the docstring."""

    def made(change: Change) -> Mutant:
        return Mutant(
            name=change.__name__.replace("_", "-"),
            chapter=change.__module__.rpartition(".")[2],
            says=" ".join((change.__doc__ or "").split()),
            violates=violates,
            change=change,
            probe=probe,
            reading=reading,
        )

    return made
