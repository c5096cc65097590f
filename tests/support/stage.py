"""Fakes whose turns and renders a test decides: the scripted agent and the darkroom behind the real API."""

from __future__ import annotations

import httpx

from nemovideo_fakeserver import Fake, Options
from nemovideo_pytest.darkroom import Darkroom
from support.caller import Caller
from support.script import script


def scripted_fake(options: Options | None = None) -> Fake:
    """Return a fake with the scripted agent and no encoder; close it."""
    return Fake(options, agent=script, studio=Darkroom())


def client(fake: Fake) -> httpx.Client:
    """Return an httpx client that reaches a fake in-process, and waits as long as a skill does."""
    return httpx.Client(transport=fake.transport(), base_url="http://127.0.0.1", timeout=900)


def darkroom(fake: Fake) -> Darkroom:
    """Return the studio of a scripted fake."""
    studio = fake.world().studio
    assert isinstance(studio, Darkroom)
    return studio


def bearer(caller: Caller) -> str:
    """Return the caller's token."""
    return caller.headers["Authorization"].removeprefix("Bearer ")


def grant(fake: Fake, caller: Caller, credits_: int) -> None:
    """Give the caller credits beyond the 100 free ones."""
    ledger = fake.world().accounts.authenticate(bearer(caller)).account.ledger
    ledger.grant(credits_, at=fake.clock.now(), reference="test")
