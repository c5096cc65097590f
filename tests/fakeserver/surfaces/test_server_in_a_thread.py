from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nemovideo_fakeserver.surfaces.aiohttp_app import PortTaken, Served
from support import server

if TYPE_CHECKING:
    from fakeserver.surfaces.conftest import Toy


def test_a_server_that_cannot_start_says_why(toy: Toy, monkeypatch: pytest.MonkeyPatch) -> None:
    """What goes wrong in the server's thread is raised, at once, where the server was asked for."""

    async def start(_: Served) -> None:
        raise PortTaken("port 1 is taken")

    monkeypatch.setattr(Served, "start", start)
    monkeypatch.setattr(server, "PATIENCE", 5)

    with pytest.raises(PortTaken, match="port 1 is taken"), server.thread(toy):
        pytest.fail("nothing was started")
