"""Both doors, both clients: downloads."""

from __future__ import annotations

from nemovideo_pytest.contract.downloads import *  # noqa: F403 a suite is run by importing it
