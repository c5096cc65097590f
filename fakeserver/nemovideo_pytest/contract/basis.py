"""What a test rests on: entries of the registry of behaviours, and the weakest of their bases as its mark.

@rests_on("POST /run_sse", "code 1001")
@costs(50)
def test_...

`-m documented` selects what public documents say, `-m "not assumed"` leaves out what no document says,
`-m "not costs"` what spends credits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

import pytest

from nemovideo_fakeserver.provenance import REGISTRY, Basis, Behaviour

STRENGTH: tuple[Basis, ...] = ("assumed", "documented", "observed")
"""From the weakest to the strongest."""

MARKERS = (
    "rests_on(*names): the behaviours of the registry that a test of the contract checks",
    "documented(*sources): all that the test checks stands in a public document",
    "assumed(*sources): something that the test checks stands in no document",
    "observed(*sources): all that the test checks was seen in a recorded session",
    "costs(credits): what the test spends of an account's credits",
    "reading(key=value, ...): the readings of the documents that the test is about",
    "within(seconds): the test asks again within so many seconds of the service, or is skipped",
    "unrecorded(because): a recording cannot hold what the test asks for, so none is made and none replayed",
)

Test = TypeVar("Test", bound=Callable[..., Any])


def rests_on(*names: str) -> Callable[[Test], Test]:
    """Name the behaviours that a test checks; raises LookupError for one that the registry does not have.

    The test is marked `observed`, `documented` or `assumed`, whichever is the weakest among them.
    """
    behaviours = tuple(_behaviour(name) for name in names)
    basis = weakest(behaviours)
    sources = tuple(told(behaviour) for behaviour in behaviours)

    def mark(test: Test) -> Test:
        marked: Test = pytest.mark.rests_on(*names)(test)
        with_sources: Callable[[Test], Test] = getattr(pytest.mark, basis)(*sources)
        return with_sources(marked)

    return mark


def costs(credits_: int) -> pytest.MarkDecorator:
    """Say how many credits a test spends, at the documented prices."""
    return pytest.mark.costs(credits_)


def reading(**words: object) -> pytest.MarkDecorator:
    """Say which readings of the documents a test is about, as `nemo_variant` does.

    A fake then follows them; on a service that cannot be told, the test is skipped unless the run says
    with `--nemo-variant` that it does.
    """
    return pytest.mark.reading(**words)


def readings(item: pytest.Item) -> dict[str, str]:
    """Return the readings that a test is about, by name."""
    words: dict[str, str] = {}
    for mark in reversed(list(item.iter_markers("reading"))):
        words |= {key: str(value) for key, value in mark.kwargs.items()}
    return words


def unrecorded(because: str) -> pytest.MarkDecorator:
    """Say why a recording cannot hold what a test asks for: it is skipped where it would be made or replayed."""
    return pytest.mark.unrecorded(because)


def why_unrecorded(item: pytest.Item) -> str:
    """Return why a recording cannot hold what a test asks for; empty where it can."""
    mark = item.get_closest_marker("unrecorded")
    return str(mark.args[0]) if mark else ""


def weakest(behaviours: Iterable[Behaviour]) -> Basis:
    """Return the weakest basis; raises ValueError without any behaviour."""
    return min((behaviour.basis for behaviour in behaviours), key=STRENGTH.index)


def told(behaviour: Behaviour) -> str:
    """Return a behaviour, its basis and its source in one line."""
    return f"{behaviour.name} - {behaviour.basis}: {behaviour.source}"


def grounds(item: pytest.Item) -> Iterator[str]:
    """Yield a line for each behaviour that a test rests on."""
    for mark in item.iter_markers("rests_on"):
        yield from (told(_behaviour(name)) for name in mark.args)


def spends(item: pytest.Item) -> int:
    """Return the credits that a test spends."""
    mark = item.get_closest_marker("costs")
    return int(mark.args[0]) if mark else 0


def _behaviour(name: str) -> Behaviour:
    try:
        return REGISTRY[name]
    except KeyError:
        raise LookupError(
            f"no behaviour is called {name!r}: use a name of nemovideo_fakeserver.provenance"
        ) from None
