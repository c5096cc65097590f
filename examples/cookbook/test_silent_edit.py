"""A silent edit.

About 30 % of edits end without a word. A client that shows its user nothing then looks broken; one that looks
into the state can say what changed.
"""

from __future__ import annotations

import pytest

from nemovideo_client import NemoClient
from nemovideo_fakeserver import Journal, verify


@pytest.mark.nemo_scenario("silent-edit")
def test_what_a_silent_edit_did_is_found_in_the_state(
    nemo_client_sync: NemoClient, nemo_journal: Journal
) -> None:
    """The service says nothing, the client tells the change, and asked the state for it."""
    turn = nemo_client_sync.chat('Add the title "Paradise Found"')

    assert turn.silent
    assert turn.changes == ("✅ Title added: 'Paradise Found' (white 48pt, center)",)
    verify.assert_sequence(
        nemo_journal, ["POST /run_sse", "GET /api/state/nemo_agent/{}/{}/latest"]
    )
