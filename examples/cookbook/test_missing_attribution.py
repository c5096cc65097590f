"""An export that is blocked because nobody said who asks.

402 has nothing to do with credits: the order of the render lacks the three attribution headers. A client of a
few lines forgets them easily, and everything but the export works all the same.
"""

from __future__ import annotations

import httpx
import pytest

from nemovideo_client import Attribution
from nemovideo_pytest import Service

WHO = Attribution(source="my-skill", version="1.0.0")


@pytest.mark.nemo_breaks("attribution-missing", because="it shows what comes of it")
def test_only_the_export_notices(nemo_service: Service) -> None:
    """The same order is refused without the headers, and taken with them."""
    nemo = nemo_service.client(attribution=WHO)
    session = nemo.connect()
    nemo.chat('Add the title "Hello"')
    order = {"id": "render_1", "sessionId": session.session_id, "draft": nemo.state().draft}

    with nemo_service.http() as http:
        http.headers["Authorization"] = f"Bearer {nemo.token}"
        refused = http.post("/api/render/proxy/lambda", json=order)
        taken = http.post("/api/render/proxy/lambda", json=order, headers=dict(WHO.headers()))

    assert refused.status_code == httpx.codes.PAYMENT_REQUIRED
    assert taken.json()["status"] == "pending"
    assert nemo.credits().available == 50
