"""Reading a stream to its end, and looking at the state where it does not tell what was done."""

from __future__ import annotations

from collections.abc import Iterator

from nemovideo_fakeserver.judge.asks import Ask
from nemovideo_fakeserver.judge.evidence import Evidence
from nemovideo_fakeserver.judge.lines import MESSAGE
from nemovideo_fakeserver.judge.rule import KEPT, SLACK, Finding, Rule, broken, unmet
from nemovideo_fakeserver.judge.sources import REF, SILENT, V19, V44
from nemovideo_fakeserver.judge.turns import SERVER_BROKE, Stream, Turn, same
from nemovideo_fakeserver.judge.wording import shown, spell

SHORTEST_TIMEOUT = 600.0
"""Seconds after which a reader may leave: 15 minutes in most documents, 10 in the vendor's reference."""

SHORTEST_SILENCE = 300.0
"""Seconds of nothing at all, not even a heartbeat, after which a reader may leave (vendor skill 4.4)."""

FIRST_LOOK = 30.0
"""Seconds to wait after a break before the first look at the state."""


def left_early(evidence: Evidence) -> Iterator[Finding]:
    """A reader stays until the end, or until a documented timeout; what a fault did is not its doing."""
    for turn, ask, stream in _read(evidence):
        if stream.how == "end" or (stream.how == "left" and _may_leave(turn, ask.at, stream)):
            yield KEPT
        elif stream.how == "left":
            after, early = stream.ended_at - ask.at, turn.ends_at - stream.ended_at
            yield broken(
                f"Closed the stream after {spell(after)}, {spell(early)} before the work was done",
                ask,
            )


def _may_leave(turn: Turn, began: float, stream: Stream) -> bool:
    last = began if stream.last_at is None else stream.last_at
    return (
        stream.ended_at >= turn.ends_at
        or stream.ended_at - began >= SHORTEST_TIMEOUT - SLACK
        or stream.ended_at - last >= SHORTEST_SILENCE - SLACK
        or stream.told("error")
    )


def silence(evidence: Evidence) -> Iterator[Finding]:
    """After an edit that ended without a word, the state is looked at before anything else is done."""
    for turn, _, stream in _read(evidence):
        quiet = stream.how == "end" and stream.whole and not stream.told("text", "noise", "error")
        if turn.works and quiet:
            yield (
                KEPT
                if _watched(evidence, turn, stream)
                else (_looked_into(evidence, turn, stream, "a silent edit"))
            )


def _watched(evidence: Evidence, turn: Turn, stream: Stream) -> bool:
    """Say whether somebody looked while the stream was open, and after the last change to the draft."""
    return bool(turn.drafts) and any(
        ask.looks and ask.at >= turn.drafts[-1]
        for ask in evidence.within(turn.place, turn.number, stream.ended or 0)
    )


def broke(evidence: Evidence) -> Iterator[Finding]:
    """After a stream that broke, the state is looked at before anything else is done.

    A reader who left may be gone for good; it is looked for only where something else follows.
    """
    for turn in evidence.turns:
        stream = turn.stream
        if not turn.works or stream is None or turn.broke_off is None:
            continue
        finding = _looked_into(evidence, turn, stream, "a broken stream")
        if stream.how in SERVER_BROKE or not finding.open:
            yield finding


def _looked_into(evidence: Evidence, turn: Turn, stream: Stream, what: str) -> Finding:
    """Return whether the state was asked for between the end of a stream and what came next."""
    ended = stream.ended or 0
    act = evidence.next_act(turn.place, ended)
    if evidence.looked(turn.place, ended, act.number if act else float("inf")):
        return KEPT
    later = evidence.accepted.get(act.number) if act else None
    if act is None or not (later or act.answer):
        return unmet(f"Asked for no state after {what}", turn, stream.ended_at)
    did = "Sent the next message" if act.line == MESSAGE else "Ordered a render"
    again = later is not None and same(later.message) == same(turn.message)
    return broken(
        f"{did} after {what} ({shown(turn.message)}) without asking for the state",
        *((turn.ask, act) if turn.ask else (act,)),
        turn=later if again else None,
        cost=later.price if later and again else None,
    )


def looked_too_soon(evidence: Evidence) -> Iterator[Finding]:
    """The first look after a break comes when there is something to see, if nobody looked before it."""
    for turn in evidence.turns:
        stream = turn.stream
        if not turn.works or stream is None or stream.how not in SERVER_BROKE:
            continue
        ended = stream.ended or 0
        look = next((ask for ask in evidence.within(turn.place, ended) if ask.looks), None)
        if look is None or evidence.looked(turn.place, turn.number, ended):
            continue
        passed = look.at - stream.ended_at
        if passed < FIRST_LOOK - SLACK and look.at < turn.ends_at:
            yield broken(f"Looked at the state {spell(passed)} after the stream had broken", look)
        else:
            yield KEPT


def _read(evidence: Evidence) -> Iterator[tuple[Turn, Ask, Stream]]:
    """Yield the turns whose stream is over, and that no fault meddled with."""
    for turn in evidence.turns:
        ask, stream = turn.ask, turn.stream
        if ask is None or stream is None or ask.number in evidence.faulted:
            continue
        if stream.how is not None:
            yield turn, ask, stream


RULES = (
    Rule(
        name="stream-closed-early",
        severity="warning",
        source=f"{V19}: 15 minutes; {REF}: 10 minutes; {V44}: 5 minutes without a sign",
        says="Read the stream to its end: heartbeats mean that work goes on, which is paid for whether"
        " somebody reads or not. Leave after 15 minutes (one document says 10) or 5 of silence.",
        check=left_early,
    ),
    Rule(
        name="silence-not-looked-into",
        severity="error",
        source=f"{V19}; {SILENT}: SSE event handling",
        says="When an edit ends without text, ask for the state and tell the user what changed, before"
        " the next message or export.",
        check=silence,
    ),
    Rule(
        name="break-not-looked-into",
        severity="error",
        source=f"{V19}: recovery; 52370889394",
        says="When a stream breaks, ask for the state before the next message or export.",
        check=broke,
    ),
    Rule(
        name="looked-too-soon",
        severity="hint",
        source=f"{V19}: recovery; 52370889394",
        says="After a broken stream, wait 30 seconds before the first look at the state.",
        check=looked_too_soon,
    ),
)
