"""Both doors, both clients: tokens."""

from __future__ import annotations

from nemovideo_pytest.contract.tokens import *  # noqa: F403 a suite is run by importing it
