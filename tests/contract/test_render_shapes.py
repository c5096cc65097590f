"""Both doors, both clients: render shapes."""

from __future__ import annotations

from nemovideo_pytest.contract.render_shapes import *  # noqa: F403 a suite is run by importing it
