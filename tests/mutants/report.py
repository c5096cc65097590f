"""How a check reads: a line for each mutant, and a sum."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mutants.mutant import Mutant
from mutants.running import Run

WIDE = 0.25
"""The share of tests beyond which a mutant breaks so much that catching it says little."""


def line(mutant: Mutant, ran: Run, *, to_the_end: bool) -> str:
    """Return what became of a mutant, in a line."""
    name = f"{mutant.name:38}"
    match ran.fate:
        case "survived":
            reading = f" [{mutant.reading}]" if mutant.reading else ""
            return f"{name} SURVIVED{reading}: {mutant.says}"
        case "error":
            return f"{name} ERROR: {_last(ran.log)}"
    module, _, function = ran.failed[0].partition("::")
    test = f"{module.rpartition('/')[2]}::{function}"
    many = f"  {len(ran.failed)} of {len(ran.failed) + ran.passed} tests" if to_the_end else ""
    wide = " (wide)" if to_the_end and ran.blast > WIDE else ""
    return f"{name} {ran.after:5.1f} s  {test}{many}{wide}"


def _last(log: str) -> str:
    lines = [text for text in log.splitlines() if text.strip()]
    return lines[-1] if lines else "pytest said nothing"


def summed(runs: Iterable[Run]) -> str:
    """Return the share of mutants that were caught."""
    fates = [ran.fate for ran in runs]
    caught, survived, broken = (fates.count(f) for f in ("caught", "survived", "error"))
    errors = f", {broken} could not be tried" if broken else ""
    return f"caught {caught} of {len(fates)}; {survived} survived{errors}"


def plain(mutant: Mutant, ran: Run) -> dict[str, Any]:
    """Return the same for programs."""
    return {
        "mutant": mutant.name,
        "chapter": mutant.chapter,
        "says": mutant.says,
        "violates": mutant.violates,
        "reading": mutant.reading,
        "fate": ran.fate,
        "failed": list(ran.failed),
        "passed": ran.passed,
        "after": ran.after,
        "seconds": round(ran.seconds, 3),
        **({"log": ran.log[-4000:]} if ran.fate == "error" else {}),
    }
