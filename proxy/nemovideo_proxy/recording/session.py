"""All that a door needs to know while it records: whom to ask, what to write with, whom to tell."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from nemovideo_proxy.model import Interaction
from nemovideo_proxy.recording.recorder import Recorder
from nemovideo_proxy.recording.spending import Guard
from nemovideo_proxy.recording.upstream import Upstream


def _nobody(_: Interaction) -> None:
    """Tell nobody."""


@dataclass(slots=True, kw_only=True)
class Session:
    """One recording of one service.

    `patience` is real seconds without a byte after which a reply is given up. `ca_file` holds the authorities
    that are trusted for the service; None: the public ones.
    """

    upstream: Upstream
    recorder: Recorder
    guard: Guard
    patience: float = 330.0
    ca_file: str | None = None
    tell: Callable[[Interaction], None] = _nobody
    failed: Callable[[str], None] = lambda _: None
    instance: str = field(default_factory=lambda: secrets.token_hex(4))
