"""The judge: a rule that is broken on purpose.

With `--nemo-judge=error` a test fails when its client breaks a rule of the documents, though every answer was
fine. A test that has to break one says which, and why; any other broken rule still fails it.
"""

from __future__ import annotations

import pytest

from nemovideo_client import NemoClient
from nemovideo_fakeserver import Fake


@pytest.mark.nemo_breaks(
    "polled-too-fast", because="it shows that the judge counts in virtual time"
)
def test_a_poll_every_five_seconds_is_noticed(
    nemo_client_sync: NemoClient, nemo_fake: Fake
) -> None:
    """Documented is one every 30 seconds; the film comes all the same, and nothing was lost but manners."""
    nemo = nemo_client_sync.with_options(poll_interval=5, max_polls=None)
    nemo.chat("Make a 30-second lo-fi loop at 80 BPM")

    export = nemo.export()

    assert export.render.status == "completed"
    report = nemo_fake.verdicts()
    assert {verdict.rule for verdict in report.of("error", "warning")} == {"polled-too-fast"}
    assert report.totals["cost"] == 0
