"""A session, an account or everything, drawn as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from nemovideo_fakeserver.core.journal import Fact
from nemovideo_fakeserver.timeline.folding import folded
from nemovideo_fakeserver.timeline.gathering import gathered
from nemovideo_fakeserver.timeline.labels import Labels
from nemovideo_fakeserver.timeline.look import LINES, Signs
from nemovideo_fakeserver.timeline.numbers import counted
from nemovideo_fakeserver.timeline.page import laid_out
from nemovideo_fakeserver.timeline.pieces import Pen
from nemovideo_fakeserver.timeline.row import Row
from nemovideo_fakeserver.timeline.scope import Scope
from nemovideo_fakeserver.timeline.times import elapsed
from nemovideo_fakeserver.verify.joining import exchanges
from nemovideo_fakeserver.verify.plain import date

MOST_LEGENDS = 8
"""How many accounts, and how many sessions of one, a legend explains."""


def draw(  # noqa: PLR0913 - each is one wish of the reader
    facts: Iterable[Fact],
    session: str | None = None,
    width: int = 100,
    *,
    account: str | None = None,
    colour: bool = False,
    signs: Signs = LINES,
    most: int = 60,
) -> str:
    """Return a timeline of `session`, or of `account`, or of everything.

    No line is wider than `width` cells; at most `most` rows are drawn, and what was left out is said.
    """
    known = tuple(facts)
    scope = Scope.of(known, session, account)
    drawn = scope.exchanges(exchanges(known))
    rows = folded(scope.rows(gathered(drawn, scope.facts(known, drawn), signs)))
    pen = Pen(width=width, colour=colour, signs=signs)
    return "\n".join((*_head(scope, rows, pen), *_body(rows, pen, most), *_foot(known, pen)))


def _head(scope: Scope, rows: Sequence[Row], pen: Pen) -> Iterator[str]:
    labels, safe, dot = Labels(rows), pen.signs.safe, pen.signs.dot
    account = scope.account or labels.only_account
    session = scope.session or labels.only_session
    whose = [session and f"session {session}", account and f"account {account}"]
    named = [safe(name) for name in whose if name]
    if named:
        yield pen.line((dot.join(named), "plain"))
    if not rows:
        yield pen.line(("Nothing is known of it." if named else "Nothing has happened.", "quiet"))
        return
    ended = max(row.at + row.lasts for row in rows)
    yield pen.line((f"{elapsed(ended - rows[0].at)} from {date(rows[0].at)}", "quiet"))
    if labels.needed:
        yield from (pen.line((safe(line), "quiet")) for line in labels.legend(MOST_LEGENDS))


def _body(rows: Sequence[Row], pen: Pen, most: int) -> Iterator[str]:
    if rows:
        yield from laid_out(rows, Labels(rows), pen, most)


def _foot(facts: Sequence[Fact], pen: Pen) -> Iterator[str]:
    gone = facts[0].number - 1 if facts else 0
    if gone > 0:
        yield pen.line((f"the journal has let its first {counted(gone, 'fact')} go", "quiet"))
