"""Armed faults, from the domain to records and back."""

from __future__ import annotations

from collections import deque

from nemovideo_fakeserver.core.faults.fault import Fault
from nemovideo_fakeserver.core.faults.faults import Armed, Firing
from nemovideo_fakeserver.core.faults.unknown import FaultUnknown
from nemovideo_fakeserver.scenario.broken import Wrong
from nemovideo_fakeserver.store import records
from nemovideo_fakeserver.store.times import Instant


def taken(armed: Armed) -> records.Fault:
    """Return the record of an armed fault."""
    return records.Fault(
        id=armed.id,
        fault=armed.fault.words(),
        armed_at=Instant(armed.armed_at),
        reached=armed.reached,
        fired=armed.fired,
        firings=tuple(records.Firing(at=Instant(f.at), request=f.request) for f in armed.firings),
    )


def restored(record: records.Fault) -> Armed:
    """Return the armed fault of a record; raises `Wrong`."""
    try:
        fault = Fault.of(record.fault)
    except FaultUnknown as problem:
        raise Wrong(str(problem), ("fault", problem.key)) from None
    return Armed(
        id=record.id,
        fault=fault,
        armed_at=float(record.armed_at),
        reached=record.reached,
        fired=record.fired,
        firings=deque(Firing(at=float(f.at), request=f.request) for f in record.firings),
    )
