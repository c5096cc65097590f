"""Both doors, both clients: exports."""

from __future__ import annotations

from nemovideo_pytest.contract.exports import *  # noqa: F403 a suite is run by importing it
