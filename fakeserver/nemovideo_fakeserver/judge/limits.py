"""Rate limits: after a 429, wait 30 seconds, or less where the service asks for less, and retry once.

A second try is known by its being the same act: a token for the same client id, or the same message,
upload or order in the same session. What reads may be read again by others of the account, and is left
alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from nemovideo_fakeserver.judge.asks import Answer, Ask
from nemovideo_fakeserver.judge.evidence import Evidence
from nemovideo_fakeserver.judge.lines import MESSAGE, SUBMITS, TOKEN, UPLOAD
from nemovideo_fakeserver.judge.rule import KEPT, NEW_WISH, SLACK, Finding, Rule, broken
from nemovideo_fakeserver.judge.sources import ALL4
from nemovideo_fakeserver.judge.turns import same
from nemovideo_fakeserver.judge.wording import spell

PAUSE = 30.0
"""Seconds to wait before the one retry."""


def too_soon(evidence: Evidence) -> Iterator[Finding]:
    """Each retry comes after the pause."""
    for ask, refused in _retries(evidence):
        last = _refusal(refused[-1])
        asked = PAUSE if last.retry_after is None else last.retry_after
        passed, pause = ask.at - last.at, min(PAUSE, asked)
        if passed < pause - SLACK:
            yield broken(f"Tried again {spell(passed)} after a 429", refused[-1], ask)
        else:
            yield KEPT


def again(evidence: Evidence) -> Iterator[Finding]:
    """Of the retries in a row there is one."""
    for ask, refused in _retries(evidence):
        last = _refusal(refused[-1])
        meant = ask.at - last.at < min(NEW_WISH, last.retry_after or NEW_WISH)
        if len(refused) > 1 and meant:
            yield broken(f"Tried again after {len(refused)} refusals with 429", *refused, ask)
        else:
            yield KEPT


def _retries(evidence: Evidence) -> Iterator[tuple[Ask, list[Ask]]]:
    """Yield each request that repeats one refused with 429, with those in a row so far."""
    row: dict[object, list[Ask]] = defaultdict(list)
    underway: dict[object, list[Ask]] = defaultdict(list)
    for ask in evidence.asks:
        act = _act(ask)
        if act is None:
            continue
        over = [other for other in underway[act] if ask.may_know(other.answer)]
        for other in filter(lambda other: ask.knew(other.answer), over):
            row[act] = [*row[act], other] if other.heard(429) else []
        underway[act] = [*(other for other in underway[act] if other not in over), ask]
        if row[act] and ask.line in SUBMITS and evidence.worked(row[act][-1], ask):
            row[act] = []  # of another film
        if row[act]:
            yield ask, row[act]


def _refusal(refused: Ask) -> Answer:
    assert refused.answer is not None, "what was refused has been answered"
    return refused.answer


def _act(ask: Ask) -> object:
    """Return what makes two requests the same act; None where that cannot be told."""
    if ask.line == TOKEN:
        client = ask.header("x-client-id")
        return (ask.line, ask.peer, client) if client else None
    if not ask.session or ask.guessed:
        return None
    if ask.line == MESSAGE:
        return (ask.line, ask.account, ask.session, same(ask.text)) if ask.text else None
    if ask.line == UPLOAD:
        return (ask.line, ask.account, ask.session, str(ask.body))
    return (ask.line, ask.account, ask.session) if ask.line in SUBMITS else None


RULES = (
    Rule(
        name="retried-too-soon",
        severity="warning",
        source=f"{ALL4}: error codes, 429",
        says="After a 429, wait 30 seconds before the retry, or as long as Retry-After says where that is"
        " less.",
        check=too_soon,
    ),
    Rule(
        name="retried-again",
        severity="warning",
        source=f"{ALL4}: error codes, 429",
        says="After a 429, retry once; a second one in a row is the answer.",
        check=again,
    ),
)
