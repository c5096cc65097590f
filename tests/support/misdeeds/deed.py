"""What a misdeed is, and the table of all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeAlias

import httpx

from support.bad_client import BadClient

Do: TypeAlias = Callable[[BadClient], httpx.Response]
RICH = {"newcomers": {"credits": 500}}
EDIT, OTHER, FILM = "Add the title Hello", "Add calm piano music", "Make a 10 s video of a beach"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """`do` returns the reply to the request that breaks the rule; `scenario` is the situation.

    `costs` is in credits, None where they do not come into it; `also` are rules broken on the way.
    """

    do: Do
    severity: str
    costs: int | None = None
    also: tuple[str, ...] = ()
    scenario: Mapping[str, Any] = field(default_factory=dict)


DEEDS: dict[str, Deed] = {}
"""By the rule that is broken."""


def _deed(rule: str, *, severity: str, **told: Any) -> Callable[[Do], Do]:
    """Note what a function does as a breach of a rule."""

    def note(do: Do) -> Do:
        assert rule not in DEEDS, f"{rule} has two deeds"
        DEEDS[rule] = Deed(do=do, severity=severity, **told)
        return do

    return note


error, warning, hint = (partial(_deed, severity=word) for word in ("error", "warning", "hint"))
