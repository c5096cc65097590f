"""Both doors, both clients: streams."""

from __future__ import annotations

from nemovideo_pytest.contract.streams import *  # noqa: F403 a suite is run by importing it
