"""Each test that asks for `drive` runs twice: blocking, and under asyncio."""

from __future__ import annotations

from typing import cast

import pytest

from support.driving import Drive, awaited, blocking


@pytest.fixture(params=[blocking, awaited], ids=["blocking", "asyncio"])
def drive(request: pytest.FixtureRequest) -> Drive:
    """One of the two drivers."""
    return cast("Drive", request.param)
