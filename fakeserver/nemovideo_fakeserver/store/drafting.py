"""Operations on drafts, from the domain to a record and back."""

from __future__ import annotations

from nemovideo_fakeserver.core.draft import Change, Describe, Operation, Order, Put, Remove
from nemovideo_fakeserver.store import records


def taken(operation: Operation) -> records.Operation:
    """Return the record of an operation."""
    match operation:
        case Put(tt, segment, new_track):
            put = records.Put(tt=tt, segment=dict(segment), new_track=new_track)
            return records.Operation(put=put)
        case Change(id_, patch):
            return records.Operation(change=records.Change(id=id_, patch=dict(patch)))
        case Remove(id_):
            return records.Operation(remove=id_)
        case Order(ids):
            return records.Operation(order=ids)
        case Describe(patch):
            return records.Operation(describe=dict(patch))


def restored(record: records.Operation) -> Operation:
    """Return the operation of a record."""
    if record.put is not None:
        return Put(record.put.tt, record.put.segment, record.put.new_track)
    if record.change is not None:
        return Change(record.change.id, record.change.patch)
    if record.remove is not None:
        return Remove(record.remove)
    return Order(record.order) if record.order is not None else Describe(record.describe or {})
