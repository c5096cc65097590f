from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from nemovideo_client import NemoClient
from nemovideo_fakeserver import Fake, Options
from nemovideo_fakeserver.surfaces.httpx_transport import SyncTransport
from support import server
from support.media import png

if TYPE_CHECKING:
    from proxy.replay.handover.conftest import Passage

RATE = 2000.0


def test_a_session_passes_through_as_if_nothing_were_between(passage: Passage) -> None:
    """Token, session, upload, stream and state come back as the other server said them."""
    with Fake(Options(rate=RATE)) as fake, server.thread(fake) as url:
        passage.target = url
        with httpx.Client(transport=SyncTransport(passage), timeout=None) as http:
            nemo = NemoClient(base_url="http://here.test", http_client=http, client_id="me")
            path = f"/api/upload-video/nemo_agent/me/{nemo.connect().session_id}"
            reply = http.post(
                f"http://here.test{path}",
                files={"files": ("still.png", png(64, 48), "image/png")},
                headers={"Authorization": f"Bearer {nemo.token}"},
            )
            turn = nemo.chat("Make a 10-second lo-fi loop at 80 BPM")
            state = nemo.state()

    (file,) = reply.json()["data"]["files"]
    assert (file["filename"], file["width"], file["height"]) == ("still.png", 64, 48)
    assert file["cdn_url"].startswith("http://here.test/")
    assert turn.ended == "closed"
    assert state.draft["t"]


def test_events_come_as_they_are_said(passage: Passage) -> None:
    """A stream is not gathered: its pieces are those of the other server."""
    with Fake(Options(rate=RATE)) as fake, server.thread(fake) as url:
        passage.target = url
        with httpx.Client(transport=SyncTransport(passage), timeout=None) as http:
            nemo = NemoClient(base_url="http://here.test", http_client=http, client_id="me")
            with nemo.stream("Make a 10-second lo-fi loop at 80 BPM") as events:
                kinds = [type(event).__name__ for event in events]

    assert len(kinds) > 3


def test_a_server_that_is_not_there_is_no_answer_of_the_service(passage: Passage) -> None:
    """The reply is marked, and its body is no JSON."""
    passage.target = "http://127.0.0.1:9"

    with httpx.Client(transport=SyncTransport(passage), timeout=None) as http:
        reply = http.get("http://here.test/api/credits/balance/simple")

    assert (reply.status_code, reply.headers["X-Nemo-Proxy"]) == (503, "no-fake")
    with pytest.raises(ValueError, match="Expecting value"):
        reply.json()
