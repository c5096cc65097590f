"""The registry of behaviours over HTTP: what each rests on."""

from __future__ import annotations

from dataclasses import asdict

from nemovideo_fakeserver.api.call import Call
from nemovideo_fakeserver.api.replies import plain
from nemovideo_fakeserver.provenance import REGISTRY
from nemovideo_fakeserver.wire.messages import Reply


def show(_call: Call) -> Reply:
    """Show every behaviour with its basis (observed, documented or assumed), source and meaning."""
    counts: dict[str, int] = {}
    for behaviour in REGISTRY.values():
        counts[behaviour.basis] = counts.get(behaviour.basis, 0) + 1
    return plain({"counts": counts, "behaviours": [asdict(b) for b in REGISTRY.values()]})
