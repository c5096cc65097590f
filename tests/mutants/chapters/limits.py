"""Mutants of the limits on tokens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from mutants.changes import headless, refused
from mutants.mutant import mutant
from mutants.patient import DAY, Patient
from mutants.surgery import Surgery
from nemovideo_fakeserver.core.accounts import Accounts
from nemovideo_fakeserver.core.setting import Setting
from nemovideo_fakeserver.wire.messages import Reply


def _twice(patient: Patient) -> Any:
    return [(r.status_code, r.headers.get("retry-after")) for r in (patient.ask(), patient.ask())]


def _many(patient: Patient) -> Any:
    return [patient.ask(f"client {number}").status_code for number in range(12)]


def _a_week_later(patient: Patient) -> Any:
    patient.ask()
    patient.jump(7 * DAY)
    return patient.ask().status_code


def _limit(name: str, more: int) -> Callable[[Surgery], None]:
    def change(cut: Surgery) -> None:
        def around(init: Any, self: Accounts, setting: Setting) -> None:
            init(self, setting)
            window = getattr(self, name)
            if window.limit is not None:
                window.limit += more

        cut.wrap("core.accounts.Accounts.__init__", around)

    return change


@mutant("tokens per client", _twice)
def two_tokens_for_a_client(cut: Surgery) -> None:
    """A client gets a second token within 7 days."""
    _limit("_per_client", 1)(cut)


@mutant("tokens per address", _many)
def eleven_tokens_for_an_address(cut: Surgery) -> None:
    """An address gets an eleventh token within 7 days."""
    _limit("_per_address", 1)(cut)


@mutant("tokens per address", _many)
def nine_tokens_for_an_address(cut: Surgery) -> None:
    """An address is refused its tenth token."""
    _limit("_per_address", -1)(cut)


@mutant("tokens per client", _a_week_later)
def a_client_waits_eight_days(cut: Surgery) -> None:
    """A client whose token has expired waits another day for the next."""

    def around(init: Any, self: Accounts, setting: Setting) -> None:
        init(self, setting)
        self._per_client.seconds += DAY

    cut.wrap("core.accounts.Accounts.__init__", around)


@mutant("Retry-After", _twice)
def no_retry_after(cut: Surgery) -> None:
    """429 does not say when to come again."""
    refused(cut, 429, lambda reply: headless(reply, "Retry-After"))


@mutant("Retry-After", _twice)
def retry_after_of_thirty(cut: Surgery) -> None:
    """`Retry-After` is 30 seconds, though a week must pass."""

    def soon(reply: Reply) -> Reply:
        bare = headless(reply, "Retry-After")
        return replace(bare, headers=(*bare.headers, ("Retry-After", "30")))

    refused(cut, 429, soon)


@mutant("code 429", _twice)
def the_limit_is_no_429(cut: Surgery) -> None:
    """Who asks for too many tokens hears HTTP 200 with a code, instead of 429."""
    refused(cut, 429, lambda reply: replace(reply, status=200))
