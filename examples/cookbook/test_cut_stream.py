"""A stream that is cut at minute four.

The connection breaks, the work goes on and is paid for. A client waits, looks at the state until the work is
done, and reports what came of it; four minutes and a half pass in milliseconds.
"""

from __future__ import annotations

import pytest

from nemovideo_client import NemoClient
from nemovideo_fakeserver import Journal, verify
from nemovideo_pytest import NemoClock


@pytest.mark.nemo_scenario("cut-stream")
def test_the_work_is_found_though_the_stream_broke(
    nemo_client_sync: NemoClient, nemo_clock: NemoClock, nemo_journal: Journal
) -> None:
    """One message, one payment, and a video that nobody was told of."""
    began = nemo_clock.now()

    turn = nemo_client_sync.chat("Generate an 8 second video of a lighthouse at dawn")

    assert (turn.ended, turn.recovered) == ("dropped", True)
    assert turn.changes == ("✅ Video added: 'a lighthouse at dawn' (0-8s)",)
    assert nemo_clock.now() - began == pytest.approx(240 + 30, abs=1)
    assert nemo_client_sync.credits().available == 0
    verify.assert_count(nemo_journal, "POST /run_sse", 1)
