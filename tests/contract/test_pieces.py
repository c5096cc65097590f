"""Both doors, both clients: pieces."""

from __future__ import annotations

from nemovideo_pytest.contract.pieces import *  # noqa: F403 a suite is run by importing it
