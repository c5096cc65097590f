"""How the worlds of a fake begin."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field, replace
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nemovideo_fakeserver.clock import EPOCH, Clock
from nemovideo_fakeserver.core.presets import chosen
from nemovideo_fakeserver.core.variants import Variants

if TYPE_CHECKING:
    from nemovideo_fakeserver.scenario.model.scenario import Scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How the worlds of a fake begin.

    `rate` is virtual seconds per real second; at 0 time moves only by jumps, which `autojump` makes
    whenever everybody waits. `start` is the first instant in seconds since the Unix epoch. With
    `isolate`, uploads are examined in a child process that can be stopped: for files of strangers.
    `allow_hosts` are host names, without a port, under which others than this machine may steer the fake.
    With `state`, a file, worlds last: those in it go on as they were, and all that happens is written
    there. `imports` is a snapshot to begin with, `export_on_exit` one to leave behind (`docs/state.md`).

    A `scenario` decides where the others are left as they are; a start of `now` is the real one.
    Raises ValueError for a rate or a start that no clock can have, for readings that do not exist, and
    for a host that is none.
    """

    seed: int = 0
    rate: float = 0.0
    autojump: bool = True
    start: float = EPOCH
    variants: Variants = field(default_factory=Variants)
    scenario: Scenario | None = None
    isolate: bool = False
    allow_hosts: tuple[str, ...] = ()
    state: Path | None = None
    imports: Path | None = None
    export_on_exit: Path | None = None

    def __post_init__(self) -> None:
        if self.scenario is not None:
            for name, value in _of(self.scenario):
                if getattr(self, name) == _DEFAULTS[name]:
                    object.__setattr__(self, name, value)
        object.__setattr__(self, "allow_hosts", tuple(map(_host, self.allow_hosts)))
        self.clock()

    def with_(self, **changes: Any) -> Options:
        """Return these options with others in some places, whatever the scenario says of them."""
        made = copy(self)
        for name, value in changes.items():
            object.__setattr__(made, name, value)
        made.clock()
        return made

    def playing(self, scenario: Scenario) -> Options:
        """Return these options with a scenario that decides whatever it speaks of."""
        return replace(self, scenario=scenario, **dict(_of(scenario)))

    def clock(self, start: float | None = None, rate: float | None = None) -> Clock:
        """Return a new clock that begins as these options say, but for what is given."""
        return Clock(
            self.start if start is None else start,
            rate=self.rate if rate is None else rate,
            autojump=self.autojump,
        )


def _host(name: str) -> str:
    """Return a host name as it is compared: in lower case, an address of IPv6 without brackets."""
    bare = name.lower().strip("[]")
    try:
        plain = ":" not in bare or ip_address(bare).version == 6
    except ValueError:
        plain = False
    if not plain or not re.fullmatch(r"[a-z0-9._:-]+", bare):
        raise ValueError(
            f"{name[:80]!r} is no host: say the name alone, such as fake or host.docker.internal,"
            " without scheme and port"
        )
    return bare


_DEFAULTS: dict[str, Any] = {
    "seed": 0,
    "rate": 0.0,
    "start": EPOCH,
    "variants": Variants(),
}


def _of(scenario: Scenario) -> Iterator[tuple[str, Any]]:
    """Yield the options that a scenario decides, by name."""
    clock = scenario.clock
    if scenario.seed is not None:
        yield "seed", scenario.seed
    if clock is not None and clock.rate is not None:
        yield "rate", float(clock.rate)
    if clock is not None and clock.start is not None:
        start = clock.start.seconds
        yield "start", time.time() if start is None else start
    if scenario.variants:
        yield "variants", chosen(scenario.variants.items())
