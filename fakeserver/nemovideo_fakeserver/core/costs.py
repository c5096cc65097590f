"""What a message costs, in credits.

Documented: a generation about 100, post-production editing about 50 a session, text and export nothing
(public skill page 52127510908; vendor skill 1.9). Two public skills say that most operations cost 1 to 5
instead (53446002734, 53605015804); which operation costs how much nobody says, so it is drawn.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

from nemovideo_fakeserver.core.chance import Chance

MOST = 1_000_000
_BY_KIND = r"([0-9]{1,7})/([0-9]{1,7})(?:/([0-9]{1,7}))?"
_EACH = r"([0-9]{1,7})-([0-9]{1,7})"


@dataclass(frozen=True, slots=True)
class ByKind:
    """`generate` for a generation, `edit` once for a session's edits, `text` for talk."""

    generate: int = 100
    edit: int = 50
    text: int = 0

    def price(self, kind: str, *, edit_paid: bool, chance: Chance) -> int:  # noqa: ARG002 as the others
        """Return what a message costs now: an edit is free once the session has paid for one."""
        if kind == "edit":
            return 0 if edit_paid else self.edit
        return self.generate if kind == "generate" else self.text

    def __str__(self) -> str:
        return f"{self.generate}/{self.edit}/{self.text}"


@dataclass(frozen=True, slots=True)
class Each:
    """Every edit and every generation costs from `low` to `high`; talk is free."""

    low: int
    high: int

    def price(self, kind: str, *, edit_paid: bool, chance: Chance) -> int:  # noqa: ARG002 as the others
        """Return what a message costs; it is drawn for each."""
        if kind == "text":
            return 0
        return self.low + chance.number("price") % (self.high - self.low + 1)

    def __str__(self) -> str:
        return f"{self.low}-{self.high}"


Costs: TypeAlias = ByKind | Each

DOCUMENTED = ByKind()


class CostsReading:
    """Prices by kind of work, or a range for each operation."""

    legal = (
        "generation/editing[/text] in credits such as 100/50/0, or for each operation such as 1-5"
    )

    def read(self, text: str) -> Costs:
        """Take two or three prices, or a range."""
        if match := re.fullmatch(_BY_KIND, text):
            return ByKind(*map(int, match.groups(default="0")))
        if match := re.fullmatch(_EACH, text):
            return Each(*map(int, match.groups()))
        raise ValueError(text)

    def admits(self, value: object) -> bool:
        """Prices that are not negative, and a range that has something in it."""
        match value:
            case ByKind(generate, edit, text):
                return all(_is_price(price) for price in (generate, edit, text))
            case Each(low, high):
                return _is_price(low) and _is_price(high) and low <= high
        return False

    def text(self, value: Costs) -> str:
        """Return the prices as they are read."""
        return str(value)


def _is_price(value: object) -> bool:
    return type(value) is int and 0 <= value <= MOST
