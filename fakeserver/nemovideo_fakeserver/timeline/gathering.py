"""From facts to rows, in the order of virtual time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from nemovideo_fakeserver.core.journal import Fact
from nemovideo_fakeserver.timeline.credits import Moves
from nemovideo_fakeserver.timeline.happenings import happening_row
from nemovideo_fakeserver.timeline.look import Signs
from nemovideo_fakeserver.timeline.requests import request_row, turn_of
from nemovideo_fakeserver.timeline.row import Row
from nemovideo_fakeserver.timeline.streams import end_row, frame_rows, work_row
from nemovideo_fakeserver.verify.exchanges import Exchange, text


def gathered(exchanges: Sequence[Exchange], facts: Sequence[Fact], signs: Signs) -> list[Row]:
    """Return the rows of these requests and of the facts beside them.

    Things that fell due are written down when the next act notices them: a drawing has them when they
    happened.
    """
    moves = Moves(facts, signs)
    told = {act.number for each in exchanges for act in each.acts}
    others = [fact for fact in facts if fact.number not in told and fact.kind != "ledger"]
    rows = [request_row(each, moves, signs) for each in exchanges]
    rows += (row for each in exchanges for row in frame_rows(each, signs))
    rows += _ends(exchanges, [fact for fact in others if fact.kind == "turn.ended"], moves, signs)
    happened = (happening_row(fact, signs) for fact in others if fact.kind != "turn.ended")
    rows += _of_their_requests(filter(None, happened), exchanges)
    rows += moves.others()
    return sorted(rows, key=lambda row: (row.at, row.number))


def _of_their_requests(rows: Iterable[Row], exchanges: Sequence[Exchange]) -> Iterator[Row]:
    """Yield rows, those of faults that struck a request as part of it."""
    struck = {fault.number: each for each in exchanges for fault in each.faults}
    for row in rows:
        each = struck.get(row.number)
        if each is None:
            yield row
        else:
            turn = turn_of(each)
            yield replace(row, account=each.account, session=each.session, span=turn)


def _ends(
    exchanges: Sequence[Exchange], works: Sequence[Fact], moves: Moves, signs: Signs
) -> Iterator[Row]:
    """Yield the ends of streams and of the work behind them."""
    streams = [row for each in exchanges if (row := end_row(each, signs))]
    of_turn = {row.span: row for row in streams if row.span}
    together = set()
    for work in works:
        stream = of_turn.get(text(work.what, "turn") or "")
        row = work_row(work, stream, moves, signs)
        if stream and row.number == stream.number:
            together.add(stream.number)
        yield row
    yield from (row for row in streams if row.number not in together)
