"""Client ids, and the one token that each of them gets in seven days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from nemovideo_fakeserver.judge.asks import Ask
from nemovideo_fakeserver.judge.evidence import Evidence, Issue
from nemovideo_fakeserver.judge.lines import TOKEN
from nemovideo_fakeserver.judge.rule import KEPT, Finding, Rule, broken
from nemovideo_fakeserver.judge.sources import ALL4, V19
from nemovideo_fakeserver.judge.told import Told
from nemovideo_fakeserver.judge.wording import instant, shown


def id_missing_again(evidence: Evidence) -> Iterator[Finding]:
    """After a 400, the next requests for a token from that address have a client id."""
    told = Told()
    for ask in evidence.asks:
        if ask.line != TOKEN:
            continue
        known = told.before(ask.peer, ask)
        if known and ask.header("x-client-id"):
            yield KEPT
        elif ask.heard(400):
            if known:
                yield broken(
                    "Asked for a token without X-Client-Id again, after a 400", known[-1], ask
                )
            told.add(ask.peer, ask)


def token_not_kept(evidence: Evidence) -> Iterator[Finding]:
    """Where a client has a token that lives, it is not refused another one; the retry is no news."""
    told = Told()
    issues: dict[str, list[Issue]] = defaultdict(list)
    for issue in evidence.issues:
        issues[issue.client or ""].append(issue)
    for ask in evidence.asks:
        client = ask.header("x-client-id") if ask.line == TOKEN else ""
        last = _last(issues[client], ask) if client else None
        if last is not None and ask.heard(429):
            if not told.before(last.token, ask) and _lives(evidence, last, ask):
                yield _unneeded(ask, client, last)
            told.add(last.token, ask)
        elif client and ask.fine:
            yield KEPT


def _unneeded(ask: Ask, client: str, issue: Issue) -> Finding:
    for_ever = issue.expires_at == float("inf")
    good = "for ever" if for_ever else f"until {instant(issue.expires_at)}"
    return broken(
        f"Asked for another token for the client {shown(client)}, whose token is good {good}",
        ask,
        account=issue.account,
    )


def _last(issues: Sequence[Issue], ask: Ask) -> Issue | None:
    """Return the token that a client was last given before it asked."""
    return next((issue for issue in reversed(issues) if _given(issue, ask)), None)


def _given(issue: Issue, ask: Ask) -> bool:
    """Say whether a token had surely reached whoever asked for it."""
    return issue.ask is not None and issue.ask.fine and ask.knew(issue.ask.answer)


def _lives(evidence: Evidence, issue: Issue, ask: Ask) -> bool:
    """Say whether a token was good, and its holder had no reason to think otherwise."""
    ended = any(
        fact.what.get("token") == issue.token and fact.number < ask.number
        for kind in ("token.revoked", "token.expired")
        for fact in evidence.of(kind)
    )
    doubted = any(
        other.token == issue.token and other.heard(1001) and ask.may_know(other.answer)
        for other in evidence.asks
    )
    return issue.expires_at > ask.at and not doubted and not ended


RULES = (
    Rule(
        name="client-id-missing-again",
        severity="error",
        source=f"{ALL4}: error codes, 400",
        says="After a 400 for a missing X-Client-Id, make an id and send it.",
        check=id_missing_again,
    ),
    Rule(
        name="token-not-kept",
        severity="warning",
        source=f"{ALL4}: error codes, 429; {V19}",
        says="Keep the token for its seven days: a client that asks for a second one meanwhile gets 429.",
        check=token_not_kept,
    ),
)
