"""Scores, and whether a verification passed.

A reply's score is the mean over its aspects of the share that agreed; an endpoint's is the mean of its
replies', and the whole is the mean of its endpoints'. What could not be checked has no score and fails
whatever the score is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from nemovideo_proxy.drift.accepted import Accepted, without
from nemovideo_proxy.drift.findings import Compared, Finding, Unchecked
from nemovideo_proxy.drift.overall import Tendency


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """An endpoint: replies compared, replies that could not be, and a score of 0 to 100 (None: nothing to score)."""

    endpoint: str
    replies: int
    unchecked: int
    score: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What came of one cassette."""

    scored: tuple[Scored, ...]
    findings: tuple[Finding, ...]
    unchecked: tuple[Unchecked, ...]
    tendencies: tuple[Tendency, ...]
    unused: tuple[Accepted, ...]

    @property
    def score(self) -> float | None:
        """The mean of all endpoints that have a score, 0 to 100."""
        scores = [scored.score for scored in self.scored if scored.score is not None]
        return fmean(scores) if scores else None

    def passed(self, least: float | None) -> bool:
        """Return whether all was checked and nothing differs, or no more than `least` allows."""
        if self.unchecked or self.score is None:
            return False
        return not self.findings if least is None else self.score >= least


def verdict_on(
    results: Sequence[Compared | Unchecked],
    tendencies: Sequence[Tendency],
    known: tuple[Accepted, ...] = (),
) -> Verdict:
    """Score the results of one cassette; `known` differences count as agreement."""
    unchecked = tuple(result for result in results if isinstance(result, Unchecked))
    compared, used = [], set[Accepted]()
    for result in (*results, *(tendency.result() for tendency in tendencies)):
        if isinstance(result, Compared):
            left, found = without(result, known)
            compared.append(left)
            used |= found
    endpoints = dict.fromkeys(result.endpoint for result in results)
    return Verdict(
        scored=tuple(_scored(endpoint, compared, unchecked) for endpoint in endpoints),
        findings=tuple(finding for result in compared for finding in result.findings),
        unchecked=unchecked,
        tendencies=tuple(tendencies),
        unused=tuple(accepted for accepted in known if accepted not in used),
    )


def _scored(endpoint: str, compared: Sequence[Compared], unchecked: Sequence[Unchecked]) -> Scored:
    mine = [result for result in compared if result.endpoint == endpoint]
    scores = [score_of(result) for result in mine if result.looked_at]
    return Scored(
        endpoint=endpoint,
        replies=sum(result.number is not None for result in mine),
        unchecked=sum(result.endpoint == endpoint for result in unchecked),
        score=fmean(scores) if scores else None,
    )


def score_of(compared: Compared) -> float:
    """Return the score of one reply, 0 to 100."""
    failed = Counter(finding.aspect for finding in compared.findings)
    shares = [1 - min(1.0, failed[aspect] / count) for aspect, count in compared.looked_at.items()]
    return 100 * fmean(shares)
