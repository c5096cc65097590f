"""Event dialects: the same turn, told in different words. A dialect changes events and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from nemovideo_fakeserver.api.dialects import adk, flat, typed
from nemovideo_fakeserver.core.setting import Setting
from nemovideo_fakeserver.core.turns import Turn
from nemovideo_fakeserver.wire.steps import Steps

Dialect: TypeAlias = Callable[[Turn, Setting], Steps]

DIALECTS: dict[str, Dialect] = {
    "typed": typed.tell,
    "adk": adk.tell,
    "flat": flat.tell,
}
