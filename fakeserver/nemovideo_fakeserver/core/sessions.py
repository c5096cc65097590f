"""Sessions: a task with a draft, its media and its turns; and the claim tokens that show it in a browser.

Documented: creating is not idempotent, a session id is a 19-digit decimal string, somebody else's or
an unknown session is 1002. No document says that a session expires; here it does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from nemovideo_fakeserver.core.account import Account
from nemovideo_fakeserver.core.accounts import WEEK
from nemovideo_fakeserver.core.assets import Asset
from nemovideo_fakeserver.core.chance import Chance
from nemovideo_fakeserver.core.draft import Draft
from nemovideo_fakeserver.core.refusals import SessionUnknown
from nemovideo_fakeserver.core.setting import Setting
from nemovideo_fakeserver.core.turns import Turn

DEFAULT_CANVAS = (1920, 1080)
CLAIM_SECONDS = WEEK


@dataclass(slots=True, kw_only=True, eq=False)
class Session:
    """One project. `draft` is what is; `planned` is what it will be when the accepted turns are done."""

    id: str
    task_id: str
    task_name: str
    account: Account
    language: str
    created_at: float
    draft: Draft = field(default_factory=dict)
    planned: Draft = field(default_factory=dict)
    uploads: list[Asset] = field(default_factory=list)
    generated: list[Asset] = field(default_factory=list)
    planned_media: list[Asset] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    edit_paid: bool = False

    @property
    def canvas(self) -> tuple[int, int]:
        """Width and height in pixels, as the draft says, else 1920 x 1080 (assumed)."""
        return canvas(self.draft)

    @property
    def busy_until(self) -> float:
        """When the last of the accepted turns ends; 0 without turns."""
        return max((turn.ends_at for turn in self.turns), default=0.0)


def canvas(draft: Draft) -> tuple[int, int]:
    """Return the canvas a draft of our own making names in its `m`."""
    about = draft.get("m", {})
    return int(about.get("width", DEFAULT_CANVAS[0])), int(about.get("height", DEFAULT_CANVAS[1]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A claim token: shows `session` in a browser until `expires_at`, as often as wanted."""

    value: str = field(repr=False)
    session: Session
    expires_at: float


class Sessions:
    """All sessions of a world."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._by_id: dict[str, Session] = {}
        self._counts: dict[tuple[str, str], int] = {}
        self._claims: dict[str, Claim] = {}

    def create(self, account: Account, task_name: str, language: str) -> Session:
        """Open a new session; every call makes another one."""
        here = self._next(account, "session")
        session = Session(
            id=here.digits(19, "id"),
            task_id="task_" + here.hex(16, "task"),
            task_name=task_name,
            account=account,
            language=language,
            created_at=self._setting.now,
        )
        self._by_id[session.id] = session
        self._setting.note(
            "session.created", session=session.id, account=account.uid, task=session.task_id
        )
        return session

    def get(self, account: Account, session_id: str) -> Session:
        """Return the account's session; raises `SessionUnknown`."""
        session = self._by_id.get(session_id)
        if session is None or session.account is not account:
            raise SessionUnknown(
                f"session not found: {session_id[:40]!r} is no session of this account;"
                " open one with POST /api/tasks/me/with-session/nemo_agent"
            )
        return session

    def forget(self, account: Account) -> list[Session]:
        """Drop an account's sessions and claim tokens; return the former."""
        gone = [session for session in self._by_id.values() if session.account is account]
        for session in gone:
            del self._by_id[session.id]
        self._claims = {
            value: claim
            for value, claim in self._claims.items()
            if claim.session.account is not account
        }
        self._counts = {key: n for key, n in self._counts.items() if key[0] != account.uid}
        return gone

    def __iter__(self) -> Iterator[Session]:
        return iter(tuple(self._by_id.values()))

    def claim(self, account: Account, task_id: str, session_id: str) -> Claim:
        """Make a claim token for a session; raises `SessionUnknown` when task and session do not belong together."""
        session = self.get(account, session_id)
        if session.task_id != task_id:
            raise SessionUnknown(
                f"session not found: {session_id} does not belong to task {task_id[:40]!r}"
            )
        value = "clm_" + self._next(account, "claim").base64url()
        claim = Claim(value=value, session=session, expires_at=self._setting.now + CLAIM_SECONDS)
        self._claims[value] = claim
        self._setting.note("claim.issued", session=session.id, account=account.uid)
        return claim

    def claims(self, session: Session) -> list[Claim]:
        """Return the claim tokens that were made for a session, in order."""
        return [claim for claim in self._claims.values() if claim.session is session]

    def restore(self, session: Session, claims: Iterable[Claim]) -> None:
        """Take in a session that was here before, with its claim tokens."""
        self._by_id[session.id] = session
        self._count(session.account, "session")
        for claim in claims:
            self._claims[claim.value] = claim
            self._count(session.account, "claim")

    def claimed(self, value: str) -> Session | None:
        """Return the session a living claim token shows."""
        claim = self._claims.get(value)
        return claim.session if claim and claim.expires_at > self._setting.now else None

    def bare(self, task_id: str, session_id: str) -> Session | None:
        """Return the session of these two ids, whoever's it is: all that a link without a token says."""
        session = self._by_id.get(session_id)
        return session if session and session.task_id == task_id else None

    def _next(self, account: Account, purpose: str) -> Chance:
        """Return the place of the account's next draw; each account counts for itself."""
        return self._setting.chance.at(account.uid, purpose, self._count(account, purpose))

    def _count(self, account: Account, purpose: str) -> int:
        key = (account.uid, purpose)
        self._counts[key] = number = self._counts.get(key, 0) + 1
        return number
