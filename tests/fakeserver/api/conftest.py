"""Every test here has the scripted agent, and a studio that needs no encoder, behind the real API."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from nemovideo_fakeserver import Fake, Options
from nemovideo_fakeserver.core.variants import Variants
from support.caller import Caller
from support.stage import client, grant, scripted_fake


@pytest.fixture
def fake() -> Iterator[Fake]:
    """A scripted fake for one test, in-process, at rate 0."""
    with scripted_fake() as made:
        yield made


@pytest.fixture
def rich(fake: Fake, caller: Caller) -> Caller:
    """The caller, with 1000 credits."""
    grant(fake, caller, 900)
    return caller


@pytest.fixture
def edited(caller: Caller) -> Caller:
    """A caller whose draft has a title."""
    caller.say("edit 20")
    return caller


@pytest.fixture
def variant() -> Iterator[Callable[..., Caller]]:
    """A function that connects a caller to a new fake with the given variants."""
    with ExitStack() as stack:

        def connect(**chosen: str) -> Caller:
            variants = Variants()
            for key, value in chosen.items():
                variants = variants.changed(key, value)
            fake = stack.enter_context(scripted_fake(Options(variants=variants)))
            return Caller(stack.enter_context(client(fake))).connect()

        yield connect
