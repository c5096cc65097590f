"""Both doors, both clients: problems."""

from __future__ import annotations

from nemovideo_pytest.contract.problems import *  # noqa: F403 a suite is run by importing it
