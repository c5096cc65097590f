"""Which facts a drawing is of.

Law: a session's drawing has what names the session, what its account did outside of any session, and
what concerns everybody (the clock, the controls) from then on. Requests that name nobody are drawn
where the facts know one account only, for then they are that one's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nemovideo_fakeserver.core.journal import Fact
from nemovideo_fakeserver.timeline.row import Row
from nemovideo_fakeserver.verify.exchanges import Exchange, text

_JOINED = frozenset({"request", "reply", "frame", "stream.ended"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What to draw: a session, or an account with all of its sessions, or everything."""

    session: str | None
    account: str | None
    alone: bool
    sessions: frozenset[str]

    @classmethod
    def of(cls, facts: Sequence[Fact], session: str | None, account: str | None) -> Scope:
        """Return the scope of a drawing; a session brings its account along."""
        accounts = {a for fact in facts if (a := text(fact.what, "account"))}
        sessions = {s for fact in facts if (s := text(fact.what, "session"))}
        owners = (
            text(fact.what, "account")
            for fact in facts
            if session is not None and text(fact.what, "session") == session
        )
        return cls(
            session=session,
            account=account or next(filter(None, owners), None),
            alone=len(accounts) < 2,
            sessions=frozenset(sessions),
        )

    def has(self, account: str | None, session: str | None) -> bool:
        """Say whether what this account did in this session is drawn."""
        if self.session is None and self.account is None:
            return True
        if self.session is not None and session is not None:
            return session == self.session
        if self.account is None:
            return False
        return account == self.account or (account is None and self.alone)

    def rows(self, every: Sequence[Row]) -> Sequence[Row]:
        """Return the rows that are drawn: none before the first that is about someone."""
        if self.session is None and self.account is None:
            return every
        first = next((n for n, row in enumerate(every) if row.account or row.session), len(every))
        return every[first:]

    def exchanges(self, every: Iterable[Exchange]) -> list[Exchange]:
        """Return the requests that are drawn."""
        return [each for each in every if self.has(each.account, each.session)]

    def facts(self, every: Iterable[Fact], drawn: Iterable[Exchange]) -> list[Fact]:
        """Return the facts that are drawn beside requests and their streams; `drawn` are the requests."""
        requests = {each.number for each in drawn}
        return [fact for fact in every if fact.kind not in _JOINED and self._shows(fact, requests)]

    def _shows(self, fact: Fact, requests: set[int]) -> bool:
        number = fact.what.get("request")
        if isinstance(number, int):
            return number in requests
        account, session = text(fact.what, "account"), text(fact.what, "session")
        if fact.kind == "ledger":
            session = self._session_of(text(fact.what, "reference"))
        return (account is None and session is None) or self.has(account, session)

    def _session_of(self, reference: str | None) -> str | None:
        session = (reference or "").rpartition("/")[0]
        return session if session in self.sessions else None
