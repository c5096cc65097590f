from __future__ import annotations

from nemovideo_fakeserver.core.faults.actions import Answer, Break, Delay, Drip, Fail, Malformed
from nemovideo_fakeserver.core.faults.fault import Fault
from nemovideo_fakeserver.scenario import faults, parse
from support.scenarios import RICH


def test_faults_are_armed_in_order_under_real_ids() -> None:
    """Names of accounts and sessions become the ids they have in the world; ids stay ids."""
    armed = faults(parse(RICH), accounts={"mia": "anon_1"}, sessions={"holiday": "42"})

    assert armed == (
        Fault(at="POST /run_sse", do=Answer(503, None, "later", 30), message="dawn"),
        Fault(
            at="turn.heartbeat[2]",
            do=Break("half_closed"),
            side="after",
            times="always",
            account="anon_1",
        ),
        Fault(at="turn.settled", do=Fail("lost"), times=2, probability=0.5, session="42"),
        Fault(at="upload.stored", do=Answer(code=4001)),
        Fault(at="render.submitted", do=Delay(300.0)),
        Fault(at="token.issued", do=Malformed()),
        Fault(at="download.byte[9]", do=Drip(1.0), account="anon_0123456789abcdef"),
    )


def test_a_name_without_an_id_strikes_nobody_else() -> None:
    """A fault for an account that is not there keeps its name, which is nobody's id."""
    armed = faults(parse(RICH), accounts={}, sessions={})

    assert (armed[1].account, armed[2].session) == ("mia", "holiday")
