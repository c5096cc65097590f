"""Event dialects: the same turn, told in different words. A dialect changes events and nothing else."""

from __future__ import annotations

from nemovideo_fakeserver.api.dialects import adk, flat, typed
from nemovideo_fakeserver.api.dialects.dialect import Dialect

DIALECTS: dict[str, Dialect] = {"typed": typed.frames, "adk": adk.frames, "flat": flat.frames}
