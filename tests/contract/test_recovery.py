"""Both doors, both clients: recovery."""

from __future__ import annotations

from nemovideo_pytest.contract.recovery import *  # noqa: F403 a suite is run by importing it
