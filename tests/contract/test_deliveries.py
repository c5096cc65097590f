"""Both doors, both clients: deliveries."""

from __future__ import annotations

from nemovideo_pytest.contract.deliveries import *  # noqa: F403 a suite is run by importing it
