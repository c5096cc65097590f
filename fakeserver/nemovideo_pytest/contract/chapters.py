"""The chapters of the contract: what each is about, and how many of its tests rest on what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from nemovideo_pytest.contract.basis import STRENGTH

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """One of them: `counts` has the number of test functions by basis."""

    name: str
    says: str
    counts: dict[str, int]


def chapters() -> Iterator[Chapter]:
    """Yield all chapters, by name. Not to be called where pytest knows none of their marks."""
    for path in sorted(HERE.glob("test_*.py")):
        module = import_module(f"{__package__}.{path.stem}")
        yield Chapter(
            name=path.stem,
            says=(module.__doc__ or "").partition("\n")[0],
            counts=Counter(_basis(test) for test in _tests(module)),
        )


def as_markdown() -> str:
    """Return the table of `docs/contract.md`."""
    found = list(chapters())
    columns = STRENGTH[::-1]
    lines = [f"| chapter | it asks about | {' | '.join(columns)} |", "|---|---|" + "---:|" * 3]
    for chapter in found:
        numbers = " | ".join(str(chapter.counts.get(basis, 0)) for basis in columns)
        lines.append(f"| `{chapter.name}` | {chapter.says} | {numbers} |")
    total = " | ".join(str(sum(c.counts.get(basis, 0) for c in found)) for basis in columns)
    return "\n".join([*lines, f"| all | | {total} |"]) + "\n"


def _tests(module: ModuleType) -> Iterator[Callable[..., Any]]:
    for name, value in vars(module).items():
        if name.startswith("test_") and value.__module__ == module.__name__:
            yield value


def _basis(test: Callable[..., Any]) -> str:
    marks: list[Any] = vars(test).get("pytestmark", [])
    (basis,) = {mark.name for mark in marks} & {*STRENGTH}
    return str(basis)
