"""Both doors, both clients: money."""

from __future__ import annotations

from nemovideo_pytest.contract.money import *  # noqa: F403 a suite is run by importing it
