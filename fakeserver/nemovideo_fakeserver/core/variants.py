"""Variants: where the public documents disagree, which reading this world follows.

Each field is one disagreement; its type lists the legal values, its default is the reading that the
best-placed document gives (`docs/fidelity.md`).
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from difflib import get_close_matches
from typing import Literal, get_args, get_type_hints


class VariantUnknown(ValueError):
    """A variant or value that does not exist; the message lists what does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variants:
    """The readings one world follows.

    `sse_dialect`: `typed` is what the vendor's reference prints, `adk` is how Google's agent server
    speaks on the same path. `heartbeat_kind`: typed events, empty `data:` lines, or both in turn.
    `free_plan_export`: whether an anonymous account may export (402 when blocked).
    """

    sse_dialect: Literal["typed", "adk"] = "typed"
    heartbeat_kind: Literal["alternate", "typed", "empty"] = "alternate"
    free_plan_export: Literal["allow", "block"] = "allow"

    def __post_init__(self) -> None:
        for key, legal in legal_values().items():
            if getattr(self, key) not in legal:
                raise VariantUnknown(
                    f"{key} cannot be {getattr(self, key)!r}; it is one of: {', '.join(legal)}"
                )

    def changed(self, key: str, value: str) -> Variants:
        """Return these variants with `key` set to `value`; raises `VariantUnknown`."""
        legal = legal_values()
        if key not in legal:
            near = get_close_matches(key, legal, n=1)
            hint = f"; did you mean {near[0]}?" if near else "."
            raise VariantUnknown(
                f"no variant is called {key!r}{hint} There are: {', '.join(legal)}"
            )
        return replace(self, **{key: value})  # type: ignore[arg-type]  # checked at birth

    def texts(self) -> dict[str, str]:
        """Return every variant as the text that chooses it."""
        return {key: str(getattr(self, key)) for key in legal_values()}


def legal_values() -> dict[str, tuple[str, ...]]:
    """Return every variant with its legal values, the default first or not, as declared."""
    hints = get_type_hints(Variants)
    return {f.name: get_args(hints[f.name]) for f in fields(Variants)}
