"""Both doors, both clients: uploads."""

from __future__ import annotations

from nemovideo_pytest.contract.uploads import *  # noqa: F403 a suite is run by importing it
