"""Both doors, both clients: statuses."""

from __future__ import annotations

from nemovideo_pytest.contract.statuses import *  # noqa: F403 a suite is run by importing it
