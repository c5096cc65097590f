"""The judge finds nothing against the client of this repository, whatever single thing goes wrong."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from nemovideo_fakeserver import scenario
from nemovideo_fakeserver.core.faults.moments import MOMENTS, ROUTE, Moment, Side
from support import media
from support.good_client import acquitted, opened, somebody
from support.wishes import Talker

ROUTES = (
    "POST /api/auth/anonymous-token",
    "POST /api/tasks/{}/with-session/nemo_agent",
    "POST /api/upload-video/nemo_agent/{}/{}",
    "POST /run_sse",
    "GET /api/state/nemo_agent/{}/{}/latest",
    "GET /api/credits/balance/simple",
    "POST /api/render/proxy/lambda",
    "GET /api/render/proxy/lambda/{}",
    "GET /cdn/render-result/{}/{}",
)
ACTIONS: Mapping[str, tuple[Mapping[str, Any], ...]] = {
    "answer": (
        *({"status": status} for status in (402, 408, 429, 503)),
        *({"code": code} for code in (1001, 1002, 2001, 4001)),
        {"status": 429, "retry_after": 5},
    ),
    "fail": ({"fail": "out of ink"},),
    "delay": ({"delay": 20}, {"delay": 1000}),
    "break": ({"break": "reset"}, {"break": "half_closed"}, {"break": "stall"}),
    "malformed": ({"malformed": True},),
    "drip": ({"drip": 1},),
}
"""By the kind of action; those of a kind of which a client could make different things."""


ONCE = {"times": 1, "silence": "always"}
ALWAYS = {"times": "always", "silence": "never"}
"""How often it goes wrong, and whether edits say what they did."""

PLACES = [
    *(
        pytest.param(f"{name}[1]" if moment.indexed else name, moment, id=name)
        for name, moment in MOMENTS.items()
    ),
    *(pytest.param(route, ROUTE, id=route.replace("/", "_")) for route in ROUTES),
]
"""Where something may go wrong."""


@pytest.mark.parametrize("world", [ONCE, ALWAYS], ids=["once", "always"])
@pytest.mark.parametrize("side", ["before", "after"])
@pytest.mark.parametrize(("place", "moment"), PLACES)
def test_nothing_is_said_against_the_client_when_something_goes_wrong(
    place: str, moment: Moment, side: Side, world: Mapping[str, Any], tmp_path: Path
) -> None:
    """At any place, before or after the thing itself: once, and each time."""
    clip = tmp_path / "beach.mp4"
    clip.write_bytes(media.mp4())
    for kind in (kind for kind in moment.kinds if moment.allows(kind, side)):
        for do in ACTIONS[kind]:
            fault = {"at": place, "side": side, "do": do, "times": world["times"]}
            told = scenario.of({"silence": world["silence"], "faults": [fault]})
            with opened(told, "blocking") as house:
                user = somebody(house, Talker, clip, "en")
                user.wish("upload", "make", "credits", "title", "export", "louder", "export")

                acquitted(house)
                house.fake.faults.assert_all_fired()
