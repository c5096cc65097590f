"""Both doors, both clients: retrying."""

from __future__ import annotations

from nemovideo_pytest.contract.retrying import *  # noqa: F403 a suite is run by importing it
