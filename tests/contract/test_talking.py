"""Both doors, both clients: talking."""

from __future__ import annotations

from nemovideo_pytest.contract.talking import *  # noqa: F403 a suite is run by importing it
