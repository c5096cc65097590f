"""A refusal by code or by status, in JSON, in words or as a page: the client hears the same no."""

from __future__ import annotations

import pytest

from nemovideo_client.errors import (
    APIRefusal,
    OutOfCredits,
    RateLimited,
    SessionNotFound,
    TokenRefused,
)
from nemovideo_fakeserver.wire.messages import Reply
from support.meddling.acts import reply
from support.together.house import House
from support.together.lines import CREDITS, SAY, SESSION

NOS = [
    (reply(200, {"code": 1001, "message": "no", "data": None}), TokenRefused),
    (reply(200, {"code": "1001", "message": "no"}), TokenRefused),
    (reply(401, {"code": 1001, "message": "no"}), TokenRefused),
    (reply(401, {"detail": "Invalid authentication token"}), TokenRefused),
    (reply(401, "<html>Unauthorized</html>"), TokenRefused),
    (reply(403, {"detail": "Token has expired"}), TokenRefused),
    (reply(200, {"success": False, "error": "token has been revoked"}), TokenRefused),
    (reply(404, {"code": 1002, "message": "no", "data": None}), SessionNotFound),
    (reply(402, {"code": 2001, "message": "no", "data": None}), OutOfCredits),
    (reply(200, {"code": 429, "message": "no", "data": None}), RateLimited),
    (reply(429, {"error": {"code": 429, "message": "slow down"}}), RateLimited),
]


@pytest.mark.parametrize(("no", "kind"), NOS)
def test_a_refusal(house: House, no: Reply, kind: type[APIRefusal]) -> None:
    """By code or status, in JSON, in words or as a page: the business code, where there is one, wins."""
    nemo = house.client(token=house.token())
    nemo.connect()
    house.meddler.on(CREDITS, instead=no, nth=range(1, 3))
    with pytest.raises(kind) as caught:
        nemo.credits()

    assert type(caught.value) is kind
    assert "<" not in str(caught.value)
    assert "{" not in str(caught.value)
    house.meddler.rules[-1].nth = range(0)
    assert nemo.credits().total == 100


def test_a_message_to_a_session_that_googles_server_does_not_know(house: House) -> None:
    """`{"detail":"Session not found"}` with 404 is 1002: the same path, the same server (google-adk)."""
    nemo = house.client()
    nemo.connect()
    house.meddler.on(SAY, instead=reply(404, {"detail": "Session not found: 1"}))

    assert nemo.chat("edit 20").ended == "closed"
    assert len(house.asked(SESSION)) == 2
    assert nemo.credits().total == 50
