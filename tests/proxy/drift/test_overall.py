"""What only many replies tell: gaps of heartbeats, and shares of silent edits."""

from __future__ import annotations

import pytest

from nemovideo_proxy.drift.overall import Share, tendencies
from nemovideo_proxy.model import Interaction
from support.proxy_recordings import streamed

CALL = b'data: {"type":"tool_call","name":"edit_multitrack","args":{}}\n\n'
WORD = b'data: {"type":"text","content":"Done"}\n\n'
BEAT = b"data:\n\n"


def _edits(silent: int, of: int) -> list[Interaction]:
    return [
        streamed(n, [(1.0, CALL), (2.0, BEAT if n <= silent else WORD)]) for n in range(1, of + 1)
    ]


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [(10, 100, 0.0552, 0.1744), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (0, 0, 0.0, 1.0)],
)
def test_shares_have_intervals(count: int, of: int, low: float, high: float) -> None:
    """The 95 % intervals are those that tables of Wilson's method print."""
    assert Share(count=count, of=of).interval == pytest.approx((low, high), abs=0.0001)


@pytest.mark.parametrize(
    ("recorded", "now", "differs"),
    [((1, 3), (3, 3), False), ((6, 20), (4, 20), False), ((6, 20), (20, 20), True)],
)
def test_shares_differ_when_chance_does_not_explain_it(
    recorded: tuple[int, int], now: tuple[int, int], differs: bool
) -> None:
    """Few edits prove nothing; many that are far apart do."""
    figures = tendencies(zip(_edits(*recorded), _edits(*now), strict=True))
    shares = [figure for figure in figures if figure.aspect == "silent edits"]

    assert [figure.differs for figure in shares] == [differs]


def _beats(*times: float) -> Interaction:
    return streamed(1, [(time, BEAT) for time in times])


@pytest.mark.parametrize(
    ("recorded", "now", "differs"),
    [
        ((15, 30, 45, 60), (15, 31, 46, 60), False),
        ((15, 30, 45, 60), (20, 40, 60, 80), True),
        ((15, 30, 45, 60), (5, 10, 15, 20), True),
        ((15, 30, 45, 60), (15,), True),
        ((15, 30), (20, 40), False),
    ],
)
def test_gaps_differ_when_their_ranges_do(
    recorded: tuple[float, ...], now: tuple[float, ...], differs: bool
) -> None:
    """A few hundredths are the machine; ranges that lie apart are drift, and so are no heartbeats at all."""
    (figure,) = tendencies([(_beats(*recorded), _beats(*now))])

    assert figure.aspect == "heartbeats"
    assert figure.differs is differs
