"""Credits run out.

Code 2001 comes before anything is done. Somebody anonymous can register, and keeps the project if the link
says whose it is.
"""

from __future__ import annotations

import pytest

from nemovideo_client import NemoClient, OutOfCredits
from nemovideo_fakeserver import Journal, verify


def test_who_has_no_credits_is_shown_where_to_register(
    nemo_client_sync: NemoClient, nemo_journal: Journal
) -> None:
    """A hundred credits are one generation; the second one is refused, with a link that keeps the project."""
    nemo = nemo_client_sync
    nemo.chat("Generate an 8 second video of a lighthouse at dawn")

    with pytest.raises(OutOfCredits) as refused:
        nemo.chat("Generate another one of a harbour")

    assert refused.value.code == 2001
    assert str(refused.value.link).endswith(f"/register?bind={nemo.user_id}")
    assert nemo.credits().available == 0
    verify.assert_count(nemo_journal, {"line": "POST /run_sse", "code": 2001}, 1)
