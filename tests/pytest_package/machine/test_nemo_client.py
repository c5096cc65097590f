"""The client of this repository lives through what the machine makes up, in either way of talking to it."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

from nemovideo_pytest.machine import NemoMachine

SOME = settings(
    max_examples=10,
    stateful_step_count=8,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


class Leaving(NemoMachine):
    """A user who goes away early, orders films and calls them off."""

    judge = ()  # who goes away and says the same again is told so, and the machine does
    acts = ("say", "leave", "order", "poll", "cancel", "download", "credits", "wait")


class Poor(NemoMachine):
    """A user whose credits end soon."""

    credits = 150


TestNemoClient = NemoMachine.TestCase
TestLeaving = Leaving.TestCase
TestPoor = Poor.TestCase
TestNemoClient.settings = TestLeaving.settings = TestPoor.settings = SOME
