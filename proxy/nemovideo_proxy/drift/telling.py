"""A verdict for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from nemovideo_proxy.drift.findings import Finding, Unchecked
from nemovideo_proxy.drift.verdict import Verdict


def lines(name: str, verdict: Verdict) -> Iterator[str]:
    """Yield the report on the cassette `name`."""
    yield f"{name}: {_points(verdict.score)} of 100"
    yield from _table(verdict)
    for tendency in verdict.tendencies:
        yield f"  {tendency.aspect} of {tendency.endpoint}: recorded {tendency.recorded}, now {tendency.now}"
    if verdict.unchecked:
        yield "could not check:"
        for unchecked in verdict.unchecked:
            yield f"  {_place(name, unchecked)} {unchecked.endpoint}: {unchecked.why}"
    if verdict.findings:
        yield "differences:"
        for finding in verdict.findings:
            yield f"  {_place(name, finding)} {finding.endpoint} {finding.path}: {_change(finding)}"
    for accepted in verdict.unused:
        yield f"accepted, but not there (any more): {accepted.endpoint} {accepted.path}"


def _table(verdict: Verdict) -> Iterator[str]:
    width = max((len(scored.endpoint) for scored in verdict.scored), default=0)
    for scored in verdict.scored:
        left = f", {scored.unchecked} not checked" if scored.unchecked else ""
        row = f"{_points(scored.score):>5}  {scored.replies} compared{left}"
        yield f"  {scored.endpoint:<{width}}  {row}"


def _points(score: float | None) -> str:
    # 99.96 is not to look as if nothing had been found
    return "none" if score is None else f"{int(score * 10) / 10:g}"


def _place(name: str, found: Finding | Unchecked) -> str:
    line = f":{found.line}" if found.line else ""
    return f"{name}{line} #{found.number}" if found.number is not None else name


def _change(finding: Finding) -> str:
    return f"{finding.how}: recorded {finding.recorded}, now {finding.now}"


def as_json(name: str, verdict: Verdict, *, passed: bool) -> dict[str, Any]:
    """Return the same as a JSON value."""
    return {
        "file": name,
        "passed": passed,
        "score": verdict.score,
        "endpoints": [asdict(scored) for scored in verdict.scored],
        "findings": [asdict(finding) for finding in verdict.findings],
        "could_not_check": [asdict(unchecked) for unchecked in verdict.unchecked],
        "tendencies": [asdict(tendency) for tendency in verdict.tendencies],
        "accepted_but_unused": [asdict(accepted) for accepted in verdict.unused],
    }
