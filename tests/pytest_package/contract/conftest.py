"""The tests of the contract, as pytest collects them."""

from __future__ import annotations

from typing import Any

import pytest

from support.judging import collected


@pytest.fixture(scope="session")
def tests(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """Every test of the contract: `id`, `says` and `marks`, pairs of a name and its arguments."""
    return collected(tmp_path_factory.mktemp("collected"))
