"""Both doors, both clients: codes."""

from __future__ import annotations

from nemovideo_pytest.contract.codes import *  # noqa: F403 a suite is run by importing it
