"""What only many replies can tell: how far apart heartbeats are, and how often an edit says nothing.

With few of them no verdict is possible: then the figures are told and nothing is found. Gaps differ when
the whole range of one lies outside the other's; shares when their 95 % intervals (Wilson) do not touch.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from statistics import median

from nemovideo_proxy.drift import streams
from nemovideo_proxy.drift.comparing import endpoint_of
from nemovideo_proxy.drift.findings import Aspect, Compared, Finding
from nemovideo_proxy.model import Interaction

FEW = 3
"""Gaps from which on their ranges are compared."""

TOLERANCE = 0.1
"""Of a gap: what a busy machine may add or take."""

_Z = 1.96


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps:
    """Seconds between heartbeats: how many were measured, and how they are distributed."""

    count: int
    median: float
    least: float
    most: float

    def __str__(self) -> str:
        return f"median {self.median:g} s, {self.least:g} to {self.most:g} s ({self.count} gaps)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many of how many, with the interval in which the true share lies (95 %)."""

    count: int
    of: int

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's score interval; all there is where nothing was counted."""
        if not self.of:
            return 0.0, 1.0
        share, n = self.count / self.of, self.of
        middle = (share + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
        half = _Z * sqrt(share * (1 - share) / n + _Z**2 / (4 * n * n)) / (1 + _Z**2 / n)
        return max(0.0, middle - half), min(1.0, middle + half)

    def __str__(self) -> str:
        low, high = self.interval
        return f"{self.count} of {self.of} ({low:.0%} to {high:.0%})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tendency:
    """A figure of an endpoint: recorded, and now."""

    endpoint: str
    aspect: Aspect
    recorded: Gaps | Share
    now: Gaps | Share
    differs: bool

    def result(self) -> Compared:
        """Return it as a comparison of all replies of the endpoint."""
        finding = Finding(
            endpoint=self.endpoint,
            number=None,
            aspect=self.aspect,
            path=self.aspect,
            how=self.aspect,
            recorded=str(self.recorded),
            now=str(self.now),
        )
        return Compared(
            endpoint=self.endpoint,
            number=None,
            looked_at={self.aspect: 1},
            findings=(finding,) if self.differs else (),
        )


def tendencies(pairs: Iterable[tuple[Interaction, Interaction]]) -> tuple[Tendency, ...]:
    """Return the figures of all endpoints that stream, of recorded replies and those of now."""
    by_endpoint: dict[str, list[tuple[streams.Stream, streams.Stream]]] = {}
    for recorded, now in pairs:
        if streams.is_stream(recorded) and streams.is_stream(now):
            both = streams.stream_of(recorded), streams.stream_of(now)
            by_endpoint.setdefault(endpoint_of(recorded), []).append(both)
    return tuple(
        found
        for endpoint, both in by_endpoint.items()
        for found in (_gaps(endpoint, both), _silent(endpoint, both))
        if found is not None
    )


def _gaps(endpoint: str, both: list[tuple[streams.Stream, streams.Stream]]) -> Tendency | None:
    recorded = _distribution(gap for stream, _ in both for gap in stream.gaps)
    now = _distribution(gap for _, stream in both for gap in stream.gaps)
    if not recorded.count and not now.count:
        return None
    enough = min(recorded.count, now.count) >= FEW
    apart = now.least > recorded.most * (1 + TOLERANCE) or now.most < recorded.least * (
        1 - TOLERANCE
    )
    none_left = recorded.count >= FEW and not now.count
    return Tendency(
        endpoint=endpoint,
        aspect="heartbeats",
        recorded=recorded,
        now=now,
        differs=(enough and apart) or none_left,
    )


def _distribution(gaps: Iterable[float]) -> Gaps:
    found = list(gaps)
    if not found:
        return Gaps(count=0, median=0.0, least=0.0, most=0.0)
    return Gaps(count=len(found), median=median(found), least=min(found), most=max(found))


def _silent(endpoint: str, both: list[tuple[streams.Stream, streams.Stream]]) -> Tendency | None:
    recorded, now = _share(stream for stream, _ in both), _share(stream for _, stream in both)
    if not recorded.of and not now.of:
        return None
    (low, high), (its_low, its_high) = recorded.interval, now.interval
    return Tendency(
        endpoint=endpoint,
        aspect="silent edits",
        recorded=recorded,
        now=now,
        differs=its_low > high or its_high < low,
    )


def _share(found: Iterable[streams.Stream]) -> Share:
    edits = [stream for stream in found if stream.is_edit]
    return Share(count=sum(stream.is_silent_edit for stream in edits), of=len(edits))
