"""An in-process fake whose session shows a given draft, and somebody who talks to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import httpx

from nemovideo_fakeserver import Fake, Options, scenario
from nemovideo_pytest.darkroom import Darkroom
from nemovideo_pytest.strategies import HttpPlayer, furnished


@contextmanager
def furnishing(
    draft: dict[str, Any], uploads: Sequence[str] = (), studio: Darkroom | None = None
) -> Iterator[HttpPlayer]:
    """Yield a player in a session that shows `draft` and has files of these names besides."""
    story = scenario.of({"turns": [furnished(draft)], "newcomers": {"credits": 1_000}})
    with (
        Fake(Options(scenario=story), studio=studio or Darkroom()) as fake,
        httpx.Client(transport=fake.transport(), base_url="http://127.0.0.1", timeout=900) as http,
    ):
        player = HttpPlayer(http, fake.clock.sleep_sync)
        player.token()
        player.session()
        player.say("furnish")
        for name in uploads:
            player.upload(f"https://example.test/{name}")
        yield player
