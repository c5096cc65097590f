"""A cassette that is recorded is of one test: two would write over each other, in an order of chance."""

from __future__ import annotations

from pathlib import Path

import pytest

from nemovideo_pytest.case import Case
from nemovideo_pytest.cassettes.places import place_of
from nemovideo_pytest.cassettes.wishes import Wish
from nemovideo_pytest.settings import Settings

_OWNERS = pytest.StashKey[dict[Path, list[str]]]()


def demand_alone(case: Case, wanted: Wish) -> None:
    """Raise ValueError if other tests of this run have the same cassette; all workers know all tests."""
    session = case.node.session
    owners = session.stash.setdefault(_OWNERS, {})
    if not owners:
        owners |= _owners(session)
    others = [nodeid for nodeid in owners.get(wanted.path, ()) if nodeid != case.node.nodeid]
    if others:
        raise ValueError(
            f"{wanted.shown} is the cassette of {len(others) + 1} tests of this run (also {others[0]}), and one"
            " records it: run that one alone, or give each test its own"
        )


def _owners(session: pytest.Session) -> dict[Path, list[str]]:
    settings = Settings(session.config)
    of_all = settings.text("target") == "cassette"
    root = settings.text("cassettes")
    owners: dict[Path, list[str]] = {}
    for item in session.items:
        mark = item.get_closest_marker("nemo_cassette")
        if mark is None and not (of_all and "nemo_service" in getattr(item, "fixturenames", ())):
            continue
        named = (mark.args[0] if mark.args else mark.kwargs.get("name", "")) if mark else ""
        owners.setdefault(place_of(item, str(named), root), []).append(item.nodeid)
    return owners
