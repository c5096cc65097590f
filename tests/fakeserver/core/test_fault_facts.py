from __future__ import annotations

from typing import TYPE_CHECKING

from nemovideo_fakeserver.core.faults.fault import Fault
from nemovideo_fakeserver.core.faults.faults import Armed, Reached

if TYPE_CHECKING:
    from fakeserver.core.conftest import Stage

HERE = Reached(place="GET /here", side="before", at=1.0)


def armed(stage: Stage, probability: float = 1.0) -> Armed:
    """Arm a fault that may strike for ever."""
    words = {"at": "GET /here", "do": {"status": 503}, "times": "always"}
    fault = Fault.of({**words, "probability": probability})
    return stage.world.faults.arm(fault, now=stage.clock.now())


def test_arming_and_disarming_are_noted(stage: Stage) -> None:
    """Whoever does it, one fact for each fault."""
    faults, now = stage.world.faults, stage.clock.now()
    for _ in range(3):
        armed(stage)
    faults.disarm("f2", now=now)
    faults.disarm("f2", now=now)
    faults.clear(now=now)

    assert [told["fault"] for told in stage.noted("fault.armed")] == ["f1", "f2", "f3"]
    assert [told["fault"] for told in stage.noted("fault.disarmed")] == ["f2", "f1", "f3"]
    assert (faults.armed, faults.count) == ([], 3)


def test_dice_that_say_no_are_noted(stage: Stage) -> None:
    """Each time a place is reached there is one fact: the fault fired, or it was spared."""
    fault = armed(stage, probability=0.5)
    for _ in range(40):
        stage.world.faults.strike(HERE)

    fired, spared = len(stage.noted("fault")), len(stage.noted("fault.spared"))
    assert (fired, fired + spared) == (fault.fired, fault.reached)
    assert min(fired, spared) > 5


def test_faults_that_are_taken_up_again_go_on(new_stage: type[Stage]) -> None:
    """The dice fall as they would have, and ids are not given again."""
    one, other = new_stage(), new_stage()
    whole = armed(one, probability=0.5)
    begun = armed(other, probability=0.5)
    for _ in range(10):
        one.world.faults.strike(HERE)
        other.world.faults.strike(HERE)
    third = new_stage()
    third.world.faults.restore([begun], other.world.faults.count)
    for _ in range(10):
        one.world.faults.strike(HERE)
        third.world.faults.strike(HERE)

    assert third.world.faults.armed[0].firings == whole.firings
    assert armed(third).id == "f2"
