"""A network that fails now and then.

A fault with a probability strikes by a seed: the run that failed on Tuesday fails on Wednesday in the same
place. A look at a render that fails is a look; what costs credits is never sent again.
"""

from __future__ import annotations

import pytest

from nemovideo_client import NemoClient
from nemovideo_fakeserver import Journal, verify
from nemovideo_pytest import NemoFaults

POLL = "GET /api/render/proxy/lambda/{}"


@pytest.mark.nemo_scenario({"seed": 24, "renders": {"timing": {"seconds": ["80s", "90s"]}}})
@pytest.mark.nemo_faults(POLL, {"status": 503}, probability=0.5, times="always")
def test_polls_that_fail_do_not_end_an_export(
    nemo_client_sync: NemoClient, nemo_faults: NemoFaults, nemo_journal: Journal
) -> None:
    """Some polls were answered with 503, and there is one order and one film."""
    nemo_client_sync.chat("Make a 30-second lo-fi loop at 80 BPM")

    export = nemo_client_sync.export()

    (armed,) = nemo_faults
    assert armed.fired >= 1
    assert export.render.status == "completed"
    verify.assert_count(nemo_journal, {"line": POLL, "status": 503}, armed.fired)
    verify.assert_count(nemo_journal, "POST /api/render/proxy/lambda", 1)
