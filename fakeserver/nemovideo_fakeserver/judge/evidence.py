"""What the facts show, arranged so that a rule finds it.

Law: a fact can be missing only from the front, where a bounded journal has let it go. So whatever began
within sight is seen to its end, and a rule that needs to know that something did *not* happen before
starts from a fact that is there: the session was created, the token issued, the turn accepted.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from nemovideo_fakeserver.core.journal import Fact
from nemovideo_fakeserver.judge.asks import Ask, Place
from nemovideo_fakeserver.judge.lines import MESSAGE, UPLOAD
from nemovideo_fakeserver.judge.turns import Message, Turn

_number = attrgetter("number")


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """A token that was issued; `client` is the X-Client-Id it was issued to.

    `expires_at` is infinite for one that never expires; `ask` is the request for it, where it was asked for.
    """

    number: int
    token: str
    account: str | None
    client: str | None
    expires_at: float
    ask: Ask | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The facts by what they are about; everything in order of writing.

    `sessions` and `renders` hold the requests that name one, `messages` what was said in a session,
    `accepted` the turns by the number of the request, `faulted` the numbers of requests that a fault
    acted on.
    """

    kinds: Mapping[str, Sequence[Fact]]
    asks: Sequence[Ask]
    turns: Sequence[Turn]
    accepted: Mapping[int, Turn]
    messages: Mapping[Place, Sequence[Message]]
    sessions: Mapping[Place, Sequence[Ask]]
    renders: Mapping[Place, Sequence[Ask]]
    issues: Sequence[Issue]
    faulted: frozenset[int]

    def of(self, kind: str) -> Sequence[Fact]:
        """Return the facts of a kind."""
        return self.kinds.get(kind, ())

    def within(self, place: Place, after: int, before: float = float("inf")) -> Iterator[Ask]:
        """Yield the requests that name a session, between two facts."""
        asks = self.sessions.get(place, ())
        for ask in asks[bisect_right(asks, after, key=_number) :]:
            if ask.number >= before:
                return
            yield ask

    def looked(self, place: Place, after: int, before: float = float("inf")) -> bool:
        """Say whether somebody asked for the state of a session between two facts."""
        return any(ask.looks for ask in self.within(place, after, before))

    def next_act(self, place: Place, after: int) -> Ask | None:
        """Return the next message or render ordered in a session after a fact."""
        return next((ask for ask in self.within(place, after) if ask.acts), None)

    def worked(self, before: Ask, ask: Ask) -> bool:
        """Say whether something was said or sent in the session between two of its requests."""
        place = (ask.account, ask.session or "")
        between = self.within(place, before.number, ask.number)
        return any(other.line in (MESSAGE, UPLOAD) for other in between)

    def happened(self, kind: str, account: str | None, after: int, before: int) -> bool:
        """Say whether a fact of a kind is about an account, between two facts."""
        facts = self.of(kind)
        start = bisect_right(facts, after, key=_number)
        return any(
            fact.what.get("account") == account
            for fact in facts[start : bisect_right(facts, before, key=_number)]
        )
