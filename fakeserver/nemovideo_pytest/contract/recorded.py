"""The contract as recordings: of a fake, and of all but what a recording cannot hold.

Each test then has a service of its own, whose time stands while it thinks. A test asks the same while it is
recorded and in the replay, and is skipped in both or in neither.
"""

from __future__ import annotations

import pytest

from nemovideo_pytest.contract import basis
from nemovideo_pytest.settings import Settings

_FAKES = ("fake", "served")


def demand_a_fake(config: pytest.Config) -> None:
    """Raise UsageError where a service would be recorded whose accounts are few, and whose time runs."""
    chosen = Settings(config)
    if chosen.text("target") != "cassette" or chosen.text("record", "none") == "none":
        return
    if chosen.text("url") or chosen.text("record-from", "live") not in _FAKES:
        raise pytest.UsageError(
            "the contract is recorded from a fake, of which each test has one: say --nemo-record-from=fake,"
            " or served, and no --nemo-url"
        )


def check(item: pytest.Item) -> None:
    """Skip a test that a recording cannot hold, where one would be made or replayed."""
    why = basis.why_unrecorded(item)
    if why and Settings(item.config).text("target") == "cassette":
        pytest.skip(f"a recording cannot hold this: {why}")
