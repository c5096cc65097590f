"""What is sent to the chat, and how often. A message that edits or generates costs credits each time.

To ask again what changes nothing is harmless (public skill page 54183061932), so that talk is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nemovideo_fakeserver.judge.asks import Ask
from nemovideo_fakeserver.judge.evidence import Evidence
from nemovideo_fakeserver.judge.lines import MESSAGE
from nemovideo_fakeserver.judge.orders import is_export
from nemovideo_fakeserver.judge.rule import KEPT, NEW_WISH, Finding, Rule, broken
from nemovideo_fakeserver.judge.sources import ALL4, REF, V19, V44
from nemovideo_fakeserver.judge.told import Told
from nemovideo_fakeserver.judge.turns import Message, Turn, same
from nemovideo_fakeserver.judge.wording import shown, spell

ENOUGH_LOOKS = 5
"""Looks at an unchanged state after which a message has failed (vendor skill 1.9, recovery)."""


def resent_while_working(evidence: Evidence) -> Iterator[Finding]:
    """The message whose turn still runs is not sent again."""
    for message, running in _followers(evidence):
        twin = next((turn for turn in running if message.repeats(turn.message)), None)
        if twin is not None:
            said = f"Sent {shown(message.text)} again after {spell(message.at - twin.at)}"
            yield _costly(f"{said}, while it was still being worked on", message, twin)
        else:
            yield KEPT


def sent_while_working(evidence: Evidence) -> Iterator[Finding]:
    """No other message goes to a session while it works."""
    for message, running in _followers(evidence):
        if any(message.repeats(turn.message) for turn in running):
            continue
        if running:
            said = f"Sent {shown(message.text)} while {shown(running[-1].message)}"
            yield _overlapping(f"{said} was still being worked on", message, running)
        else:
            yield KEPT


def _followers(evidence: Evidence) -> Iterator[tuple[Message, list[Turn]]]:
    """Yield each message for work that has one before it in its session, with the turns still at work."""
    for messages in evidence.messages.values():
        running: list[Turn] = []
        for number, message in enumerate(messages):
            if not message.works:
                continue
            running = [turn for turn in running if _busy(evidence, turn, message)]
            if number:
                yield message, running
            if message.turn is not None:
                running.append(message.turn)


def _busy(evidence: Evidence, turn: Turn, message: Message) -> bool:
    """Say whether a turn was at work when a message was sent, as far as the client could know.

    One that lost sight of it is told to look at the state; when that has changed, or has not in five
    looks, it may take the work for done.
    """
    if not turn.running(message):
        return False
    lost = turn.lost_before(message.number)
    if lost is None:
        return True
    looks = [ask.at for ask in evidence.within(turn.place, lost, message.number) if ask.looks]
    changed = bool(looks and turn.drafts) and looks[-1] >= turn.drafts[0]
    return not changed and len(looks) < ENOUGH_LOOKS


def resent_after_break(evidence: Evidence) -> Iterator[Finding]:
    """Before a message whose stream broke is sent again, somebody has asked for the state."""
    for place, messages in evidence.messages.items():
        last: dict[str, Turn] = {}
        for message in messages:
            if not message.works:
                continue
            turn = last.get(same(message.text))
            broke = turn.lost_before(message.number) if turn else None
            if turn is not None and broke is not None:
                looked = evidence.looked(place, broke, message.number)
                said = (
                    f"Sent {shown(message.text)} again, when its stream had broken, without a look"
                )
                yield KEPT if looked else _costly(f"{said} at the state", message, turn)
            if message.turn is not None:
                last[same(message.text)] = message.turn


def resent_without_credits(evidence: Evidence) -> Iterator[Finding]:
    """After a 2001 the same message comes again only when there are more credits."""
    told = Told()
    for (account, session), messages in evidence.messages.items():
        for message in messages:
            if not message.text:
                continue
            what = (account, session, same(message.text))
            refused = told.before(what, message.ask)
            if refused and _in_vain(evidence, account, refused[-1], message):
                said = f"Sent {shown(message.text)} again after a 2001, with no credits added"
                yield broken(said, refused[-1], message.ask, cost=0)
            elif refused:
                yield KEPT
            if message.turn is None:
                told.add(what, message.ask)


def _in_vain(evidence: Evidence, account: str | None, refused: Ask, message: Message) -> bool:
    """Say whether it is refused once more, with no more credits, and no user can have wished for it."""
    at_once = message.at - refused.at <= NEW_WISH
    poor = not _richer(evidence, account, refused.number, message.number)
    return message.turn is None and at_once and poor


def _richer(evidence: Evidence, account: str | None, after: int, before: int) -> bool:
    """Say whether an account got credits, or got some back, between two facts."""
    return any(
        after < fact.number < before
        and fact.what.get("account") == account
        and fact.what.get("entry") in ("grant", "release")
        for fact in evidence.of("ledger")
    )


def export_in_chat(evidence: Evidence) -> Iterator[Finding]:
    """No message is an order to export."""
    for ask in evidence.asks:
        turn = evidence.accepted.get(ask.number)
        if ask.line == MESSAGE and ask.text is not None and (turn or ask.answer):
            cost = turn.price if turn else 0
            said = f"Sent {shown(ask.text)} to the chat"
            yield broken(said, ask, turn=turn, cost=cost) if is_export(ask.text) else KEPT


def accepts_streams(evidence: Evidence) -> Iterator[Finding]:
    """A message says that it takes a stream."""
    for ask in evidence.asks:
        if ask.line == MESSAGE:
            takes = "text/event-stream" in ask.header("accept").lower()
            yield KEPT if takes else broken("Sent a message without Accept: text/event-stream", ask)


def _costly(did: str, message: Message, earlier: Turn) -> Finding:
    asks = (earlier.ask, message.ask) if earlier.ask else (message.ask,)
    return broken(did, *asks, turn=message.turn, cost=message.cost)


def _overlapping(did: str, message: Message, running: Sequence[Turn]) -> Finding:
    """Return the finding with its cost: an edit is paid twice where the first is not settled yet."""
    turn = message.turn
    twice = turn is not None and turn.work == "edit" and any(t.work == "edit" for t in running)
    ask = running[-1].ask or message.ask
    return broken(did, ask, message.ask, turn=turn, cost=message.cost if twice else None)


RULES = (
    Rule(
        name="resent-while-working",
        severity="error",
        source=f"{V19}: never re-send, it duplicates and charges twice",
        says="Wait for the end of the stream; never send a message again while it is being worked on.",
        check=resent_while_working,
    ),
    Rule(
        name="sent-while-working",
        severity="warning",
        source=f"52632701138: no concurrent messages in a session; {REF}: costs per session",
        says="Send the next message when the last one is done: a first edit is charged once it has ended,"
        " and until then the next is charged as well.",
        check=sent_while_working,
    ),
    Rule(
        name="resent-after-break",
        severity="error",
        source=f"{V19}: recovery; 52370889394",
        says="When a stream broke, look at the state before anything else: the work goes on, and a second"
        " message is paid for again.",
        check=resent_after_break,
    ),
    Rule(
        name="resent-without-credits",
        severity="warning",
        source=f"{ALL4}: error codes, 2001",
        says="After a 2001, show how to register or top up; the same message is refused again until then.",
        check=resent_without_credits,
    ),
    Rule(
        name="export-in-chat",
        severity="warning",
        source=f"{ALL4}: routing table; {V44}: never send it to the backend",
        says='Answer "export", 导出 and "send me the video" with a render, and keep them out of the chat.',
        check=export_in_chat,
    ),
    Rule(
        name="event-stream-not-accepted",
        severity="hint",
        source=f"{ALL4}: endpoints, send message",
        says="Send `Accept: text/event-stream` with a message.",
        check=accepts_streams,
    ),
)
