"""Sessions: one for a project, kept for all its messages; and routes that are none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from nemovideo_fakeserver.core.journal import Fact
from nemovideo_fakeserver.judge.asks import Place
from nemovideo_fakeserver.judge.evidence import Evidence
from nemovideo_fakeserver.judge.lines import SUBMITS, UPLOAD
from nemovideo_fakeserver.judge.rule import KEPT, Finding, Rule, broken, unmet
from nemovideo_fakeserver.judge.sources import ALL4
from nemovideo_fakeserver.judge.turns import Turn
from nemovideo_fakeserver.judge.wording import clean

IN_A_ROW = 3
"""Sessions of one message each, one after the other, that are a habit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Used:
    """A session, the turns in it, and whether it was for more than talk: uploads or exports."""

    created: Fact
    turns: tuple[Turn, ...]
    busy: bool

    def followed_by(self, other: _Used) -> bool:
        """Say whether this one was done with before the other began."""
        return self.turns[-1].ends_at <= other.created.at


def churn(evidence: Evidence) -> Iterator[Finding]:
    """An account opens no session after the other for one message each."""
    for sessions in _used(evidence).values():
        row: list[_Used] = []
        for used in sessions:
            alone = len(used.turns) == 1 and not used.busy
            if len(used.turns) > 1:
                yield KEPT
            follows = row and row[-1].followed_by(used)
            row = ([*row, used] if follows else [used]) if alone else []
            if len(row) >= IN_A_ROW:
                said = f"Opened a session for one message, {len(row)} times in a row"
                yield unmet(said, used.turns[0], used.turns[0].at)


def _used(evidence: Evidence) -> dict[str | None, list[_Used]]:
    """Return the sessions in which something was said, by account, in the order of their creation."""
    turns: dict[Place, list[Turn]] = defaultdict(list)
    for turn in evidence.turns:
        turns[turn.account, turn.session].append(turn)
    found: dict[str | None, list[_Used]] = defaultdict(list)
    for created in evidence.of("session.created"):
        place = (created.what.get("account"), str(created.what["session"]))
        said = tuple(turns.get(place, ()))
        more = any(a.line == UPLOAD or a.line in SUBMITS for a in evidence.within(place, 0))
        if said:
            found[place[0]].append(_Used(created=created, turns=said, busy=more))
    return found


def strayed(evidence: Evidence) -> Iterator[Finding]:
    """Requests go to routes that exist; a browser that asks for an icon is no client."""
    for ask in evidence.asks:
        if ask.strayed and (ask.token is not None or ask.method not in ("GET", "HEAD")):
            yield broken(f"Asked for {clean(ask.line)}, which is no route of this API", ask)
        elif not ask.strayed:
            yield KEPT


RULES = (
    Rule(
        name="session-for-every-message",
        severity="hint",
        source=f"{ALL4}: connection, keep the session_id for all following requests",
        says="Stay in the session: it keeps the timeline, and a second edit in it is free.",
        check=churn,
    ),
    Rule(
        name="unknown-route",
        severity="error",
        source=f"{ALL4}: endpoints; 53421812729, 51779039715 and 53644533678 print others",
        says="Call the documented routes, with their methods; some pages print paths that do not exist.",
        check=strayed,
    ),
)
