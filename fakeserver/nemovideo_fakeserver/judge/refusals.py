"""What the documents tell a client to do about a refusal, other than to try the same again.

Several conversations may share an account, and each learns of a refusal by itself. So the first refusal
is news to whoever speaks in one session; where a request names no session, a second may be news, too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from nemovideo_fakeserver.judge.asks import Ask
from nemovideo_fakeserver.judge.attribution import HEADERS
from nemovideo_fakeserver.judge.evidence import Evidence
from nemovideo_fakeserver.judge.lines import SESSION, SUBMITS, TOKEN, WITH_TOKEN
from nemovideo_fakeserver.judge.rule import KEPT, NEW_WISH, Finding, Rule, broken
from nemovideo_fakeserver.judge.sources import ALL4
from nemovideo_fakeserver.judge.told import Told
from nemovideo_fakeserver.judge.wording import shown


def dead_token(evidence: Evidence) -> Iterator[Finding]:
    """After a 1001 the token is not used again, unless another one was asked for in vain."""
    told, refused_in = Told(), defaultdict[str, set[str]](set)
    searches = [ask for ask in evidence.asks if ask.line == TOKEN and not ask.fine]
    for ask in evidence.asks:
        if ask.line not in WITH_TOKEN or ask.token is None:
            continue
        known = _knew_better(told, ask.token, ask)
        if known and not _sought(evidence, searches, known, ask):
            yield broken("Went on with a token that had been refused with 1001", known, ask)
        renewed = refused_in.pop(ask.session, None) if ask.session else None
        if renewed and ask.token not in renewed:
            yield KEPT
        if ask.heard(1001):
            _learn(told, ask.token, ask)
            if ask.session:
                refused_in[ask.session].add(ask.token)


def _conversations(whose: str | None, ask: Ask) -> Iterator[tuple[object, int]]:
    """Yield what a conversation may be known by, with the refusals there that may be news to it."""
    if ask.session:
        yield (whose, ask.session), 0
    if not ask.session or ask.guessed:
        yield (whose, ask.render or ask.line), 1


def _learn(told: Told, whose: str | None, ask: Ask) -> None:
    for who, _ in _conversations(whose, ask):
        told.add(who, ask)


def _knew_better(told: Told, whose: str | None, ask: Ask) -> Ask | None:
    """Return the refusal that whoever asked must have been told of; None where there is none."""
    for who, news in _conversations(whose, ask):
        known = told.before(who, ask)
        if len(known) > news:
            return known[-1]
    return None


def _sought(evidence: Evidence, searches: Sequence[Ask], known: Ask, ask: Ask) -> bool:
    """Say whether, between the two, the token's client asked for another one and got none."""
    clients = {issue.client for issue in evidence.issues if issue.token == ask.token}
    return any(
        search.may_know(known.answer)
        and ask.may_know(search.answer)
        and (search.header("x-client-id") in clients if clients else search.peer == ask.peer)
        for search in searches
    )


def lost_session(evidence: Evidence) -> Iterator[Finding]:
    """After a 1002 the session is left alone, unless it turns out to be there.

    What is asked about a render, or to watch it, names no session.
    """
    told, lost = Told(), set[str | None]()
    for ask in evidence.asks:
        if ask.render and ask.line not in SUBMITS:
            continue
        place = (ask.account, ask.session)
        known = told.before(place, ask) if ask.session else []
        if known and (ask.heard(1002) or _by_a_fault(known)):
            yield broken("Went on with a session that had been refused with 1002", known[-1], ask)
        if ask.line == SESSION and ask.account in lost:
            lost.remove(ask.account)
            yield KEPT
        elif ask.heard(1002) and ask.session:
            told.add(place, ask)
            lost.add(ask.account)


def _by_a_fault(known: Sequence[Ask]) -> bool:
    """Say whether a fault refused what is there; else another user id in the path may have helped."""
    return any(ask.answer is not None and ask.answer.faults for ask in known)


def blocked_export(evidence: Evidence) -> Iterator[Finding]:
    """After a 402 on an export that said whose it was, the account changes before the next."""
    told = Told()
    for ask in evidence.asks:
        if ask.line not in SUBMITS or not all(ask.header(name.lower()) for name in HEADERS):
            continue
        known = _knew_better(told, ask.account, ask)
        if known:
            stubborn = ask.heard(402) and _at_once(evidence, known, ask)
            said = "Ordered an export again that had been refused with 402"
            yield broken(said, known, ask) if stubborn else KEPT
        if ask.heard(402):
            _learn(told, ask.account, ask)


def _at_once(evidence: Evidence, known: Ask, ask: Ask) -> bool:
    """Say whether it is the client's own idea, with an account that is as it was."""
    changed = any(
        evidence.happened(kind, ask.account, known.number, ask.number)
        for kind in ("account.upgraded", "account.changed")
    )
    return ask.at - known.at <= NEW_WISH and not changed and not evidence.worked(known, ask)


def refused_upload(evidence: Evidence) -> Iterator[Finding]:
    """After a 4001 or 4002 the same files are not sent again to the same session."""
    told = Told()
    for ask in evidence.asks:
        sent = _files(ask)
        if not sent or not ask.session:
            continue
        refused = told.before((ask.account, ask.session, sent), ask)
        if refused:
            code = 4001 if refused[-1].heard(4001) else 4002
            said = f"Sent {shown(sent)} again, which had been refused with {code}"
            yield broken(said, refused[-1], ask)
        else:
            yield KEPT
        if ask.heard(4001) or ask.heard(4002):
            told.add((ask.account, ask.session, sent), ask)


def _files(ask: Ask) -> str:
    """Return what an upload brings, by names and sizes; "" where nothing is known of it."""
    body = ask.body if isinstance(ask.body, dict) else {}
    files = body.get("files")
    if isinstance(files, list):
        named = (f for f in files if isinstance(f, dict))
        return ", ".join(f"{f.get('filename')} ({f.get('size')} bytes)" for f in named)
    urls = body.get("urls")
    return ", ".join(str(url) for url in urls) if isinstance(urls, list) else ""


RULES = (
    Rule(
        name="dead-token-used",
        severity="error",
        source=f"{ALL4}: error codes, 1001",
        says="After a 1001, get a new token from anonymous-token; the old one stays refused.",
        check=dead_token,
    ),
    Rule(
        name="lost-session-used",
        severity="error",
        source=f"{ALL4}: error codes, 1002",
        says="After a 1002, create a new session.",
        check=lost_session,
    ),
    Rule(
        name="blocked-export-repeated",
        severity="warning",
        source=f"{ALL4}: error codes, 402",
        says="After a 402, tell the user to register or upgrade: it is about the plan, and trying again"
        " does not help.",
        check=blocked_export,
    ),
    Rule(
        name="refused-upload-repeated",
        severity="warning",
        source=f"{ALL4}: error codes, 4001 and 4002",
        says="After a 4001 or 4002, show the formats or suggest a smaller file; do not send the same one"
        " again.",
        check=refused_upload,
    ),
)
