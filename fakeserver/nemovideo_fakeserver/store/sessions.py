"""Sessions with their uploads, claim tokens and turns, from the domain to records and back."""

from __future__ import annotations

from nemovideo_fakeserver.core import sessions
from nemovideo_fakeserver.core.account import Account
from nemovideo_fakeserver.core.world import World
from nemovideo_fakeserver.store import assets, records, turns
from nemovideo_fakeserver.store.times import Instant


def taken(session: sessions.Session) -> records.Session:
    """Return the record of a session by itself."""
    return records.Session(
        id=session.id,
        task_id=session.task_id,
        task_name=session.task_name,
        language=session.language,
        created_at=Instant(session.created_at),
        edit_paid=session.edit_paid,
        draft=session.draft,
    )


def claim(claim: sessions.Claim) -> records.Claim:
    """Return the record of a claim token."""
    return records.Claim(value=claim.value, expires_at=Instant(claim.expires_at))


def restore(
    record: records.Session, account: Account, world: World, settled_at: float
) -> sessions.Session:
    """Let a world have the session of a record again, with all that is in it."""
    session = sessions.Session(
        id=record.id,
        task_id=record.task_id,
        task_name=record.task_name,
        account=account,
        language=record.language,
        created_at=float(record.created_at),
        edit_paid=record.edit_paid,
        draft=record.draft,
    )
    session.uploads += (assets.restored(one, world.vault, "uploaded") for one in record.uploads)
    for number, turn in enumerate(record.turns, 1):
        session.turns.append(turns.restored(turn, session, number, world.vault))
    world.sessions.restore(session, (_claim(one, session) for one in record.claims))
    world.uploads.restore(session)
    world.chat.restore(session, settled_at)
    return session


def _claim(record: records.Claim, session: sessions.Session) -> sessions.Claim:
    return sessions.Claim(value=record.value, session=session, expires_at=float(record.expires_at))
