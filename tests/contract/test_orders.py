"""Both doors, both clients: orders."""

from __future__ import annotations

from nemovideo_pytest.contract.orders import *  # noqa: F403 a suite is run by importing it
