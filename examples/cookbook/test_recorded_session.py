"""A session that is recorded once, and replayed for ever.

The cassette lies beside the test, in `cassettes/`; with it the test needs no service, no fake and no credits.
Recorded anew, from a fake or from the service itself, it is by
`pytest test_recorded_session.py --nemo-target=cassette --nemo-record=rewrite --nemo-record-from=fake`.
"""

from __future__ import annotations

import pytest

from nemovideo_client import NemoClient
from nemovideo_pytest import NemoClock


@pytest.mark.nemo_cassette("paradise", strict=True)
def test_the_recorded_title_is_added_again(
    nemo_client_sync: NemoClient, nemo_clock: NemoClock
) -> None:
    """The answers and their pace are those of the recording; `strict`: all of it has to be asked for."""
    began = nemo_clock.now()

    turn = nemo_client_sync.chat('Add the title "Paradise Found"')

    assert "Paradise Found" in turn.text
    assert nemo_clock.now() - began == pytest.approx(19, abs=2)
    assert nemo_client_sync.credits().available == 50
