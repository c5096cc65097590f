"""Both doors, both clients: refusals."""

from __future__ import annotations

from nemovideo_pytest.contract.refusals import *  # noqa: F403 a suite is run by importing it
