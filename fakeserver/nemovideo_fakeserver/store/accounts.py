"""Accounts with their tokens and credits, from the domain to records and back."""

from __future__ import annotations

from nemovideo_fakeserver.core import ledger
from nemovideo_fakeserver.core.account import Account, Token
from nemovideo_fakeserver.core.ledger import Ledger, LedgerBroken
from nemovideo_fakeserver.core.refusals import OutOfCredits
from nemovideo_fakeserver.scenario.broken import Wrong
from nemovideo_fakeserver.store import records
from nemovideo_fakeserver.store.times import Instant


def taken(account: Account) -> records.Account:
    """Return the record of an account by itself."""
    return records.Account(
        uid=account.uid, kind=account.kind, plan=account.plan, client=account.client
    )


def token(token: Token) -> records.Token:
    """Return the record of a token."""
    return records.Token(
        value=token.value,
        id=token.id,
        name=token.name,
        scopes=token.scopes,
        created_at=Instant(token.created_at),
        expires_at=None if token.expires_at is None else Instant(token.expires_at),
        revoked=token.revoked,
        address=token.address,
    )


def entry(entry: ledger.Entry) -> records.Entry:
    """Return the record of a movement of credits."""
    return records.Entry(
        at=Instant(entry.at), kind=entry.kind, amount=entry.amount, reference=entry.reference
    )


def restored(record: records.Account) -> Account:
    """Return the account of a record, with its tokens and its ledger; raises `Wrong`."""
    account = Account(uid=record.uid, kind=record.kind, plan=record.plan, client=record.client)
    account.tokens += (_token(one, account) for one in record.tokens)
    for number, movement in enumerate(record.ledger):
        try:
            _move(account.ledger, movement)
        except (LedgerBroken, OutOfCredits) as problem:
            raise Wrong(f"this cannot be: {problem}", ("ledger", number)) from None
    return account


def _token(record: records.Token, account: Account) -> Token:
    return Token(
        value=record.value,
        id=record.id,
        name=record.name,
        account=account,
        scopes=record.scopes,
        created_at=float(record.created_at),
        expires_at=None if record.expires_at is None else float(record.expires_at),
        revoked=record.revoked,
        address=record.address,
    )


def _move(ledger: Ledger, entry: records.Entry) -> None:
    """Let a movement of credits happen again: the law of the ledger is checked with each."""
    at, reference = float(entry.at), entry.reference
    match entry.kind:
        case "grant":
            ledger.grant(entry.amount, at=at, reference=reference)
        case "freeze":
            ledger.freeze(entry.amount, at=at, reference=reference)
        case "spend":
            ledger.spend(entry.amount, at=at, reference=reference)
        case "settle":
            ledger.settle(at=at, reference=reference)
        case "release":
            ledger.release(at=at, reference=reference)
    moved = ledger.entries[-1].amount
    if moved != entry.amount:
        raise LedgerBroken(f"{reference} holds {moved} credits, not {entry.amount}")
