"""Both doors, both clients: leaving."""

from __future__ import annotations

from nemovideo_pytest.contract.leaving import *  # noqa: F403 a suite is run by importing it
