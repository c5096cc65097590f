"""Names that somebody chose: each must be one of those there are, or a search would look for nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from difflib import get_close_matches
from typing import TypeVar

Name = TypeVar("Name", bound=str)


def known(
    what: str, chosen: Iterable[Name], there: Collection[str], *, none: bool = False
) -> tuple[Name, ...]:
    """Return the names that were chosen of those `there` are; `what` is the word for one of them.

    Raises ValueError for a name that does not exist, for a text in place of a list of names, and, unless
    there may be `none`, where nothing was chosen.
    """
    if isinstance(chosen, str):
        raise ValueError(f"a list of names is wanted, as in [{chosen!r}], not {chosen!r}: {what}")  # noqa: TRY004  # one error for all that is wrong with names
    names = tuple(chosen)
    listed = ", ".join(there)
    if not names and not none:
        raise ValueError(f"no {what} is chosen; there are: {listed}")
    for name in names:
        if name not in there:
            near = get_close_matches(str(name), there, n=1)
            hint = f"did you mean {near[0]}? There" if near else "there"
            raise ValueError(f"no {what} is called {name!r}; {hint} are: {listed}")
    return names
