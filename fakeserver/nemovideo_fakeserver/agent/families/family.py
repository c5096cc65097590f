"""A family of requests: how to recognise one in a clause, and how to do it.

Law: recognising looks only and answers None for what belongs to others; performing decides everything
else. To teach the agent a new kind of request, write a module with a `Family` and list it in `requests`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

from nemovideo_fakeserver.agent.reading.clauses import Clause
from nemovideo_fakeserver.agent.stage.bench import Bench, Deed

R = TypeVar("R")
Deeds: TypeAlias = tuple[Deed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Family(Generic[R]):
    """`recognise` reads a clause as a request of this family; `perform` turns the request into deeds.

    With `stages`, the clips the clause speaks of are laid on the timeline before (see `staging`).
    """

    recognise: Callable[[Clause, Bench], R | None]
    perform: Callable[[R, Bench], Deeds]
    stages: bool = True
