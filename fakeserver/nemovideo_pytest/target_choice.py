"""Which target a test runs against.

Law: what the test is about goes first. A test that asks for `nemo_fake` or `nemo_server` has that one; one
that names its targets with `nemo_target` has one of these; all others have what was chosen for the run.
Under `live` and `url`, where the run is about one service, a test that is about another is skipped.
"""

from __future__ import annotations

import pytest

from nemovideo_pytest.case import Case

FAKES = ("fake", "served", "server")
OFFLINE = (*FAKES, "cassette")
REAL = ("live", "url")
"""A run against one of these is about that service; what a fake would say is no news of it."""

PINS = {"nemo_fake": "fake", "nemo_server": "server"}
STEERING = ("nemo_scenario", "nemo_faults")
"""Marks that say how a fake begins and what goes wrong in it; no real service can be told so.

`nemo_variant` is another matter: a service may be known to follow that reading (`remote.readings`).
"""


def target(case: Case) -> str:
    """Return the name of the target; skips the test where it is not about that, with the reason."""
    wanted = _wanted(case)
    pins = [fixture for fixture in PINS if case.asks_for(fixture)]
    if len(pins) > 1:
        raise _wrong(case, "asks for nemo_fake and nemo_server, which are two services; take one")
    if wanted in REAL:
        _skip_others(case, wanted, pins)
    if pins:
        return PINS[pins[0]]
    return _fitting(case, wanted)


def _wanted(case: Case) -> str:
    """Return what was chosen for the run; without a choice a test that names a cassette replays it.

    A URL is what is recorded, for who records; and where the live service is, for who has chosen that.
    """
    chosen = case.settings.text("target")
    is_marked = case.mark("nemo_cassette") is not None
    if case.settings.text("url") and chosen != "live":
        records = is_marked and case.settings.text("record", "none") != "none"
        return "cassette" if chosen == "cassette" or records else "url"
    return chosen or ("cassette" if is_marked else "fake")


def _skip_others(case: Case, wanted: str, pins: list[str]) -> None:
    if pins:
        pytest.skip(f"{pins[0]} is a fake, and this run is about the target {wanted}")
    steering = next((name for name in STEERING if case.mark(name)), None)
    if steering is not None:
        pytest.skip(f"the mark {steering} is for a fake, and this run is about the target {wanted}")


def _fitting(case: Case, wanted: str) -> str:
    """Return `wanted`, or where the test is for others, the first of these that needs no network."""
    mark = case.mark("nemo_target")
    if mark is None or wanted in mark.args:
        return wanted
    legal = (*OFFLINE, *REAL)
    strange = [repr(name) for name in mark.args if name not in legal]
    if strange or not mark.args:
        what = f"names {strange[0]}" if strange else "names none"
        raise _wrong(case, f"its mark nemo_target {what}; targets are {', '.join(legal)}")
    offline = [name for name in mark.args if name in OFFLINE]
    if wanted in REAL or not offline:
        pytest.skip(
            f"it is for the target {' or '.join(mark.args)}, and this run is about {wanted}"
        )
    return str(offline[0])


def _wrong(case: Case, what: str) -> BaseException:
    return pytest.fail.Exception(f"{case.node.nodeid}: {what}", pytrace=False)
