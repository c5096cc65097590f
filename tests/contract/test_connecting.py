"""Both doors, both clients: connecting."""

from __future__ import annotations

from nemovideo_pytest.contract.connecting import *  # noqa: F403 a suite is run by importing it
