"""Faults: all that can be armed can be drawn, and all that is drawn can be armed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import find, given, settings

from nemovideo_fakeserver import Fake, scenario
from nemovideo_fakeserver.api.routes import ROUTES as SERVED
from nemovideo_fakeserver.core.faults.moments import MOMENTS
from nemovideo_pytest.strategies import faults
from nemovideo_pytest.strategies.striking import ROUTES


@pytest.fixture(scope="module")
def armory() -> Any:
    """A fake that takes any number of faults."""
    with Fake() as fake:
        yield fake


@settings(max_examples=100)
@given(fault=faults(chance=True, messages=["title|标题"]))
def test_every_fault_can_be_armed_and_stands_in_a_scenario(
    armory: Fake, fault: dict[str, Any]
) -> None:
    """The fake takes it in Python, and YAML gives the same fault back."""
    armed = armory.arm(**fault)
    written = scenario.of({"faults": [fault]})

    assert armed.fault.words()["at"] == fault["at"]
    assert scenario.parse(scenario.dump(written)) == written


@pytest.mark.parametrize("moment", MOMENTS)
def test_every_moment_comes_with_every_kind_it_allows(moment: str) -> None:
    """Before it, each kind that the fake's table has for it can be had; others cannot."""
    for kind in ("answer", "fail", "delay", "break", "malformed", "drip"):
        if MOMENTS[moment].allows(kind, "before"):
            found = find(faults(moments=[moment], routes=[], kinds=[kind], sides=["before"]), bool)
            assert found["at"].split("[")[0] == moment
        else:
            with pytest.raises(ValueError, match="no fault of these kinds"):
                faults(moments=[moment], routes=[], kinds=[kind], sides=["before"])


def test_the_routes_are_those_of_the_service() -> None:
    """No route is invented."""
    served = {f"{r.method} {r.path}" for r in SERVED} if hasattr(SERVED[0], "path") else None
    with Fake() as fake:
        for route in ROUTES:
            fake.arm(route, {"delay": 1})
    assert served is None or {r.count("{}") for r in ROUTES} <= {0, 1, 2}


def test_the_smallest_fault_is_a_reset() -> None:
    """At the first place there is, before it, once."""
    assert find(faults(), lambda _: True) == {"at": "turn.accepted", "do": {"break": "reset"}}
    assert find(faults(), lambda f: "heartbeat" in f["at"])["at"] == "turn.heartbeat[1]"


@settings(max_examples=60)
@given(faults(lies=False, sides=["after"]))
def test_without_lies_nothing_done_is_refused(fault: dict[str, Any]) -> None:
    """Afterwards there is no business code, and no status that says that nothing was done."""
    assert "code" not in fault["do"]
    assert fault["do"].get("status", 500) >= 500


def test_a_moment_that_does_not_exist_is_told() -> None:
    """With those that do."""
    with pytest.raises(ValueError, match=r"no moment is called 'turn.begun'; .*here are: turn.acc"):
        faults(moments=["turn.begun"])
