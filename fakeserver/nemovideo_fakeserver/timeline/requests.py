"""Rows of requests."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from typing import TypeAlias

from nemovideo_fakeserver.core.journal import Fact
from nemovideo_fakeserver.timeline.credits import SAME_TIME, Moves
from nemovideo_fakeserver.timeline.look import Signs, Tone
from nemovideo_fakeserver.timeline.names import NAMES
from nemovideo_fakeserver.timeline.numbers import amount
from nemovideo_fakeserver.timeline.row import Row
from nemovideo_fakeserver.timeline.times import elapsed
from nemovideo_fakeserver.verify.exchanges import Exchange, text

Teller: TypeAlias = Callable[[Fact, Signs], str]


def request_row(exchange: Exchange, moves: Moves, signs: Signs) -> Row:
    """Return the row of a request and its reply; one that changes nothing folds with its like."""
    turn = turn_of(exchange)
    notes = [*filter(None, _notes(exchange, signs))]
    asked = exchange.asked.strip() or exchange.line or "request"
    row = Row(
        at=exchange.at,
        number=exchange.number,
        sort="request",
        name=NAMES.get(exchange.line) or signs.safe(asked),
        mark=signs.safe(_mark(exchange)),
        mark_tone=_tone(exchange),
        parts=tuple(_shows(exchange, signs)),
        joint=signs.leads,
        note=signs.dot.join(notes),
        note_tone="bad" if _refused(exchange) else "said" if turn else "plain",
        account=exchange.account,
        session=exchange.session,
        span=turn,
        edge="opens" if turn else "",
        fold=_fold(exchange, notes),
    )
    made = any(act.kind == "account.created" for act in exchange.acts)
    return moves.beside(row, exchange.account if made else turn, "freeze", "grant")


def turn_of(exchange: Exchange) -> str | None:
    """Return the turn whose stream a request reads, None for any other request."""
    if exchange.reply and (stream := text(exchange.reply.what, "stream")):
        return stream
    accepted = (text(a.what, "turn") for a in exchange.acts if a.kind == "turn.accepted")
    return next(accepted, None)


def _fold(exchange: Exchange, notes: list[str]) -> Hashable:
    """Return what makes requests the same: who asked, for what, the answer; None if one did something.

    One that had to wait for its answer stands alone: others may have come and gone meanwhile.
    """
    if any(act.kind != "render.polled" for act in exchange.acts) or turn_of(exchange):
        return None
    if _waited(exchange) >= SAME_TIME:
        return None
    answer = (repr(exchange.status), repr(exchange.code), *notes)
    return ("request", exchange.account, exchange.line, exchange.asked, *answer)


def _refused(exchange: Exchange) -> bool:
    status = exchange.status
    return bool(exchange.code) or not isinstance(status, int) or status >= 400


def _mark(exchange: Exchange) -> str:
    if exchange.status is None:
        return "no reply"
    status, code = exchange.status, exchange.code
    return f"{status} {code}" if code and code != status else f"{status}"


def _tone(exchange: Exchange) -> Tone:
    if exchange.status is None:
        return "odd"
    return "bad" if _refused(exchange) else "quiet"


def _shows(exchange: Exchange, signs: Signs) -> Iterator[str]:
    shows = exchange.reply and exchange.reply.what.get("shows")
    if isinstance(shows, Mapping):
        status = signs.safe(text(shows, "status") or "?")
        done = status == "completed" or "progress" not in shows
        yield status if done else f"{status} {amount(shows, 'progress')}%"


def _notes(exchange: Exchange, signs: Signs) -> Iterator[str]:
    told = exchange.reply and text(exchange.reply.what, "message")
    if told:
        yield signs.safe(told)
    for act in exchange.acts:
        if act.kind in _ACTS and not (told and act.kind == "turn.refused"):
            yield _ACTS[act.kind](act, signs)
    yield from _delay(exchange)


def _waited(exchange: Exchange) -> float:
    return exchange.reply.at - exchange.at if exchange.reply else 0.0


def _delay(exchange: Exchange) -> Iterator[str]:
    if exchange.reply is None:
        return
    if _waited(exchange) >= SAME_TIME:
        yield f"answered after {elapsed(_waited(exchange))}"
    retry = exchange.reply.what.get("retry_after")
    if retry is not None:
        yield f"retry after {amount(exchange.reply.what, 'retry_after')} s"


def _detail(*keys: str) -> Teller:
    return lambda fact, signs: signs.safe(text(fact.what, *keys) or "")


def _message(fact: Fact, signs: Signs) -> str:
    said = signs.quoted(text(fact.what, "message") or "")
    return f"{said}{signs.dot}silent" if fact.what.get("silent") is True else said


def _too_dear(fact: Fact, _: Signs) -> str:
    return f"costs {amount(fact.what, 'price')}, {amount(fact.what, 'available')} available"


_ACTS: Mapping[str, Teller] = {
    "account.created": _detail("account"),
    "session.created": _detail("session"),
    "upload.stored": _detail("filename", "media"),
    "turn.accepted": _message,
    "turn.refused": _too_dear,
    "render.submitted": _detail("render"),
    "render.cancelled": _detail("render"),
    "token.revoked": _detail("token"),
}
