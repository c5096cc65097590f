"""Both doors, both clients: limits."""

from __future__ import annotations

from nemovideo_pytest.contract.limits import *  # noqa: F403 a suite is run by importing it
