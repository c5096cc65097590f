"""Ordering a render, trying a failed one again, and fetching the film."""

from __future__ import annotations

from collections.abc import Iterator

from nemovideo_fakeserver.judge.asks import Ask, Place
from nemovideo_fakeserver.judge.evidence import Evidence
from nemovideo_fakeserver.judge.lines import DOWNLOADS, POLLS, SUBMITS
from nemovideo_fakeserver.judge.rule import KEPT, NEW_WISH, SLACK, Finding, Rule, broken
from nemovideo_fakeserver.judge.sources import ALL4, REF, V19
from nemovideo_fakeserver.judge.told import Told
from nemovideo_fakeserver.judge.wording import shown


def spelling(evidence: Evidence) -> Iterator[Finding]:
    """An order names its session as the render service spells it."""
    for ask in evidence.asks:
        if ask.line in SUBMITS and isinstance(ask.body, dict):
            if "sessionId" in ask.body:
                yield KEPT
            elif "session_id" in ask.body and ask.heard(422):
                yield broken(
                    "Wrote session_id in the order of a render, where it is sessionId", ask
                )


def id_again(evidence: Evidence) -> Iterator[Finding]:
    """An id that was taken is not used again for the same session.

    Ids are made of the time, so that two sessions, or two orders in one second, may hit upon the same;
    who is told so (409) takes another. An order whose answer was lost may be sent again.
    """
    told = Told()
    for ask in evidence.asks:
        if ask.line not in SUBMITS or not ask.render:
            continue
        what = (ask.account, ask.session, ask.render)
        taken = [order for order in told.before(what, ask)[-1:] if not _by_chance(order, ask)]
        said = f"Used the render id {shown(ask.render)} again"
        yield broken(said, taken[-1], ask) if taken else KEPT
        if ask.fine or ask.heard(409):
            told.add(what, ask)


def _by_chance(order: Ask, ask: Ask) -> bool:
    return order.fine and ask.at - order.at < SLACK


def failed_again(evidence: Evidence) -> Iterator[Finding]:
    """Two renders of a session that failed, with nothing done in between, are not followed by a third."""
    ends = _ends(evidence)
    for place, asks in evidence.sessions.items():
        failed: list[Ask] = []
        for ask in asks:
            if ask.line not in SUBMITS or not ask.fine:
                continue
            retry = bool(failed) and _retries(evidence, place, ends, failed[-1], ask)
            failed = [*failed, ask] if retry else [ask]
            if retry:
                said = f"Ordered a render again after {len(failed) - 1} that had failed"
                yield broken(said, *failed) if len(failed) > 2 else KEPT


def _ends(evidence: Evidence) -> dict[Place, Ask]:
    """Return the polls that showed that a render had failed, the first for each."""
    found: dict[Place, Ask] = {}
    for place, asks in evidence.renders.items():
        for ask in asks:
            if ask.line in POLLS and ask.answer is not None and ask.answer.shows == "failed":
                found.setdefault(place, ask)
    return found


def _retries(
    evidence: Evidence, place: Place, ends: dict[Place, Ask], before: Ask, ask: Ask
) -> bool:
    """Say whether an order is one that failed once more: the same film, nothing said or sent meanwhile."""
    end = ends.get((before.account, before.render or ""))
    if end is None or not ask.knew(end.answer) or ask.at - end.at > NEW_WISH:
        return False
    between = evidence.within(place, before.number, ask.number)
    return not any(other.method == "POST" for other in between) and _film(before) == _film(ask)


def _film(ask: Ask) -> tuple[object, object]:
    body = ask.body if isinstance(ask.body, dict) else {}
    return str(body.get("draft")), str(body.get("output"))


def fetched_too_early(evidence: Evidence) -> Iterator[Finding]:
    """A film is fetched when its render is completed."""
    for ask in evidence.asks:
        if ask.line in DOWNLOADS and ask.heard(409):
            yield broken(f"Fetched the film of {shown(ask.render or '')} before it was there", ask)
        elif ask.line in DOWNLOADS and ask.fine:
            yield KEPT


RULES = (
    Rule(
        name="session-id-misspelt",
        severity="error",
        source=f"{REF}: all fields are snake_case but sessionId; {ALL4}: export",
        says="Write `sessionId` in the order of a render.",
        check=spelling,
    ),
    Rule(
        name="render-id-reused",
        severity="error",
        source=f"{REF}: a new id for each render; {V19}",
        says="Make a new id for every render. (Where the answer to an order was lost, the same id may be"
        " sent again.)",
        check=id_again,
    ),
    Rule(
        name="failed-render-repeated",
        severity="warning",
        source=f"{V19}: a new id, retry once",
        says="Retry a failed render once; when that fails too, tell the user.",
        check=failed_again,
    ),
    Rule(
        name="fetched-too-early",
        severity="warning",
        source=f"{V19}: download; {REF}",
        says="Fetch the film when a poll has shown `completed`.",
        check=fetched_too_early,
    ),
)
