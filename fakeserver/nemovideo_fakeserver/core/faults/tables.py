"""The moments and the actions in print, for `docs/faults.md`."""

from __future__ import annotations

from collections.abc import Iterator

from nemovideo_fakeserver.core.faults.actions import MEANS, kind_of
from nemovideo_fakeserver.core.faults.moments import MOMENTS, ROUTE, SIDES, Moment


def as_markdown() -> str:
    """Return both tables as Markdown."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "| moment | what it is | before it | after it | actions |"
    yield "|---|---|---|---|---|"
    for moment in (*MOMENTS.values(), ROUTE):
        cells = (
            f"`{moment.spelling}`",
            moment.means,
            moment.before,
            moment.after,
            _actions(moment),
        )
        yield f"| {' | '.join(cells)} |"
    yield ""
    yield "| action | what it does |"
    yield "|---|---|"
    for written, means in MEANS.values():
        yield f"| `{written}` | {means} |"


def _actions(moment: Moment) -> str:
    """Return the words that are legal at a moment, those that are so on one side with that."""
    words = []
    for word in MEANS:
        sides = [side for side in SIDES if moment.allows(kind_of(word), side)]
        if sides:
            words.append(f"`{word}`" if len(sides) == len(SIDES) else f"`{word}` ({sides[0]})")
    return ", ".join(words)
