"""Every deed by its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from support.machine import doing, steering
from support.machine.audit import same
from support.machine.deeds import Deed
from support.machine.striking import Words
from support.machine.walk import Walk

_DONE: tuple[Callable[..., None], ...] = (
    doing.token,
    doing.session,
    doing.claim,
    doing.say,
    doing.shout,
    doing.talk,
    doing.leave,
    doing.upload,
    doing.state,
    doing.balance,
    doing.create_token,
    doing.revoke_token,
    doing.render,
    doing.poll,
    doing.cancel,
    doing.download,
    doing.stray,
    steering.jump,
    steering.grant,
    steering.spend,
    steering.upgrade,
    steering.expire,
    steering.revoke,
    steering.guest,
    steering.arm,
    steering.disarm,
    steering.reset_account,
    steering.reset_world,
    steering.reset_all,
    steering.play,
    steering.elsewhere,
    steering.slowly,
    steering.develop,
)
DEEDS = {deed.__name__: deed for deed in _DONE}
_OF_BOTH = ("reset_all", "develop")
"""What reaches into both worlds."""


def live(scenario: Words, deeds: Iterable[Deed]) -> None:
    """Live a whole life; raises what it breaks."""
    with Walk(scenario) as walk:
        for deed in deeds:
            do(walk, deed)
        walk.finish()


def do(walk: Walk, deed: Deed) -> None:
    """Do a deed, and hold the fake to what must be after it."""
    walk.door.log.append(deed)
    before = {place.name: len(place.audit.heard) for place in walk.places}
    here = walk.here
    DEEDS[deed.do](walk, **deed.what)
    walk.here.readers.read_on(walk.here.now)
    walk.here.check()
    if deed.do not in _OF_BOTH:
        for place in walk.places:
            if place is not here and place.name in before:
                told = len(place.audit.heard)
                same(told, before[place.name], "what is done in one world is not told in another")
