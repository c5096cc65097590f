"""Both doors, both clients: shapes."""

from __future__ import annotations

from nemovideo_pytest.contract.shapes import *  # noqa: F403 a suite is run by importing it
