"""What is wrong with a whole cassette: it looks at everything, and goes on after each thing it finds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from nemovideo_proxy.cassette import BrokenCassette, Cassette, header_text
from nemovideo_proxy.convert.files import is_cassette
from nemovideo_proxy.doctor import interactions
from nemovideo_proxy.doctor.ailment import Ailment, Kind

_NO_CASSETTES = (".files", ".open")


def examined(path: Path, *, now: datetime) -> tuple[Ailment, ...]:
    """Return what is wrong with the cassette at `path`; raises OSError where it cannot be read."""
    try:
        with Cassette.open(path) as cassette:
            found = tuple(_found(cassette, now))
    except BrokenCassette as problem:
        return (interactions.of(problem, "broken"),)
    return tuple(sorted(found, key=lambda ailment: ailment.line))


def cassettes_in(folder: Path) -> tuple[Path, ...]:
    """Return the cassettes in a folder and those below it, in order of their names."""
    return tuple(
        path
        for path in sorted((*folder.rglob("*.yaml"), *folder.rglob("*.yml")))
        if not any(parent.name.endswith(_NO_CASSETTES) for parent in path.parents)
        and path.is_file()
        and is_cassette(path)
    )


def _found(cassette: Cassette, now: datetime) -> Iterator[Ailment]:
    yield from _header(cassette, now)
    for entry in cassette.entries:
        yield from interactions.examined(cassette, entry)
    yield from _order(cassette)
    yield from _orphans(cassette)


def _header(cassette: Cassette, now: datetime) -> Iterator[Ailment]:
    header = cassette.header
    if _written(cassette) != header_text(header).encode():
        what = "the header is not written as a recording writes it"
        yield _first(cassette, "format", what, "`--format` writes it anew")
    try:
        recorded = datetime.fromisoformat(header.recorded_at)
    except ValueError:
        what = f"recorded_at is `{header.recorded_at}`, which is no time"
        yield _first(cassette, "schema", what, "write a time such as 2026-03-18T10:00:00Z")
        return
    if header.expires_after is None:
        return
    recorded = recorded if recorded.tzinfo else recorded.replace(tzinfo=UTC)
    over = now - recorded - timedelta(days=header.expires_after)
    if over > timedelta():
        what = (
            f"it was recorded on {recorded:%Y-%m-%d} and trusted for {header.expires_after:g} days"
        )
        do = "record it again, or look whether it is still true with `nemo-proxy verify`"
        yield _first(cassette, "expired", what, do)


def _written(cassette: Cassette) -> bytes:
    """Return the header as it stands in the file."""
    first = next((entry.start for entry in cassette.in_file()), None)
    return cassette.path.read_bytes()[:first]


def _order(cassette: Cassette) -> Iterator[Ailment]:
    before = 0
    for entry in cassette.in_file():
        if entry.number < before:
            what = f"interaction {entry.number} stands after interaction {before}"
            do = "`--format` puts them in order"
            yield interactions.ailment(cassette, entry, "format", what, do)
        before = entry.number


def _orphans(cassette: Cassette) -> Iterator[Ailment]:
    try:
        orphans = cassette.orphans()
    except BrokenCassette:
        # which files belong to an interaction that cannot be read, nobody knows
        return
    for path in orphans:
        what = f"no interaction has the file {path.name}"
        yield _first(cassette, "orphan", what, f"remove {path}")


def _first(cassette: Cassette, kind: Kind, what: str, what_to_do: str) -> Ailment:
    return Ailment(path=cassette.path, line=1, kind=kind, what=what, what_to_do=what_to_do)
