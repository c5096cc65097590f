"""Watching a render: every 30 seconds, until it is over, and not for ever."""

from __future__ import annotations

from collections.abc import Iterator

from nemovideo_fakeserver.judge.asks import Ask
from nemovideo_fakeserver.judge.evidence import Evidence
from nemovideo_fakeserver.judge.lines import POLLS
from nemovideo_fakeserver.judge.rule import KEPT, SLACK, Finding, Rule, broken
from nemovideo_fakeserver.judge.sources import ALL4, V19
from nemovideo_fakeserver.judge.wording import shown, spell

EVERY = 30.0
"""Seconds between two polls."""

MOST = 10
"""Polls in a row after which it is time to give the user a link."""

LONGEST = 600.0
"""Seconds of polling after which the same is true."""

PAUSE = 300.0
"""Seconds without a poll after which somebody has come back, and begins anew."""

OVER = frozenset({"completed", "failed", "cancelled"})


def too_fast(evidence: Evidence) -> Iterator[Finding]:
    """Not two intervals in a row are too short: whoever resumes may look at once.

    Intervals lie between polls that showed something: one that got no answer may be repeated at once.
    """
    for polls in _polls(evidence):
        last: float | None = None
        short = 0
        for poll in polls:
            if _shows(poll) is None:
                continue
            if last is not None:
                passed = poll.at - last
                short = short + 1 if passed < EVERY - SLACK else 0
                said = f"Polled {shown(poll.render or '')} again after {spell(passed)}"
                yield broken(said, poll) if short > 1 else KEPT
            last = poll.at
            if _shows(poll) in OVER:
                break


def after_the_end(evidence: Evidence) -> Iterator[Finding]:
    """Once a poll has shown the end, at most one more follows in a row, by whoever comes back."""
    for polls in _polls(evidence):
        end: Ask | None = None
        late: list[Ask] = []
        for poll in polls:
            if end is not None and poll.knew(end.answer):
                late = [*late, poll] if late and poll.at - late[-1].at <= PAUSE else [poll]
                said = f"Polled {shown(poll.render or '')} again, after it had shown {_shows(end)}"
                yield broken(said, end, poll) if len(late) > 1 else KEPT
            elif end is None and _shows(poll) in OVER:
                end = poll
                yield KEPT


def too_long(evidence: Evidence) -> Iterator[Finding]:
    """A row of polls that show something has at most ten of them, and lasts at most ten minutes."""
    for polls in _polls(evidence):
        row: list[Ask] = []
        for poll in filter(_shows, polls):
            row = [*row, poll] if row and poll.at - row[-1].at <= PAUSE else [poll]
            lasted = poll.at - row[0].at
            many = len(row) > MOST or lasted > LONGEST + SLACK
            said = f"Polled {len(row)} times in a row, for {spell(lasted)}"
            yield broken(said, poll) if many else KEPT
            if _shows(poll) in OVER:
                break


def _polls(evidence: Evidence) -> Iterator[list[Ask]]:
    for asks in evidence.renders.values():
        polls = [ask for ask in asks if ask.line in POLLS]
        if polls:
            yield polls


def _shows(ask: Ask) -> str | None:
    """Return the status that a poll showed; None where nothing did, or a fault may have kept it back."""
    answer = ask.answer
    return None if answer is None or answer.faults else answer.shows


RULES = (
    Rule(
        name="polled-too-fast",
        severity="warning",
        source=f"{ALL4}: export, poll every 30 s",
        says="Poll a render every 30 seconds. (One early look is taken for that of a resumed client.)",
        check=too_fast,
    ),
    Rule(
        name="polled-after-the-end",
        severity="warning",
        source=f"{ALL4}: export, poll until completed",
        says="Stop polling when a render is completed, failed or cancelled. (One later look is taken for"
        " that of a resumed client.)",
        check=after_the_end,
    ),
    Rule(
        name="polled-too-long",
        severity="hint",
        source=f"{V19}: ten times; 54183061932: ten minutes",
        says="After ten polls or ten minutes, give the user the link and come back later.",
        check=too_long,
    ),
)
