"""Who did what, where a drawing has several accounts or sessions.

Law: accounts are letters, sessions numbers within their account: `B2`. What there is only one of needs
no label.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from string import ascii_uppercase

from nemovideo_fakeserver.timeline.row import Row


class Labels:
    """The labels of accounts and sessions, in order of their appearance."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._sessions: dict[str, dict[str, str]] = {}
        for row in rows:
            if row.account is None:
                continue
            sessions = self._sessions.setdefault(row.account, {})
            if row.session is not None:
                sessions.setdefault(row.session, str(len(sessions) + 1))
        self._letters = {account: _letters(n) for n, account in enumerate(self._sessions)}

    @property
    def needed(self) -> bool:
        """Whether there is more than one account or session."""
        return len(self._sessions) > 1 or any(len(s) > 1 for s in self._sessions.values())

    def of(self, row: Row) -> str:
        """Return the label of a row."""
        if row.account is None or not self.needed:
            return ""
        return self._letter(row.account) + self._sessions[row.account].get(row.session or "", "")

    @property
    def only_account(self) -> str | None:
        """The account, where there is just one."""
        return next(iter(self._sessions)) if len(self._sessions) == 1 else None

    @property
    def only_session(self) -> str | None:
        """The session, where there is just one of just one account."""
        sessions = self._sessions.get(self.only_account or "", {})
        return next(iter(sessions)) if len(sessions) == 1 else None

    def legend(self, most: int) -> Iterator[str]:
        """Yield what the labels mean, an account at a time; at most so many, and sessions of each."""
        for account, sessions in islice(self._sessions.items(), most):
            told = [f"{number} {session}" for session, number in islice(sessions.items(), most)]
            if len(sessions) > most:
                told.append(f"and {len(sessions) - most} more")
            alone = self.only_account is not None
            label = "sessions" if alone else f"{self._letter(account)} {account}"
            yield f"{label}: {', '.join(told)}" if told else label
        if len(self._sessions) > most:
            yield f"and {len(self._sessions) - most} accounts more"

    def _letter(self, account: str) -> str:
        return self._letters[account] if len(self._sessions) > 1 else ""


def _letters(number: int) -> str:
    """Return `A` for 0, `Z` for 25, `AA` for 26."""
    more, letter = divmod(number, len(ascii_uppercase))
    return (_letters(more - 1) if more else "") + ascii_uppercase[letter]
